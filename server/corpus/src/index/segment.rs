//! A segment: the postings of one or more texts as one byte string, which may be a mapped file.
//!
//! ```text
//! blocks      postings, see `block`
//! directory   the position and first posting of each block
//! buckets     the first block of each bucket of keys, as positions in the directory
//! members     first place, length in bytes and number of words of each text
//! footer      magic, version and hash; the size of each part; checksum of everything but the blocks
//! ```
//!
//! Numbers are little-endian and nothing is aligned, so the bytes are portable between machines. Opening reads everything
//! but the blocks; the checksum of a block is verified each time the block is read.

use std::{
    hint::black_box,
    io::{self, Write},
    ops::Range,
    sync::atomic::{AtomicBool, Ordering},
};

use rayon::prelude::*;

use super::{
    block::{self, Encoder, Entry, key_of, number, posting},
    directory::{Directory, bucket, samples, touch},
    key::{Key, hash},
};

/// Bytes of text per place. Coarser places make postings smaller. A pair of words occurs twice in one place only in text
/// like "a a a a", where a single posting is enough.
pub(super) const UNIT: u32 = 16;

/// Number of empty places between two texts, so that a quotation which would begin shortly before one text is not placed
/// in the text before it.
const GAP: u32 = 64;

/// Minimum distance in bytes between words of different texts, counted over all texts.
pub(super) const GAP_BYTES: u64 = GAP as u64 * UNIT as u64;

/// The first bytes of a footer; the last of them is the version of the format.
const MAGIC: [u8; 8] = *b"ibidseg\x01";

/// A segment stores the hash of this word, so that segments built with another hash function are rejected.
const PROBE: &str = "ibid";

/// Length of the footer in bytes.
const FOOTER: usize = 44;

/// Maximum number of key bits that select a bucket.
const BUCKET_BITS: u32 = 18;
/// Minimum average number of blocks per bucket.
const BLOCKS_PER_BUCKET: usize = 4;

/// The postings of one or more texts, by key and place. Immutable. Texts are identified by their slots only;
/// [`super::Index::set`] assigns them to sources.
pub struct Segment {
    bytes: Box<dyn AsRef<[u8]> + Send + Sync>,
    layout: Layout,
    samples: Vec<u64>,
    corrupt: AtomicBool,
}

/// The bytes are not a valid segment: truncated, of another version, or corrupt.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not an index segment of this version, or corrupt")]
pub struct Corrupt;

/// A text of a segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Member {
    /// Its first place.
    pub(super) start: u32,
    /// Its length in bytes.
    pub(super) length: u32,
    /// Its number of words.
    pub(super) words: u32,
}

impl Member {
    const SIZE: usize = 12;

    fn to_bytes(self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        bytes[..4].copy_from_slice(&self.start.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.length.to_le_bytes());
        bytes[8..].copy_from_slice(&self.words.to_le_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8; Self::SIZE]) -> Self {
        Self { start: number(bytes, 0), length: number(bytes, 4), words: number(bytes, 8) }
    }

    /// The number of places it occupies, including the gap after it.
    pub(super) const fn places(self) -> u32 {
        self.length / UNIT + GAP
    }
}

/// The size of each part of a segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Layout {
    /// Length of all blocks in bytes.
    blocks: usize,
    /// Number of directory entries.
    entries: usize,
    bucket_bits: u32,
    members: usize,
    /// Number of postings in all blocks.
    postings: u32,
    /// One past the last place.
    end: u32,
}

impl Layout {
    fn directory(self) -> Range<usize> {
        self.blocks..self.blocks + self.entries * Entry::SIZE
    }

    fn buckets(self) -> Range<usize> {
        let start = self.directory().end;
        start..start + ((1 << self.bucket_bits) + 1) * 4
    }

    fn members(self) -> Range<usize> {
        let start = self.buckets().end;
        start..start + self.members * Member::SIZE
    }

    fn footer(self) -> [u8; FOOTER - 4] {
        let mut bytes = [0; FOOTER - 4];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..16].copy_from_slice(&(self.blocks as u64).to_le_bytes());
        let numbers =
            [hash(PROBE), self.entries as u32, self.bucket_bits, self.members as u32, self.postings, self.end];
        for (number, bytes) in numbers.iter().zip(bytes[16..].as_chunks_mut().0) {
            *bytes = number.to_le_bytes();
        }
        bytes
    }

    /// Reads the footer. `None` if it is invalid or does not match the number of bytes.
    fn read(bytes: &[u8]) -> Option<Self> {
        let (_, footer) = bytes.split_last_chunk::<FOOTER>()?;
        let blocks = usize::try_from(u64::from_le_bytes(*footer[8..].first_chunk()?)).ok()?;
        let layout = Self {
            blocks,
            entries: number(footer, 20) as usize,
            bucket_bits: number(footer, 24),
            members: number(footer, 28) as usize,
            postings: number(footer, 32),
            end: number(footer, 36),
        };
        let fits = layout.blocks <= bytes.len()
            && layout.bucket_bits <= BUCKET_BITS
            && layout.members().end.checked_add(FOOTER)? == bytes.len()
            && layout.footer() == footer[..FOOTER - 4];
        fits.then_some(layout)
    }
}

impl Segment {
    /// Opens bytes that [`Segment::bytes`] returned or [`Segment::merge`] wrote, for example a mapped file. Reads everything
    /// but the postings: about 1/50 of the bytes.
    pub fn open(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Self, Corrupt> {
        let held = bytes.as_ref();
        let layout = Layout::read(held).ok_or(Corrupt)?;
        let (all, sum) = held.split_last_chunk::<4>().ok_or(Corrupt)?;
        if crc32fast::hash(&all[layout.blocks..]) != u32::from_le_bytes(*sum) {
            return Err(Corrupt);
        }
        let samples = samples(held.get(layout.directory()).unwrap_or_default().as_chunks().0);
        Ok(Self { bytes: Box::new(bytes), layout, samples, corrupt: AtomicBool::new(false) })
    }

    /// The whole segment as bytes, which can be written to a file.
    pub fn bytes(&self) -> &[u8] {
        (*self.bytes).as_ref()
    }

    /// The number of texts. Their slots count from 0.
    pub fn members(&self) -> usize {
        self.layout.members
    }

    /// One past the last place.
    pub(super) const fn end(&self) -> u32 {
        self.layout.end
    }

    /// The number of postings: one for each word, except repetitions within a few bytes.
    pub fn postings(&self) -> usize {
        self.layout.postings as usize
    }

    /// Whether a block that was read had a wrong checksum. Words that such a segment does not find may still be there; it
    /// must be rebuilt.
    pub fn is_corrupt(&self) -> bool {
        self.corrupt.load(Ordering::Relaxed)
    }

    /// Verifies the checksum of every block. Returns whether all of them match.
    pub fn is_sound(&self) -> bool {
        (0..self.layout.entries).into_par_iter().for_each(|at| self.read_block(at, (u64::MAX, 0), |_| ()));
        !self.is_corrupt()
    }

    /// The text in a slot. Slots are ordered by place.
    pub(super) fn member(&self, slot: usize) -> Option<Member> {
        self.member_table().get(slot).map(Member::from_bytes)
    }

    /// All texts, by slot.
    pub(super) fn all_members(&self) -> impl ExactSizeIterator<Item = Member> {
        self.member_table().iter().map(Member::from_bytes)
    }

    /// The slot of the text that contains a place.
    pub(super) fn slot_holding(&self, place: u32) -> usize {
        let begins_by = |member: &[u8; Member::SIZE]| Member::from_bytes(member).start <= place;
        self.member_table().partition_point(begins_by).saturating_sub(1)
    }

    /// The slot of the text that contains a place. `near` is a guess, fastest if it is right or slightly too low; when
    /// reading places in order, pass the previous result.
    pub(super) fn slot_of(&self, place: u32, near: usize) -> usize {
        let table = self.member_table();
        let begins_by = |member: &[u8; Member::SIZE]| Member::from_bytes(member).start <= place;
        if !table.get(near).is_some_and(begins_by) {
            return self.slot_holding(place);
        }
        let mut reach = 1;
        while table.get(near + reach).is_some_and(begins_by) {
            reach *= 2;
        }
        let far = (near + reach).min(table.len());
        let from = near + reach / 2;
        (from + table[from.min(far)..far].partition_point(begins_by)).saturating_sub(1)
    }

    /// For each key, the blocks that may contain its postings. All keys are looked up together, so that their memory
    /// accesses overlap.
    pub(super) fn blocks_of(&self, keys: &[Key]) -> Vec<Range<usize>> {
        let directory = self.directory();
        let first: Vec<u64> = keys.iter().map(|key| posting(key.first, 0)).collect();
        let near = directory.near_each(&first);
        directory.fetch(&near);
        let blocks = |(key, near): (&Key, Range<usize>)| {
            let (first, last) = (posting(key.first, 0), posting(key.last, u32::MAX));
            let from = directory.block(near, first);
            let is_wanted =
                |at: usize| directory.entries.get(at).is_some_and(|entry| Entry::from_bytes(entry).first <= last);
            match (is_wanted(from), is_wanted(from + 1)) {
                (false, _) => from..from,
                // In most cases there is only one block.
                (true, false) => from..from + 1,
                (true, true) => from..directory.block(directory.near(last), last) + 1,
            }
        };
        keys.iter().zip(near).map(blocks).collect()
    }

    /// The number of postings in a range of blocks. Does not read the blocks.
    pub(super) fn count_in(&self, blocks: &Range<usize>) -> usize {
        let rank = |at: usize| self.entry(at).map_or(self.layout.postings, |entry| entry.rank);
        if blocks.is_empty() { 0 } else { rank(blocks.end).saturating_sub(rank(blocks.start)) as usize }
    }

    /// Loads blocks into the processor's cache: see [`touch`].
    pub(super) fn fetch<'b>(&self, blocks: impl Iterator<Item = &'b Range<usize>>) {
        let (bytes, entries) = (self.bytes(), self.directory().entries);
        let at = |block: usize| {
            entries.get(block).map_or(self.layout.blocks, |entry| Entry::from_bytes(entry).at as usize * 4)
        };
        let lines = blocks.map(|blocks| bytes.get(at(blocks.start)..at(blocks.end)).map_or(0, touch));
        black_box(lines.fold(0, |sum, byte| sum ^ byte));
    }

    /// Calls `take` with the postings of a key, in order. `blocks` come from [`Segment::blocks_of`].
    pub(super) fn read_key(&self, key: &Key, blocks: &Range<usize>, mut take: impl FnMut(u64)) {
        let range = (posting(key.first, 0), posting(key.last, u32::MAX));
        blocks.clone().for_each(|at| self.read_block(at, range, &mut take));
    }

    /// The number of postings whose keys are from `first` to `last`.
    pub(super) fn count(&self, first: u32, last: u32) -> usize {
        let range = (posting(first, 0), posting(last, u32::MAX));
        let (from, to) = (self.block_of(range.0), self.block_of(range.1));
        let mut count = 0;
        self.read_block(from, range, |_| count += 1);
        if let (Some(second), Some(end)) = (self.entry(from + 1), self.entry(to))
            && from < to
        {
            count += end.rank.saturating_sub(second.rank) as usize;
            self.read_block(to, range, |_| count += 1);
        }
        count
    }

    /// Calls `take` with the postings from `first` to `last`, inclusive, in order.
    pub(super) fn read(&self, first: u64, last: u64, mut take: impl FnMut(u64)) {
        let mut at = self.block_of(first);
        while self.entry(at).is_some_and(|entry| entry.first <= last) {
            self.read_block(at, (first, last), &mut take);
            at += 1;
        }
    }

    /// Calls `take` with every `stride`th posting from `first` to `last`, inclusive, in order, after skipping the first
    /// `skipped`. Blocks without such a posting are not read. Returns how many postings to skip when the sampling continues
    /// in another segment.
    pub(super) fn sample(
        &self,
        (first, last): (u64, u64),
        skipped: usize,
        stride: usize,
        mut take: impl FnMut(u64),
    ) -> usize {
        let mut at = self.block_of(first);
        let (mut rank, mut wanted) = (0, skipped);
        while let Some(entry) = self.entry(at).filter(|entry| entry.first <= last) {
            let next = self.entry(at + 1).filter(|next| next.first <= last);
            let behind = next.filter(|_| entry.first >= first).map(|next| rank + (next.rank - entry.rank) as usize);
            if behind.is_some_and(|behind| behind <= wanted) {
                rank = behind.unwrap_or(rank);
            } else {
                self.read_block(at, (first, last), |posting| {
                    if rank == wanted {
                        take(posting);
                        wanted += stride;
                    }
                    rank += 1;
                });
            }
            at += 1;
        }
        wanted.saturating_sub(rank)
    }

    /// The first block that may contain postings from `first` on.
    fn block_of(&self, first: u64) -> usize {
        let directory = self.directory();
        directory.block(directory.near(first), first)
    }

    fn read_block(&self, at: usize, range: (u64, u64), take: impl FnMut(u64)) {
        let Some(entry) = self.entry(at) else { return };
        let next = self.entry(at + 1);
        let rank = next.map_or(self.layout.postings, |next| next.rank);
        let from = entry.at as usize * 4;
        let to = next.map_or(self.layout.blocks, |next| next.at as usize * 4);
        let block = self.bytes().get(from..to).unwrap_or_default();
        let count = rank.saturating_sub(entry.rank) as usize;
        if !block::decode(entry, count, block, self.layout.end, range, take) {
            self.corrupt.store(true, Ordering::Relaxed);
        }
    }

    fn part(&self, range: Range<usize>) -> &[u8] {
        self.bytes().get(range).unwrap_or_default()
    }

    fn directory(&self) -> Directory<'_> {
        Directory {
            entries: self.part(self.layout.directory()).as_chunks().0,
            buckets: self.part(self.layout.buckets()).as_chunks().0,
            bucket_bits: self.layout.bucket_bits,
            samples: &self.samples,
        }
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        self.part(self.layout.directory()).as_chunks().0.get(at).map(Entry::from_bytes)
    }

    fn member_table(&self) -> &[[u8; Member::SIZE]] {
        self.part(self.layout.members()).as_chunks().0
    }
}

impl std::fmt::Debug for Segment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Segment")
            .field("layout", &self.layout)
            .field("corrupt", &self.is_corrupt())
            .finish_non_exhaustive()
    }
}

/// Writes a segment: the blocks as they are encoded, then the other parts.
pub(super) struct SegmentWriter<'a, W> {
    out: &'a mut W,
    layout: Layout,
    directory: Vec<Entry>,
}

impl<'a, W: Write> SegmentWriter<'a, W> {
    /// A writer of a segment with places below `end`.
    pub(super) fn new(out: &'a mut W, end: u32) -> Self {
        Self { out, layout: Layout { end, ..Layout::default() }, directory: Vec::new() }
    }

    /// Writes the blocks of the next range of keys.
    pub(super) fn write(&mut self, encoded: &Encoder) -> io::Result<()> {
        let at = u32::try_from(self.layout.blocks / 4).map_err(|_| too_large())?;
        let rank = self.layout.postings;
        self.layout.postings = rank.checked_add(encoded.rank).ok_or_else(too_large)?;
        self.layout.blocks += encoded.blocks.len();
        u32::try_from(self.layout.blocks / 4).map_err(|_| too_large())?;
        let moved =
            encoded.directory.iter().map(|entry| Entry { at: entry.at + at, rank: entry.rank + rank, ..*entry });
        self.directory.extend(moved);
        self.out.write_all(&encoded.blocks)
    }

    /// Writes the parts after the blocks.
    pub(super) fn finish(mut self, members: &[Member]) -> io::Result<()> {
        self.layout.entries = self.directory.len();
        self.layout.members = members.len();
        self.layout.bucket_bits = (self.directory.len() / BLOCKS_PER_BUCKET).max(1).ilog2().min(BUCKET_BITS);
        let mut rest: Vec<u8> = self.directory.iter().flat_map(|entry| entry.to_bytes()).collect();
        let mut at = 0;
        for bound in 0..=1_usize << self.layout.bucket_bits {
            let is_before = |entry: &Entry| bucket(key_of(entry.first), self.layout.bucket_bits) < bound;
            at += self.directory[at..].iter().take_while(|&entry| is_before(entry)).count();
            rest.extend_from_slice(&(at as u32).to_le_bytes());
        }
        rest.extend(members.iter().flat_map(|member| member.to_bytes()));
        rest.extend_from_slice(&self.layout.footer());
        let sum = crc32fast::hash(&rest);
        rest.extend_from_slice(&sum.to_le_bytes());
        self.out.write_all(&rest)
    }
}

/// The error for more text than a segment can hold: 64 GB of text, or 16 GB of postings.
pub(super) fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "too much text for one index")
}
