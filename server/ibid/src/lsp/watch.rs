//! Our own eyes on the disk: for clients that do not watch, and for sources outside the folders that clients watch.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use ibid_corpus::{Config, Roles};
use notify::{EventKind, EventKindMask, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::state::{Event, State};

/// How long the disk must rest before its changes are told: an editor's save is several events.
const REST: Duration = Duration::from_millis(50);

/// Watches folders for as long as it lives.
pub(super) struct Watcher {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl Watcher {
    /// A watcher that watches nothing yet; `None`, with a line in the log, where the system offers none.
    pub(super) fn new(state: State) -> Option<Self> {
        let (seen, sightings) = mpsc::channel();
        // The receiver ends with the owner, and then nobody wants to know.
        let tell_of = move |event| drop(seen.send(event));
        // That a file is read is no change, and we read many.
        let changes = notify::Config::default().with_event_kinds(EventKindMask::CORE);
        let watcher = RecommendedWatcher::new(tell_of, changes);
        thread::spawn(move || tell(&state, &sightings));
        match watcher {
            Ok(watcher) => Some(Self { watcher, watched: BTreeSet::new() }),
            Err(error) => {
                tracing::warn!("changes on disk will not be seen: {error}");
                None
            }
        }
    }

    /// Watches what belongs to a workspace: its root, unless the client watches it, and its sources elsewhere.
    pub(super) fn watch(&mut self, config: &Config, client_watches_root: bool) {
        let roles = Roles::new(config);
        let root = (!client_watches_root).then_some(config.root.as_path());
        for folder in root.into_iter().chain(roles.outside()) {
            if self.watched.iter().any(|watched| folder.starts_with(watched)) {
                continue;
            }
            match self.watcher.watch(folder, RecursiveMode::Recursive) {
                Ok(()) => drop(self.watched.insert(folder.to_owned())),
                Err(error) => tracing::warn!("changes in {} will not be seen: {error}", folder.display()),
            }
        }
    }
}

/// Gathers sightings until the disk rests, then tells the owner of all of them at once.
fn tell(state: &State, sightings: &mpsc::Receiver<notify::Result<notify::Event>>) {
    let mut touched = BTreeSet::new();
    loop {
        let sighting = match sightings.recv_timeout(if touched.is_empty() { Duration::MAX } else { REST }) {
            Ok(sighting) => sighting,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                state.send(Event::Touched(std::mem::take(&mut touched).into_iter().collect()));
                continue;
            }
        };
        match sighting {
            Ok(event) if matters(event.kind) => {
                touched.extend(event.paths.into_iter().filter(|path| !is_git_s(path)));
            }
            Ok(_) => {}
            Err(error) => tracing::warn!("the disk cannot be watched: {error}"),
        }
    }
}

/// Reading a file is no change.
fn matters(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_))
}

fn is_git_s(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == ".git")
}
