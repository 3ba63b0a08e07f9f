//! Runs of ASCII letters, eight bytes at a time.

/// A one in each byte.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The upper bit of each byte.
const HIGH: u64 = 0x80 * ONES;

/// A run of letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Run {
    /// Its length in bytes.
    pub(super) len: usize,
    /// Whether it contains a capital.
    pub(super) has_capital: bool,
}

/// The ASCII letters that `bytes` begins with.
#[inline]
pub(super) fn run(bytes: &[u8]) -> Run {
    let mut run = Run { len: 0, has_capital: false };
    let mut capitals = 0;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let chunk = chunk.try_into().map_or(0, u64::from_le_bytes);
        let letters = letters(chunk);
        let others = !letters & HIGH;
        // The bits below the first byte that is no letter.
        let kept = letters & others.wrapping_sub(1) & !others;
        capitals |= kept & !(chunk << 2);
        if others != 0 {
            return Run { len: run.len + others.trailing_zeros() as usize / 8, has_capital: capitals != 0 };
        }
        run.len += 8;
    }
    run.has_capital = capitals != 0;
    for byte in chunks.remainder().iter().take_while(|byte| byte.is_ascii_alphabetic()) {
        run.len += 1;
        run.has_capital |= byte.is_ascii_uppercase();
    }
    run
}

/// The upper bit of each byte that is an ASCII letter. No byte carries into the next: each is below 0x80 when added to.
const fn letters(chunk: u64) -> u64 {
    let lower = (chunk | (0x20 * ONES)) & !HIGH;
    let from_a = lower + (0x80 - b'a' as u64) * ONES;
    let behind_z = lower + (0x80 - b'z' as u64 - 1) * ONES;
    from_a & !behind_z & !chunk & HIGH
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn chunks_agree_with_bytes(
            letters in "[a-zA-Z]{0,20}",
            rest in prop::collection::vec(any::<u8>(), 0..12),
        ) {
            let bytes = [letters.as_bytes(), &rest].concat();
            let len = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let has_capital = bytes[..len].iter().any(u8::is_ascii_uppercase);
            prop_assert_eq!(run(&bytes), Run { len, has_capital });
        }
    }

    #[test]
    fn every_byte_is_classified() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut bytes = *b"abcdefgh";
                bytes[at] = byte;
                let len = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                assert_eq!(run(&bytes).len, len, "{byte} at {at}");
            }
        }
    }
}
