use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use super::{Entry, EntryKind, Metadata};

/// Files in memory. Clones share the files. A folder exists as long as a file is in it; there are no symbolic links.
#[derive(Clone, Default, Debug)]
pub struct MemoryDisk(Arc<RwLock<Files>>);

#[derive(Default, Debug)]
struct Files {
    /// In the order in which a walk visits them.
    by_path: BTreeMap<PathBuf, MemoryFile>,
    /// How many files were written: the time of the last write.
    writes: u64,
}

#[derive(Debug)]
struct MemoryFile {
    bytes: Arc<[u8]>,
    modified: u64,
}

impl MemoryDisk {
    /// A disk with these files, given by absolute path and content.
    pub fn new(files: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        let disk = Self::default();
        for (path, bytes) in files {
            disk.write(path, bytes);
        }
        disk
    }

    /// Writes a file: creates or replaces it. Each write has a later time than the one before.
    pub fn write(&self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        let mut files = self.files_mut();
        files.writes += 1;
        let file = MemoryFile { bytes: bytes.into().into(), modified: files.writes };
        files.by_path.insert(path.into(), file);
    }

    /// Removes a file, or a folder with everything in it.
    pub fn remove(&self, path: &Path) {
        self.files_mut().by_path.retain(|file, _| !file.starts_with(path));
    }

    pub(super) fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        let files = self.files();
        if let Some(file) = files.by_path.get(path) {
            let (size, modified) = (file.bytes.len() as u64, file.modified);
            return Ok(Metadata { size, modified, kind: EntryKind::File });
        }
        let has_files = files.inside(path).next().is_some();
        let folder = Metadata { size: 0, modified: 0, kind: EntryKind::Folder };
        if has_files { Ok(folder) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    pub(super) fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let files = self.files();
        files.by_path.get(path).map(|file| file.bytes.clone()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    pub(super) fn names_in(&self, folder: &Path) -> Vec<OsString> {
        let files = self.files();
        let first_part = |path: &Path| Some(path.strip_prefix(folder).ok()?.iter().next()?.to_owned());
        let mut names: Vec<OsString> = files.inside(folder).filter_map(|(path, _)| first_part(path)).collect();
        names.dedup();
        names
    }

    /// The entries at and below `start`, each folder before what is in it, names in order. Hidden entries, and entries that
    /// `is_entered` rejects, are left out with everything below them.
    pub(super) fn entries(&self, start: &Path, is_entered: impl Fn(Entry<&Path>) -> bool) -> Vec<Entry> {
        // `is_entered` may ask this disk: the lock is not held meanwhile.
        let paths: Vec<PathBuf> = self.files().at_or_inside(start).map(Path::to_owned).collect();
        let mut entries: Vec<Entry> = Vec::new();
        let mut rejected: Option<PathBuf> = None;
        for path in &paths {
            let mut on_the_way: Vec<&Path> = path.ancestors().take_while(|folder| folder.starts_with(start)).collect();
            on_the_way.reverse();
            for (depth, at) in on_the_way.into_iter().enumerate() {
                if rejected.as_ref().is_some_and(|rejected| at.starts_with(rejected)) {
                    break;
                }
                let kind = if at == path { EntryKind::File } else { EntryKind::Folder };
                let is_known = kind == EntryKind::Folder && entries.iter().rev().any(|entry| entry.path == at);
                if is_known {
                    continue;
                }
                let entry = Entry { path: at, depth, is_symlink: false, kind };
                if depth > 0 && (is_hidden(at) || !is_entered(entry)) {
                    rejected = Some(at.to_owned());
                    break;
                }
                entries.push(Entry { path: at.to_owned(), depth, is_symlink: false, kind });
            }
        }
        entries
    }

    fn files(&self) -> RwLockReadGuard<'_, Files> {
        // No write leaves the files half changed.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn files_mut(&self) -> RwLockWriteGuard<'_, Files> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files {
    /// The files in a folder and the folders below it.
    fn inside(&self, folder: &Path) -> impl Iterator<Item = (&Path, &MemoryFile)> {
        let files = self.by_path.range(folder.to_owned()..).skip_while(move |(path, _)| *path == folder);
        files.take_while(move |(path, _)| path.starts_with(folder)).map(|(path, file)| (path.as_path(), file))
    }

    fn at_or_inside(&self, start: &Path) -> impl Iterator<Item = &Path> {
        let files = self.by_path.range(start.to_owned()..);
        files.map(|(path, _)| path.as_path()).take_while(move |path| path.starts_with(start))
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with('.'))
}
