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

    /// The two bits of a key among `words` words of bits, a power of two: each the number of a word and the bit in it.
    pub(crate) fn bits(self, words: usize) -> [(usize, u64); 2] {
        let mixed = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        [mixed >> 38, mixed >> 12].map(|bit| (bit as usize >> 6 & (words - 1), 1 << (bit & 63)))
    }
}
