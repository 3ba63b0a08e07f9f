//! The walk over the files and folders below a place.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ignore::{DirEntry, WalkBuilder};

use super::{Disk, IRREGULAR};

/// The largest ignore file that is read, in bytes.
const LARGEST_RULES: u64 = 1 << 20;

/// A file or folder that a walk visits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Entry<P = PathBuf> {
    pub(crate) path: P,
    /// How many folders below the start it is.
    pub(crate) depth: usize,
    pub(crate) is_symlink: bool,
    /// What it is, or what it links to.
    pub(crate) kind: EntryKind,
}

/// What is at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum EntryKind {
    File,
    Folder,
    /// Neither, such as a socket.
    Other,
}

impl From<fs::FileType> for EntryKind {
    fn from(kind: fs::FileType) -> Self {
        if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Folder
        } else {
            Self::Other
        }
    }
}

impl Disk {
    /// Walks one file or folder: each folder comes before its content, names in order. Hidden entries and entries that
    /// `is_entered` rejects are left out with everything below them. Symbolic links are followed.
    ///
    /// On the real disk `.gitignore` and `.ignore` apply, those above `start` only if it is in a repository. In memory no
    /// ignore file applies. A folder whose ignore file is no regular file, or larger than 1 MB, is not entered; at `start` no
    /// ignore file applies then.
    pub(crate) fn walk(
        &self,
        start: &Path,
        is_entered: impl Fn(Entry<&Path>) -> bool + Send + Sync + 'static,
    ) -> Box<dyn Iterator<Item = Result<Entry, ignore::Error>>> {
        match self {
            Self::Real => Box::new(walk_real(start, is_entered)),
            Self::Memory(disk) => Box::new(disk.entries(start, is_entered).into_iter().map(Ok)),
        }
    }
}

fn walk_real<F>(start: &Path, is_entered: F) -> impl Iterator<Item = Result<Entry, ignore::Error>> + use<F>
where
    F: Fn(Entry<&Path>) -> bool + Send + Sync + 'static,
{
    let mut walk = WalkBuilder::new(start);
    // A .gitignore counts also outside a repository; the person's global one is about other things than notes.
    walk.require_git(false).git_global(false).follow_links(true);
    walk.parents(is_in_repository(start) && start.ancestors().skip(1).all(has_readable_rules));
    let refused: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    if !has_readable_rules(start) {
        walk.standard_filters(false).hidden(true);
        refused.lock().unwrap_or_else(PoisonError::into_inner).push(start.to_owned());
    }
    walk.sort_by_file_name(OsStr::cmp);
    let left = Arc::clone(&refused);
    walk.filter_entry(move |entry| {
        let described = described(entry);
        let is_entered = is_entered(described.at(entry.path()));
        let is_refused = is_entered && described.kind == EntryKind::Folder && !has_readable_rules(entry.path());
        if is_refused {
            left.lock().unwrap_or_else(PoisonError::into_inner).push(entry.path().to_owned());
        }
        is_entered && !is_refused
    });
    let mut entries = walk.build();
    std::iter::from_fn(move || {
        let entry = entries.next().map(|entry| entry.map(|entry| described(&entry).at(entry.into_path())));
        entry.or_else(|| Some(Err(irregular(refused.lock().unwrap_or_else(PoisonError::into_inner).pop()?))))
    })
}

/// The error of a folder whose ignore file is not read.
fn irregular(folder: PathBuf) -> ignore::Error {
    let message = format!("its ignore file {IRREGULAR}, or larger than {LARGEST_RULES} bytes");
    ignore::Error::WithPath { path: folder, err: Box::new(io::Error::other(message).into()) }
}

/// Whether the files that the walk's library opens by itself in a folder are regular files of a bearable size, or missing.
fn has_readable_rules(folder: &Path) -> bool {
    rules_of(folder).iter().all(|path| match fs::metadata(path) {
        Ok(metadata) => metadata.is_dir() || metadata.is_file() && metadata.len() <= LARGEST_RULES,
        Err(_) => true,
    })
}

/// The files that the walk's library opens by itself in a folder.
fn rules_of(folder: &Path) -> Vec<PathBuf> {
    let mut rules = [".gitignore", ".ignore"].map(|name| folder.join(name)).to_vec();
    let git = folder.join(".git");
    match fs::metadata(&git) {
        Ok(metadata) if metadata.is_dir() => rules.push(git.join("info/exclude")),
        Ok(_) => {
            // In a worktree or a submodule, `.git` is a file that names a folder, which can name another.
            let line = |path: &Path| Disk::Real.read_to_string(path).ok();
            let named = line(&git).and_then(|text| Some(folder.join(text.strip_prefix("gitdir:")?.trim())));
            let common = named.as_ref().map(|named| named.join("commondir"));
            let shared = common.as_ref().and_then(|common| Some(named.as_ref()?.join(line(common)?.trim())));
            rules.push(git);
            rules.extend(named.into_iter().chain(shared).map(|folder| folder.join("info/exclude")));
            rules.extend(common);
        }
        Err(_) => {}
    }
    rules
}

/// An entry without its path.
fn described(entry: &DirEntry) -> Entry<()> {
    let kind = entry.file_type().map_or(EntryKind::Other, EntryKind::from);
    Entry { path: (), depth: entry.depth(), is_symlink: entry.path_is_symlink(), kind }
}

impl Entry<()> {
    fn at<P>(self, path: P) -> Entry<P> {
        let Self { depth, is_symlink, kind, .. } = self;
        Entry { path, depth, is_symlink, kind }
    }
}

fn is_in_repository(path: &Path) -> bool {
    path.ancestors().any(|folder| folder.join(".git").exists())
}
