//! Where single words stand, and words behind one another.

use super::{Index, block::posting, key, segment::UNIT};
use crate::FileId;

/// What the index can be asked for outside of a quotation, in folded words.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Spot {
    /// A word.
    Word(String),
    /// A word with the one behind it.
    Pair(String, String),
}

impl Spot {
    /// The first and the last of its keys.
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
    /// How many words all sources have.
    pub fn words(&self) -> usize {
        self.total
    }

    /// How often a folded word stands in all sources, more or less: a few other words count for it.
    pub fn count_of_word(&self, folded: &str) -> usize {
        self.count_between(key::of_word(folded))
    }

    /// The same of some spots together.
    pub fn count_of(&self, spots: &[Spot]) -> usize {
        spots.iter().map(|spot| self.count_between(spot.keys())).sum()
    }

    fn count_between(&self, (first, last): (u32, u32)) -> usize {
        self.held().map(|held| held.segment.count(first, last)).sum()
    }

    /// Calls `take` with every source and byte where a folded word stands, more or less: the byte is up to a few words off,
    /// and a few other words are taken for it.
    pub fn each_place_of_word(&self, folded: &str, take: impl FnMut(FileId, u32)) {
        self.some_places_between(key::of_word(folded), 0, 1, take);
    }

    /// The same of some spots, by their first words: of all their places together every `stride`th.
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
        for held in self.held() {
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
