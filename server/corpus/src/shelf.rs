//! Sources and notes that stay on disk.
//!
//! A corpus is larger than what one wants to hold in memory, and a question is about few of its files. So a file is read
//! when its words are asked for and kept among the last few; what is known of it without its text is a [`Shelved`].

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use ibid_source::Metadata;
use ibid_text::Span;
use lru::LruCache;
use xxhash_rust::xxh3::xxh3_128;

use crate::{Disk, Excerpt, Extracted, File, FileId, Page, Reading, Stamp, excerpt::ReadableFrom, file::within};

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

/// How much memory the blocks may take that are kept without what follows from them, in bytes.
pub(crate) const KEPT_BLOCKS: usize = 1 << 20;

/// A text up to so many bytes is one block: to open a file takes longer than to read it.
const SHORT: u32 = 16 << 10;

/// Bytes of a block of a longer text.
const BLOCK: u32 = 4 << 10;

/// The files that were read last.
#[derive(Debug)]
pub(crate) struct Shelf {
    disk: Disk,
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

impl Shelf {
    /// A store of the files on a disk.
    pub(crate) fn new(disk: Disk) -> Self {
        let pages = Kept::new(KEPT, |page: &Page| page.text().len() * MEMORY);
        Self { disk, pages, blocks: Kept::new(KEPT_BLOCKS, Vec::len) }
    }

    /// The page of a file that lies on disk as was shelved; `None` if it does not any more.
    pub(crate) fn take(&self, file: &File, shelved: &Shelved) -> Option<Arc<Page>> {
        let stamp = &shelved.stamp;
        self.kept(file, stamp).or_else(|| {
            let page = Arc::new(self.read(file, shelved)?);
            if let Ok(mut pages) = self.pages.lock() {
                pages.keep(whole(file, stamp), page.clone());
            }
            Some(page)
        })
    }

    /// The same without keeping it.
    pub(crate) fn look_at(&self, file: &File, shelved: &Shelved) -> Option<Arc<Page>> {
        self.kept(file, &shelved.stamp).or_else(|| self.read(file, shelved).map(Arc::new))
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
            let read = self.read_own(file, shelved, Span::new(start, blocks.end.saturating_mul(length)))?;
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
            None => self.read_own(file, shelved, Span::new(0, u32::MAX)),
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

    /// Reads some bytes of a file's own text, fewer where it ends; `None` as with [`Shelf::take`].
    fn read_own(&self, file: &File, shelved: &Shelved, span: Span) -> Option<Vec<u8>> {
        let read = match &shelved.extracted {
            Some(text) if self.disk.has(&file.absolute, &shelved.stamp) => text.read_part(span),
            _ => self.disk.read_part(&file.absolute, &shelved.stamp, span),
        };
        read.ok().or_else(|| Some(within(&self.bytes_of(file, shelved)?, span).to_owned()))
    }

    fn read(&self, file: &File, shelved: &Shelved) -> Option<Page> {
        Page::read(&file.path, file.role, &self.bytes_of(file, shelved)?).ok()
    }

    /// The bytes of a file's own text, if they are those that are known: of the extracted text if it has none of its own.
    fn bytes_of(&self, file: &File, shelved: &Shelved) -> Option<Vec<u8>> {
        let of_file = || bytes_at(&self.disk, &file.absolute, &shelved.stamp);
        match &shelved.extracted {
            Some(text) if self.disk.has(&file.absolute, &shelved.stamp) || of_file().is_some() => text.bytes(),
            Some(_) => None,
            None => of_file(),
        }
    }
}

/// The bytes of the file at a path, if they are those that `stamp` identifies.
pub(crate) fn bytes_at(disk: &Disk, path: &Path, stamp: &Stamp) -> Option<Vec<u8>> {
    let bytes = disk.read(path).ok()?;
    // A file that was only touched still has the same bytes.
    let is_same = disk.has(path, stamp) || xxh3_128(&bytes) == stamp.digest;
    is_same.then_some(bytes)
}
