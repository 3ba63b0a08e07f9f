//! The encoding of a block of postings.
//!
//! A posting is a key and a place in one number, `key << 32 | place`; the postings of a segment are sorted. A block holds
//! consecutive postings grouped by key: gaps between keys, the number of places, and gaps between places, in Rice codes
//! whose parameters are derived from the group. Long lists have blocks of their own; short lists are never split, so a
//! rare key needs only one block.

use super::bits::{BitReader, BitWriter};

/// Maximum number of postings in a block. Half as many take a sixteenth more space and are hardly faster to read.
pub(super) const BLOCK: usize = 128;

/// A key with more postings than this starts a new block.
const LONG: usize = 64;

/// Length in bytes of the checksum at the start of a block.
const CHECKSUM: usize = 4;

/// The position of a block and its first posting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    /// Its first posting.
    pub(super) first: u64,
    /// Its offset, in units of four bytes.
    pub(super) at: u32,
    /// The number of postings before it.
    pub(super) rank: u32,
}

impl Entry {
    /// Length of an encoded entry in bytes.
    pub(super) const SIZE: usize = 16;

    pub(super) fn to_bytes(self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        bytes[..8].copy_from_slice(&self.first.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.at.to_le_bytes());
        bytes[12..].copy_from_slice(&self.rank.to_le_bytes());
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; Self::SIZE]) -> Self {
        let (place, key) = (number(bytes, 0), number(bytes, 4));
        Self { first: posting(key, place), at: number(bytes, 8), rank: number(bytes, 12) }
    }
}

/// The little-endian number at byte `at` of a record.
pub(super) fn number<const SIZE: usize>(bytes: &[u8; SIZE], at: usize) -> u32 {
    bytes[at..].first_chunk().map_or(0, |number| u32::from_le_bytes(*number))
}

pub(super) const fn posting(key: u32, place: u32) -> u64 {
    (key as u64) << 32 | place as u64
}

pub(super) const fn key_of(posting: u64) -> u32 {
    (posting >> 32) as u32
}

/// Encodes sorted postings into blocks.
pub(super) struct Encoder {
    /// Width of a place in bits.
    width: u32,
    pub(super) blocks: Vec<u8>,
    /// Offsets and ranks are relative to the first block of this encoder.
    pub(super) directory: Vec<Entry>,
    pub(super) rank: u32,
}

impl Encoder {
    /// An encoder for places below `end`.
    pub(super) const fn new(end: u32) -> Self {
        Self { width: width(end), blocks: Vec::new(), directory: Vec::new(), rank: 0 }
    }

    /// Encodes sorted postings without duplicates. Successive calls must not share a key.
    pub(super) fn encode(&mut self, postings: &[u64]) {
        let mut open = 0..0;
        for list in postings.chunk_by(|a, b| key_of(*a) == key_of(*b)) {
            if list.len() > LONG || open.len() + list.len() > BLOCK {
                self.block(&postings[open.clone()]);
                open.start = open.end;
            }
            open.end += list.len();
            while open.len() > BLOCK {
                self.block(&postings[open.start..open.start + BLOCK]);
                open.start += BLOCK;
            }
        }
        self.block(&postings[open]);
    }

    fn block(&mut self, postings: &[u64]) {
        let Some(&first) = postings.first() else { return };
        let (start, rank) = (self.blocks.len(), self.rank);
        self.directory.push(Entry { first, at: (start / 4) as u32, rank });
        self.rank += postings.len() as u32;
        self.blocks.extend_from_slice(&[0; CHECKSUM]);
        self.write(postings);
        let sum = checksum(first, postings.len(), &self.blocks[start + CHECKSUM..]);
        self.blocks[start..start + CHECKSUM].copy_from_slice(&sum.to_le_bytes());
    }

    fn write(&mut self, postings: &[u64]) {
        let mut writer = BitWriter::new(&mut self.blocks);
        let keys = postings.chunk_by(|a, b| key_of(*a) == key_of(*b)).count() as u32;
        let reach = key_of(postings[postings.len() - 1]) - key_of(postings[0]);
        let key_k = parameter(u64::from(reach), keys - 1);
        writer.bits(key_k, 5);
        let mut before: Option<u32> = None;
        for list in postings.chunk_by(|a, b| key_of(*a) == key_of(*b)) {
            let (key, count) = (key_of(list[0]), list.len() as u32);
            let mut place = list[0] as u32;
            let k = if let Some(before) = before.replace(key) {
                writer.rice(key - before - 1, key_k);
                writer.gamma(count);
                let k = short_parameter(self.width, count);
                writer.rice(place, k);
                k
            } else {
                // The directory has the first place. The list may be a part of a longer one, so its extent is written.
                writer.gamma(count);
                let reach = (list[list.len() - 1] as u32) - place;
                let k = parameter(u64::from(reach), count - 1);
                writer.bits(k, 5);
                k
            };
            for &posting in &list[1..] {
                writer.rice(posting as u32 - place - 1, k);
                place = posting as u32;
            }
        }
        writer.finish();
    }
}

/// Calls `take` with each posting of a block from `first` to `last`, inclusive. `entry` is the block's directory entry,
/// `count` its number of postings and `bytes` the whole block. Returns false, without any call, if the checksum is wrong.
pub(super) fn decode(
    entry: Entry,
    count: usize,
    bytes: &[u8],
    end: u32,
    (first, last): (u64, u64),
    mut take: impl FnMut(u64),
) -> bool {
    let Some((sum, body)) = bytes.split_first_chunk::<CHECKSUM>() else { return false };
    if u32::from_le_bytes(*sum) != checksum(entry.first, count, body) {
        return false;
    }
    let mut reader = BitReader::new(body);
    let width = width(end);
    let key_k = reader.bits(5);
    let one_k = short_parameter(width, 1);
    let mut left = count as u32;
    let (mut key, mut place) = (key_of(entry.first), entry.first as u32);
    let mut is_first = true;
    while left > 0 {
        let (length, k);
        if is_first {
            (length, k) = (reader.gamma().min(left), reader.bits(5));
            is_first = false;
        } else if let Some((gap, only)) = reader.rice_one_rice(key_k, one_k) {
            // Most keys have one place.
            key = key.wrapping_add(gap).wrapping_add(1);
            (place, length, k) = (only, 1, one_k);
        } else {
            key = key.wrapping_add(reader.rice(key_k)).wrapping_add(1);
            length = reader.gamma().min(left);
            k = short_parameter(width, length);
            place = reader.rice(k);
        }
        if posting(key, 0) > last {
            break;
        }
        left -= length;
        let is_wanted = key >= key_of(first);
        for at in 0..length {
            if at > 0 {
                place = place.wrapping_add(reader.rice(k)).wrapping_add(1);
            }
            let posting = posting(key, place);
            if is_wanted && (first..=last).contains(&posting) {
                take(posting);
            }
        }
    }
    true
}

/// Width in bits of places below `end`.
const fn width(end: u32) -> u32 {
    32 - end.leading_zeros()
}

/// The Rice parameter for a number of gaps that add up to `reach`.
fn parameter(reach: u64, gaps: u32) -> u32 {
    // The mean times ln 2 (89/128), of which the logarithm follows.
    let mean = reach * 89 / 128 / u64::from(gaps.max(1));
    mean.checked_ilog2().map_or(0, |log| log + 1).min(31)
}

/// The Rice parameter for a list of `count` places of `width` bits, spread evenly.
const fn short_parameter(width: u32, count: u32) -> u32 {
    let k = width.saturating_sub((count + 1).ilog2());
    if k > 31 { 31 } else { k }
}

/// The checksum of a block, which detects damage on disk.
fn checksum(first: u64, count: usize, body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial((first ^ first >> 32) as u32 ^ count as u32);
    hasher.update(body);
    hasher.finalize()
}
