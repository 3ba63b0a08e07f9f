//! Tells most runs of words that are no term without looking for them.

use std::sync::Arc;

/// Bits for each key.
const BITS: usize = 16;

/// The fewest words of bits.
const LEAST: usize = 1 << 10;

/// A Bloom filter (Bloom 1970) of keys, with two bits for each: of what is no key, one in sixty passes. Keys that were taken
/// out pass until the filter is made anew.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    bits: Arc<[u64]>,
    keys: usize,
}

/// The hash of a key, made of its parts one after the other (FNV-1a): a longer run of words goes on from a shorter one.
#[derive(Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    /// Of nothing yet.
    pub(super) const EMPTY: Self = Self(0xCBF2_9CE4_8422_2325);

    /// With one part more.
    pub(super) fn with(self, part: &str) -> Self {
        Self(part.bytes().fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)))
    }

    /// The two bits of a key among `words` words of bits, a power of two.
    fn bits(self, words: usize) -> [(usize, u64); 2] {
        let mixed = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        [mixed >> 38, mixed >> 12].map(|bit| (bit as usize >> 6 & (words - 1), 1 << (bit & 63)))
    }
}

impl Default for Filter {
    fn default() -> Self {
        Self { bits: vec![0; LEAST].into(), keys: 0 }
    }
}

impl Filter {
    /// Whether there may be a key of this hash.
    pub(super) fn may_hold(&self, key: Hash) -> bool {
        key.bits(self.bits.len()).iter().all(|&(word, bit)| self.bits[word] & bit != 0)
    }

    /// Whether one key more has no room: the filter is to be made anew.
    pub(super) fn is_full(&self) -> bool {
        self.keys * BITS >= self.bits.len() * 64
    }

    /// Adds a key.
    pub(super) fn add(&mut self, key: &str) {
        let words = self.bits.len();
        let bits = Arc::make_mut(&mut self.bits);
        for (word, bit) in Hash::EMPTY.with(key).bits(words) {
            bits[word] |= bit;
        }
        self.keys += 1;
    }

    /// A filter of these keys, with room for as many again.
    pub(super) fn of<'k>(keys: impl ExactSizeIterator<Item = &'k str>) -> Self {
        let words = (2 * keys.len() * BITS / 64).next_power_of_two().max(LEAST);
        let mut filter = Self { bits: vec![0; words].into(), keys: 0 };
        keys.for_each(|key| filter.add(key));
        filter
    }
}
