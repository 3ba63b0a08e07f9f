//! A filter that rules out most word sequences that are not terms, without a lookup.

use std::sync::Arc;

use crate::lists::Hash;

/// Bits of the filter per key.
const BITS: usize = 16;

/// Minimum size of the filter, in words of 64 bits.
const LEAST: usize = 1 << 10;

/// A Bloom filter (Bloom 1970) of keys, with two bits set per key; about one in sixty of other strings passes. Removed keys
/// pass until the filter is rebuilt.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    bits: Arc<[u64]>,
    keys: usize,
}

impl Default for Filter {
    fn default() -> Self {
        Self { bits: vec![0; LEAST].into(), keys: 0 }
    }
}

impl Filter {
    /// Whether there may be a key with this hash.
    pub(super) fn may_hold(&self, key: Hash) -> bool {
        key.bits(2, self.bits.len()).all(|(word, bit)| self.bits[word] & bit != 0)
    }

    /// Whether there is no room for another key, so the filter must be rebuilt.
    pub(super) fn is_full(&self) -> bool {
        self.keys * BITS >= self.bits.len() * 64
    }

    /// Adds a key.
    pub(super) fn add(&mut self, key: &str) {
        let words = self.bits.len();
        let bits = Arc::make_mut(&mut self.bits);
        for (word, bit) in Hash::EMPTY.with(key.bytes()).bits(2, words) {
            bits[word] |= bit;
        }
        self.keys += 1;
    }

    /// A filter of these keys, with room for twice as many.
    pub(super) fn of<'k>(keys: impl ExactSizeIterator<Item = &'k str>) -> Self {
        let words = (2 * keys.len() * BITS / 64).next_power_of_two().max(LEAST);
        let mut filter = Self { bits: vec![0; words].into(), keys: 0 };
        keys.for_each(|key| filter.add(key));
        filter
    }
}
