//! Watches files for clients that do not, and sources outside the folders that clients watch.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use ibid_corpus::{Config, Roles};
use notify::{EventKind, EventKindMask, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{event::Event, owner_handle::OwnerHandle};

/// How long the disk must be quiet before changes are forwarded. Saving a file causes several events.
const QUIET: Duration = Duration::from_millis(50);

/// Watches folders until it is dropped.
pub(super) struct Watcher {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl Watcher {
    /// A watcher that watches nothing yet. Logs a warning and returns `None` if the system does not support it.
    pub(super) fn new(owner: OwnerHandle) -> Option<Self> {
        let (seen, sightings) = mpsc::channel();
        // The receiver ends with the owner.
        let on_event = move |event| drop(seen.send(event));
        // Without events for reading files: the server itself reads many.
        let changes = notify::Config::default().with_event_kinds(EventKindMask::CORE);
        let watcher = RecommendedWatcher::new(on_event, changes);
        thread::spawn(move || forward(&owner, &sightings));
        match watcher {
            Ok(watcher) => Some(Self { watcher, watched: BTreeSet::new() }),
            Err(error) => {
                tracing::warn!("changes on disk will not be noticed: {error}");
                None
            }
        }
    }

    /// Watches the folders of a workspace: its root, unless the client watches it, and its sources elsewhere.
    pub(super) fn watch(&mut self, config: &Config, client_watches_root: bool) {
        let roles = Roles::new(config);
        let root = (!client_watches_root).then_some(config.root.as_path());
        for folder in root.into_iter().chain(roles.outside()) {
            if self.watched.iter().any(|watched| folder.starts_with(watched)) {
                continue;
            }
            match self.watcher.watch(folder, RecursiveMode::Recursive) {
                Ok(()) => drop(self.watched.insert(folder.to_owned())),
                Err(error) => tracing::warn!("changes in {} will not be noticed: {error}", folder.display()),
            }
        }
    }
}

/// Collects changed paths until the disk is quiet, then sends them to the owner together.
fn forward(owner: &OwnerHandle, sightings: &mpsc::Receiver<notify::Result<notify::Event>>) {
    let mut touched = BTreeSet::new();
    loop {
        let sighting = match sightings.recv_timeout(if touched.is_empty() { Duration::MAX } else { QUIET }) {
            Ok(sighting) => sighting,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                owner.send(Event::Touched(std::mem::take(&mut touched).into_iter().collect()));
                continue;
            }
        };
        match sighting {
            Ok(event) if is_change(event.kind) => {
                touched.extend(event.paths.into_iter().filter(|path| !is_in_git(path)));
            }
            Ok(_) => {}
            Err(error) => tracing::warn!("files cannot be watched: {error}"),
        }
    }
}

/// Whether an event can mean a change. Reading a file does not change it.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_))
}

fn is_in_git(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == ".git")
}
