use std::ops::Range;

use super::segment::GAP_BYTES;

/// A vote of one word pair for the byte at which the quotation would begin. A single number, so that sorting is fast: the
/// byte, counted over all texts of the index, in the upper bits and the number of the pair in the lower bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Vote(u64);

impl Vote {
    const PAIR_BITS: u32 = 20;

    /// Maximum number of pairs of a quotation that can vote.
    pub(super) const PAIRS: usize = 1 << Self::PAIR_BITS;

    /// Added to the byte to keep it positive: a quotation may begin up to its own length before the first text.
    const BEFORE: u64 = 1 << 32;

    /// A vote of the pair with number `pair`, found at byte `at` of the texts and at byte `offset` of the quotation.
    pub(super) const fn new(pair: usize, offset: u32, at: u64) -> Self {
        Self((at + Self::BEFORE - offset as u64) << Self::PAIR_BITS | pair as u64)
    }

    const fn pair(self) -> usize {
        (self.0 & ((1 << Self::PAIR_BITS) - 1)) as usize
    }

    const fn start(self) -> i64 {
        (self.0 >> Self::PAIR_BITS).cast_signed() - Self::BEFORE.cast_signed()
    }
}

/// A place that votes agree on.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Place {
    /// Byte, counted over all texts, of one of the pairs that voted for it.
    pub(super) at: i64,
    /// Byte at which the quotation would begin, counted over all texts.
    pub(super) start: i64,
    /// Sum of the information of the pairs that voted for it.
    pub(super) score: f32,
}

/// The weight of a pair of the quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    /// Byte offset of the pair in the quotation.
    pub(super) offset: u32,
    /// In nats.
    pub(super) information: f32,
}

/// The maximum distance, in bytes, between votes for the same place, for a quotation of `length` bytes. Changed words shift
/// the words after them.
pub(super) fn slack(length: u32) -> i64 {
    i64::from(length / 5).max(32)
}

/// Sorts votes that consist of sorted lists; the stable sort detects and merges the lists.
pub(super) fn sort(votes: &mut [Vote]) {
    votes.sort_by_key(|vote| vote.0);
}

/// Drops most votes that have no other vote within `slack` bytes. Such a vote forms a place by itself, so dropping it does
/// not change the other places. Nearly all votes are isolated, and this filter takes a fraction of the time of sorting
/// them.
pub(super) fn without_isolated(votes: &[Vote], slack: i64) -> Vec<Vote> {
    /// Number of hash slots per vote.
    const SLOTS_PER_VOTE: usize = 16;
    const MOST_BITS: u32 = 20;
    let stretch_bits = Vote::PAIR_BITS + slack.unsigned_abs().max(1).ilog2() + 1;
    let bits = (votes.len() * SLOTS_PER_VOTE).max(2).ilog2().min(MOST_BITS);
    let slot = |stretch: u64| (stretch.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize;
    let mut counts = vec![0_u8; 1 << bits];
    for vote in votes {
        let count = &mut counts[slot(vote.0 >> stretch_bits)];
        *count = count.saturating_add(1);
    }
    let is_isolated = |vote: &Vote| {
        let stretch = vote.0 >> stretch_bits;
        counts[slot(stretch)] == 1 && counts[slot(stretch.wrapping_sub(1))] == 0 && counts[slot(stretch + 1)] == 0
    };
    votes.iter().copied().filter(|vote| !is_isolated(vote)).collect()
}

/// The places that sorted votes agree on, in order. A pair counts once for a place. `text_at` returns the bytes of the text
/// that contains a byte; a place never combines votes from two texts.
pub(super) fn places(
    votes: &[Vote],
    weights: &[Weight],
    slack: i64,
    mut text_at: impl FnMut(i64) -> Range<i64>,
) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut text: Option<Range<i64>> = None;
    let (mut first, mut heaviest) = (0, 0.0);
    // For each pair, the number of the last place it was counted for.
    let mut counted = vec![0; weights.len()];
    for &vote in votes {
        let (pair, start) = (vote.pair(), vote.start());
        let Some(&Weight { offset, information }) = weights.get(pair) else { continue };
        let at = start + i64::from(offset);
        let number = places.len();
        if let Some(place) = places.last_mut()
            && start - first <= slack
            // Votes this close are in the same text. Checked first, because looking up the text is slow.
            && (at.abs_diff(place.at) < GAP_BYTES || text.get_or_insert_with(|| text_at(place.at)).contains(&at))
        {
            if std::mem::replace(&mut counted[pair], number) != number {
                place.score += information;
            }
            // The pair with the most information determines the start.
            if information > heaviest {
                (heaviest, place.start) = (information, start);
            }
            continue;
        }
        (first, heaviest, text) = (start, information, None);
        places.push(Place { at, start, score: information });
        counted[pair] = places.len();
    }
    places
}

/// Keeps the votes that have one of `others` within `slack` bytes; both are sorted.
pub(super) fn retain_near(votes: &mut Vec<Vote>, others: &[Vote], slack: i64) {
    let mut near = others.iter().peekable();
    votes.retain(|vote| {
        while near.next_if(|other| other.start() + slack < vote.start()).is_some() {}
        near.peek().is_some_and(|other| other.start() <= vote.start() + slack)
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Only places of a single vote are dropped, and the others do not change.
        #[test]
        fn dropping_isolated_votes_changes_no_other_place(
            votes in prop::collection::vec((0_usize..4, 0_u64..4_000), 0..60),
            length in 0_u32..400,
        ) {
            let mut votes: Vec<Vote> = votes.into_iter().map(|(pair, at)| Vote::new(pair, 9 * pair as u32, at)).collect();
            let mut near = without_isolated(&votes, slack(length));
            sort(&mut votes);
            sort(&mut near);
            let weights: Vec<Weight> = (0..4).map(|pair| Weight { offset: 9 * pair, information: 1.0 }).collect();
            let found = |votes: &[Vote]| places(votes, &weights, slack(length), |_| 0..5_000);
            let (all, near) = (found(&votes), found(&near));
            prop_assert!(near.iter().all(|place| all.contains(place)));
            prop_assert!(all.iter().all(|place| place.score < 1.5 || near.contains(place)));
        }
    }
}
