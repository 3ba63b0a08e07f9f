//! Which block holds a posting.

use std::{hint::black_box, ops::Range};

use super::block::{Entry, key_of};

/// Every so many blocks the directory is sampled: four lines of memory lie between two samples.
const SAMPLE: usize = 16;

/// The directory of a segment, as it lies in its bytes.
#[derive(Clone, Copy)]
pub(super) struct Directory<'a> {
    /// Where each block stands and what it begins with.
    pub(super) entries: &'a [[u8; Entry::SIZE]],
    /// The first block of each stretch of keys, and behind the last stretch how many blocks there are.
    pub(super) buckets: &'a [[u8; 4]],
    /// How many upper bits of a key choose its stretch.
    pub(super) bucket_bits: u32,
    /// What [`samples`] made.
    pub(super) samples: &'a [u64],
}

/// What every sixteenth block begins with: few enough to stay near the processor while the directory does not. The pairs
/// of one frequent word have thousands of blocks.
pub(super) fn samples(entries: &[[u8; Entry::SIZE]]) -> Vec<u64> {
    entries.iter().step_by(SAMPLE).map(|entry| Entry::from_bytes(entry).first).collect()
}

impl Directory<'_> {
    /// For each of some postings, the entries among which the last lies that begins with it or before it, if it lies in the
    /// stretch of its key; sixteen at most.
    pub(super) fn near_each(&self, postings: &[u64]) -> Vec<Range<usize>> {
        // First all buckets: no look at one waits for another.
        let buckets: Vec<Range<usize>> = postings.iter().map(|&posting| self.bucket_of(posting)).collect();
        postings.iter().zip(buckets).map(|(&posting, bucket)| self.near_in(bucket, posting)).collect()
    }

    /// The same for one.
    pub(super) fn near(&self, posting: u64) -> Range<usize> {
        self.near_in(self.bucket_of(posting), posting)
    }

    /// The blocks that begin in the stretch of a posting's key.
    fn bucket_of(&self, posting: u64) -> Range<usize> {
        let bucket = bucket(key_of(posting), self.bucket_bits);
        let bound = |at: usize| self.buckets.get(at).map_or(0, |bound| u32::from_le_bytes(*bound) as usize);
        bound(bucket)..bound(bucket + 1)
    }

    fn near_in(&self, Range { start: from, end: to }: Range<usize>, posting: u64) -> Range<usize> {
        let low = from.div_ceil(SAMPLE);
        let inside = self.samples.get(low..to.div_ceil(SAMPLE)).unwrap_or_default();
        match inside.partition_point(|&sample| sample <= posting) {
            0 => from..to.min(low * SAMPLE),
            passed => {
                let at = (low + passed - 1) * SAMPLE;
                at..to.min(at + SAMPLE)
            }
        }
    }

    /// Has entries brought near the processor: see [`touch`].
    pub(super) fn fetch(&self, all: &[Range<usize>]) {
        let lines = all.iter().map(|near| self.entries.get(near.clone()).map_or(0, |near| touch(near.as_flattened())));
        black_box(lines.fold(0, |sum, byte| sum ^ byte));
    }

    /// The first block that may hold postings from `first` on; `near` are the entries that [`Directory::near`] tells.
    pub(super) fn block(&self, near: Range<usize>, first: u64) -> usize {
        let from = near.start;
        let inside = self.entries.get(near).unwrap_or_default();
        let behind = from + inside.partition_point(|entry| Entry::from_bytes(entry).first <= first);
        let at = behind.saturating_sub(1);
        let key = |at: usize| self.entries.get(at).map(|entry| key_of(Entry::from_bytes(entry).first));
        // A list that is split has blocks of its own; one that begins in a block before its key's is none.
        if key(behind) == Some(key_of(first)) && key(at) < key(behind) { behind } else { at }
    }
}

/// Reads a byte of every line of memory that some bytes lie in, and nothing of what they say. No such read waits for
/// another, so that to touch what is needed of many places takes hardly longer than of one; what is read then is there.
pub(super) fn touch(bytes: &[u8]) -> u8 {
    /// Bytes of a line.
    const LINE: usize = 64;
    bytes.iter().step_by(LINE).fold(0, |sum, byte| sum ^ byte)
}

/// The upper bits of a key; a shift by all 32 leaves nothing.
pub(super) fn bucket(key: u32, bits: u32) -> usize {
    key.checked_shr(32 - bits).unwrap_or(0) as usize
}
