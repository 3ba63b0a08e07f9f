//! The texts of files that stay on disk.
//!
//! A corpus is too large to hold in memory, and a question is about few of its files. So a file is read when its words are
//! asked for, and the last few that were read are kept. What is known of a file without its text is an [`OnDisk`].

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use ibid_text::Span;
use lru::LruCache;
use xxhash_rust::xxh3::xxh3_128;

use super::{Excerpt, OnDisk, Page, within};
use crate::{Disk, FileId, Identity, Stamp};

/// How much memory the kept pages may take, in bytes.
const KEPT: usize = 16 << 20;

/// How much memory a page takes once everything is derived from it, in bytes per byte of its text.
const MEMORY: usize = 3;

/// How much memory the kept blocks may take, in bytes.
pub(crate) const KEPT_BLOCKS: usize = 1 << 20;

/// A text of up to this many bytes is one block: opening a file takes longer than reading it.
const SHORT: u32 = 16 << 10;

/// Size of a block of a longer text, in bytes.
const BLOCK: u32 = 4 << 10;

/// The texts of the files on a disk, and the ones that were read last.
#[derive(Debug)]
pub(crate) struct PageStore {
    disk: Disk,
    pages: Mutex<Kept<Page>>,
    /// Blocks of texts of which a part was asked for: after the words of a place, its line is asked for.
    blocks: Mutex<Kept<Vec<u8>>>,
}

/// What was read last, up to a limit of memory.
#[derive(Debug)]
struct Kept<T> {
    read: LruCache<Piece, Arc<T>>,
    /// How much memory an item takes, in bytes.
    memory_of: fn(&T) -> usize,
    /// How much all items take.
    memory: usize,
    /// How much all items may take.
    most: usize,
}

/// Identifies what is kept of one state of a file: the file, the digest of its bytes, and the number of a block of its text.
type Piece = (FileId, u128, u32);

/// The whole file.
fn whole(file: &Identity, stamp: &Stamp) -> Piece {
    (file.id, stamp.digest, 0)
}

impl<T> Kept<T> {
    fn new(most: usize, memory_of: fn(&T) -> usize) -> Mutex<Self> {
        Mutex::new(Self { read: LruCache::unbounded(), memory_of, memory: 0, most })
    }

    fn get(&mut self, piece: Piece) -> Option<Arc<T>> {
        self.read.get(&piece).cloned()
    }

    /// Keeps an item, however large, and as many of the earlier ones as there is room for.
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

impl PageStore {
    /// A store of the files on a disk.
    pub(crate) fn new(disk: Disk) -> Self {
        let pages = Kept::new(KEPT, |page: &Page| page.text().len() * MEMORY);
        Self { disk, pages, blocks: Kept::new(KEPT_BLOCKS, Vec::len) }
    }

    /// The page of a file; `None` if the file on disk is not the one that is known any more.
    pub(crate) fn take(&self, file: &Identity, on_disk: &OnDisk) -> Option<Arc<Page>> {
        let stamp = &on_disk.stamp;
        self.kept(file, stamp).or_else(|| {
            let page = Arc::new(self.read(file, on_disk)?);
            if let Ok(mut pages) = self.pages.lock() {
                pages.keep(whole(file, stamp), page.clone());
            }
            Some(page)
        })
    }

    /// [`PageStore::take`] without keeping the page.
    pub(crate) fn look_at(&self, file: &Identity, on_disk: &OnDisk) -> Option<Arc<Page>> {
        self.kept(file, &on_disk.stamp).or_else(|| self.read(file, on_disk).map(Arc::new))
    }

    /// Some bytes of a file's own text, fewer where it ends; `None` as for [`PageStore::take`].
    pub(crate) fn part(&self, file: &Identity, on_disk: &OnDisk, span: Span) -> Option<Vec<u8>> {
        if let Some(page) = self.kept(file, &on_disk.stamp) {
            return Some(within(page.text().as_bytes(), span).to_owned());
        }
        let size = u32::try_from(on_disk.own_stamp().size).unwrap_or(u32::MAX);
        let span = Span::new(span.start.min(size), span.end.min(size));
        let length = if size <= SHORT { SHORT } else { BLOCK };
        let blocks = span.start / length..span.end.div_ceil(length);
        let number = |number: u32| (file.id, on_disk.stamp.digest, number);
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
            let read = self.read_own(file, on_disk, Span::new(start, blocks.end.saturating_mul(length)))?;
            let mut kept = self.blocks.lock().ok()?;
            for (at, block) in blocks.clone().zip(read.chunks(length as usize)) {
                kept.keep(number(at), Arc::new(block.to_owned()));
            }
            Some(within(&read, Span::new(span.start - start, span.end - start)).to_owned())
        })
    }

    /// All bytes of a file's own text, which are not kept; `None` as for [`PageStore::take`].
    pub(crate) fn whole(&self, file: &Identity, on_disk: &OnDisk) -> Option<Vec<u8>> {
        match self.kept(file, &on_disk.stamp) {
            Some(page) => Some(page.text().as_bytes().to_owned()),
            None => self.read_own(file, on_disk, Span::new(0, u32::MAX)),
        }
    }

    fn kept(&self, file: &Identity, stamp: &Stamp) -> Option<Arc<Page>> {
        self.pages.lock().ok()?.get(whole(file, stamp))
    }

    /// The readable text of a file around a place. Hardly more than that is read, if the readable text is made from parts.
    pub(crate) fn excerpt(&self, file: &Identity, on_disk: &OnDisk, from: i64, to: i64) -> Option<Excerpt> {
        let of_page = |page: &Arc<Page>| Excerpt::of(page.readable(), from, to);
        if let Some(page) = self.kept(file, &on_disk.stamp) {
            return Some(of_page(&page));
        }
        let size = on_disk.own_stamp().size;
        let read = Excerpt::read(|span| self.part(file, on_disk, span), size, &on_disk.readable, from, to);
        read.or_else(|| self.take(file, on_disk).as_ref().map(of_page))
    }

    /// Reads some bytes of a file's own text, fewer where it ends; `None` as for [`PageStore::take`].
    fn read_own(&self, file: &Identity, on_disk: &OnDisk, span: Span) -> Option<Vec<u8>> {
        let read = match &on_disk.extracted {
            Some(text) if self.disk.has(&file.absolute, &on_disk.stamp) => text.read_part(span),
            _ => self.disk.read_part(&file.absolute, &on_disk.stamp, span),
        };
        read.ok().or_else(|| Some(within(&self.bytes_of(file, on_disk)?, span).to_owned()))
    }

    fn read(&self, file: &Identity, on_disk: &OnDisk) -> Option<Page> {
        Page::read(&file.path, file.role, &self.bytes_of(file, on_disk)?).ok()
    }

    /// The bytes of a file's own text, or of its extracted text, if the file on disk is still the one that is known.
    fn bytes_of(&self, file: &Identity, on_disk: &OnDisk) -> Option<Vec<u8>> {
        let of_file = || bytes_at(&self.disk, &file.absolute, &on_disk.stamp);
        match &on_disk.extracted {
            Some(text) if self.disk.has(&file.absolute, &on_disk.stamp) || of_file().is_some() => text.bytes(),
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
