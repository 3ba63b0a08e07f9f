use ibid_text::Span;

use super::{
    Candidate, Index,
    key::{Key, Keys},
    votes::Votes,
};
use crate::FileId;

/// Postings that a search reads at most, but for the rarest pair's own.
const BUDGET: usize = 1 << 16;

/// A first look reads the rarest pairs until they hold this much of the information of all; then whatever has the words of
/// the quotation has been seen.
const FIRST_LOOK: f32 = 0.5;

/// A first look that is this long is long enough once nothing that has most of the words can have been missed.
const FIRST_BUDGET: usize = 1 << 11;
const LEAST_LOOK: f32 = 0.25;

/// A second look leaves out only what could not tell a place by itself.
const SECOND_LOOK: f32 = 0.85;

/// A search for one quotation. It reads the lists of the rarest word pairs first and, since a place that has most of the
/// words has most of the rare pairs too, leaves the lists of frequent pairs alone (prefix filtering; Chaudhuri, Ganti
/// and Kaushik, 2006).
pub struct Search<'a> {
    index: &'a Index,
    /// What is looked for, rarest first.
    lists: Vec<List>,
    /// How many of the lists were read.
    read: usize,
    postings: usize,
    votes: Votes,
}

/// The postings of one key of the quotation.
struct List {
    key: Key,
    count: usize,
    /// In nats.
    information: f32,
}

impl<'a> Search<'a> {
    /// For `text`; `words` are spans into it, and word pairs are those of neighbours among them.
    pub(super) fn new(index: &'a Index, text: &str, words: &[Span]) -> Self {
        let keys = Keys::of(text, words);
        let mut lists = lists(index, &keys.pairs);
        if lists.is_empty() {
            lists = self::lists(index, &keys.singles);
        }
        let length = words.last().map_or(0, |last| last.end);
        Self { index, lists, read: 0, postings: 0, votes: Votes::new(length) }
    }

    /// Up to `most` places that share the most information with the quotation, best first, of the sources that are wanted.
    /// Every place that has all its words is among those that were weighed.
    pub fn first_look(&mut self, most: usize, is_wanted: impl Fn(FileId) -> bool) -> Vec<Candidate> {
        self.look(most, is_wanted, |share, postings| {
            share >= FIRST_LOOK || (share >= LEAST_LOOK && postings >= FIRST_BUDGET)
        })
    }

    /// The same by more of its words, so that places with many changes are found too.
    pub fn second_look(&mut self, most: usize, is_wanted: impl Fn(FileId) -> bool) -> Vec<Candidate> {
        self.look(most, is_wanted, |share, _| share >= SECOND_LOOK)
    }

    /// The information of all the word pairs that stand anywhere in the corpus, in nats.
    pub fn information(&self) -> f32 {
        self.lists.iter().map(|list| list.information).sum()
    }

    fn look(
        &mut self,
        most: usize,
        is_wanted: impl Fn(FileId) -> bool,
        is_enough: impl Fn(f32, usize) -> bool,
    ) -> Vec<Candidate> {
        let whole = self.information();
        let share = |read: &[List]| read.iter().map(|list| list.information).sum::<f32>() / whole;
        while let Some(list) = self.lists.get(self.read) {
            let is_affordable = self.postings + list.count <= BUDGET;
            if self.read > 0 && (!is_affordable || is_enough(share(&self.lists[..self.read]), self.postings)) {
                break;
            }
            if is_affordable {
                let list = self.read as u32;
                self.index.vote(list, &self.lists[self.read].key, &mut self.votes);
                self.postings += self.lists[self.read].count;
                self.read += 1;
            } else {
                self.narrow();
            }
        }
        let places = self.votes.places(|list| self.lists[list as usize].information);
        self.index.best_of(places, most, is_wanted)
    }

    /// Where even the rarest pair is frequent: reads one list after the other, and keeps what all agree on until that is
    /// little.
    fn narrow(&mut self) {
        while let Some(List { key, .. }) = self.lists.get(self.read) {
            let mut votes = self.votes.like();
            self.index.vote(self.read as u32, key, &mut votes);
            votes.sort();
            if self.read > 0 {
                self.votes.retain_near(&votes);
            } else {
                self.votes = votes;
            }
            self.read += 1;
            self.postings = self.votes.len();
            if self.postings <= FIRST_BUDGET {
                break;
            }
        }
    }
}

/// The keys that stand anywhere, rarest first.
fn lists(index: &Index, keys: &[Key]) -> Vec<List> {
    let counted = keys.iter().map(|&key| (index.count(&key), key)).filter(|&(count, _)| count > 0);
    let mut lists: Vec<List> = counted
        .map(|(count, key)| List { key, count, information: (index.total as f32 / count as f32).ln_1p() })
        .collect();
    lists.sort_unstable_by_key(|list| (list.count, list.key));
    lists
}
