//! The positional index over the words of all sources.
//!
//! Every word of a source is one posting: a key made of the word and the one behind it, and the byte where it stands.
//! Postings live in [`Segment`]s, which never change and are shared between snapshots. Putting a source in adds a
//! segment of its own; small neighbours are merged, up to a bound, so that a change costs the changed source and a
//! constant, and the number of segments grows with the corpus divided by that bound. A source taken out is only
//! forgotten; its postings go when their segment is merged.
//!
//! A search asks for *candidates*: places where several of a quotation's word pairs stand at the distances they have in
//! the quotation. That is seed and extend, as sequence search does it (Altschul et al., 1990); the extension is
//! [`ibid_evidence::quotation::compare`].

mod segment;
mod votes;

use std::sync::Arc;

use ibid_text::Span;
use rpds::{HashTrieMapSync, VectorSync};

use crate::FileId;
pub use segment::Segment;
use segment::{Keys, Member};
use votes::Votes;

/// Segments are merged while they hold fewer postings than this together; it bounds the work of one change.
const MERGE_LIMIT: usize = 1 << 20;

/// A pair of words that occurs more often than this in one segment says little and costs much: rarer pairs go first,
/// and what is beyond the limit is looked at only while nothing else is left.
const POSTINGS_PER_SEARCH: usize = 100_000;

/// The index: which words stand where in which source. Cloning is cheap.
#[derive(Clone, Default)]
pub struct Index {
    segments: VectorSync<Arc<Segment>>,
    /// The posting set that counts for a source; what segments hold under an older number is dead.
    live: HashTrieMapSync<FileId, Live>,
    /// Postings that count.
    total: usize,
    next: u32,
}

/// The postings of one text.
#[derive(Clone, Debug)]
pub struct Postings {
    segment: Arc<Segment>,
}

impl Postings {
    /// All of a segment that was made of one text.
    pub fn of(segment: Segment) -> Self {
        Self { segment: Arc::new(segment) }
    }
}

/// What counts of a source.
#[derive(Clone, Copy)]
struct Live {
    edition: u32,
    postings: usize,
}

/// A place worth a closer look.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// The source.
    pub file: FileId,
    /// Byte in the source's text at which the quotation would begin; may lie a little off, and before the text.
    pub start: i64,
    /// Sum of the information of the word pairs that speak for it, in nats.
    pub score: f32,
}

impl Index {
    /// Puts a source in, or another text in its place. `segment` is [`Segment::of`] its text, which can be made beforehand
    /// and in parallel.
    pub fn set(&mut self, file: FileId, postings: Postings) {
        let segment = (*postings.segment).clone();
        self.remove(file);
        let edition = self.next;
        self.next += 1;
        self.live.insert_mut(file, Live { edition, postings: segment.len() });
        self.total += segment.len();
        let mut merged = segment.held_by(Member { file, edition, start: 0 });
        while let Some(last) = self.segments.last() {
            if last.len() + merged.len() > MERGE_LIMIT || last.len() > 4 * merged.len() {
                break;
            }
            merged = last.merged(&merged, |member| self.is_live(member));
            self.segments.drop_last_mut();
        }
        self.segments.push_back_mut(Arc::new(merged));
    }

    /// Takes a source out.
    pub fn remove(&mut self, file: FileId) {
        self.total -= self.live.get(&file).map_or(0, |live| live.postings);
        self.live.remove_mut(&file);
    }

    /// Whether it holds no source.
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// Up to `most` places where `text` (folded by word) may stand, best first. `words` are spans into `text`; word pairs
    /// are those of neighbours in it.
    pub fn candidates(&self, text: &str, words: &[Span], most: usize) -> Vec<Candidate> {
        let keys = Keys::of(text, words);
        let length = words.last().map_or(0, |last| last.end);
        let mut votes = Votes::new(length);
        self.vote(&keys.pairs, &mut votes);
        if votes.is_empty() {
            self.vote(&keys.singles, &mut votes);
        }
        votes.candidates(most)
    }

    /// How surprising it is to meet these neighbouring words of `text` by chance, in nats: each word by how often it
    /// follows the one in front of it in this corpus, the first by how often it occurs.
    pub fn surprise(&self, text: &str, words: &[Span]) -> f32 {
        let count = |key| self.segments.iter().map(|segment| segment.count(key)).sum::<usize>().max(1) as f32;
        let keys = Keys::of(text, words);
        let first = keys.singles.first().map_or(0.0, |&key| (self.total as f32 / count(key)).ln());
        let follow = keys.pairs.iter().zip(&keys.singles).map(|(&pair, &single)| (count(single) / count(pair)).ln());
        first + follow.sum::<f32>()
    }

    /// How surprising a place must be to be the only one in this corpus, in nats.
    pub fn uniqueness(&self) -> f32 {
        (self.total.max(1) as f32).ln()
    }

    /// Lets the postings of every key vote, rare keys first, until enough are seen.
    fn vote(&self, keys: &[segment::Key], votes: &mut Votes) {
        let mut by_count: Vec<(usize, segment::Key)> =
            keys.iter().map(|&key| (self.segments.iter().map(|segment| segment.count(key)).sum(), key)).collect();
        by_count.retain(|&(count, _)| count > 0);
        by_count.sort_unstable();
        let mut seen = 0;
        for (count, key) in by_count {
            seen += count;
            if seen > POSTINGS_PER_SEARCH && !votes.is_empty() {
                break;
            }
            let places: Vec<(FileId, i64)> = self
                .segments
                .iter()
                .flat_map(|segment| segment.postings(key))
                .filter(|(member, _)| self.is_live(member))
                .map(|(member, at)| (member.file, i64::from(at) - i64::from(key.offset)))
                .collect();
            let information = (self.total as f32 / places.len().max(1) as f32).ln_1p();
            for (file, start) in places {
                votes.add(file, start, information);
            }
        }
    }

    fn is_live(&self, member: &Member) -> bool {
        self.live.get(&member.file).is_some_and(|live| live.edition == member.edition)
    }
}

#[cfg(test)]
mod tests {
    use ibid_text::words;
    use proptest::prelude::*;

    use super::*;

    fn found(index: &Index, quote: &str) -> Vec<(FileId, i64)> {
        let spans: Vec<Span> = words(quote).map(|word| word.span).collect();
        let mut found: Vec<_> =
            index.candidates(quote, &spans, usize::MAX).into_iter().map(|found| (found.file, found.start)).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn a_changed_source_is_found_by_its_new_words_only() {
        let mut index = Index::default();
        index.set(FileId(0), Postings::of(Segment::of("One fine day the snow fell.")));
        index.set(FileId(1), Postings::of(Segment::of("Then one fine day it stopped.")));
        assert_eq!(found(&index, "one FINE day"), [(FileId(0), 0), (FileId(1), 5)]);
        index.set(FileId(0), Postings::of(Segment::of("Nothing.")));
        assert_eq!(found(&index, "one fine day"), [(FileId(1), 5)]);
        index.remove(FileId(1));
        assert_eq!(found(&index, "one fine day"), []);
    }

    proptest! {
        /// Whatever the order of changes, the index answers as one that was built from the last texts.
        #[test]
        fn incremental_equals_from_scratch(
            changes in prop::collection::vec((0_u32..4, prop::option::of("([abc] ){0,12}")), 0..24),
            quote in "[abc] [abc]( [abc]){0,3}",
        ) {
            let mut index = Index::default();
            let mut texts = std::collections::BTreeMap::new();
            for (id, text) in changes {
                if let Some(text) = text {
                    index.set(FileId(id), Postings::of(Segment::of(&text)));
                    texts.insert(id, text);
                } else {
                    index.remove(FileId(id));
                    texts.remove(&id);
                }
            }
            let mut scratch = Index::default();
            for (&id, text) in &texts {
                scratch.set(FileId(id), Postings::of(Segment::of(text)));
            }
            prop_assert_eq!(found(&index, &quote), found(&scratch, &quote));
        }
    }
}
