//! Occurrences of single words and of pairs of successive words.

use super::{Index, block::posting, key, segment::UNIT};
use crate::FileId;

/// A word or pair of words to look up in the index, folded.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Spot {
    /// A word.
    Word(String),
    /// A word and its successor.
    Pair(String, String),
}

impl Spot {
    /// Its first and last key.
    fn keys(&self) -> (u32, u32) {
        match self {
            Self::Word(word) => key::of_word(word),
            Self::Pair(word, next) => {
                let key = key::key(key::hash(word), key::hash(next));
                (key, key)
            }
        }
    }
}

impl Index {
    /// The number of words in all sources.
    pub fn words(&self) -> usize {
        self.total
    }

    /// Approximately how often a folded word occurs in all sources. A few other words with the same key are counted too.
    pub fn count_of_word(&self, folded: &str) -> usize {
        self.count_between(key::of_word(folded))
    }

    /// Approximately how often any of `spots` occurs in all sources.
    pub fn count_of(&self, spots: &[Spot]) -> usize {
        spots.iter().map(|spot| self.count_between(spot.keys())).sum()
    }

    fn count_between(&self, (first, last): (u32, u32)) -> usize {
        self.segments().map(|held| held.segment.count(first, last)).sum()
    }

    /// Calls `take` with the source and byte of every occurrence of a folded word. Approximate: the byte may be off by a few
    /// words, and a few other words with the same key are included.
    pub fn each_place_of_word(&self, folded: &str, take: impl FnMut(FileId, u32)) {
        self.some_places_between(key::of_word(folded), 0, 1, take);
    }

    /// Calls `take` with the source and byte of every `stride`th occurrence of `spots`, all their occurrences taken together.
    /// The byte is that of the first word; approximate, as in [`Index::each_place_of_word`].
    pub fn some_places_of(&self, spots: &[Spot], stride: usize, mut take: impl FnMut(FileId, u32)) {
        let mut skipped = 0;
        for spot in spots {
            skipped = self.some_places_between(spot.keys(), skipped, stride, &mut take);
        }
    }

    fn some_places_between(
        &self,
        (first, last): (u32, u32),
        mut skipped: usize,
        stride: usize,
        mut take: impl FnMut(FileId, u32),
    ) -> usize {
        for held in self.segments() {
            let segment = &held.segment;
            let mut slot = 0;
            let wanted = (posting(first, 0), posting(last, u32::MAX));
            skipped = segment.sample(wanted, skipped, stride.max(1), |posting| {
                slot = segment.slot_of(posting as u32, slot);
                if let (Some(file), Some(member)) = (self.owner(held, slot), segment.member(slot)) {
                    take(file, (posting as u32).saturating_sub(member.start).saturating_mul(UNIT));
                }
            });
        }
        skipped
    }
}
