//! Sources and notes that stay on disk.
//!
//! A corpus is larger than what one wants to hold in memory, and a question is about few of its files. So a file is read
//! when its words are asked for and kept among the last few; what is known of it without its text is a [`Shelved`].

use std::{
    fs,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
    sync::{Arc, Mutex},
    time::UNIX_EPOCH,
};

use ibid_source::Metadata;
use ibid_text::Span;
use lru::LruCache;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    Excerpt, Extracted, File, FileId, Page, Reading, discover::read_bytes, excerpt::ReadableFrom, file::within,
};

/// How much memory the pages may take that are kept, in bytes.
const KEPT: usize = 16 << 20;

/// How much memory a page takes once all that is asked of it is read, in bytes for each byte of its text.
const MEMORY: usize = 3;

/// A source or note as it lies on disk: what is known of it without its text.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// Tells this text of the file from any other.
    pub stamp: Stamp,
    /// What it says of itself.
    pub metadata: Arc<Metadata>,
    /// How its readable text is made of the file's own.
    pub readable: ReadableFrom,
    /// The text that was taken out of it and stands for its own, where it has none.
    pub extracted: Option<Box<Extracted>>,
    /// What it says; `None` until it was read in full.
    pub reading: Option<Arc<Reading>>,
}

impl Shelved {
    /// A source with this text, not read in full.
    pub(crate) fn of(stamp: Stamp, page: &Page, extracted: Option<Box<Extracted>>) -> Self {
        let metadata = Arc::new(page.metadata().cloned().unwrap_or_default());
        Self { stamp, metadata, readable: page.readable_from(), extracted, reading: None }
    }

    /// The stamp of its own text: of the one that was taken out of it where it has none.
    pub(crate) fn own_stamp(&self) -> &Stamp {
        self.extracted.as_ref().map_or(&self.stamp, |text| text.stamp())
    }
}

/// Tells one state of a file from another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970; 0 where the disk does not tell.
    pub modified: u64,
    /// The XXH3 digest of its bytes.
    pub digest: u128,
}

impl Stamp {
    /// The stamp of a file with these bytes that was last written at `modified`.
    pub(crate) fn of(bytes: &[u8], modified: u64) -> Self {
        Self { size: bytes.len() as u64, modified, digest: xxh3_128(bytes) }
    }

    /// Whether the file at `path` has the size and the time of this stamp.
    pub(crate) fn fits(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|found| self.is_of(&found))
    }

    /// Whether a file of which this is known has the size and the time of this stamp.
    pub(crate) fn is_of(&self, metadata: &fs::Metadata) -> bool {
        metadata.len() == self.size && modified(metadata) == self.modified
    }
}

/// When a file was last written, in nanoseconds since 1970; 0 where the disk does not tell.
pub(crate) fn modified(metadata: &fs::Metadata) -> u64 {
    let since = metadata.modified().unwrap_or(UNIX_EPOCH).duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(0)
}

/// How much memory the blocks may take that are kept without what follows from them, in bytes.
pub(crate) const KEPT_BLOCKS: usize = 1 << 20;

/// A text up to so many bytes is one block: to open a file takes longer than to read it.
const SHORT: u32 = 16 << 10;

/// Bytes of a block of a longer text.
const BLOCK: u32 = 4 << 10;

/// The files that were read last.
#[derive(Debug)]
pub(crate) struct Shelf {
    pages: Mutex<Kept<Page>>,
    /// Blocks of texts of which a part was asked for: who asks for the words of a place asks for its line too.
    blocks: Mutex<Kept<Vec<u8>>>,
}

/// What was read of files last.
#[derive(Debug)]
struct Kept<T> {
    read: LruCache<Piece, Arc<T>>,
    /// How much memory one takes, in bytes.
    memory_of: fn(&T) -> usize,
    /// How much all take.
    memory: usize,
    /// How much all may take.
    most: usize,
}

/// What there is to keep of one state of a file: the file, the digest of its bytes, and the number of a block of its text.
type Piece = (FileId, u128, u32);

/// A file as a whole.
fn whole(file: &File, stamp: &Stamp) -> Piece {
    (file.id, stamp.digest, 0)
}

impl<T> Kept<T> {
    fn new(most: usize, memory_of: fn(&T) -> usize) -> Mutex<Self> {
        Mutex::new(Self { read: LruCache::unbounded(), memory_of, memory: 0, most })
    }

    fn get(&mut self, piece: Piece) -> Option<Arc<T>> {
        self.read.get(&piece).cloned()
    }

    /// Keeps what was read, however large, and of what was read before as much as there is room for.
    fn keep(&mut self, piece: Piece, read: Arc<T>) {
        self.memory += (self.memory_of)(&read);
        let replaced = self.read.put(piece, read);
        self.memory -= replaced.map_or(0, |read| (self.memory_of)(&read));
        while self.memory > self.most && self.read.len() > 1 {
            let oldest = self.read.pop_lru();
            self.memory -= oldest.map_or(0, |(_, read)| (self.memory_of)(&read));
        }
    }
}

impl Default for Shelf {
    fn default() -> Self {
        let pages = Kept::new(KEPT, |page: &Page| page.text().len() * MEMORY);
        Self { pages, blocks: Kept::new(KEPT_BLOCKS, Vec::len) }
    }
}

impl Shelf {
    /// The page of a file that lies on disk as was shelved; `None` if it does not any more.
    pub(crate) fn take(&self, file: &File, shelved: &Shelved) -> Option<Arc<Page>> {
        let stamp = &shelved.stamp;
        self.kept(file, stamp).or_else(|| {
            let page = Arc::new(read(file, shelved)?);
            if let Ok(mut pages) = self.pages.lock() {
                pages.keep(whole(file, stamp), page.clone());
            }
            Some(page)
        })
    }

    /// The same without keeping it.
    pub(crate) fn look_at(&self, file: &File, shelved: &Shelved) -> Option<Arc<Page>> {
        self.kept(file, &shelved.stamp).or_else(|| read(file, shelved).map(Arc::new))
    }

    /// Some bytes of a file's own text, fewer where it ends; `None` as with [`Shelf::take`].
    pub(crate) fn part(&self, file: &File, shelved: &Shelved, span: Span) -> Option<Vec<u8>> {
        if let Some(page) = self.kept(file, &shelved.stamp) {
            return Some(within(page.text().as_bytes(), span).to_owned());
        }
        let size = u32::try_from(shelved.own_stamp().size).unwrap_or(u32::MAX);
        let span = Span::new(span.start.min(size), span.end.min(size));
        let length = if size <= SHORT { SHORT } else { BLOCK };
        let blocks = span.start / length..span.end.div_ceil(length);
        let number = |number: u32| (file.id, shelved.stamp.digest, number);
        let kept = || {
            let (mut kept, mut bytes) = (self.blocks.lock().ok()?, Vec::with_capacity(span.len() as usize));
            for at in blocks.clone() {
                let (block, start) = (kept.get(number(at))?, at * length);
                bytes.extend_from_slice(within(&block, Span::new(span.start.saturating_sub(start), span.end - start)));
            }
            Some(bytes)
        };
        kept().or_else(|| {
            let start = blocks.start * length;
            let read = read_own(file, shelved, Span::new(start, blocks.end.saturating_mul(length)))?;
            let mut kept = self.blocks.lock().ok()?;
            for (at, block) in blocks.clone().zip(read.chunks(length as usize)) {
                kept.keep(number(at), Arc::new(block.to_owned()));
            }
            Some(within(&read, Span::new(span.start - start, span.end - start)).to_owned())
        })
    }

    /// The whole of a file's own text; it is not kept. `None` as with [`Shelf::take`].
    pub(crate) fn whole(&self, file: &File, shelved: &Shelved) -> Option<Vec<u8>> {
        match self.kept(file, &shelved.stamp) {
            Some(page) => Some(page.text().as_bytes().to_owned()),
            None => read_own(file, shelved, Span::new(0, u32::MAX)),
        }
    }

    fn kept(&self, file: &File, stamp: &Stamp) -> Option<Arc<Page>> {
        self.pages.lock().ok()?.get(whole(file, stamp))
    }

    /// The readable text of a file around a place; of the file hardly more than that is read, where it can be made of parts.
    pub(crate) fn excerpt(&self, file: &File, shelved: &Shelved, from: i64, to: i64) -> Option<Excerpt> {
        let of_page = |page: &Arc<Page>| Excerpt::of(page.readable(), from, to);
        if let Some(page) = self.kept(file, &shelved.stamp) {
            return Some(of_page(&page));
        }
        let size = shelved.own_stamp().size;
        let read = Excerpt::read(|span| self.part(file, shelved, span), size, &shelved.readable, from, to);
        read.or_else(|| self.take(file, shelved).as_ref().map(of_page))
    }
}

/// Reads some bytes of a file's own text, fewer where it ends; `None` as with [`Shelf::take`].
fn read_own(file: &File, shelved: &Shelved, span: Span) -> Option<Vec<u8>> {
    let (path, own) = own_text(file, shelved);
    let read = fs::File::open(path).and_then(|open| read_part(open, own, span));
    read.ok().or_else(|| Some(within(&bytes_of(file, shelved)?, span).to_owned()))
}

/// Reads some bytes of an open file. Fails if it has not the size and the time of the file that `stamp` is of.
fn read_part(mut file: fs::File, stamp: &Stamp, span: Span) -> io::Result<Vec<u8>> {
    if !stamp.is_of(&file.metadata()?) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let size = u32::try_from(stamp.size).unwrap_or(u32::MAX);
    let (start, end) = (span.start.min(size), span.end.min(size));
    if start > 0 {
        file.seek(SeekFrom::Start(start.into()))?;
    }
    let mut bytes = vec![0; (end - start.min(end)) as usize];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Where a file's own text lies, and its stamp: that of the text that was taken out of the file only while the file is the same.
fn own_text<'a>(file: &'a File, shelved: &'a Shelved) -> (&'a Path, &'a Stamp) {
    match &shelved.extracted {
        Some(text) if shelved.stamp.fits(&file.absolute) => (text.path(), text.stamp()),
        _ => (&file.absolute, &shelved.stamp),
    }
}

fn read(file: &File, shelved: &Shelved) -> Option<Page> {
    Page::read(&file.path, file.role, &bytes_of(file, shelved)?, file.language).ok()
}

/// The bytes of a file's own text, if that is what was shelved; of the text that was taken out of it where it has none.
fn bytes_of(file: &File, shelved: &Shelved) -> Option<Vec<u8>> {
    let of_file = || bytes_at(&file.absolute, &shelved.stamp);
    match &shelved.extracted {
        Some(text) if shelved.stamp.fits(&file.absolute) || of_file().is_some() => bytes_at(text.path(), text.stamp()),
        Some(_) => None,
        None => of_file(),
    }
}

/// The bytes of the file at a path, if they are those that `stamp` is of.
fn bytes_at(path: &Path, stamp: &Stamp) -> Option<Vec<u8>> {
    let bytes = read_bytes(path).ok()?;
    // A file that was only touched still has the same bytes.
    let is_same = stamp.fits(path) || xxh3_128(&bytes) == stamp.digest;
    is_same.then_some(bytes)
}
