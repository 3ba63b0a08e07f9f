//! The key of a word and its successor in the index.

use std::hash::Hasher;

use ibid_text::Span;
use rustc_hash::FxHasher;

/// The number of upper bits that identify the word; the rest identify its successor. The postings of one key are those of
/// the pair; the postings of all keys with the same upper bits are those of the word.
const WORD_BITS: u32 = 18;
const NEXT_BITS: u32 = 32 - WORD_BITS;

/// A range of keys to look up, for one word of a quotation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Key {
    /// The first and the last key of the range.
    pub(super) first: u32,
    pub(super) last: u32,
    /// Byte offset of the word in the quotation.
    pub(super) offset: u32,
}

/// The keys of a quotation.
pub(super) struct Keys {
    /// Those of each word with its successor.
    pub(super) pairs: Vec<Key>,
    /// Those of each word alone.
    pub(super) singles: Vec<Key>,
}

impl Keys {
    pub(super) fn of(text: &str, spans: &[Span]) -> Self {
        let hashes: Vec<u32> = spans.iter().map(|span| hash(&ibid_text::words::fold(span.of(text)))).collect();
        let pair = |(pair, span): (&[u32], &Span)| {
            let key = key(pair[0], pair[1]);
            Key { first: key, last: key, offset: span.start }
        };
        let single =
            |(&hash, span): (&u32, &Span)| Key { first: key(hash, 0), last: key(hash, u32::MAX), offset: span.start };
        Self {
            pairs: hashes.windows(2).zip(spans).map(pair).collect(),
            singles: hashes.iter().zip(spans).map(single).collect(),
        }
    }
}

/// The key of a word and its successor, given their hashes.
pub(super) const fn key(word: u32, next: u32) -> u32 {
    (word >> NEXT_BITS << NEXT_BITS) | (next >> WORD_BITS)
}

/// The first and the last key of a folded word, whatever its successor.
pub(super) fn of_word(folded: &str) -> (u32, u32) {
    let hash = hash(folded);
    (key(hash, 0), key(hash, u32::MAX))
}

/// The hash of a folded word. Segments on disk depend on it, so a segment records which hash it was built with.
pub(super) fn hash(folded: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(folded.as_bytes());
    (hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}
