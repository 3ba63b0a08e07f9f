//! Finding and reading the files of a workspace.
//!
//! `.gitignore` and `.ignore` are respected, hidden files are left out, symbolic links are followed only inside the workspace.
//! A folder or file that the configuration names is walked even if an ignore file excludes it: naming it is a choice.

mod notes;
mod own_paths;
mod root;
mod sources;
mod walk;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use ibid_language::Language;
use rayon::prelude::*;

use rustc_hash::FxHashMap;

use crate::{Cache, Change, Config, Disk, Extractor, File, FileFacts, Role, Roles, Snapshot, disk::Unread};
pub(crate) use own_paths::OwnPaths;
use walk::Walk;

/// How the files of a workspace are read.
#[derive(Clone, Debug)]
pub struct FileAccess {
    /// Where they are.
    pub disk: Disk,
    /// What is kept of them from one session to the next.
    pub cache: Cache,
    /// Extracts the text of documents that have none of their own.
    pub extractor: Extractor,
}

/// One discovery of the files of a workspace.
#[derive(Clone, Copy)]
pub struct Discovery<'a> {
    /// The configuration of the workspace.
    pub config: &'a Config,
    /// How its files are read.
    pub access: &'a FileAccess,
    /// Called after each file.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Discovery stops soon after this is set.
    pub cancelled: &'a AtomicBool,
}

/// A file that was not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skipped {
    /// Its path, absolute.
    pub path: PathBuf,
    /// Why, and what to do about it.
    pub reason: String,
}

/// How far reading has come, in files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Read so far.
    pub read: usize,
    /// To be read in all.
    pub of: usize,
}

/// Discovery was stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// Why files were not read in full.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Interrupted {
    /// Reading was stopped.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The cached index is corrupt. It was removed: discover again.
    #[error("the index on disk is damaged")]
    Corrupt,
}

impl Discovery<'_> {
    /// Walks the workspace and reads every file in it. Uses and renews the cache. The changes end with [`Change::Ready`]; the
    /// configuration itself is not among them.
    pub fn run(&self) -> Result<Vec<Change>, Cancelled> {
        let mut changes = Vec::new();
        let others = self.run_sources_first(|sources| changes = sources)?;
        changes.extend(others);
        Ok(changes)
    }

    /// [`Discovery::run`] for a caller that can use the sources while the notes are read: `take` gets the changes for the
    /// sources as soon as all of them are known; the others are returned.
    pub fn run_sources_first(&self, take: impl FnOnce(Vec<Change>) + Send) -> Result<Vec<Change>, Cancelled> {
        // All on threads of the pool: handing each part of the work over to them, and being woken again, takes time.
        rayon::scope(|_| self.run_here(take))
    }

    fn run_here(&self, take: impl FnOnce(Vec<Change>)) -> Result<Vec<Change>, Cancelled> {
        let roles = Roles::new(self.config);
        let disk = &self.access.disk;
        let found = Walk { config: self.config, roles: &roles, disk, only: None, cancelled: self.cancelled }.run();
        let tick = self.counter(found.files.len());
        let (on_disk, others): (Vec<_>, Vec<_>) = found.files.into_iter().partition(|(_, role)| stays_on_disk(*role));
        let (sources, notes): (Vec<_>, Vec<_>) = on_disk.into_iter().partition(|(_, role)| role.source);
        let sources = sources::read_all(self, sources, &tick);
        self.check()?;
        take(sources);
        let mut changes = notes::read_all(self, notes, &tick);
        let read_one = |(path, role): &(PathBuf, Role)| {
            let change = (!self.is_cancelled()).then(|| read_as(path, *role, self.config.language(), self.access));
            tick();
            change
        };
        changes.extend(others.par_iter().filter_map(read_one).collect::<Vec<_>>());
        self.check()?;
        if !found.skipped.is_empty() {
            changes.push(Change::Skip(found.skipped));
        }
        changes.push(Change::Ready);
        Ok(changes)
    }

    /// Reads the sources and notes on disk of a snapshot in full: their terms, who speaks in them, and what notes point at.
    /// Tests the index before that; uses and renews the cache. The changes end with [`Change::ReadInFull`].
    pub fn read_in_full(&self, snapshot: &Snapshot) -> Result<Vec<Change>, Interrupted> {
        let cache = &self.access.cache;
        if !snapshot.index().is_sound() {
            cache.forget(self.config);
            return Err(Interrupted::Corrupt);
        }
        let unread: Vec<_> = snapshot.unread().collect();
        let kept = if unread.is_empty() { FxHashMap::default() } else { cache.facts(self.config) };
        let tick = self.counter(unread.len());
        let is_new = AtomicBool::new(false);
        let read_one = |(file, digest): (&Arc<File>, u128)| {
            if self.is_cancelled() {
                return None;
            }
            let facts = kept.get(&(digest, file.role)).cloned().or_else(|| {
                is_new.store(true, Ordering::Relaxed);
                Some(Arc::new(FileFacts::of(&*file.page_once()?)))
            });
            tick();
            Some((file.absolute.clone(), file.role, digest, facts?))
        };
        let facts: Vec<_> = unread.into_par_iter().filter_map(read_one).collect();
        self.check()?;
        if is_new.into_inner() {
            let kept: Vec<_> = facts.iter().map(|(_, role, digest, facts)| (*digest, *role, facts.clone())).collect();
            // What cannot be kept is read again the next time.
            drop(cache.store_facts(self.config, &kept));
        }
        let learn = |(path, _, digest, facts)| Change::SetFacts { path, digest, facts };
        Ok(facts.into_iter().map(learn).chain([Change::ReadInFull]).collect())
    }

    /// Reports progress each time it is called, up to `of` files.
    fn counter(&self, of: usize) -> impl Fn() + Sync {
        let read = AtomicUsize::new(0);
        move || (self.progress)(Progress { read: read.fetch_add(1, Ordering::Relaxed) + 1, of })
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }
}

/// The change for a file that was created, changed or removed on disk: the one that [`Discovery::run`] would give for it.
/// A path that has no role (any more) becomes [`Change::Remove`].
pub fn read_file(config: &Config, access: &FileAccess, path: &Path) -> Change {
    let roles = Roles::new(config);
    let cancelled = &AtomicBool::new(false);
    let mut found = Walk { config, roles: &roles, disk: &access.disk, only: Some(path), cancelled }.run();
    found.skipped.retain(|skipped| skipped.path == path);
    match found.files.first() {
        Some((path, role)) => read_as(path, *role, config.language(), access),
        None if found.skipped.is_empty() => Change::Remove { path: path.to_owned() },
        None => Change::Skip(found.skipped),
    }
}

/// The change for a bibliography that a note names, as for [`read_file`].
pub(crate) fn read_bibliography(roles: &Roles, access: &FileAccess, path: &Path) -> Change {
    let role = Role { bibliography: true, ..roles.of(path) };
    match access.disk.read(path) {
        Ok(bytes) => Change::Set { path: path.to_owned(), role, bytes: bytes.into() },
        Err(error) => unread(path.to_owned(), &error),
    }
}

/// Whether a file's text stays on disk. Bibliographies are few, and needed at every key.
const fn stays_on_disk(role: Role) -> bool {
    (role.source || role.note) && !role.bibliography
}

fn read_as(path: &Path, role: Role, language: Language, access: &FileAccess) -> Change {
    if stays_on_disk(role) {
        return sources::read_one(path, role, language, access);
    }
    let path = path.to_owned();
    match access.disk.read(&path) {
        Ok(bytes) => Change::Set { path, role, bytes: bytes.into() },
        Err(error) => unread(path, &error),
    }
}

/// The change for a file that was not read.
fn unread(path: PathBuf, error: &Unread) -> Change {
    // A file that is not found was removed after the walk saw it.
    if error.is_not_found() {
        return Change::Remove { path };
    }
    Change::Skip(vec![Skipped { path, reason: error.to_string() }])
}

#[cfg(test)]
mod tests;
