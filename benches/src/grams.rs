//! Runs of eight folded words: which were seen, and how often they repeat.
//!
//! Repetition makes a text harder or easier to search, so generated text must repeat itself as little as real text. From
//! eight words on, a run is rarely an idiom.

use std::{fs, hash::Hasher, path::Path};

use anyhow::Result;
use ibid_text::words;
use rayon::prelude::*;
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use crate::originals::files;

/// Words in a run.
pub const LENGTH: usize = 8;

/// Bits of the filter per run. The rate of false positives is below 1 %.
const BITS_PER_RUN: usize = 16;

/// The hash of one folded word.
pub fn word_hash(folded: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(folded.as_bytes());
    hasher.finish()
}

/// The last words of a text that is processed word by word.
#[derive(Clone, Copy, Default, Debug)]
pub struct Window {
    words: [u64; LENGTH - 1],
    held: usize,
}

impl Window {
    /// Adds the next word. Returns the hash of the run that it completes, if there are enough words.
    pub fn push(&mut self, word: u64) -> Option<u64> {
        let run = (self.held == LENGTH - 1).then(|| self.words.iter().fold(0, |hash, &word| mix(hash, word)));
        self.words.rotate_left(1);
        self.words[LENGTH - 2] = word;
        self.held = (self.held + 1).min(LENGTH - 1);
        run.map(|before| mix(before, word))
    }
}

const fn mix(hash: u64, word: u64) -> u64 {
    let mixed = (hash.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 29)
}

/// The hashes of all runs of a text, in order.
pub fn runs(text: &str) -> impl Iterator<Item = u64> {
    let mut window = Window::default();
    words(text).filter_map(move |word| window.push(word_hash(&word.folded)))
}

/// A Bloom filter of runs (Bloom, 1970): it may report an unseen run as seen, but never the reverse. All bits of a run are in
/// one 64-bit block, so that a query costs one memory access.
pub struct Seen {
    blocks: Vec<u64>,
}

impl Seen {
    /// An empty filter for `runs` runs.
    pub fn with_room_for(runs: usize) -> Self {
        let blocks = (runs.max(1) * BITS_PER_RUN / 64 + 1).next_power_of_two();
        Self { blocks: vec![0; blocks] }
    }

    /// Adds a run.
    pub fn insert(&mut self, run: u64) {
        let (block, bits) = self.place(run);
        self.blocks[block] |= bits;
    }

    /// Whether a run may have been added.
    pub fn may_hold(&self, run: u64) -> bool {
        let (block, bits) = self.place(run);
        self.blocks[block] & bits == bits
    }

    fn place(&self, run: u64) -> (usize, u64) {
        let bits = (1 << (run & 63)) | (1 << (run >> 6 & 63)) | (1 << (run >> 12 & 63));
        ((run >> 20) as usize & (self.blocks.len() - 1), bits)
    }
}

/// The repetition in a folder of texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Census {
    /// The number of runs.
    pub all: usize,
    /// The number of distinct runs.
    pub distinct: usize,
    /// The count of the most frequent run.
    pub most: usize,
}

impl Census {
    /// Counts the runs of these hashes.
    pub fn of(mut hashes: Vec<u64>) -> Self {
        hashes.par_sort_unstable();
        let mut census = Self { all: hashes.len(), distinct: 0, most: 0 };
        for same in hashes.chunk_by(|a, b| a == b) {
            census.distinct += 1;
            census.most = census.most.max(same.len());
        }
        census
    }

    /// Reads every text under `folder` and counts its runs. Needs eight bytes of memory per word.
    pub fn of_folder(folder: &Path) -> Result<Self> {
        let paths = files(folder)?;
        let read = |path| fs::read_to_string(path).map(|text| runs(&text).collect::<Vec<_>>());
        let hashes: Vec<Vec<u64>> = paths.par_iter().map(read).collect::<std::io::Result<_>>()?;
        Ok(Self::of(hashes.concat()))
    }

    /// The share of distinct runs, 0..1.
    pub fn distinct_share(&self) -> f64 {
        self.distinct as f64 / self.all.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn typography_makes_no_other_run() {
        let plain: Vec<u64> = runs("one two three four five six seven eight nine").collect();
        let set: Vec<u64> = runs("One, two three; FOUR five \u{201C}six\u{201D}\n\nseven eight. Nine").collect();
        assert_eq!(plain.len(), 2);
        assert_eq!(plain, set);
    }

    #[test]
    fn a_census_counts_what_repeats() {
        let phrase = "one two three four five six seven eight ";
        // The phrase repeats with a period of eight distinct runs. The ninth equals the first.
        let census = Census::of(runs(&phrase.repeat(2)).collect());
        assert_eq!(census, Census { all: 9, distinct: 8, most: 2 });
    }

    proptest! {
        #[test]
        fn what_was_put_in_is_seen(hashes in prop::collection::vec(any::<u64>(), 1..200)) {
            let mut seen = Seen::with_room_for(hashes.len());
            for &hash in &hashes {
                seen.insert(hash);
            }
            prop_assert!(hashes.iter().all(|&hash| seen.may_hold(hash)));
        }
    }
}
