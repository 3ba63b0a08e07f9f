//! Finding and reading the files of a workspace.
//!
//! `.gitignore` and `.ignore` are respected, hidden files passed over, symbolic links followed only inside the workspace.
//! A folder or file that the configuration names is walked even where an ignore file hides it: naming it is a choice.

mod root;

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use ibid_source::Format;
use ignore::{DirEntry, WalkBuilder};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{Change, Config, Role, Roles, config::FILE_NAME, roles::Pattern};

/// What to say of a link that is not followed.
const LEAVES: &str = "a link that leads out of the workspace: name the place itself in `sources` to have it read";

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 256 << 20;

/// A file that was passed over.
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

/// Discovery was told to stop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// Walks the workspace that `config` describes and reads every file in it. The changes are ordered by path and end with
/// [`Change::Ready`]; the configuration itself is not among them.
pub fn discover(config: &Config) -> Vec<Change> {
    discover_with(config, &|_| {}, &AtomicBool::new(false)).unwrap_or_default()
}

/// [`discover`], telling how far it has come and stopping soon after `cancelled` is set.
pub fn discover_with(
    config: &Config,
    progress: &(dyn Fn(Progress) + Sync),
    cancelled: &AtomicBool,
) -> Result<Vec<Change>, Cancelled> {
    let roles = Roles::new(config);
    let found = Walk { config, roles: &roles, only: None, cancelled }.run();
    let read = AtomicUsize::new(0);
    let of = found.files.len();
    let read_one = |(path, role): &(PathBuf, Role)| {
        let change = (!cancelled.load(Ordering::Relaxed)).then(|| read_as(path, *role));
        progress(Progress { read: read.fetch_add(1, Ordering::Relaxed) + 1, of });
        change
    };
    let mut changes: Vec<Change> = found.files.par_iter().filter_map(read_one).collect();
    if cancelled.load(Ordering::Relaxed) {
        return Err(Cancelled);
    }
    if !found.skipped.is_empty() {
        changes.push(Change::Skip(found.skipped));
    }
    changes.push(Change::Ready);
    Ok(changes)
}

/// What a file that was created, changed or removed on disk comes to now: the same as [`discover`] would say of it.
/// A path that plays no part (any more) becomes [`Change::Remove`].
pub fn read_file(config: &Config, path: &Path) -> Change {
    let roles = Roles::new(config);
    let found = Walk { config, roles: &roles, only: Some(path), cancelled: &AtomicBool::new(false) }.run();
    match found.files.first() {
        Some((path, role)) => read_as(path, *role),
        None if found.skipped.is_empty() => Change::Remove { path: path.to_owned() },
        None => Change::Skip(found.skipped),
    }
}

/// Whether anything lies at a path. Asked only before a pointer is called dead: most files of a disk play no part in the
/// workspace and are not held.
pub(crate) fn exists(path: &Path) -> bool {
    path.exists()
}

fn read_as(path: &Path, role: Role) -> Change {
    let path = path.to_owned();
    match read_bytes(&path) {
        Ok(bytes) => Change::Set { path, role, bytes },
        // Gone since the walk saw it.
        Err(Unread::Io(error)) if error.kind() == io::ErrorKind::NotFound => Change::Remove { path },
        Err(error) => Change::Skip(vec![Skipped { path, reason: error.to_string() }]),
    }
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
enum Unread {
    #[error("cannot be read ({0}): check its permissions")]
    Io(#[from] io::Error),
    #[error("{size} bytes: larger than the limit of {LARGEST}; split it")]
    TooLarge { size: u64 },
}

fn read_bytes(path: &Path) -> Result<Arc<[u8]>, Unread> {
    let size = fs::metadata(path)?.len();
    if size > LARGEST {
        return Err(Unread::TooLarge { size });
    }
    Ok(fs::read(path)?.into())
}

/// One walk over the workspace.
struct Walk<'a> {
    config: &'a Config,
    roles: &'a Roles,
    /// Look for this path alone.
    only: Option<&'a Path>,
    cancelled: &'a AtomicBool,
}

/// What a walk comes back with.
#[derive(Default)]
struct Found {
    /// Files to read, ordered by path.
    files: Vec<(PathBuf, Role)>,
    skipped: Vec<Skipped>,
}

impl Walk<'_> {
    fn run(&self) -> Found {
        let mut found = Found::default();
        let mut entries = Vec::new();
        if self.roles.reach_everywhere() {
            self.walk(&self.config.root, &mut entries, &mut found.skipped);
        }
        for pattern in self.roles.patterns() {
            if pattern.base.exists() {
                self.walk(&pattern.base, &mut entries, &mut found.skipped);
            } else if self.only.is_none() {
                found.skipped.push(missing(pattern));
            }
        }
        self.sort_out(entries, &mut found);
        found
    }

    /// Walks one file or folder.
    fn walk(&self, start: &Path, entries: &mut Vec<DirEntry>, skipped: &mut Vec<Skipped>) {
        let only = self.only.map(Path::to_owned);
        if only.as_ref().is_some_and(|only| !only.starts_with(start)) {
            return;
        }
        let inside: Vec<PathBuf> =
            [start, &self.config.root].iter().filter_map(|path| path.canonicalize().ok()).collect();
        let base = start.to_owned();
        let leaving = Arc::new(Mutex::new(Vec::new()));
        let left = Arc::clone(&leaving);
        let mut walk = WalkBuilder::new(start);
        // A .gitignore counts also outside a repository; the person's global one is about other things than notes.
        walk.require_git(false).git_global(false).parents(is_in_repository(start)).follow_links(true);
        walk.sort_by_file_path(Path::cmp);
        walk.filter_entry(move |entry| {
            let path = entry.path();
            let leaves = leaves(&inside, entry);
            if leaves && let Ok(mut left) = left.lock() {
                left.push(path.to_owned());
            }
            only.as_ref().is_none_or(|only| only.starts_with(path)) && !opens_workspace(&base, entry) && !leaves
        });
        for entry in walk.build() {
            if self.cancelled.load(Ordering::Relaxed) {
                return;
            }
            match entry {
                Ok(entry) => entries.push(entry),
                Err(error) => skipped.extend(fault(&error).filter(|skipped| self.matters(&skipped.path))),
            }
        }
        let left = leaving.lock().map(|mut left| std::mem::take(&mut *left)).unwrap_or_default();
        let told = |path| Skipped { path, reason: LEAVES.to_owned() };
        skipped.extend(left.into_iter().filter(|path| self.matters(path)).map(told));
    }

    /// Whether what lies at a path could have had a role: a folder, or a file with one.
    fn matters(&self, path: &Path) -> bool {
        path.is_dir() || self.roles.of(path) != Role::default()
    }

    /// Keeps each file once with its role, and tells which have no reader.
    fn sort_out(&self, mut entries: Vec<DirEntry>, found: &mut Found) {
        entries.retain(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
        entries.sort_by(|a, b| a.path().cmp(b.path()));
        entries.dedup_by(|a, b| a.path() == b.path());
        for path in under_own_names(entries) {
            let role = self.roles.of(&path);
            let is_asked_for = self.only.is_none_or(|only| only == path);
            if role == Role::default() || !is_asked_for || path.file_name() == Some(OsStr::new(FILE_NAME)) {
                continue;
            }
            if role.source && !role.bibliography && format_of(&path).is_none() {
                found.skipped.push(Skipped { reason: no_reader(&path), path });
            } else {
                found.files.push((path, role));
            }
        }
    }
}

/// The paths of files; a file that is also reached through a symbolic link is kept under its own path alone.
fn under_own_names(entries: Vec<DirEntry>) -> Vec<PathBuf> {
    let paths: Vec<PathBuf> = entries.into_iter().map(DirEntry::into_path).collect();
    let own: FxHashSet<PathBuf> = paths.iter().cloned().collect();
    let mut seen = FxHashSet::default();
    let mut keep = |path: &PathBuf| match path.canonicalize() {
        Ok(real) => real == *path || (!own.contains(&real) && seen.insert(real)),
        Err(_) => true,
    };
    paths.into_iter().filter(|path| keep(path)).collect()
}

/// Whether an entry is a symbolic link that leads out of all of `inside`.
fn leaves(inside: &[PathBuf], entry: &DirEntry) -> bool {
    entry.path_is_symlink()
        && entry.path().canonicalize().is_ok_and(|real| !inside.iter().any(|folder| real.starts_with(folder)))
}

fn fault(error: &ignore::Error) -> Option<Skipped> {
    let path = path_of(error)?.to_owned();
    let reason = match error.io_error() {
        _ if is_loop(error) => "a link to a folder that it lies in: not followed".to_owned(),
        Some(error) if error.kind() == io::ErrorKind::NotFound => {
            "a link that leads nowhere: mend or remove it".to_owned()
        }
        Some(error) => format!("cannot be read ({error}): check its permissions"),
        None => error.to_string(),
    };
    Some(Skipped { path, reason })
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
        _ => false,
    }
}

/// Whether a folder below the start is a workspace of its own.
fn opens_workspace(start: &Path, entry: &DirEntry) -> bool {
    let path = entry.path();
    path != start && entry.file_type().is_some_and(|kind| kind.is_dir()) && path.join(FILE_NAME).is_file()
}

fn is_in_repository(path: &Path) -> bool {
    path.ancestors().any(|folder| folder.join(".git").exists())
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn missing(pattern: &Pattern) -> Skipped {
    Skipped { path: pattern.base.clone(), reason: root::not_there(&pattern.written) }
}

fn format_of(path: &Path) -> Option<Format> {
    Format::of_name(path.file_name()?.to_str()?)
}

fn no_reader(path: &Path) -> String {
    match path.extension() {
        Some(end) => format!("no reader for .{} yet: save its text as .txt or .md", end.to_string_lossy()),
        None => "no extension tells what it is: rename it to .txt or .md".to_owned(),
    }
}

#[cfg(test)]
mod tests;
