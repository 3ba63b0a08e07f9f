//! The walk over the files and folders below a place.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use ignore::{DirEntry, WalkBuilder};

use super::Disk;

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
    /// ignore file applies.
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
    walk.require_git(false).git_global(false).parents(is_in_repository(start)).follow_links(true);
    walk.sort_by_file_name(OsStr::cmp);
    walk.filter_entry(move |entry| is_entered(described(entry).at(entry.path())));
    walk.build().map(|entry| entry.map(|entry| described(&entry).at(entry.into_path())))
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
