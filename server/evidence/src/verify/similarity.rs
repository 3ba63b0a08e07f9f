//! Similarity of two words in meaning: "cure" and "treat", "doctor" and "physician".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Dimensions of a word's vector.
pub const DIMENSIONS: usize = 48;

/// The digits in which the weight file writes a dimension, from the least value to the greatest.
pub const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

/// Below this cosine, two words are unrelated.
const UNRELATED: f32 = 0.25;

/// Vectors of common words, by stem: the word embeddings of a sentence encoder in their principal components
/// (`server/train`).
static TABLE: LazyLock<FxHashMap<&'static str, Vector>> = LazyLock::new(|| {
    let lines = include_str!("../../weights/similarity.tsv").lines().filter_map(|line| line.split_once('\t'));
    lines.map(|(stem, digits)| (stem, Vector::read(digits))).collect()
});

/// The meaning of a word as a vector of length 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vector([f32; DIMENSIONS]);

impl Vector {
    /// The vector of a stem; `None` if the table does not have it.
    pub(super) fn of(stem: &str) -> Option<&'static Self> {
        TABLE.get(stem)
    }

    /// Reads one digit for each dimension. A line that has other digits is a defect of the build and panics.
    fn read(digits: &str) -> Self {
        let value = |digit: &u8| DIGITS.iter().position(|known| known == digit).expect("a digit of the weight file");
        let mut vector = [0.0; DIMENSIONS];
        for (dimension, digit) in vector.iter_mut().zip(digits.as_bytes()) {
            *dimension = value(digit) as f32 - 31.5;
        }
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        Self(vector.map(|x| x / length))
    }

    /// The similarity to the other word, 0..1; 0 for unrelated words.
    pub(super) fn similarity(&self, other: &Self) -> f32 {
        let cosine: f32 = self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum();
        ((cosine - UNRELATED) / (1.0 - UNRELATED)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similarity(one: &str, other: &str) -> f32 {
        let of = |word: &str| *Vector::of(&ibid_text::stem(word)).expect("a common word");
        of(one).similarity(&of(other))
    }

    #[test]
    fn words_for_the_same_are_near() {
        for (word, near, far) in [("doctor", "physician", "railway"), ("car", "automobile", "opinion")] {
            assert!(similarity(word, near) > 0.3, "{word} {near} {}", similarity(word, near));
            assert!(similarity(word, far) < 0.15, "{word} {far} {}", similarity(word, far));
        }
        assert!((similarity("house", "house") - 1.0).abs() < 1e-3);
        assert!(Vector::of("xyzzy").is_none());
    }
}
