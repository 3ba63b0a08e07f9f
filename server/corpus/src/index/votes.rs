use std::ops::Range;

use super::segment::BETWEEN;

/// That a word pair of the quotation stands where it would if the quotation began at some byte. One number, so that many
/// are sorted fast: the byte, counted over all texts of the index, above the number of the pair.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Vote(u64);

impl Vote {
    const PAIR_BITS: u32 = 20;

    /// Most pairs of a quotation that can vote.
    pub(super) const PAIRS: usize = 1 << Self::PAIR_BITS;

    /// A quotation may begin in front of all texts by as much as it is long.
    const BEFORE: u64 = 1 << 32;

    /// For the pair number `pair` of the quotation, which stands at the byte `offset` there and at the byte `at` here.
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Byte, counted over all texts, at which a pair stands that voted for it.
    pub(super) at: i64,
    /// Byte at which the quotation would begin, counted over all texts.
    pub(super) start: i64,
    /// Sum of the information of the pairs that voted for it.
    pub(super) score: f32,
}

/// What a pair of the quotation counts for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    /// Byte at which it stands in the quotation.
    pub(super) offset: u32,
    /// In nats.
    pub(super) information: f32,
}

/// How far apart votes for the same place may lie in a quotation of so many bytes: changed words shift what is behind them.
pub(super) fn slack(length: u32) -> i64 {
    i64::from(length / 5).max(32)
}

/// Sorts votes that are sorted lists, one behind the other: a stable sort finds and merges them.
pub(super) fn sort(votes: &mut [Vote]) {
    votes.sort_by_key(|vote| vote.0);
}

/// The places that sorted votes agree on, in order. A pair counts once for a place. `text_at` tells the bytes of the text
/// that holds a byte: no place has votes from two texts.
pub(super) fn places(
    votes: &[Vote],
    weights: &[Weight],
    slack: i64,
    mut text_at: impl FnMut(i64) -> Range<i64>,
) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut text: Option<Range<i64>> = None;
    let (mut first, mut heaviest) = (0, 0.0);
    // For each pair, the number of the last place that it counted for.
    let mut counted = vec![0; weights.len()];
    for &vote in votes {
        let (pair, start) = (vote.pair(), vote.start());
        let Some(&Weight { offset, information }) = weights.get(pair) else { continue };
        let at = start + i64::from(offset);
        let number = places.len();
        if let Some(place) = places.last_mut()
            && start - first <= slack
            // What is so near stands in the same text; to look up which one takes longer than all else here.
            && (at.abs_diff(place.at) < BETWEEN || text.get_or_insert_with(|| text_at(place.at)).contains(&at))
        {
            if std::mem::replace(&mut counted[pair], number) != number {
                place.score += information;
            }
            // The place begins where its strongest witness says.
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

/// Keeps the votes that one of `others` stands by; both are sorted.
pub(super) fn retain_near(votes: &mut Vec<Vote>, others: &[Vote], slack: i64) {
    let mut near = others.iter().peekable();
    votes.retain(|vote| {
        while near.next_if(|other| other.start() + slack < vote.start()).is_some() {}
        near.peek().is_some_and(|other| other.start() <= vote.start() + slack)
    });
}
