//! Bit streams, least significant bit first, and the Golomb–Rice code for gaps between sorted numbers.
//!
//! A number is written as its upper part in unary, followed by its lowest `k` bits. If `k` matches the mean of the numbers,
//! this is within half a bit of the optimum for random gaps (Rice and Plaunt, 1971).

/// A unary part of this length is followed by the whole number, which bounds the cost of rare large gaps.
const ESCAPE: u32 = 24;

/// Writes bits to bytes.
pub(super) struct BitWriter<'a> {
    out: &'a mut Vec<u8>,
    held: u64,
    /// Number of bits in `held`; below 32 between calls.
    count: u32,
}

impl<'a> BitWriter<'a> {
    pub(super) const fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, held: 0, count: 0 }
    }

    /// Writes the lowest `width` bits of `value`; `width` is at most 32.
    pub(super) fn bits(&mut self, value: u32, width: u32) {
        self.held |= (u64::from(value) & ((1 << width) - 1)) << self.count;
        self.count += width;
        if self.count >= 32 {
            self.out.extend_from_slice(&(self.held as u32).to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    /// Writes `value` in the Rice code with parameter `k`.
    pub(super) fn rice(&mut self, value: u32, k: u32) {
        let upper = value.checked_shr(k).unwrap_or(0);
        if upper < ESCAPE {
            self.bits(1 << upper, upper + 1);
            self.bits(value, k);
        } else {
            self.bits(1 << ESCAPE, ESCAPE + 1);
            self.bits(value, 32);
        }
    }

    /// Writes `value`, at least 1, in Elias gamma code, which is short for small numbers.
    pub(super) fn gamma(&mut self, value: u32) {
        let width = value.ilog2();
        self.bits(1 << width, width + 1);
        self.bits(value, width);
    }

    /// Pads the output to a multiple of four bytes.
    pub(super) fn finish(self) {
        if self.count > 0 {
            self.out.extend_from_slice(&(self.held as u32).to_le_bytes());
        }
    }
}

/// Reads what [`BitWriter`] wrote. Past the end it reads zeros; no input makes it panic or loop forever.
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    /// The number of bits that [`BitReader::peek`] returns at least.
    const PEEKED: u32 = 57;

    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// At least the next 57 bits.
    fn peek(&self) -> u64 {
        let from = self.at / 8;
        let word = self.bytes.get(from..).map_or(0, |rest| match rest.first_chunk() {
            Some(whole) => u64::from_le_bytes(*whole),
            None => rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        });
        word >> (self.at % 8)
    }

    pub(super) fn bits(&mut self, width: u32) -> u32 {
        let value = self.peek() & ((1 << width) - 1);
        self.at += width as usize;
        value as u32
    }

    pub(super) fn rice(&mut self, k: u32) -> u32 {
        let word = self.peek();
        let upper = word.trailing_zeros();
        if upper < ESCAPE {
            let lower = (word >> (upper + 1)) & ((1 << k) - 1);
            self.at += (upper + 1 + k) as usize;
            return upper.unbounded_shl(k) | lower as u32;
        }
        self.at += ESCAPE as usize + 1;
        self.bits(32)
    }

    /// Reads [`BitReader::rice`] with parameter `k`, [`BitReader::gamma`] and `rice` with parameter `then_k` in one step, if
    /// the gamma value is 1 and all three fit into the peeked bits. Otherwise returns `None` and reads nothing.
    pub(super) fn rice_one_rice(&mut self, k: u32, then_k: u32) -> Option<(u32, u32)> {
        let word = self.peek();
        let upper = word.trailing_zeros();
        let rest = word.unbounded_shr(upper + 1 + k);
        let then_upper = (rest >> 1).trailing_zeros();
        let length = upper + 1 + k + 1 + then_upper + 1 + then_k;
        if rest & 1 == 0 || upper >= ESCAPE || then_upper >= ESCAPE || length > Self::PEEKED {
            return None;
        }
        self.at += length as usize;
        let value =
            |word: u64, upper: u32, k: u32| upper.unbounded_shl(k) | ((word >> (upper + 1)) & ((1 << k) - 1)) as u32;
        Some((value(word, upper, k), value(rest >> 1, then_upper, then_k)))
    }

    pub(super) fn gamma(&mut self) -> u32 {
        let width = self.peek().trailing_zeros().min(31);
        self.at += width as usize + 1;
        1 << width | self.bits(width)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers in prop::collection::vec((any::<u32>(), 0_u32..33), 0..64), k in 0_u32..32) {
            let mut bytes = Vec::new();
            let mut writer = BitWriter::new(&mut bytes);
            for &(number, width) in &numbers {
                let number = number & ((1_u64 << width) - 1) as u32;
                writer.bits(number, width);
                writer.rice(number, k);
                writer.gamma(number.max(1));
            }
            writer.finish();
            let mut reader = BitReader::new(&bytes);
            for &(number, width) in &numbers {
                let number = number & ((1_u64 << width) - 1) as u32;
                prop_assert_eq!((reader.bits(width), reader.rice(k), reader.gamma()), (number, number, number.max(1)));
            }
        }

        /// Reading a key, its count and a place in one step gives the same values as reading them one by one.
        #[test]
        fn reading_at_once_is_reading_one_by_one(
            bytes in prop::collection::vec(any::<u8>(), 0..40),
            skip in 0_u32..20,
            k in 0_u32..32,
            then_k in 0_u32..32,
        ) {
            let (mut at_once, mut apart) = (BitReader::new(&bytes), BitReader::new(&bytes));
            at_once.bits(skip);
            apart.bits(skip);
            if let Some((key, place)) = at_once.rice_one_rice(k, then_k) {
                prop_assert_eq!((key, 1, place), (apart.rice(k), apart.gamma(), apart.rice(then_k)));
            }
            prop_assert_eq!(at_once.at, apart.at);
        }

        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..40), k in 0_u32..32) {
            let mut reader = BitReader::new(&bytes);
            for _ in 0..40 {
                reader.rice(k);
                reader.gamma();
                reader.bits(k);
            }
        }
    }
}
