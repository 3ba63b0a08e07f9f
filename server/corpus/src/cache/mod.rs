//! The cache on disk, kept from one session to the next: the postings of the sources and the facts read from files.
//!
//! Everything in it can be recomputed. The folder may be deleted at any time; a file that is missing, truncated, corrupt or
//! from another version is ignored. A source counts as unchanged if its size and time are the same, otherwise if its digest
//! is the same. Files are written under a temporary name and renamed, so that two editors on one workspace never see a
//! partial file; the last write wins, and either one is valid.
//!
//! It is on the real disk even for a workspace in memory, and so does not go through [`crate::Disk`]: its files are mapped
//! into memory, replaced by renaming, or opened by an editor.

mod catalogue;
mod container;
mod extracts;
mod map;
mod temporary;

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
pub use extracts::{Extracted, ExtractionError, Extractor, extract_in_process};
pub use temporary::{remove_temporary_folder, temporary_folder};

/// How long a build of the program counts as in use after its last write.
const IN_USE: Duration = Duration::from_hours(30 * 24);

/// A cache folder, or no cache.
#[derive(Clone, Debug)]
pub struct Cache {
    /// `None` if nothing is cached.
    folder: Option<PathBuf>,
    /// Identifies the build of the program.
    build: u64,
}

/// The stored postings of a workspace, with its sources as they were at that time.
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
    /// A cache that stores nothing.
    pub const NONE: Self = Self { folder: None, build: 0 };

    /// A cache in `folder`, which is created on the first write. `build` identifies the version of the program; files from
    /// other versions are never read.
    pub const fn new(folder: PathBuf, build: u64) -> Self {
        Self { folder: Some(folder), build }
    }

    /// The stored postings of a workspace, if there are any.
    pub fn stored(&self, config: &Config) -> Option<StoredIndex> {
        let container = Container::open(&self.path(config, "postings")?, self.build).ok()?;
        let known: Vec<CatalogueEntry> = postcard::from_bytes(container.head()).ok()?;
        let segment = Arc::new(Segment::open(container.into_body()).ok()?);
        (segment.members() == known.len()).then_some(StoredIndex { known, segment })
    }

    /// Stores postings. `write` writes those of `known`, in the same order. Returns the postings mapped from disk.
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

    /// Deletes the stored postings of a workspace.
    pub(crate) fn forget(&self, config: &Config) {
        // If the file cannot be deleted, the next write replaces it.
        self.path(config, "postings").map(fs::remove_file);
    }

    /// The stored entries of a workspace's notes.
    pub(crate) fn notes(&self, config: &Config) -> Vec<CatalogueEntry> {
        self.list(config, "notes").unwrap_or_default()
    }

    /// Stores the entries of notes.
    pub(crate) fn store_notes(&self, config: &Config, notes: &[CatalogueEntry]) -> io::Result<()> {
        self.store_list(config, "notes", notes)
    }

    /// The stored facts of a workspace's files, by the digest of their bytes and their role.
    pub(crate) fn facts(&self, config: &Config) -> FxHashMap<(u128, Role), Arc<FileFacts>> {
        let kept: Option<Vec<(u128, Role, FileFacts)>> = self.list(config, "facts");
        kept.into_iter().flatten().map(|(digest, role, facts)| ((digest, role), Arc::new(facts))).collect()
    }

    /// Stores the facts of files.
    pub(crate) fn store_facts(&self, config: &Config, facts: &[(u128, Role, Arc<FileFacts>)]) -> io::Result<()> {
        self.store_list(config, "facts", facts)
    }

    /// Reads a list stored in a file of its own.
    fn list<T: DeserializeOwned>(&self, config: &Config, extension: &str) -> Option<Vec<T>> {
        let container = Container::open(&self.path(config, extension)?, self.build).ok()?;
        postcard::from_bytes(container.head()).ok()
    }

    fn store_list<T: Serialize>(&self, config: &Config, extension: &str, list: &[T]) -> io::Result<()> {
        let path = self.path(config, extension).ok_or(io::ErrorKind::Unsupported)?;
        container::write(&path, self.build, list, |_| Ok(()))
    }

    /// Moves a segment to an unnamed temporary file, which is deleted with it, to free memory while other segments are built.
    /// Returns the segment unchanged if that fails.
    pub(crate) fn set_aside(&self, segment: Segment) -> Segment {
        let write = || -> io::Result<Segment> {
            let folder = self.folder.as_ref().ok_or(io::ErrorKind::Unsupported)?;
            let mut file = tempfile::tempfile_in(folder)?;
            file.write_all(segment.bytes())?;
            Segment::open(map::map(&file)?).map_err(io::Error::other)
        };
        write().unwrap_or(segment)
    }

    /// The current time of the cache's file system, in nanoseconds since 1970; `None` without a cache.
    pub(crate) fn now(&self) -> Option<u64> {
        let folder = self.folder.as_ref()?;
        fs::create_dir_all(folder).ok()?;
        let metadata = tempfile::tempfile_in(folder).ok()?.metadata().ok()?;
        Some(Metadata::from(&metadata).modified)
    }

    /// The path of a cache file of a workspace. Each build of the program has its own files, so that two builds do not
    /// overwrite each other's.
    fn path(&self, config: &Config, extension: &str) -> Option<PathBuf> {
        let sources = config.sources.iter().flat_map(|pattern| [b"\0", pattern.as_bytes()]);
        // What is known of a file rests on the language that its words were judged in.
        let language = [b"\0\0", config.language.as_bytes()];
        let root = [config.root.as_os_str().as_encoded_bytes()];
        let workspace = root.into_iter().chain(sources).chain(language).collect::<Vec<_>>().concat();
        let name = format!("{:032x}-{:016x}.{extension}", xxh3_128(&workspace), self.build);
        Some(self.folder.as_ref()?.join(name))
    }
}

/// Deletes the files that other builds of the program stored for the same workspace, once they are [`IN_USE`] older than
/// `newest`.
fn prune(newest: &Path) {
    let workspace =
        |path: &Path| path.file_name()?.to_str()?.split_once('-').map(|(workspace, _)| workspace.to_owned());
    let written = |path: &Path| fs::metadata(path)?.modified();
    let (Some(wanted), Ok(now)) = (workspace(newest), written(newest)) else { return };
    let entries = newest.parent().into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    for path in entries.map(|entry| entry.path()).filter(|path| workspace(path).as_ref() == Some(&wanted)) {
        let age = written(&path).ok().and_then(|then| now.duration_since(then).ok());
        if age.is_some_and(|age| age > IN_USE) {
            // A file that cannot be deleted does no harm.
            drop(fs::remove_file(path));
        }
    }
}

#[cfg(test)]
mod tests;
