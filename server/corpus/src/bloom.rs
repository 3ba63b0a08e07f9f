/// The hash of a key, made of its parts one after the other (FNV-1a): a longer key goes on from a shorter one. Bloom filters
/// (Bloom 1970) are made of its bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hash(u64);

impl Hash {
    /// Of nothing yet.
    pub(crate) const EMPTY: Self = Self(0xCBF2_9CE4_8422_2325);

    /// With some bytes more.
    pub(crate) fn with(self, part: impl IntoIterator<Item = u8>) -> Self {
        let mix = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        Self(part.into_iter().fold(self.0, mix))
    }

    /// So many bits of a key among `words` words of bits: each the number of a word and the bit in it. They follow from two
    /// hashes (Kirsch and Mitzenmacher 2006).
    pub(crate) fn bits(self, count: usize, words: usize) -> impl Iterator<Item = (usize, u64)> {
        let mixed = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let (first, step) = ((mixed >> 32) as u32, mixed as u32 | 1);
        let hashes = std::iter::successors(Some(first), move |hash| Some(hash.wrapping_add(step)));
        hashes.take(count).map(move |hash| {
            let bit = (u64::from(hash) * (words as u64 * 64)) >> 32;
            ((bit / 64) as usize, 1 << (bit % 64))
        })
    }
}
