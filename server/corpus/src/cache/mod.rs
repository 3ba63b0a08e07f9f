//! What is kept on disk from one session to the next: where the words of the sources stand, and what the sources say.
//!
//! Nothing in it cannot be made again. A person may delete the folder at any time; a file that is missing, cut off, rotten
//! or of another version is as good as none. What counts for a source is decided by its content: its size and time tell
//! that it did not change, else its digest does. Files are written beside their place and moved there in one step, so that
//! two editors on one workspace never see half of one; the last to write wins, and both are right.

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

use crate::{Config, Reading, Role, index::Segment, shelf::modified};
pub(crate) use catalogue::Known;
use container::Container;
pub use extracts::{Extracted, Extractor, Unextracted};

/// How long a build of the program is taken to be in use after it last wrote.
const IN_USE: Duration = Duration::from_hours(30 * 24);

/// A folder for what is kept.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: Option<PathBuf>,
    /// Tells the program that wrote a file.
    build: u64,
    extract: Extractor,
}

/// The sources of a workspace as they were when their postings were written.
pub struct Stored {
    /// By slot of the segment.
    pub(crate) known: Vec<Known>,
    pub(crate) segment: Arc<Segment>,
}

impl Stored {
    /// How many sources it holds.
    pub fn sources(&self) -> usize {
        self.known.len()
    }
}

impl Cache {
    /// Keeps nothing.
    pub const NONE: Self = Self { folder: None, build: 0, extract: extracts::extract_here };

    /// Keeps files in `folder`, which is made when the first is written. `build` tells one version of the program from
    /// another: what another wrote is never read.
    pub const fn new(folder: PathBuf, build: u64) -> Self {
        Self { folder: Some(folder), build, extract: extracts::extract_here }
    }

    /// Has the text of documents that have none of their own taken out of them by `extract`, instead of in this process.
    #[must_use]
    pub fn extracting(self, extract: Extractor) -> Self {
        Self { extract, ..self }
    }

    /// The postings of the sources of a workspace, if they are kept.
    pub fn stored(&self, config: &Config) -> Option<Stored> {
        let container = Container::open(&self.path(config, "postings")?, self.build).ok()?;
        let known: Vec<Known> = postcard::from_bytes(container.head()).ok()?;
        let segment = Arc::new(Segment::open(container.into_body()).ok()?);
        (segment.members() == known.len()).then_some(Stored { known, segment })
    }

    /// Keeps postings: `write` gives those of `known`, in order. Returns them as they are on disk.
    pub(crate) fn store(
        &self,
        config: &Config,
        known: &[Known],
        write: impl FnOnce(&mut container::Body) -> io::Result<()>,
    ) -> io::Result<Stored> {
        let path = self.path(config, "postings").ok_or(io::ErrorKind::Unsupported)?;
        container::write(&path, self.build, known, write)?;
        prune(&path);
        self.stored(config).ok_or_else(|| io::Error::other("what was written cannot be read"))
    }

    /// Throws away the postings of a workspace.
    pub(crate) fn forget(&self, config: &Config) {
        // What cannot be removed is written over when it is made again.
        self.path(config, "postings").map(fs::remove_file);
    }

    /// The notes of a workspace as they were when they were kept.
    pub(crate) fn notes(&self, config: &Config) -> Vec<Known> {
        self.list(config, "notes").unwrap_or_default()
    }

    /// Keeps what is known of notes.
    pub(crate) fn store_notes(&self, config: &Config, notes: &[Known]) -> io::Result<()> {
        self.store_list(config, "notes", notes)
    }

    /// What the files of a workspace say, by the digest of their bytes and what they are read as, as far as that is kept.
    pub(crate) fn readings(&self, config: &Config) -> FxHashMap<(u128, Role), Arc<Reading>> {
        let kept: Option<Vec<(u128, Role, Reading)>> = self.list(config, "readings");
        kept.into_iter().flatten().map(|(digest, role, reading)| ((digest, role), Arc::new(reading))).collect()
    }

    /// Keeps what files say.
    pub(crate) fn store_readings(&self, config: &Config, readings: &[(u128, Role, Arc<Reading>)]) -> io::Result<()> {
        self.store_list(config, "readings", readings)
    }

    /// A list that is kept in a file of its own.
    fn list<T: DeserializeOwned>(&self, config: &Config, extension: &str) -> Option<Vec<T>> {
        let container = Container::open(&self.path(config, extension)?, self.build).ok()?;
        postcard::from_bytes(container.head()).ok()
    }

    fn store_list<T: Serialize>(&self, config: &Config, extension: &str, list: &[T]) -> io::Result<()> {
        let path = self.path(config, extension).ok_or(io::ErrorKind::Unsupported)?;
        container::write(&path, self.build, list, |_| Ok(()))
    }

    /// A segment in a file that nobody else sees and that goes with it, so that it takes no memory while others are made.
    pub(crate) fn set_aside(&self, segment: Segment) -> Segment {
        let write = || -> io::Result<Segment> {
            let folder = self.folder.as_ref().ok_or(io::ErrorKind::Unsupported)?;
            let mut file = tempfile::tempfile_in(folder)?;
            file.write_all(segment.bytes())?;
            Segment::open(map::map(&file)?).map_err(io::Error::other)
        };
        write().unwrap_or(segment)
    }

    /// The time by the clock of the disk that the cache is on, in nanoseconds since 1970; `None` where nothing is kept.
    pub(crate) fn now(&self) -> Option<u64> {
        let folder = self.folder.as_ref()?;
        fs::create_dir_all(folder).ok()?;
        let metadata = tempfile::tempfile_in(folder).ok()?.metadata().ok()?;
        Some(modified(&metadata))
    }

    /// Where a file of a workspace lies: each build of the program has its own, so that two of them do not write in turn.
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

/// Removes what other builds of the program kept of the same workspace, once it is a month older than `newest`: they are not in
/// use any more.
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
