use std::ops::Range;

use ibid_text::Span;

use super::{
    Candidate, Index, OwnedSegment,
    key::{Key, Keys},
    segment::UNIT,
    votes::{Place, Vote, Weight, places, retain_near, slack, sort, without_isolated},
};
use crate::FileId;

/// A key with more postings than this is read only if the rarer keys do not suffice.
const FREQUENT: usize = 256;

/// Maximum number of postings of frequent keys that one search reads, unless even the rarest key is frequent.
const BUDGET: usize = 1 << 16;

/// The share of the total information that a first look reads, rarest pairs first. A place with four fifths of the
/// information lacks at most half of this.
const FIRST_LOOK: f32 = 0.4;

/// The share that a second look reads; the remaining pairs could not identify a place by themselves.
const SECOND_LOOK: f32 = 0.85;

/// Number of keys whose blocks are prefetched together: about 10 KB, which fits into the first-level cache.
const PREFETCHED: usize = 32;

/// If all keys are frequent, lists are intersected until at most this many votes are left.
const INTERSECTED: usize = 1 << 11;

/// A search for one quotation. It reads the lists of the rarest word pairs first. A place that has most of the words also
/// has most of the rare pairs, so the lists of frequent pairs are not needed (prefix filtering; Chaudhuri, Ganti and
/// Kaushik, 2006).
pub struct Search<'a> {
    texts: Texts<'a>,
    keys: LookedUp,
    /// By key.
    weights: Vec<Weight>,
    /// The lists of the keys that occur in the index, rarest first.
    lists: Vec<List>,
    /// Number of lists read so far.
    read: usize,
    /// Votes of the rare keys, whether their lists were read or not.
    rare: Vec<Vote>,
    /// Votes of the lists that were read.
    votes: Vec<Vote>,
    slack: i64,
}

/// The postings of one key.
struct List {
    /// The number of the key.
    key: usize,
    /// The number of postings.
    count: usize,
    /// The position of its votes in [`Search::rare`], unless the key is frequent.
    rare: Option<Range<usize>>,
}

impl<'a> Search<'a> {
    /// A search for `text`. `words` are the spans of its words; neighbours form pairs.
    pub(super) fn new(index: &'a Index, text: &str, words: &[Span]) -> Self {
        /// Expected number of votes per pair.
        const VOTES_PER_PAIR: usize = 32;
        let Keys { mut pairs, mut singles } = Keys::of(text, words);
        pairs.truncate(Vote::PAIRS);
        singles.truncate(Vote::PAIRS);
        let texts = Texts::of(index);
        let mut rare = Vec::with_capacity(pairs.len() * VOTES_PER_PAIR);
        let mut keys = texts.look_up(pairs);
        let mut lists = texts.lists(&keys, &mut rare);
        if lists.is_empty() {
            keys = texts.look_up(singles);
            lists = texts.lists(&keys, &mut rare);
        }
        let weight = |key: &Key| Weight { offset: key.offset, information: 0.0 };
        let mut weights: Vec<Weight> = keys.keys.iter().map(weight).collect();
        for list in &lists {
            weights[list.key].information = (index.total as f32 / list.count as f32).ln_1p();
        }
        let slack = slack(words.last().map_or(0, |last| last.end));
        Self { texts, keys, weights, lists, read: 0, rare, votes: Vec::new(), slack }
    }

    /// Up to `most` places that share the most information with the quotation, best first, in sources for which `is_wanted`
    /// returns true. Places that score less than `share` of the best are left out. Every place with most of the quotation's
    /// words is considered.
    pub fn first_look(&mut self, most: usize, share: f32, is_wanted: impl Fn(FileId) -> bool) -> Vec<Candidate> {
        self.look(FIRST_LOOK, most, share, is_wanted)
    }

    /// Like [`Search::first_look`], but reads more word pairs, so that places with many changes are found too.
    pub fn second_look(&mut self, most: usize, share: f32, is_wanted: impl Fn(FileId) -> bool) -> Vec<Candidate> {
        self.look(SECOND_LOOK, most, share, is_wanted)
    }

    /// The information of the pairs read so far, in nats. A place with all of them has this score.
    pub fn information(&self) -> f32 {
        self.information_of(&self.lists[..self.read])
    }

    fn information_of(&self, lists: &[List]) -> f32 {
        lists.iter().map(|list| self.weights[list.key].information).sum()
    }

    /// Reads lists until they hold this part of the information (0..1), and returns the best places.
    fn look(&mut self, part: f32, most: usize, share: f32, is_wanted: impl Fn(FileId) -> bool) -> Vec<Candidate> {
        let (mut information, whole) = (self.information(), self.information_of(&self.lists));
        let mut budget = BUDGET;
        while let Some(list) = self.lists.get(self.read)
            && information < part * whole
        {
            if let Some(rare) = list.rare.clone() {
                self.votes.extend_from_slice(&self.rare[rare]);
            } else if list.count <= budget {
                budget -= list.count;
                let (key, count) = (list.key, list.count);
                self.votes.reserve(count);
                self.texts.vote(key, &self.keys, &mut self.votes);
            } else if self.votes.is_empty() {
                self.intersect();
                break;
            } else {
                break;
            }
            information += self.weights[self.lists[self.read].key].information;
            self.read += 1;
        }
        let mut clustered = without_isolated(&self.votes, self.slack);
        sort(&mut clustered);
        let found = self.best(&clustered, most, share, &is_wanted);
        // An isolated vote counts no more than the rarest pair, so the places left out may not matter.
        let isolated = self.lists.first().map_or(0.0, |list| self.weights[list.key].information);
        if found.first().is_some_and(|best| share * best.score > isolated) {
            return found;
        }
        sort(&mut self.votes);
        self.best(&self.votes, most, share, &is_wanted)
    }

    /// The best places that sorted votes agree on.
    fn best(&self, votes: &[Vote], most: usize, share: f32, is_wanted: &impl Fn(FileId) -> bool) -> Vec<Candidate> {
        let places = places(votes, &self.weights, self.slack, |at| self.texts.text_at(at).bytes);
        self.texts.best(places, most, share, is_wanted)
    }

    /// For a quotation whose rarest pair is frequent: reads one list after another and keeps the votes that all lists agree
    /// on, until few are left.
    fn intersect(&mut self) {
        while let Some(&List { key, .. }) = self.lists.get(self.read) {
            let mut votes = Vec::new();
            self.texts.vote(key, &self.keys, &mut votes);
            sort(&mut votes);
            if self.read > 0 {
                retain_near(&mut self.votes, &votes, self.slack);
            } else {
                self.votes = votes;
            }
            // The remaining votes have the words of all lists, so the weights of all lists go to the first one.
            let information = std::mem::take(&mut self.weights[key].information);
            self.weights[self.lists[0].key].information += information;
            self.read += 1;
            if self.votes.len() <= INTERSECTED {
                break;
            }
        }
    }
}

/// Keys and the blocks that may contain their postings.
struct LookedUp {
    keys: Vec<Key>,
    /// For each segment, the blocks of each key.
    blocks: Vec<Vec<Range<usize>>>,
}

/// All texts of an index, laid end to end. Bytes and places count over all of them.
struct Texts<'a> {
    index: &'a Index,
    /// Each segment with its first place.
    segments: Vec<(u64, &'a OwnedSegment)>,
}

/// One text of an index.
struct Text<'a> {
    held: &'a OwnedSegment,
    slot: usize,
    bytes: Range<i64>,
}

impl<'a> Texts<'a> {
    fn of(index: &'a Index) -> Self {
        let mut start = 0;
        let segments = index.segments().map(|held| {
            let from = start;
            start += u64::from(held.segment.end());
            (from, held)
        });
        Self { index, segments: segments.collect() }
    }

    fn look_up(&self, keys: Vec<Key>) -> LookedUp {
        let blocks = self.segments.iter().map(|(_, held)| held.segment.blocks_of(&keys)).collect();
        LookedUp { keys, blocks }
    }

    /// The lists of the keys that occur in the index, rarest first. Appends the votes of rare keys to `rare`.
    fn lists(&self, keys: &LookedUp, rare: &mut Vec<Vote>) -> Vec<List> {
        let count = |key: usize| -> usize {
            self.segments.iter().zip(&keys.blocks).map(|((_, held), of)| held.segment.count_in(&of[key])).sum()
        };
        let list = |key: usize| List { key, count: count(key), rare: None };
        let mut lists: Vec<List> = (0..keys.keys.len()).map(list).collect();
        for lists in lists.chunks_mut(PREFETCHED) {
            for ((_, held), of) in self.segments.iter().zip(&keys.blocks) {
                held.segment.fetch(lists.iter().filter(|list| list.count <= FREQUENT).map(|list| &of[list.key]));
            }
            for list in lists.iter_mut().filter(|list| list.count <= FREQUENT) {
                let from = rare.len();
                self.vote(list.key, keys, rare);
                list.count = rare.len() - from;
                list.rare = Some(from..rare.len());
            }
        }
        lists.retain(|list| list.count > 0);
        lists.sort_unstable_by_key(|list| (list.count, list.key));
        lists
    }

    /// Appends a vote for each posting of key `number`. Votes of the same pair are in order.
    fn vote(&self, number: usize, keys: &LookedUp, votes: &mut Vec<Vote>) {
        let key = &keys.keys[number];
        for (&(start, held), blocks) in self.segments.iter().zip(&keys.blocks) {
            let mut slot = 0;
            held.segment.read_key(key, &blocks[number], |posting| {
                let place = posting as u32;
                if self.index.dead > 0 {
                    slot = held.segment.slot_of(place, slot);
                    if self.index.owner(held, slot).is_none() {
                        return;
                    }
                }
                votes.push(Vote::new(number, key.offset, (start + u64::from(place)) * u64::from(UNIT)));
            });
        }
    }

    /// The text that a byte belongs to.
    fn text_at(&self, at: i64) -> Text<'a> {
        let unit = i64::from(UNIT);
        let place = u64::try_from(at / unit).unwrap_or(0);
        let at = self.segments.partition_point(|&(start, _)| start <= place).saturating_sub(1);
        let (start, held) = self.segments[at];
        let slot = held.segment.slot_holding((place - start) as u32);
        let places = held.segment.member(slot).map_or(0..0, |member| member.start..member.start + member.places());
        let byte = |place: u32| (start + u64::from(place)).cast_signed() * unit;
        Text { held, slot, bytes: byte(places.start)..byte(places.end) }
    }

    /// The `most` best places in live, wanted sources, best first. Places that score less than `share` of the best are left
    /// out.
    fn best(
        &self,
        mut places: Vec<Place>,
        most: usize,
        share: f32,
        is_wanted: impl Fn(FileId) -> bool,
    ) -> Vec<Candidate> {
        let candidate = |place: &Place| {
            let Text { held, slot, bytes } = self.text_at(place.at);
            let file = self.index.owner(held, slot)?;
            is_wanted(file).then_some(Candidate { file, start: place.start - bytes.start, score: place.score })
        };
        let by_score = |a: &Place, b: &Place| b.score.total_cmp(&a.score).then(a.start.cmp(&b.start));
        let mut reach = most;
        let mut best: Vec<Candidate> = loop {
            let is_all = reach >= places.len();
            if !is_all {
                places.select_nth_unstable_by(reach, by_score);
            }
            let end = reach.min(places.len());
            places[..end].sort_unstable_by(by_score);
            let mut best: Vec<Candidate> = Vec::new();
            let mut is_enough = is_all;
            for place in &places[..end] {
                // Checked first, because finding the source of a place is the slowest step here.
                if best.len() == most || best.first().is_some_and(|best| place.score < share * best.score) {
                    is_enough = true;
                    break;
                }
                best.extend(candidate(place));
            }
            if is_enough {
                break best;
            }
            reach = reach.saturating_mul(8);
        };
        best.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then((a.file, a.start).cmp(&(b.file, b.start))));
        best
    }
}
