//! The format of a cache file.
//!
//! ```text
//! body      bytes that are used in place
//! head      bytes that are decoded as a whole
//! footer    magic and version, the build that wrote it, lengths of body and head, checksum of head and footer
//! ```

use std::{
    fs,
    io::{self, BufWriter, Write},
    ops::Range,
    path::Path,
};

use memmap2::Mmap;
use serde::Serialize;
use tempfile::NamedTempFile;
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_64_with_seed};

use super::map::map;
use crate::disk::open_regular;

/// The first bytes of a footer; the last of them is the version of the format.
const MAGIC: [u8; 8] = *b"ibidkep\x01";

const FOOTER: usize = 40;

/// A cache file, mapped into memory.
pub(super) struct Container {
    map: Mmap,
    body: Range<usize>,
    head: Range<usize>,
}

/// The body of a mapped file.
pub(super) struct MappedBody {
    map: Mmap,
    range: Range<usize>,
}

impl AsRef<[u8]> for MappedBody {
    fn as_ref(&self) -> &[u8] {
        &self.map[self.range.clone()]
    }
}

impl Container {
    /// Opens a file. Fails if it is missing, truncated, corrupt or from another build.
    pub(super) fn open(path: &Path, build: u64) -> io::Result<Self> {
        let map = map(&open_regular(path)?)?;
        let broken = || io::Error::from(io::ErrorKind::InvalidData);
        let (_, footer) = map.split_last_chunk::<FOOTER>().ok_or_else(broken)?;
        let (fields, checksum) = footer.split_last_chunk::<8>().ok_or_else(broken)?;
        let (numbers, _) = fields.as_chunks::<8>();
        let [magic, of_build, body, head] = *numbers else { return Err(broken()) };
        let length = |bytes| usize::try_from(u64::from_le_bytes(bytes)).unwrap_or(usize::MAX);
        let (body, head) = (length(body), length(head));
        let is_whole = body.checked_add(head).and_then(|sum| sum.checked_add(FOOTER)) == Some(map.len());
        if magic != MAGIC || u64::from_le_bytes(of_build) != build || !is_whole {
            return Err(broken());
        }
        let (body, head) = (0..body, body..body + head);
        if u64::from_le_bytes(*checksum) != checksum_of(&map[head.clone()], fields) {
            return Err(broken());
        }
        Ok(Self { map, body, head })
    }

    pub(super) fn head(&self) -> &[u8] {
        &self.map[self.head.clone()]
    }

    pub(super) fn into_body(self) -> MappedBody {
        MappedBody { map: self.map, range: self.body }
    }
}

/// Writes a file atomically: a reader sees either the old or the new file. `head` is streamed in postcard format, so it is
/// never in memory as a whole.
pub(super) fn write(
    path: &Path,
    build: u64,
    head: &(impl Serialize + ?Sized),
    write_body: impl FnOnce(&mut Body) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let file = NamedTempFile::new_in(folder)?;
    let mut out = Body { out: BufWriter::with_capacity(1 << 16, file), written: 0 };
    write_body(&mut out)?;
    let mut fields = Vec::with_capacity(FOOTER);
    fields.extend(MAGIC);
    fields.extend(build.to_le_bytes());
    fields.extend(out.written.to_le_bytes());
    let mut out = Hashing { out: out.out, written: 0, hash: Xxh3::new() };
    postcard::to_io(head, &mut out).map_err(io::Error::other)?;
    fields.extend(out.written.to_le_bytes());
    let checksum = xxh3_64_with_seed(&fields, out.hash.digest());
    let mut out = out.out;
    out.write_all(&fields)?;
    out.write_all(&checksum.to_le_bytes())?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.persist(path)?;
    Ok(())
}

fn checksum_of(head: &[u8], fields: &[u8]) -> u64 {
    xxh3_64_with_seed(fields, xxh3_64(head))
}

/// A writer that counts and hashes its bytes.
struct Hashing {
    out: BufWriter<NamedTempFile>,
    written: u64,
    hash: Xxh3,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.written += written as u64;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The body of a file that is being written.
pub(crate) struct Body {
    out: BufWriter<NamedTempFile>,
    written: u64,
}

impl Write for Body {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.written += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
