//! What is kept on disk from one session to the next: the postings of the sources and the facts of files.
//!
//! Everything in it can be computed again. A person may delete the folder at any time; a file that is missing, truncated,
//! corrupt or of another version is ignored. A source is recognized by its size and time, else by the digest of its content.
//! Files are written under another name and renamed in one step, so that two editors on one workspace never see half of one;
//! the last to write wins, and both are right.
//!
//! It is on the real disk even for a workspace in memory, and so does not go through [`crate::Disk`]: its files are mapped
//! into memory, replaced by renaming, or opened by an editor.

mod catalogue;
mod container;
mod extracts;
mod map;

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use rustc_hash::FxHashMap;
use serde::{Serialize, de::DeserializeOwned};
use xxhash_rust::xxh3::xxh3_128;

use crate::{Config, FileFacts, Role, disk::Metadata, index::Segment};
pub(crate) use catalogue::CatalogueEntry;
use container::Container;
pub use extracts::{Extracted, Extractor, Unextracted, extract_in_process};

/// How long a build of the program is assumed to be in use after it last wrote.
const IN_USE: Duration = Duration::from_hours(30 * 24);

/// A cache in a folder, or none.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: Option<PathBuf>,
    /// Identifies the program that wrote a file.
    build: u64,
}

/// The cached postings of a workspace, and the state of the sources when they were written.
pub struct StoredIndex {
    /// By slot of the segment.
    pub(crate) known: Vec<CatalogueEntry>,
    pub(crate) segment: Arc<Segment>,
}

impl StoredIndex {
    /// The number of sources.
    pub fn sources(&self) -> usize {
        self.known.len()
    }
}

impl Cache {
    /// No cache.
    pub const NONE: Self = Self { folder: None, build: 0 };

    /// A cache in `folder`, which is created when the first file is written. `build` identifies the version of the program: what
    /// another version wrote is never read.
    pub const fn new(folder: PathBuf, build: u64) -> Self {
        Self { folder: Some(folder), build }
    }

    /// The postings of the sources of a workspace, if they are cached.
    pub fn stored(&self, config: &Config) -> Option<StoredIndex> {
        let container = Container::open(&self.path(config, "postings")?, self.build).ok()?;
        let known: Vec<CatalogueEntry> = postcard::from_bytes(container.head()).ok()?;
        let segment = Arc::new(Segment::open(container.into_body()).ok()?);
        (segment.members() == known.len()).then_some(StoredIndex { known, segment })
    }

    /// Caches postings: `write` writes those of `known`, in order. Returns them as they are on disk.
    pub(crate) fn store(
        &self,
        config: &Config,
        known: &[CatalogueEntry],
        write: impl FnOnce(&mut container::Body) -> io::Result<()>,
    ) -> io::Result<StoredIndex> {
        let path = self.path(config, "postings").ok_or(io::ErrorKind::Unsupported)?;
        container::write(&path, self.build, known, write)?;
        prune(&path);
        self.stored(config).ok_or_else(|| io::Error::other("what was written cannot be read"))
    }

    /// Removes the postings of a workspace.
    pub(crate) fn forget(&self, config: &Config) {
        // What cannot be removed is overwritten when it is made again.
        self.path(config, "postings").map(fs::remove_file);
    }

    /// The cached state of the notes of a workspace.
    pub(crate) fn notes(&self, config: &Config) -> Vec<CatalogueEntry> {
        self.list(config, "notes").unwrap_or_default()
    }

    /// Caches the state of notes.
    pub(crate) fn store_notes(&self, config: &Config, notes: &[CatalogueEntry]) -> io::Result<()> {
        self.store_list(config, "notes", notes)
    }

    /// The cached facts of the files of a workspace, by the digest of their bytes and their role.
    pub(crate) fn facts(&self, config: &Config) -> FxHashMap<(u128, Role), Arc<FileFacts>> {
        let kept: Option<Vec<(u128, Role, FileFacts)>> = self.list(config, "facts");
        kept.into_iter().flatten().map(|(digest, role, facts)| ((digest, role), Arc::new(facts))).collect()
    }

    /// Caches the facts of files.
    pub(crate) fn store_facts(&self, config: &Config, facts: &[(u128, Role, Arc<FileFacts>)]) -> io::Result<()> {
        self.store_list(config, "facts", facts)
    }

    /// A list that has a file of its own.
    fn list<T: DeserializeOwned>(&self, config: &Config, extension: &str) -> Option<Vec<T>> {
        let container = Container::open(&self.path(config, extension)?, self.build).ok()?;
        postcard::from_bytes(container.head()).ok()
    }

    fn store_list<T: Serialize>(&self, config: &Config, extension: &str, list: &[T]) -> io::Result<()> {
        let path = self.path(config, extension).ok_or(io::ErrorKind::Unsupported)?;
        container::write(&path, self.build, list, |_| Ok(()))
    }

    /// Moves a segment to an anonymous file, which is removed with it, so that it takes no memory while others are made.
    pub(crate) fn set_aside(&self, segment: Segment) -> Segment {
        let write = || -> io::Result<Segment> {
            let folder = self.folder.as_ref().ok_or(io::ErrorKind::Unsupported)?;
            let mut file = tempfile::tempfile_in(folder)?;
            file.write_all(segment.bytes())?;
            Segment::open(map::map(&file)?).map_err(io::Error::other)
        };
        write().unwrap_or(segment)
    }

    /// The time by the clock of the cache's disk, in nanoseconds since 1970; `None` without a cache.
    pub(crate) fn now(&self) -> Option<u64> {
        let folder = self.folder.as_ref()?;
        fs::create_dir_all(folder).ok()?;
        let metadata = tempfile::tempfile_in(folder).ok()?.metadata().ok()?;
        Some(Metadata::from(&metadata).modified)
    }

    /// The path of a workspace's file. Each build of the program has its own, so that two do not overwrite each other.
    fn path(&self, config: &Config, extension: &str) -> Option<PathBuf> {
        let sources = config.sources.iter().flat_map(|pattern| [b"\0", pattern.as_bytes()]);
        let workspace =
            [config.root.as_os_str().as_encoded_bytes()].into_iter().chain(sources).collect::<Vec<_>>().concat();
        let name = format!("{:032x}-{:016x}.{extension}", xxh3_128(&workspace), self.build);
        Some(self.folder.as_ref()?.join(name))
    }
}

/// Removes what other builds of the program cached for the same workspace, if it is a month older than `newest`: they are not
/// used any more.
fn prune(newest: &Path) {
    let workspace =
        |path: &Path| path.file_name()?.to_str()?.split_once('-').map(|(workspace, _)| workspace.to_owned());
    let written = |path: &Path| fs::metadata(path)?.modified();
    let (Some(wanted), Ok(now)) = (workspace(newest), written(newest)) else { return };
    let entries = newest.parent().into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    for path in entries.map(|entry| entry.path()).filter(|path| workspace(path).as_ref() == Some(&wanted)) {
        let age = written(&path).ok().and_then(|then| now.duration_since(then).ok());
        if age.is_some_and(|age| age > IN_USE) {
            // What cannot be removed does no harm.
            drop(fs::remove_file(path));
        }
    }
}

#[cfg(test)]
mod tests;
