//! Finds the block that contains a posting.

use std::{hint::black_box, ops::Range};

use super::block::{Entry, key_of};

/// Number of directory entries per sample: four cache lines.
const SAMPLE: usize = 16;

/// The directory of a segment, borrowed from the segment's bytes.
#[derive(Clone, Copy)]
pub(super) struct Directory<'a> {
    /// The position and first posting of each block.
    pub(super) entries: &'a [[u8; Entry::SIZE]],
    /// The first block of each bucket of keys, followed by the number of blocks.
    pub(super) buckets: &'a [[u8; 4]],
    /// The number of upper key bits that select the bucket.
    pub(super) bucket_bits: u32,
    /// The result of [`samples`].
    pub(super) samples: &'a [u64],
}

/// The first posting of every sixteenth block. The samples stay in the processor's cache, which the directory does not:
/// the pairs of one frequent word alone fill thousands of blocks.
pub(super) fn samples(entries: &[[u8; Entry::SIZE]]) -> Vec<u64> {
    entries.iter().step_by(SAMPLE).map(|entry| Entry::from_bytes(entry).first).collect()
}

impl Directory<'_> {
    /// [`Directory::near`] for each of several postings.
    pub(super) fn near_each(&self, postings: &[u64]) -> Vec<Range<usize>> {
        // All buckets first: the reads are independent, so the processor overlaps them.
        let buckets: Vec<Range<usize>> = postings.iter().map(|&posting| self.bucket_of(posting)).collect();
        postings.iter().zip(buckets).map(|(&posting, bucket)| self.near_in(bucket, posting)).collect()
    }

    /// Up to sixteen entries that include the last block which begins at or before `posting`, if that block is in the
    /// bucket of its key.
    pub(super) fn near(&self, posting: u64) -> Range<usize> {
        self.near_in(self.bucket_of(posting), posting)
    }

    /// The blocks that begin in the bucket of a posting's key.
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

    /// Loads entries into the processor's cache: see [`touch`].
    pub(super) fn fetch(&self, all: &[Range<usize>]) {
        let lines = all.iter().map(|near| self.entries.get(near.clone()).map_or(0, |near| touch(near.as_flattened())));
        black_box(lines.fold(0, |sum, byte| sum ^ byte));
    }

    /// The first block that may contain postings from `first` on. `near` is the result of [`Directory::near`].
    pub(super) fn block(&self, near: Range<usize>, first: u64) -> usize {
        let from = near.start;
        let inside = self.entries.get(near).unwrap_or_default();
        let behind = from + inside.partition_point(|entry| Entry::from_bytes(entry).first <= first);
        let at = behind.saturating_sub(1);
        let key = |at: usize| self.entries.get(at).map(|entry| key_of(Entry::from_bytes(entry).first));
        // A split list starts its own blocks, so the key cannot begin in a block that starts with an earlier key.
        if key(behind) == Some(key_of(first)) && key(at) < key(behind) { behind } else { at }
    }
}

/// Reads one byte of every cache line, to prefetch the lines. The reads are independent, so prefetching many places takes
/// hardly longer than one. The result has no meaning; it only keeps the reads from being optimised away.
pub(super) fn touch(bytes: &[u8]) -> u8 {
    /// Length of a cache line in bytes.
    const LINE: usize = 64;
    bytes.iter().step_by(LINE).fold(0, |sum, byte| sum ^ byte)
}

/// The bucket of a key: its upper `bits` bits.
pub(super) fn bucket(key: u32, bits: u32) -> usize {
    key.checked_shr(32 - bits).unwrap_or(0) as usize
}
