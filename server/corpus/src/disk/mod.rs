//! Access to the files of a workspace, on the machine's disk or in memory.
//!
//! Everything in this crate that looks at a workspace's files does it through a [`Disk`], so that tests take the same path
//! as production without writing files. The [cache](crate::cache) is separate: it maps its own files into memory, replaces
//! them by renaming and writes texts that an editor opens, all of which need the real disk.

mod memory;
mod walk;

use std::{
    ffi::OsString,
    fs,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use ibid_text::Span;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

pub use memory::MemoryDisk;
pub(crate) use walk::{Entry, EntryKind};

/// Why a device, a pipe or a socket is not read: it may never end, or never begin.
pub(crate) const IRREGULAR: &str = "is no regular file but a device, a pipe or a socket: not read";

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 256 << 20;

/// Where the files of a workspace are. Cheap to clone.
#[derive(Clone, Default, Debug)]
pub enum Disk {
    /// On the machine's disk.
    #[default]
    Real,
    /// In memory.
    Memory(MemoryDisk),
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unread {
    #[error("cannot be read ({0}): check its permissions")]
    Io(#[from] io::Error),
    #[error("{size} bytes: larger than the limit of {LARGEST}; split it")]
    TooLarge { size: u64 },
    #[error("{IRREGULAR}")]
    Irregular,
}

impl Unread {
    /// Whether there is no such file.
    pub(crate) fn is_not_found(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

/// What a disk knows about a file or folder without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Metadata {
    /// Size in bytes.
    pub(crate) size: u64,
    /// Time of the last write, in nanoseconds since 1970; 0 if the disk does not record it.
    pub(crate) modified: u64,
    pub(crate) kind: EntryKind,
}

impl From<&fs::Metadata> for Metadata {
    fn from(metadata: &fs::Metadata) -> Self {
        let since = metadata.modified().unwrap_or(UNIX_EPOCH).duration_since(UNIX_EPOCH).unwrap_or_default();
        let modified = u64::try_from(since.as_nanos()).unwrap_or(0);
        Self { size: metadata.len(), modified, kind: metadata.file_type().into() }
    }
}

/// Identifies one state of a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// Time of the last write, in nanoseconds since 1970; 0 if the disk does not record it.
    pub modified: u64,
    /// The XXH3 digest of its bytes.
    pub digest: u128,
}

impl Stamp {
    /// The stamp of a file with these bytes that was last written at `modified`.
    pub(crate) fn of(bytes: &[u8], modified: u64) -> Self {
        Self { size: bytes.len() as u64, modified, digest: xxh3_128(bytes) }
    }

    /// Whether a file with this metadata has the size and time of this stamp.
    pub(crate) fn fits(&self, metadata: Metadata) -> bool {
        (metadata.size, metadata.modified) == (self.size, self.modified)
    }
}

impl Disk {
    /// A disk that contains nothing but these files, given by absolute path and content.
    pub fn in_memory(files: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        Self::Memory(MemoryDisk::new(files))
    }

    /// The metadata of what is at a path, following symbolic links.
    pub(crate) fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        match self {
            Self::Real => fs::metadata(path).map(|metadata| Metadata::from(&metadata)),
            Self::Memory(disk) => disk.metadata(path),
        }
    }

    /// Whether anything is at a path.
    pub(crate) fn exists(&self, path: &Path) -> bool {
        self.metadata(path).is_ok()
    }

    /// Whether a file is at a path.
    pub(crate) fn is_file(&self, path: &Path) -> bool {
        self.metadata(path).is_ok_and(|metadata| metadata.kind == EntryKind::File)
    }

    /// Whether a folder is at a path.
    pub(crate) fn is_folder(&self, path: &Path) -> bool {
        self.metadata(path).is_ok_and(|metadata| metadata.kind == EntryKind::Folder)
    }

    /// Whether the file at a path has the size and time of a stamp.
    pub(crate) fn has(&self, path: &Path, stamp: &Stamp) -> bool {
        self.metadata(path).is_ok_and(|metadata| stamp.fits(metadata))
    }

    /// A path without symbolic links. Fails if nothing is there.
    pub(crate) fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        match self {
            Self::Real => path.canonicalize(),
            Self::Memory(disk) => disk.metadata(path).map(|_| path.to_owned()),
        }
    }

    /// The names of the files and folders directly in a folder; none if it cannot be read.
    pub(crate) fn names_in(&self, folder: &Path) -> Vec<OsString> {
        match self {
            Self::Real => {
                let entries = fs::read_dir(folder).into_iter().flatten();
                entries.filter_map(Result::ok).map(|entry| entry.file_name()).collect()
            }
            Self::Memory(disk) => disk.names_in(folder),
        }
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, path: &Path) -> Result<Vec<u8>, Unread> {
        match self {
            Self::Real => read_whole(path),
            Self::Memory(disk) => Ok(disk.read(path)?.to_vec()),
        }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// If there is no such file, or it is no regular file, larger than [`LARGEST`] or not UTF-8.
    pub fn read_to_string(&self, path: &Path) -> io::Result<String> {
        let bytes = self.read(path)?;
        String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    /// Some bytes of a file, fewer where it ends. Fails if the file does not have the size and time of `stamp`.
    pub(crate) fn read_part(&self, path: &Path, stamp: &Stamp, span: Span) -> io::Result<Vec<u8>> {
        let size = u32::try_from(stamp.size).unwrap_or(u32::MAX);
        let (start, end) = (span.start.min(size), span.end.min(size));
        let span = start.min(end)..end;
        match self {
            Self::Real => {
                let file = open_regular(path)?;
                check(stamp, Metadata::from(&file.metadata()?))?;
                read_range(file, span)
            }
            Self::Memory(disk) => {
                check(stamp, disk.metadata(path)?)?;
                let bytes = disk.read(path)?;
                let range = span.start as usize..span.end as usize;
                bytes.get(range).map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
            }
        }
    }
}

/// Fails if `metadata` is not that of the file that `stamp` identifies.
fn check(stamp: &Stamp, metadata: Metadata) -> io::Result<()> {
    if stamp.fits(metadata) { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// Opens a regular file. Anything else is refused without waiting for it, as a pipe would have one wait for its writer.
pub(crate) fn open_regular(path: &Path) -> Result<fs::File, Unread> {
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    match EntryKind::from(file.metadata()?.file_type()) {
        EntryKind::File => Ok(file),
        EntryKind::Folder => Err(io::Error::from(io::ErrorKind::IsADirectory).into()),
        EntryKind::Other => Err(Unread::Irregular),
    }
}

impl From<Unread> for io::Error {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Io(error) => error,
            other => Self::other(other),
        }
    }
}

fn read_range(mut file: fs::File, range: std::ops::Range<u32>) -> io::Result<Vec<u8>> {
    if range.start > 0 {
        file.seek(SeekFrom::Start(range.start.into()))?;
    }
    let mut bytes = vec![0; range.len()];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read_whole(path: &Path) -> Result<Vec<u8>, Unread> {
    let file = open_regular(path)?;
    let size = file.metadata()?.len();
    if size > LARGEST {
        return Err(Unread::TooLarge { size });
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    // The limit also holds for a file that grows while it is read. `take` saves asking for its size again.
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
