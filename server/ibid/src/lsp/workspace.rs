//! One workspace as the owner holds it: a root, its configuration, what is known of its files, and what is still to be
//! taken in.

use std::{
    collections::{HashSet, VecDeque},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use ibid_corpus::{Cache, Change, Config, Host, Role, Roles, Snapshot, config::FILE_NAME};
use ibid_source::Format;

use super::settings::Settings;

/// How many changes are taken in before the owner looks up for messages again.
const CHUNK: usize = 256;

/// A workspace.
pub(super) struct Workspace {
    /// Its root.
    pub(super) root: PathBuf,
    config: Arc<Config>,
    roles: Roles,
    host: Host,
    /// Discovered and not yet taken in.
    backlog: VecDeque<Change>,
    /// Files that were held when discovery began and were not found again yet.
    missing: HashSet<Arc<Path>>,
    /// Touched while discovery ran: read again behind it, for it may have read them before.
    touched: Vec<PathBuf>,
    phase: Phase,
    /// Whether only what is open is known of it.
    is_loose: bool,
    /// Tells the running discovery that nobody waits for it any more.
    cancelled: Arc<AtomicBool>,
}

/// Where a workspace stands with discovery.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    /// Waiting for the files that discovery finds; taking in what it found so far.
    Discovering,
    /// Taking in the last of them.
    TakingIn,
    /// All are in; the sources are to be read in full.
    Found,
    /// Waiting for what the sources say.
    Reading,
    /// Taking that in.
    Learning,
    /// Done.
    Ready,
}

/// How much was taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Applied {
    /// Some of it; more is there, or to come.
    Part,
    /// The last of it.
    All,
}

impl Workspace {
    /// The workspace under `root`, with its configuration, in which settings go before the file, and nothing else yet. Discovery is for the caller to start.
    pub(super) fn new(root: PathBuf, settings: &Settings) -> Self {
        let config = Arc::new(settings.amend(Config::load(&root)));
        let mut host = Host::default();
        host.apply(vec![Change::Configure(config.clone())]);
        Self {
            root,
            roles: Roles::new(&config),
            config,
            host,
            backlog: VecDeque::new(),
            missing: HashSet::new(),
            touched: Vec::new(),
            phase: Phase::Discovering,
            is_loose: false,
            cancelled: Arc::default(),
        }
    }

    /// The workspace of a note that lies in none: a folder of which only what is open is known.
    pub(super) fn loose(folder: PathBuf, settings: &Settings) -> Self {
        let mut workspace = Self::new(folder, settings);
        workspace.host.apply(vec![Change::Ready, Change::Learned]);
        workspace.phase = Phase::Ready;
        workspace.is_loose = true;
        workspace
    }

    /// The configuration in force.
    pub(super) fn config(&self) -> &Arc<Config> {
        &self.config
    }

    /// What stops the running discovery.
    pub(super) fn cancelled(&self) -> &Arc<AtomicBool> {
        &self.cancelled
    }

    /// The state as it is now.
    pub(super) fn snapshot(&self) -> Snapshot {
        self.host.snapshot()
    }

    /// Whether everything that was found is taken in.
    pub(super) fn is_ready(&self) -> bool {
        self.phase == Phase::Ready
    }

    /// Reads the configuration again; discovery is to be started anew.
    pub(super) fn reload(&mut self, settings: &Settings) {
        self.config = Arc::new(settings.amend(Config::load(&self.root)));
        self.roles = Roles::new(&self.config);
        self.host.apply(vec![Change::Configure(self.config.clone())]);
        self.missing = self.host.snapshot().files().map(|file| file.absolute.clone()).collect();
        self.phase = Phase::Discovering;
        self.backlog.clear();
        self.cancelled.store(true, Ordering::Relaxed);
        self.cancelled = Arc::default();
    }

    /// Goes by other settings. Returns whether discovery is to be started anew.
    pub(super) fn configure(&mut self, settings: &Settings) -> bool {
        if self.is_loose {
            self.config = Arc::new(settings.amend(Config::load(&self.root)));
            self.host.apply(vec![Change::Configure(self.config.clone())]);
        } else {
            self.reload(settings);
        }
        !self.is_loose
    }

    /// Takes part of what a discovery finds.
    pub(super) fn found(&mut self, changes: Vec<Change>) {
        self.are_there(&changes);
        self.backlog.extend(changes);
    }

    /// Takes the rest of it; what was there before and was not found again is gone.
    pub(super) fn discovered(&mut self, changes: Vec<Change>) {
        self.are_there(&changes);
        let gone = std::mem::take(&mut self.missing).into_iter();
        self.backlog.extend(gone.map(|path| Change::Remove { path: path.to_path_buf() }));
        self.backlog.extend(changes);
        self.phase = Phase::TakingIn;
    }

    /// Takes in that files are there which a discovery found.
    fn are_there(&mut self, found: &[Change]) {
        let mut is_known = |path: &&Path| !self.missing.is_empty() && self.missing.remove(*path);
        let known = found.iter().filter_map(path_of).filter(|path| is_known(path)).count();
        self.host.expect(found.len() - known);
    }

    /// Whether the sources are to be read in full now; the caller sees to it.
    pub(super) fn begins_reading(&mut self) -> bool {
        let begins = self.phase == Phase::Found;
        if begins {
            self.phase = Phase::Reading;
        }
        begins
    }

    /// Takes what the sources say.
    pub(super) fn learned(&mut self, changes: Vec<Change>) {
        self.backlog = changes.into();
        self.phase = Phase::Learning;
    }

    /// Takes in some of what was discovered; `None` when there was nothing to do.
    pub(super) fn apply_some(&mut self) -> Option<Applied> {
        let has_ended = matches!(self.phase, Phase::TakingIn | Phase::Learning);
        if self.backlog.is_empty() && !has_ended {
            return None;
        }
        let chunk: Vec<Change> = self.backlog.drain(..CHUNK.min(self.backlog.len())).collect();
        self.host.apply(chunk);
        if !self.backlog.is_empty() || !has_ended {
            return Some(Applied::Part);
        }
        self.backlog = VecDeque::new();
        if self.phase == Phase::TakingIn {
            self.phase = Phase::Found;
        } else {
            self.phase = Phase::Ready;
            let touched = std::mem::take(&mut self.touched);
            for path in touched {
                self.touch(&path);
            }
        }
        Some(Applied::All)
    }

    /// Looks again at a file that may have changed on disk. Returns whether anything is now otherwise.
    pub(super) fn touch(&mut self, path: &Path) -> bool {
        if self.phase != Phase::Ready {
            self.touched.push(path.to_owned());
            return false;
        }
        let before = self.host.snapshot();
        // Most files of a disk play no part here, and there can be many of them at once.
        if self.roles.of(path) == Role::default() && before.by_path(path).is_none() {
            return false;
        }
        self.host.apply(vec![ibid_corpus::read_file(&self.config, &Cache::NONE, path)]);
        let after = self.host.snapshot();
        let same_file = match (before.by_path(path), after.by_path(path)) {
            (Some(before), Some(after)) => Arc::ptr_eq(before, after),
            (before, after) => before.is_none() && after.is_none(),
        };
        !same_file || before.skipped() != after.skipped()
    }

    /// Whether a change to this path changes which files there are or what is told of them: the configuration, its
    /// baseline, an ignore file, a folder.
    pub(super) fn is_structural(&self, path: &Path) -> bool {
        let named = |name: &str| path.file_name().is_some_and(|file| file == name);
        let settings = [Some(self.root.join(FILE_NAME)), self.config.baseline_path()];
        settings.iter().flatten().any(|file| path == file)
            || named(".gitignore")
            || named(".ignore")
            || self.is_extracted(path)
            || self.is_folder(path)
    }

    /// Whether it is a source that has no text of its own. To take one out of it takes too long for the owner.
    fn is_extracted(&self, path: &Path) -> bool {
        let format = path.file_name().and_then(|name| Format::of_name(name.to_str()?));
        format.is_some_and(Format::is_extracted) && self.roles.of(path) != Role::default()
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir() || (!path.exists() && self.host.snapshot().files().any(|file| inside(&file.absolute, path)))
    }

    /// Gives a file the text that it has in the editor, saved or not.
    pub(super) fn set_text(&mut self, path: &Path, version: i32, text: String) {
        self.host.apply(vec![Change::Open { path: path.to_owned(), version, text: text.into() }]);
    }

    /// Gives a file back to the disk.
    pub(super) fn close(&mut self, path: &Path) {
        self.host.apply(vec![Change::Close { path: path.to_owned() }]);
    }

    /// Whether the file is this workspace's business: under its root, or one of its sources elsewhere.
    pub(super) fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.root) || self.host.snapshot().by_path(path).is_some()
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// The file that a discovery found.
fn path_of(change: &Change) -> Option<&Path> {
    match change {
        Change::Set { path, .. } | Change::Shelve { path, .. } => Some(path),
        _ => None,
    }
}

fn inside(path: &Path, folder: &Path) -> bool {
    path != folder && path.starts_with(folder)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Discovers, taking in the sources before the rest is known. Returns the paths of the files that are held.
    fn discover(workspace: &mut Workspace) -> Vec<String> {
        let mut sources = Vec::new();
        let take = |found| sources = found;
        let config = workspace.config().clone();
        let rest = ibid_corpus::discover_sources_first(&config, &Cache::NONE, &|_| {}, &AtomicBool::default(), take);
        workspace.found(sources);
        while workspace.apply_some().is_some() {}
        assert!(!workspace.begins_reading(), "the notes are still to come");
        workspace.discovered(rest.expect("nobody cancels"));
        while workspace.apply_some().is_some() {}
        assert!(workspace.begins_reading());
        workspace.snapshot().files().map(|file| file.path.clone()).collect()
    }

    #[test]
    fn what_is_not_found_again_is_gone() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path().canonicalize().expect("it is there");
        for path in ["sources/a.md", "sources/b.md", "notes/c.md", "notes/d.md"] {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
            fs::write(path, "Words.\n").expect("a file can be written");
        }
        let mut workspace = Workspace::new(root.clone(), &Settings::default());
        assert_eq!(discover(&mut workspace), ["notes/c.md", "notes/d.md", "sources/a.md", "sources/b.md"]);
        for path in ["sources/b.md", "notes/c.md"] {
            fs::remove_file(root.join(path)).expect("it can be removed");
        }
        workspace.reload(&Settings::default());
        assert_eq!(discover(&mut workspace), ["notes/d.md", "sources/a.md"]);
    }
}
