//! Finding and reading the files of a workspace.
//!
//! `.gitignore` and `.ignore` are respected, hidden files passed over, symbolic links followed only inside the workspace.
//! A folder or file that the configuration names is walked even where an ignore file hides it: naming it is a choice.

mod notes;
mod root;
mod sources;
mod walk;

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use ibid_language::Language;
use rayon::prelude::*;

use rustc_hash::FxHashMap;

use crate::{Cache, Change, Config, File, Reading, Role, Roles, Snapshot};
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

/// Why the sources were not read in full.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Interrupted {
    /// It was told to stop.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// What was kept of the index is damaged. It was thrown away: discover again.
    #[error("the index on disk is damaged")]
    Torn,
}

/// Walks the workspace that `config` describes and reads every file in it, keeping nothing. The changes end with
/// [`Change::Ready`]; the configuration itself is not among them.
pub fn discover(config: &Config) -> Vec<Change> {
    discover_with(config, &Cache::NONE, &|_| {}, &AtomicBool::new(false)).unwrap_or_default()
}

/// [`discover`], using and renewing what is kept in `cache`, telling how far it has come and stopping soon after `cancelled`
/// is set.
pub fn discover_with(
    config: &Config,
    cache: &Cache,
    progress: &(dyn Fn(Progress) + Sync),
    cancelled: &AtomicBool,
) -> Result<Vec<Change>, Cancelled> {
    let mut changes = Vec::new();
    let others = discover_sources_first(config, cache, progress, cancelled, |sources| changes = sources)?;
    changes.extend(others);
    Ok(changes)
}

/// [`discover_with`] for who can make use of the sources while the notes are looked at: `take` is given the changes that the
/// sources come to as soon as all of them are known; the others are returned.
pub fn discover_sources_first(
    config: &Config,
    cache: &Cache,
    progress: &(dyn Fn(Progress) + Sync),
    cancelled: &AtomicBool,
    take: impl FnOnce(Vec<Change>) + Send,
) -> Result<Vec<Change>, Cancelled> {
    // All on threads of the pool: to hand each part of the work over to them, and to be woken again, takes its time.
    rayon::scope(|_| discover_here(config, cache, progress, cancelled, take))
}

fn discover_here(
    config: &Config,
    cache: &Cache,
    progress: &(dyn Fn(Progress) + Sync),
    cancelled: &AtomicBool,
    take: impl FnOnce(Vec<Change>),
) -> Result<Vec<Change>, Cancelled> {
    let roles = Roles::new(config);
    let found = Walk { config, roles: &roles, only: None, cancelled }.run();
    let read = AtomicUsize::new(0);
    let of = found.files.len();
    let tick = || progress(Progress { read: read.fetch_add(1, Ordering::Relaxed) + 1, of });
    let (shelved, others): (Vec<_>, Vec<_>) = found.files.into_iter().partition(|(_, role)| stays_on_disk(*role));
    let (sources, notes): (Vec<_>, Vec<_>) = shelved.into_iter().partition(|(_, role)| role.source);
    let sources = sources::shelve(sources, config, cache, &tick, cancelled);
    if cancelled.load(Ordering::Relaxed) {
        return Err(Cancelled);
    }
    take(sources);
    let mut changes = notes::shelve(notes, config, cache, &tick, cancelled);
    let read_one = |(path, role): &(PathBuf, Role)| {
        let change = (!cancelled.load(Ordering::Relaxed))
            .then(|| read_as(path, *role, Language::of_tag(&config.language), cache));
        tick();
        change
    };
    changes.extend(others.par_iter().filter_map(read_one).collect::<Vec<_>>());
    if cancelled.load(Ordering::Relaxed) {
        return Err(Cancelled);
    }
    if !found.skipped.is_empty() {
        changes.push(Change::Skip(found.skipped));
    }
    changes.push(Change::Ready);
    Ok(changes)
}

/// Reads the sources and notes that a snapshot has shelved in full: what they say of terms, who speaks in them, and what notes
/// point at. Tests the index before that; uses and renews what is kept in `cache`. The changes end with [`Change::Learned`].
pub fn read_in_full(
    snapshot: &Snapshot,
    cache: &Cache,
    progress: &(dyn Fn(Progress) + Sync),
    cancelled: &AtomicBool,
) -> Result<Vec<Change>, Interrupted> {
    let config = snapshot.config();
    if !snapshot.index().is_sound() {
        cache.forget(config);
        return Err(Interrupted::Torn);
    }
    let unread: Vec<_> = snapshot.unread().collect();
    let kept = if unread.is_empty() { FxHashMap::default() } else { cache.readings(config) };
    let (read, of) = (AtomicUsize::new(0), unread.len());
    let is_new = AtomicBool::new(false);
    let read_one = |(file, digest): (&Arc<File>, u128)| {
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let reading = kept.get(&(digest, file.role)).cloned().or_else(|| {
            is_new.store(true, Ordering::Relaxed);
            Some(Arc::new(Reading::of(&*file.page_in_passing()?)))
        });
        progress(Progress { read: read.fetch_add(1, Ordering::Relaxed) + 1, of });
        Some((file.absolute.clone(), file.role, digest, reading?))
    };
    let readings: Vec<_> = unread.into_par_iter().filter_map(read_one).collect();
    if cancelled.load(Ordering::Relaxed) {
        return Err(Cancelled.into());
    }
    if is_new.into_inner() {
        let kept: Vec<_> =
            readings.iter().map(|(_, role, digest, reading)| (*digest, *role, reading.clone())).collect();
        // What cannot be kept is read again the next time.
        drop(cache.store_readings(config, &kept));
    }
    let learn = |(path, _, digest, reading)| Change::Learn { path, digest, reading };
    Ok(readings.into_iter().map(learn).chain([Change::Learned]).collect())
}

/// What a file that was created, changed or removed on disk comes to now: the same as [`discover`] would say of it.
/// A path that plays no part (any more) becomes [`Change::Remove`]. What has no text of its own is looked up in `cache`.
pub fn read_file(config: &Config, cache: &Cache, path: &Path) -> Change {
    let roles = Roles::new(config);
    let mut found = Walk { config, roles: &roles, only: Some(path), cancelled: &AtomicBool::new(false) }.run();
    found.skipped.retain(|skipped| skipped.path == path);
    match found.files.first() {
        Some((path, role)) => read_as(path, *role, Language::of_tag(&config.language), cache),
        None if found.skipped.is_empty() => Change::Remove { path: path.to_owned() },
        None => Change::Skip(found.skipped),
    }
}

/// Whether a file's text is not held. Bibliographies are few and asked for at every key.
const fn stays_on_disk(role: Role) -> bool {
    (role.source || role.note) && !role.bibliography
}

/// Whether anything lies at a path. Asked only before a pointer is called dead: most files of a disk play no part in the
/// workspace and are not held.
pub(crate) fn exists(path: &Path) -> bool {
    path.exists()
}

fn read_as(path: &Path, role: Role, language: Language, cache: &Cache) -> Change {
    if stays_on_disk(role) {
        return sources::shelve_one(path, role, language, cache);
    }
    let path = path.to_owned();
    match read_bytes(&path) {
        Ok(bytes) => Change::Set { path, role, bytes: bytes.into() },
        Err(error) => unread(path, &error),
    }
}

/// What a file comes to that was not read.
fn unread(path: PathBuf, error: &Unread) -> Change {
    match error {
        // Gone since the walk saw it.
        Unread::Io(error) if error.kind() == io::ErrorKind::NotFound => Change::Remove { path },
        error => Change::Skip(vec![Skipped { path, reason: error.to_string() }]),
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

pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Unread> {
    let file = fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > LARGEST {
        return Err(Unread::TooLarge { size });
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    // No more than that also of a file that grows while it is read; and its size is not asked for once more.
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
