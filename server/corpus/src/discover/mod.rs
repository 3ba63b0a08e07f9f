//! Finding and reading the files of a workspace.
//!
//! `.gitignore` and `.ignore` are respected, hidden files passed over, symbolic links followed only inside the workspace.
//! A folder or file that the configuration names is walked even where an ignore file hides it: naming it is a choice.

mod root;
mod walk;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use rayon::prelude::*;

use crate::{Change, Config, Role, Roles};
use walk::Walk;

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
    let mut found = Walk { config, roles: &roles, only: Some(path), cancelled: &AtomicBool::new(false) }.run();
    found.skipped.retain(|skipped| skipped.path == path);
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
pub(crate) enum Unread {
    #[error("cannot be read ({0}): check its permissions")]
    Io(#[from] io::Error),
    #[error("{size} bytes: larger than the limit of {LARGEST}; split it")]
    TooLarge { size: u64 },
}

pub(crate) fn read_bytes(path: &Path) -> Result<Arc<[u8]>, Unread> {
    let size = fs::metadata(path)?.len();
    if size > LARGEST {
        return Err(Unread::TooLarge { size });
    }
    Ok(fs::read(path)?.into())
}

#[cfg(test)]
mod tests;
