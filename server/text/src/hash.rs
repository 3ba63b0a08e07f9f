/// An FNV-1a hash (64 bit) of some bytes, which can be continued with more bytes. The weight files of models name their features
/// by it, so its values never change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fnv1a(u64);

impl Fnv1a {
    /// The hash of no bytes.
    pub const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    /// The hash of the bytes so far and some more.
    #[must_use]
    pub fn with(self, bytes: impl IntoIterator<Item = u8>) -> Self {
        let mix = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(bytes.into_iter().fold(self.0, mix))
    }

    /// The hash as a number.
    pub const fn value(self) -> u64 {
        self.0
    }
}

#[test]
fn hashes_are_those_of_the_published_test_vectors() {
    for (text, hash) in [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)] {
        assert_eq!(Fnv1a::EMPTY.with(text.bytes()).value(), hash);
    }
    assert_eq!(Fnv1a::EMPTY.with(*b"foo").with(*b"bar"), Fnv1a::EMPTY.with(*b"foobar"));
}
