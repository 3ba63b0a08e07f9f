//! A workspace from its configuration until all its files are read.
//!
//! Discovery [walks and reads](Discovery), and the [`Host`] applies the changes. A command does it at once: [`Workspace::open`]
//! and [`Workspace::read_in_full`]. A server runs the discovery in another thread, adds the changes as they arrive, and
//! applies them in small portions, so that an edit never waits for a large workspace.

use std::{
    collections::{HashSet, VecDeque},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use ibid_source::Format;

use crate::{
    Cache, Change, Config, Discovery, Disk, File, FileAccess, Host, Interrupted, Progress, Role, Roles, Snapshot,
    config::FILE_NAME,
    discover::{OwnPaths, read_bibliography, read_file},
    extract_in_process,
    resolve::is_readable,
};

/// How many changes are applied at once while a server may have messages to answer.
const PORTION: usize = 256;

/// A workspace and how far its files are read.
pub struct Workspace {
    config: Arc<Config>,
    access: FileAccess,
    roles: Roles,
    names: OwnPaths,
    host: Host,
    /// Discovered and not applied yet.
    backlog: VecDeque<Change>,
    /// Files that were there when discovery began and were not found again yet.
    missing: HashSet<Arc<Path>>,
    /// Files that changed while discovery ran: they are read again after it, which may have read them before the change.
    changed: Vec<PathBuf>,
    phase: Phase,
    /// Stops the running discovery.
    cancelled: Arc<AtomicBool>,
}

/// How far the files of a workspace are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    /// Discovery runs; what it found so far is being applied.
    Discovering,
    /// Discovery has ended; the last of what it found is being applied.
    ApplyingFiles,
    /// All files are known; they are to be read in full.
    Discovered,
    /// They are being read in full.
    Reading,
    /// What they say is being applied.
    ApplyingFacts,
    /// Done.
    Ready,
}

/// How much of what was added is applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applied {
    /// Part of it; more is there, or to come.
    Part,
    /// It was the last of what was discovered or read.
    All,
}

impl Workspace {
    /// A workspace of no files yet, to be discovered.
    pub fn new(config: Arc<Config>, access: FileAccess) -> Self {
        let mut host = Host::of_disk(access.disk.clone());
        host.apply(vec![Change::Configure(config.clone())]);
        let roles = Roles::new(&config);
        Self {
            names: OwnPaths::of(&config, &roles, &access.disk),
            roles,
            config,
            access,
            host,
            backlog: VecDeque::new(),
            missing: HashSet::new(),
            changed: Vec::new(),
            phase: Phase::Discovering,
            cancelled: Arc::default(),
        }
    }

    /// A workspace that contains no files but those that are open in an editor.
    pub fn without_files(config: Arc<Config>, access: FileAccess) -> Self {
        let mut workspace = Self::new(config, access);
        workspace.host.apply(vec![Change::Ready, Change::ReadInFull]);
        workspace.phase = Phase::Ready;
        workspace
    }

    /// Discovers a workspace. It is ready for finding quotations; its files are not read in full.
    pub fn open(config: Arc<Config>, access: FileAccess, progress: &(dyn Fn(Progress) + Sync)) -> Self {
        let mut workspace = Self::new(config, access);
        let discovery = workspace.discovery(progress);
        // Nobody cancels.
        let changes = discovery.run().unwrap_or_default();
        workspace.add_discovered(changes);
        workspace.apply_all();
        workspace
    }

    /// Discovers a workspace of files in memory, given by absolute path and content, for tests. Nothing is cached.
    pub fn in_memory(config: Config, files: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        let access = FileAccess { disk: Disk::in_memory(files), cache: Cache::NONE, extractor: extract_in_process };
        Self::open(Arc::new(config), access, &|_| {})
    }

    /// Reads the files of an open workspace in full. Discovers it again first if its index on disk is damaged.
    pub fn read_in_full(&mut self, progress: &(dyn Fn(Progress) + Sync)) {
        let read = |workspace: &Self| workspace.discovery(progress).read_in_full(&workspace.snapshot());
        let facts = read(self).or_else(|error| {
            if error == Interrupted::Corrupt {
                *self = Self::open(self.config.clone(), self.access.clone(), progress);
            }
            read(self)
        });
        if let Ok(facts) = facts {
            self.add_facts(facts);
            self.apply_all();
        }
    }

    /// The discovery of this workspace, to be run.
    fn discovery<'a>(&'a self, progress: &'a (dyn Fn(Progress) + Sync)) -> Discovery<'a> {
        Discovery { config: &self.config, access: &self.access, progress, cancelled: &self.cancelled }
    }

    /// The configuration in force.
    pub fn config(&self) -> &Arc<Config> {
        &self.config
    }

    /// How its files are read.
    pub fn access(&self) -> &FileAccess {
        &self.access
    }

    /// What stops the running discovery when it is set.
    pub fn cancelled(&self) -> &Arc<AtomicBool> {
        &self.cancelled
    }

    /// The state as it is now; cheap.
    pub fn snapshot(&self) -> Snapshot {
        self.host.snapshot()
    }

    /// Applies changes that do not come from a discovery.
    pub fn apply(&mut self, changes: Vec<Change>) {
        let paths: Vec<PathBuf> = changes.iter().filter_map(path_of).map(Path::to_owned).collect();
        self.host.apply(changes);
        self.read_bibliographies_of(|snapshot| paths.iter().filter_map(|path| snapshot.by_path(path)).collect());
    }

    /// Reads the bibliographies that notes name and that are not held.
    fn read_bibliographies_of(&mut self, notes: impl FnOnce(&Snapshot) -> Vec<&Arc<File>>) {
        let snapshot = self.host.snapshot();
        let mut paths: Vec<PathBuf> =
            notes(&snapshot).into_iter().flat_map(|note| snapshot.bibliographies_to_read(note)).collect();
        paths.sort_unstable();
        paths.dedup();
        if !paths.is_empty() {
            let read = |path: &PathBuf| read_bibliography(&self.roles, &self.access, path);
            self.host.apply(paths.iter().map(read).collect());
        }
    }

    /// Whether all files are read in full.
    pub fn is_ready(&self) -> bool {
        self.phase == Phase::Ready
    }

    /// Sets a configuration and stops the running discovery; the caller starts another.
    pub fn restart(&mut self, config: Arc<Config>) {
        self.set_config(config);
        self.roles = Roles::new(&self.config);
        self.names = OwnPaths::of(&self.config, &self.roles, &self.access.disk);
        self.missing = self.host.snapshot().files().map(|file| file.absolute.clone()).collect();
        self.phase = Phase::Discovering;
        self.backlog.clear();
        self.cancelled.store(true, Ordering::Relaxed);
        self.cancelled = Arc::default();
    }

    /// Sets the configuration of a workspace [without files](Self::without_files).
    pub fn set_config(&mut self, config: Arc<Config>) {
        self.config = config;
        self.host.apply(vec![Change::Configure(self.config.clone())]);
    }

    /// Adds what a discovery found so far.
    pub fn add_sources(&mut self, changes: Vec<Change>) {
        self.note_found(&changes);
        self.backlog.extend(changes);
    }

    /// Adds the rest of what a discovery found. Files that were there before and were not found again are removed.
    pub fn add_discovered(&mut self, changes: Vec<Change>) {
        self.note_found(&changes);
        let removed = std::mem::take(&mut self.missing).into_iter();
        self.backlog.extend(removed.map(|path| Change::Remove { path: path.to_path_buf() }));
        self.backlog.extend(changes);
        self.phase = Phase::ApplyingFiles;
    }

    /// Takes note of which files a discovery found.
    fn note_found(&mut self, found: &[Change]) {
        let mut is_known = |path: &&Path| !self.missing.is_empty() && self.missing.remove(*path);
        let known = found.iter().filter_map(path_of).filter(|path| is_known(path)).count();
        self.host.expect(found.len() - known);
    }

    /// Whether the files are to be read in full now, which is the caller's task. Returns true once.
    pub fn begin_reading(&mut self) -> bool {
        let begins = self.phase == Phase::Discovered;
        if begins {
            self.phase = Phase::Reading;
        }
        begins
    }

    /// Adds what the files say.
    pub fn add_facts(&mut self, changes: Vec<Change>) {
        self.backlog = changes.into();
        self.phase = Phase::ApplyingFacts;
    }

    /// Applies some of what was added; `None` if there was nothing to do.
    pub fn apply_some(&mut self) -> Option<Applied> {
        self.apply_at_most(PORTION)
    }

    fn apply_all(&mut self) {
        while self.apply_at_most(usize::MAX).is_some() {}
    }

    fn apply_at_most(&mut self, portion: usize) -> Option<Applied> {
        let has_ended = matches!(self.phase, Phase::ApplyingFiles | Phase::ApplyingFacts);
        if self.backlog.is_empty() && !has_ended {
            return None;
        }
        let portion: Vec<Change> = self.backlog.drain(..portion.min(self.backlog.len())).collect();
        self.host.apply(portion);
        if !self.backlog.is_empty() || !has_ended {
            return Some(Applied::Part);
        }
        self.backlog = VecDeque::new();
        if self.phase == Phase::ApplyingFiles {
            self.phase = Phase::Discovered;
        } else {
            self.phase = Phase::Ready;
            self.read_bibliographies_of(|snapshot| snapshot.files().filter(|file| file.is_note()).collect());
            for path in std::mem::take(&mut self.changed) {
                self.refresh(&path);
            }
        }
        Some(Applied::All)
    }

    /// Reads again a file that may have changed on disk; later if discovery runs. Returns whether anything changed.
    pub fn refresh(&mut self, path: &Path) -> bool {
        if !matches!(self.phase, Phase::Discovered | Phase::Ready) {
            self.changed.push(path.to_owned());
            return false;
        }
        let before = self.host.snapshot();
        // Most files of a disk have no role here, and many can change at once.
        let has_role = self.roles.of(path) != Role::default();
        let held = before.by_path(path);
        let is_of_a_note = !has_role && held.is_some_and(|file| file.bibliography.is_some());
        let may_be_of_a_note = !has_role && held.is_none() && is_readable(path);
        if is_of_a_note {
            self.host.apply(vec![read_bibliography(&self.roles, &self.access, path)]);
        } else if may_be_of_a_note {
            self.read_bibliographies_of(|snapshot| snapshot.files().filter(|file| file.is_note()).collect());
        } else if has_role || held.is_some() {
            self.apply(vec![read_file(&self.config, &self.access, path)]);
        } else {
            return false;
        }
        let after = self.host.snapshot();
        let is_same_file = match (before.by_path(path), after.by_path(path)) {
            (Some(before), Some(after)) => Arc::ptr_eq(before, after),
            (before, after) => before.is_none() && after.is_none(),
        };
        !is_same_file || before.skipped() != after.skipped()
    }

    /// Whether a change at this path calls for another discovery: it is the configuration, its baseline, an ignore file, a
    /// folder, or a document whose text has to be extracted, which takes too long for [`Self::refresh`].
    pub fn needs_discovery(&self, path: &Path) -> bool {
        let is_named = |name: &str| path.file_name().is_some_and(|file| file == name);
        let settings = [Some(self.config.root.join(FILE_NAME)), self.config.baseline_path()];
        settings.iter().flatten().any(|file| path == file)
            || is_named(".gitignore")
            || is_named(".ignore")
            || self.is_extracted(path)
            || self.is_folder(path)
    }

    /// Whether it is a source that has no text of its own.
    fn is_extracted(&self, path: &Path) -> bool {
        let format = path.file_name().and_then(|name| Format::of_name(name.to_str()?));
        format.is_some_and(Format::is_extracted) && self.roles.of(path) != Role::default()
    }

    /// Whether it is a folder, or was one.
    fn is_folder(&self, path: &Path) -> bool {
        let is_inside = |file: &Path| file != path && file.starts_with(path);
        let disk = &self.access.disk;
        disk.is_folder(path)
            || (!disk.exists(path) && self.host.snapshot().files().any(|file| is_inside(&file.absolute)))
    }

    /// Whether a file was found, or is open, at a path.
    pub fn holds(&self, path: &Path) -> bool {
        self.host.snapshot().by_path(path).is_some()
    }

    /// The path that a file of this workspace has, if `path` is another one that leads to it through symbolic links.
    pub fn own_path(&self, path: &Path) -> Option<PathBuf> {
        let own = self.names.of_path(path).filter(|own| own != path && self.contains(own))?;
        // While discovery runs, a file that it is going to find is not held yet.
        (self.holds(&own) || !self.holds(path) && self.may_be_found(&own)).then_some(own)
    }

    /// Whether a discovery would read a file, as far as its path tells.
    fn may_be_found(&self, path: &Path) -> bool {
        let inside = path.strip_prefix(&self.config.root).unwrap_or(path);
        let is_hidden = inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
        !is_hidden && self.roles.of(path) != Role::default()
    }

    /// Whether a file belongs to this workspace: it is under its root, or one of its sources elsewhere.
    pub fn contains(&self, path: &Path) -> bool {
        path.starts_with(&self.config.root) || self.host.snapshot().by_path(path).is_some()
    }
}

/// Stops the running discovery.
impl Drop for Workspace {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// The file that a discovery found.
fn path_of(change: &Change) -> Option<&Path> {
    match change {
        Change::Set { path, .. } | Change::KeepOnDisk { path, .. } | Change::Open { path, .. } => Some(path),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use super::*;
    use crate::{
        MemoryDisk,
        fixture::{self, ROOT},
    };

    fn path(path: &str) -> PathBuf {
        Path::new(ROOT).join(path)
    }

    fn access(files: &MemoryDisk) -> FileAccess {
        FileAccess { disk: Disk::Memory(files.clone()), cache: Cache::NONE, extractor: extract_in_process }
    }

    /// Discovers as a server does, applying the sources before the rest is known. Returns the paths of the files.
    fn discover(workspace: &mut Workspace) -> Vec<String> {
        let mut sources = Vec::new();
        let rest = workspace.discovery(&|_| {}).run_sources_first(|found| sources = found);
        workspace.add_sources(sources);
        while workspace.apply_some().is_some() {}
        assert!(!workspace.begin_reading(), "the notes are still to come");
        workspace.add_discovered(rest.expect("nobody cancels"));
        while workspace.apply_some().is_some() {}
        assert!(workspace.begin_reading());
        workspace.snapshot().files().map(|file| file.path.clone()).collect()
    }

    #[test]
    fn a_file_that_is_not_found_again_is_removed() {
        let files = ["sources/a.md", "sources/b.md", "notes/c.md", "notes/d.md"];
        let disk = MemoryDisk::new(files.map(|file| (path(file), b"Words.\n".to_vec())));
        let config = Arc::new(fixture::config());
        let mut workspace = Workspace::new(config.clone(), access(&disk));
        assert_eq!(discover(&mut workspace), ["notes/c.md", "notes/d.md", "sources/a.md", "sources/b.md"]);
        disk.remove(&path("sources/b.md"));
        disk.remove(&path("notes/c.md"));
        workspace.restart(config);
        assert_eq!(discover(&mut workspace), ["notes/d.md", "sources/a.md"]);
    }

    #[test]
    fn a_workspace_in_memory_is_read_as_one_on_disk() {
        let files = [("sources/a.md", "Snow fell."), ("notes/b.md", "They write: “Snow fell” [@a].\n")];
        let files = files.map(|(file, text)| (path(file), text.into()));
        let mut workspace = Workspace::in_memory(fixture::config(), files);
        assert!(workspace.snapshot().is_ready() && !workspace.snapshot().is_read());
        workspace.read_in_full(&|_| {});
        let snapshot = workspace.snapshot();
        assert!(snapshot.is_read() && workspace.is_ready());
        let note = snapshot.by_path(&path("notes/b.md")).expect("it was found");
        assert_eq!(note.citations().len(), 1);
        assert_eq!(note.page().expect("it is there").text().lines().count(), 1);
        assert!(snapshot.locate("snow fell").matches.len() == 1);
    }

    #[test]
    fn a_file_that_changes_while_discovery_runs_is_read_again() {
        let disk = MemoryDisk::new([(path("notes/a.md"), b"# Before\n".to_vec())]);
        let mut workspace = Workspace::new(Arc::new(fixture::config()), access(&disk));
        let found = workspace.discovery(&|_| {}).run().expect("nobody cancels");
        disk.write(path("notes/a.md"), "# After\n");
        assert!(!workspace.refresh(&path("notes/a.md")), "discovery runs");
        workspace.add_discovered(found);
        workspace.apply_all();
        workspace.read_in_full(&|_| {});
        let snapshot = workspace.snapshot();
        let note = snapshot.by_path(&path("notes/a.md")).expect("it was found");
        assert_eq!(note.headings()[0].text, "After");
        assert!(!workspace.refresh(&path("notes/a.md")), "it is the same");
    }
}
