use ibid_text::Fnv1a;

/// The hash of a key. A key is made from parts; the hash of a longer key continues that of a shorter one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hash(Fnv1a);

impl Hash {
    /// The hash of the empty key.
    pub(crate) const EMPTY: Self = Self(Fnv1a::EMPTY);

    /// The hash of this key and some more bytes.
    pub(crate) fn with(self, part: impl IntoIterator<Item = u8>) -> Self {
        Self(self.0.with(part))
    }

    /// The bits of a key in a Bloom filter (Bloom 1970) of `words` 64-bit words: `count` pairs of the number of a word and the
    /// bit in it. They follow from two hashes (Kirsch and Mitzenmacher 2006).
    pub(crate) fn bits(self, count: usize, words: usize) -> impl Iterator<Item = (usize, u64)> {
        let mixed = self.0.value().wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let (first, step) = ((mixed >> 32) as u32, mixed as u32 | 1);
        let hashes = std::iter::successors(Some(first), move |hash| Some(hash.wrapping_add(step)));
        hashes.take(count).map(move |hash| {
            let bit = (u64::from(hash) * (words as u64 * 64)) >> 32;
            ((bit / 64) as usize, 1 << (bit % 64))
        })
    }
}
