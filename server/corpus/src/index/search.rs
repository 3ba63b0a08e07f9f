use std::ops::Range;

use ibid_text::Span;

use super::{
    Candidate, Held, Index,
    key::{Key, Keys},
    segment::UNIT,
    votes::{Place, Vote, Weight, not_alone, places, retain_near, slack, sort},
};
use crate::FileId;

/// A key with more postings than this is read only where the rarer ones do not suffice.
const FREQUENT: usize = 256;

/// Postings of frequent keys that a search reads at most, but where even the rarest is one of them.
const BUDGET: usize = 1 << 16;

/// A first look reads the rarest pairs until they hold this much of the information of all: twice what a place can be
/// without that has four fifths of it.
const FIRST_LOOK: f32 = 0.4;

/// A second look leaves out only what could not tell a place by itself.
const SECOND_LOOK: f32 = 0.85;

/// Keys whose blocks are fetched before the first of them is read: some 10 KB, which the nearest memory holds.
const AT_ONCE: usize = 32;

/// Where all keys are frequent, lists are intersected until no more places than this are left.
const FEW: usize = 1 << 11;

/// A search for one quotation. It reads the lists of the rarest word pairs first and, since a place that has most of the
/// words has most of the rare pairs too, leaves the lists of frequent pairs alone (prefix filtering; Chaudhuri, Ganti
/// and Kaushik, 2006).
pub struct Search<'a> {
    texts: Texts<'a>,
    sought: Sought,
    /// By key.
    weights: Vec<Weight>,
    /// The lists of the keys that stand anywhere, rarest first.
    lists: Vec<List>,
    /// How many of the lists were read.
    read: usize,
    /// Votes of the rare keys, read or not.
    rare: Vec<Vote>,
    /// Votes of the lists that were read.
    votes: Vec<Vote>,
    slack: i64,
}

/// The postings of one key.
struct List {
    key: usize,
    count: usize,
    /// Its votes among those of the rare keys, unless it is frequent.
    rare: Option<Range<usize>>,
}

impl<'a> Search<'a> {
    /// For `text`; `words` are spans into it, and word pairs are those of neighbours among them.
    pub(super) fn new(index: &'a Index, text: &str, words: &[Span]) -> Self {
        /// Room for the votes of most quotations.
        const OF_A_PAIR: usize = 32;
        let Keys { mut pairs, mut singles } = Keys::of(text, words);
        pairs.truncate(Vote::PAIRS);
        singles.truncate(Vote::PAIRS);
        let texts = Texts::of(index);
        let mut rare = Vec::with_capacity(pairs.len() * OF_A_PAIR);
        let mut sought = texts.look_up(pairs);
        let mut lists = texts.lists(&sought, &mut rare);
        if lists.is_empty() {
            sought = texts.look_up(singles);
            lists = texts.lists(&sought, &mut rare);
        }
        let weight = |key: &Key| Weight { offset: key.offset, information: 0.0 };
        let mut weights: Vec<Weight> = sought.keys.iter().map(weight).collect();
        for list in &lists {
            weights[list.key].information = (index.total as f32 / list.count as f32).ln_1p();
        }
        let slack = slack(words.last().map_or(0, |last| last.end));
        Self { texts, sought, weights, lists, read: 0, rare, votes: Vec::new(), slack }
    }

    /// Up to `most` places that share the most information with the quotation, best first, of the sources that are wanted;
    /// none that scores less than `share` of what the best does. Every place that has most of its words is among those that
    /// were weighed, by some of its words.
    pub fn first_look(&mut self, most: usize, share: f32, is_wanted: impl Fn(FileId) -> bool) -> Vec<Candidate> {
        self.look(FIRST_LOOK, most, share, is_wanted)
    }

    /// The same by more of its words, so that places with many changes are found too.
    pub fn second_look(&mut self, most: usize, share: f32, is_wanted: impl Fn(FileId) -> bool) -> Vec<Candidate> {
        self.look(SECOND_LOOK, most, share, is_wanted)
    }

    /// The information of the pairs that were looked at, in nats: what a place with all of them scores.
    pub fn information(&self) -> f32 {
        self.information_of(&self.lists[..self.read])
    }

    fn information_of(&self, lists: &[List]) -> f32 {
        lists.iter().map(|list| self.weights[list.key].information).sum()
    }

    /// Reads lists until they hold so much of the information, 0..1.
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
                self.texts.vote(key, &self.sought, &mut self.votes);
            } else if self.votes.is_empty() {
                self.intersect();
                break;
            } else {
                break;
            }
            information += self.weights[self.lists[self.read].key].information;
            self.read += 1;
        }
        let mut among = not_alone(&self.votes, self.slack);
        sort(&mut among);
        let found = self.best(&among, most, share, &is_wanted);
        let alone = self.lists.first().map_or(0.0, |list| self.weights[list.key].information);
        if found.first().is_some_and(|best| share * best.score > alone) {
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

    /// Where even the rarest pair is frequent: reads one list after the other, and keeps what all agree on until that is
    /// little.
    fn intersect(&mut self) {
        while let Some(&List { key, .. }) = self.lists.get(self.read) {
            let mut votes = Vec::new();
            self.texts.vote(key, &self.sought, &mut votes);
            sort(&mut votes);
            if self.read > 0 {
                retain_near(&mut self.votes, &votes, self.slack);
            } else {
                self.votes = votes;
            }
            // What is left has the words of all lists, so the first vote counts for all.
            let information = std::mem::take(&mut self.weights[key].information);
            self.weights[self.lists[0].key].information += information;
            self.read += 1;
            if self.votes.len() <= FEW {
                break;
            }
        }
    }
}

/// Keys with where their postings are.
struct Sought {
    keys: Vec<Key>,
    /// Of each segment, the blocks by key.
    blocks: Vec<Vec<Range<usize>>>,
}

/// The texts of an index one behind the other. Bytes and places count over all of them.
struct Texts<'a> {
    index: &'a Index,
    /// Each segment with its first place.
    held: Vec<(u64, &'a Held)>,
}

/// A text of an index.
struct Text<'a> {
    held: &'a Held,
    slot: usize,
    bytes: Range<i64>,
}

impl<'a> Texts<'a> {
    fn of(index: &'a Index) -> Self {
        let mut start = 0;
        let held = index.held().map(|held| {
            let from = start;
            start += u64::from(held.segment.end());
            (from, held)
        });
        Self { index, held: held.collect() }
    }

    fn look_up(&self, keys: Vec<Key>) -> Sought {
        let blocks = self.held.iter().map(|(_, held)| held.segment.blocks_of(&keys)).collect();
        Sought { keys, blocks }
    }

    /// The lists of keys that stand anywhere, rarest first. The votes of those that are rare go to `rare`.
    fn lists(&self, sought: &Sought, rare: &mut Vec<Vote>) -> Vec<List> {
        let count = |key: usize| -> usize {
            self.held.iter().zip(&sought.blocks).map(|((_, held), of)| held.segment.count_in(&of[key])).sum()
        };
        let list = |key: usize| List { key, count: count(key), rare: None };
        let mut lists: Vec<List> = (0..sought.keys.len()).map(list).collect();
        for lists in lists.chunks_mut(AT_ONCE) {
            for ((_, held), of) in self.held.iter().zip(&sought.blocks) {
                held.segment.fetch(lists.iter().filter(|list| list.count <= FREQUENT).map(|list| &of[list.key]));
            }
            for list in lists.iter_mut().filter(|list| list.count <= FREQUENT) {
                let from = rare.len();
                self.vote(list.key, sought, rare);
                list.count = rare.len() - from;
                list.rare = Some(from..rare.len());
            }
        }
        lists.retain(|list| list.count > 0);
        lists.sort_unstable_by_key(|list| (list.count, list.key));
        lists
    }

    /// Lets the postings of a key vote, in order but for those of different pairs.
    fn vote(&self, number: usize, sought: &Sought, votes: &mut Vec<Vote>) {
        let key = &sought.keys[number];
        for (&(start, held), blocks) in self.held.iter().zip(&sought.blocks) {
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
        let (start, held) = self.held[self.held.partition_point(|&(start, _)| start <= place).saturating_sub(1)];
        let slot = held.segment.slot_holding((place - start) as u32);
        let places = held.segment.member(slot).map_or(0..0, |member| member.start..member.start + member.places());
        let byte = |place: u32| (start + u64::from(place)).cast_signed() * unit;
        Text { held, slot, bytes: byte(places.start)..byte(places.end) }
    }

    /// The `most` best places that are live and wanted, best first, as far as they score `share` of what the best does.
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
                // Whose a text is takes longer to tell than all before.
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
