//! Where single words stand.

use super::{Index, block::posting, key, segment::UNIT};
use crate::FileId;

impl Index {
    /// How many words all sources have.
    pub fn words(&self) -> usize {
        self.total
    }

    /// How often a folded word stands in all sources, more or less: a few other words count for it.
    pub fn count_of_word(&self, folded: &str) -> usize {
        let (first, last) = key::of_word(folded);
        self.held().map(|held| held.segment.count(first, last)).sum()
    }

    /// Calls `take` with every source and byte where a folded word stands, more or less: the byte is up to a few words off,
    /// and a few other words are taken for it.
    pub fn each_place_of_word(&self, folded: &str, take: impl FnMut(FileId, u32)) {
        self.some_places_of_word(folded, 1, take);
    }

    /// The same with every `stride`th place of those that one segment of the index holds.
    pub fn some_places_of_word(&self, folded: &str, stride: usize, mut take: impl FnMut(FileId, u32)) {
        let (first, last) = key::of_word(folded);
        for held in self.held() {
            let segment = &held.segment;
            let mut slot = 0;
            segment.sample(posting(first, 0), posting(last, u32::MAX), stride.max(1), |posting| {
                slot = segment.slot_of(posting as u32, slot);
                if let (Some(file), Some(member)) = (self.owner(held, slot), segment.member(slot)) {
                    take(file, (posting as u32).saturating_sub(member.start).saturating_mul(UNIT));
                }
            });
        }
    }
}
