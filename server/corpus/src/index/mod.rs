//! The positional index over the words of all sources.
//!
//! Every word of a source is one posting: a key made of the word and its successor, and the place where the word occurs.
//! Postings live in [`Segment`]s, which are immutable and shared between snapshots. A segment with many sources, often on
//! disk, is left as it is. A segment with a single source is merged with small neighbours of its kind, up to a limit, so
//! that a change costs the changed source plus a constant. Removing a source only marks its postings as dead; they
//! disappear when their segment is merged.
//!
//! A [`Search`] finds *candidates*: places where several of a quotation's word pairs occur at the same distances as in
//! the quotation. This is seed and extend, as in sequence search (Altschul et al., 1990); the extension step is
//! [`ibid_evidence::quotation::compare`].
//!
//! # Why word pairs, and why this encoding
//!
//! Alternatives considered, for 1 GB of text: a suffix array finds an exact quotation in 12 µs, but takes 4.2 times the
//! size of the text and 50 s to build. Lists of single words, as in most search libraries, take 0.3 times the size of the
//! text, but a phrase of frequent words reads lists of millions of postings. Fingerprints of word sequences are smaller
//! still, but miss short quotations and quotations with a change in every sequence. A pair can be rare although both its
//! words are frequent, two changed words in ten leave half of the pairs intact, and a range of keys still gives the list
//! of a single word.
//!
//! Bits per word, over 100 MB of notes and novels: 64 as two 32-bit numbers; 20.6 Rice-coded in blocks of up to 128
//! postings with places of 16 bytes; 21.6 with places of 8 bytes; 22.0 in blocks of up to 64, which are hardly faster to
//! read. At 1 GB it is 18.8 bits, 0.38 of the text. One core builds and merges about 75 MB of text a second, including
//! tokenising.

mod bits;
mod block;
mod build;
mod directory;
mod key;
mod search;
mod segment;
mod votes;
mod word;

use std::sync::Arc;

use ibid_text::Span;
use rpds::{HashTrieMapSync, VectorSync};

use crate::FileId;
use key::{Key, Keys};
pub use search::Search;
pub use segment::{Corrupt, Segment};
pub use word::Spot;

/// Segments of single sources are merged as long as the result has at most this many postings. Bounds the work of one
/// change.
const MERGE_LIMIT: usize = 1 << 20;

/// The index: which words occur where in which source. Cloning is cheap.
#[derive(Clone, Default)]
pub struct Index {
    /// Segments with many sources, in the order they were added.
    shared: VectorSync<OwnedSegment>,
    /// Segments made of single sources and merged.
    recent: VectorSync<OwnedSegment>,
    /// The current text of each source; any other text in a segment is dead.
    live: HashTrieMapSync<FileId, Live>,
    /// Number of words in live texts.
    total: usize,
    /// Number of words in dead texts that segments still contain.
    dead: usize,
    /// The next unused edition.
    next: u32,
}

/// A segment and the owner of each of its texts.
#[derive(Clone)]
struct OwnedSegment {
    segment: Arc<Segment>,
    /// By slot. A plain vector, because it changes only while a whole corpus is loaded and every place found reads it.
    owners: Arc<Vec<Option<Owner>>>,
}

/// The postings of one text.
#[derive(Clone, Debug)]
pub struct Postings {
    segment: Arc<Segment>,
    slot: usize,
}

/// The surprisal of each word of a text in a corpus, in nats.
#[derive(Debug)]
pub struct Surprisals {
    words: Vec<Span>,
    /// The surprisal of each word by itself.
    first: Vec<f32>,
    /// The surprisal of the next word, given this one.
    follow: Vec<f32>,
}

impl Surprisals {
    /// The surprisal of the words within `span`, in nats: of the first by its frequency, of each other word by how often
    /// it follows its predecessor.
    pub fn of(&self, span: Span) -> f32 {
        let from = self.words.partition_point(|word| word.start < span.start);
        let to = self.words.partition_point(|word| word.end <= span.end);
        let first = self.first.get(from).filter(|_| from < to).copied().unwrap_or(0.0);
        let follow = self.follow.get(from..to.saturating_sub(1)).unwrap_or_default();
        first + follow.iter().sum::<f32>()
    }
}

impl Postings {
    /// The postings of a segment made of a single text.
    pub fn of(segment: Segment) -> Self {
        Self::among(Arc::new(segment), 0)
    }

    /// The postings of one text of a segment. The index recognises other texts of the same segment by the identity of the
    /// `Arc`.
    pub const fn among(segment: Arc<Segment>, slot: usize) -> Self {
        Self { segment, slot }
    }
}

/// The source that a text belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Owner {
    file: FileId,
    /// Distinguishes this text of the source from its earlier texts.
    edition: u32,
}

/// The current text of a source.
#[derive(Clone, Copy)]
struct Live {
    edition: u32,
    words: usize,
}

/// A place worth comparing with the quotation.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// The source.
    pub file: FileId,
    /// Byte of the source's text at which the quotation would begin. Approximate; may be negative.
    pub start: i64,
    /// Sum of the information of the word pairs found there, in nats.
    pub score: f32,
}

impl OwnedSegment {
    /// A segment whose texts have no owners.
    fn unowned(segment: Arc<Segment>) -> Self {
        let owners = Arc::new(vec![None; segment.members()]);
        Self { segment, owners }
    }

    fn words(&self) -> usize {
        self.segment.all_members().map(|member| member.words as usize).sum()
    }
}

impl Index {
    /// Adds a source or replaces its text. The postings can be built in advance and in parallel.
    pub fn set(&mut self, file: FileId, postings: Postings) {
        let Postings { segment, slot } = postings;
        self.remove(file);
        if segment.members() == 1 {
            let mut held = OwnedSegment::unowned(segment);
            self.dead += held.words();
            self.assign(&mut held, slot, file);
            self.add_recent(held);
            return;
        }
        let known = self.shared.iter().position(|held| Arc::ptr_eq(&held.segment, &segment));
        let at = known.unwrap_or_else(|| self.add_shared(segment));
        let mut shared = std::mem::take(&mut self.shared);
        if let Some(held) = shared.get_mut(at) {
            self.assign(held, slot, file);
        }
        self.shared = shared;
    }

    /// Adds a segment with many sources, none of them with an owner yet, and drops segments with no live text. Returns the
    /// position of the new segment.
    fn add_shared(&mut self, segment: Arc<Segment>) -> usize {
        let is_needed = |held: &OwnedSegment| held.owners.iter().flatten().any(|&owner| self.is_live(owner));
        let (needed, idle): (Vec<OwnedSegment>, Vec<OwnedSegment>) = self.shared.iter().cloned().partition(is_needed);
        self.dead -= idle.iter().map(OwnedSegment::words).sum::<usize>();
        let held = OwnedSegment::unowned(segment);
        self.dead += held.words();
        self.shared = needed.into_iter().chain([held]).collect();
        self.shared.len() - 1
    }

    /// Makes `file` the owner of a text. Does nothing if there is no text in that slot.
    fn assign(&mut self, held: &mut OwnedSegment, slot: usize, file: FileId) {
        let Some(member) = held.segment.member(slot) else { return };
        let (edition, words) = (self.next, member.words as usize);
        self.next += 1;
        Arc::make_mut(&mut held.owners)[slot] = Some(Owner { file, edition });
        self.live.insert_mut(file, Live { edition, words });
        self.total += words;
        self.dead -= words;
    }

    /// Adds the segment of a single source, merged with smaller ones before it.
    fn add_recent(&mut self, mut held: OwnedSegment) {
        while let Some(last) = self.recent.last() {
            let (before, behind) = (last.segment.postings(), held.segment.postings());
            if before + behind > MERGE_LIMIT || before > 4 * behind {
                break;
            }
            let Some(both) = self.merged(last, &held) else { break };
            self.dead -= last.words() + held.words() - both.words();
            held = both;
            self.recent.drop_last_mut();
        }
        self.recent.push_back_mut(held);
    }

    /// Whether these are the current postings of a source, in this very segment.
    pub fn holds(&self, file: FileId, postings: &Postings) -> bool {
        let is_owned = |held: &OwnedSegment| {
            let owner = held.owners.get(postings.slot).copied().flatten();
            owner.is_some_and(|owner| owner.file == file && self.is_live(owner))
        };
        self.segments().any(|held| Arc::ptr_eq(&held.segment, &postings.segment) && is_owned(held))
    }

    /// Removes a source.
    pub fn remove(&mut self, file: FileId) {
        if let Some(&Live { words, .. }) = self.live.get(&file) {
            self.live.remove_mut(&file);
            self.total -= words;
            self.dead += words;
        }
    }

    /// Whether it contains no source.
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// Whether a segment was found to be corrupt. If so, words that are not found may still be there.
    pub fn is_corrupt(&self) -> bool {
        self.segments().any(|held| held.segment.is_corrupt())
    }

    /// Verifies every checksum of the index. Returns whether all of them match.
    pub fn is_sound(&self) -> bool {
        self.segments().all(|held| held.segment.is_sound())
    }

    /// A search for `text`, compared by folded words. `words` are the spans of its words; neighbours form pairs.
    pub fn search(&self, text: &str, words: &[Span]) -> Search<'_> {
        Search::new(self, text, words)
    }

    /// The surprisal of each word of `text`. `words` are the spans of its words.
    pub fn surprisals(&self, text: &str, words: &[Span]) -> Surprisals {
        let keys = Keys::of(text, words);
        let count = |key: &Key| self.count(key).max(1) as f32;
        let counts: Vec<f32> = keys.singles.iter().map(count).collect();
        let first = counts.iter().map(|count| (self.total as f32 / count).ln()).collect();
        let follow = keys.pairs.iter().zip(&counts).map(|(pair, single)| (single / count(pair)).ln()).collect();
        Surprisals { words: words.to_vec(), first, follow }
    }

    /// The surprisal from which a match is expected to be the only one in this corpus, in nats.
    pub fn uniqueness(&self) -> f32 {
        (self.total.max(1) as f32).ln()
    }

    fn segments(&self) -> impl Iterator<Item = &OwnedSegment> {
        self.shared.iter().chain(self.recent.iter())
    }

    /// Merges two segments and drops their dead texts. `None` if the result would be too large.
    fn merged(&self, left: &OwnedSegment, right: &OwnedSegment) -> Option<OwnedSegment> {
        let both = [left, right];
        let is_live = |number: usize, slot: usize| {
            both[number].owners.get(slot).copied().flatten().is_some_and(|owner| self.is_live(owner))
        };
        let mut bytes = Vec::new();
        Segment::merge(&both.map(|held| &*held.segment), is_live, &mut bytes).ok()?;
        let owners = both.iter().flat_map(|held| held.owners.iter()).copied();
        let owners = Arc::new(owners.filter(|owner| owner.is_some_and(|owner| self.is_live(owner))).collect());
        Some(OwnedSegment { segment: Arc::new(Segment::open(bytes).ok()?), owners })
    }

    fn is_live(&self, owner: Owner) -> bool {
        self.live.get(&owner.file).is_some_and(|live| live.edition == owner.edition)
    }

    /// The source that a text belongs to, if the text is live.
    fn owner(&self, held: &OwnedSegment, slot: usize) -> Option<FileId> {
        let owner = held.owners.get(slot).copied().flatten()?;
        (self.dead == 0 || self.is_live(owner)).then_some(owner.file)
    }

    /// The number of postings with a key in all segments, dead texts included.
    fn count(&self, key: &Key) -> usize {
        self.segments().map(|held| held.segment.count(key.first, key.last)).sum()
    }
}

#[cfg(test)]
mod tests;
