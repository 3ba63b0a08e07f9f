//! The positional index over the words of all sources.
//!
//! Every word of a source is one posting: a key made of the word and the one behind it, and the place where it stands.
//! Postings live in [`Segment`]s, which never change and are shared between snapshots. A segment of many sources, on disk
//! perhaps, stays as it is. One that was made of a single source is merged with small neighbours of its kind, up to a
//! bound, so that a change costs the changed source and a constant. A source taken out is only forgotten; its postings
//! go when their segment is merged.
//!
//! A [`Search`] finds *candidates*: places where several of a quotation's word pairs stand at the distances they have in
//! the quotation. That is seed and extend, as sequence search does it (Altschul et al., 1990); the extension is
//! [`ibid_evidence::quotation::compare`].
//!
//! # Why pairs of words, and why so written
//!
//! What else was weighed, for 1 GB of text: a suffix array finds an exact quotation in 12 µs, but takes 4.2 times the text
//! and 50 s to build; lists of single words, as search libraries keep them, take 0.3 of the text, but a phrase of
//! frequent words reads lists of millions; fingerprints of word sequences are smaller still, and miss short quotations
//! and those with changes in every sequence. A pair is rare where its words are not, two changed words in ten leave half
//! of the pairs whole, and a range of keys is still the list of a word.
//!
//! Bits per word over 100 MB of notes and novels: as two numbers of 32 bits 64; Rice-coded in blocks of up to 128 postings
//! with places of 16 bytes 20.6; with places of 8 bytes 21.6; in blocks of up to 64, which are looked into hardly faster,
//! 22.0. At 1 GB it is 18.8, 0.38 of the text. A core makes and merges about 75 MB of text a second, tokenising included.

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

/// Segments of single sources are merged while they hold fewer postings than this together; it bounds the work of one
/// change.
const MERGE_LIMIT: usize = 1 << 20;

/// The index: which words stand where in which source. Cloning is cheap.
#[derive(Clone, Default)]
pub struct Index {
    /// Segments of many sources, as they came.
    shared: VectorSync<Held>,
    /// Segments of single sources, merged.
    recent: VectorSync<Held>,
    /// The text that counts for a source; what segments hold of others is dead.
    live: HashTrieMapSync<FileId, Live>,
    /// Words that count.
    total: usize,
    /// Words that segments hold and that count no more.
    dead: usize,
    next: u32,
}

/// A segment and whose its texts are, by slot.
#[derive(Clone)]
struct Held {
    segment: Arc<Segment>,
    /// Changed only while a whole corpus is taken in; a tree would have to be climbed for every place that is found.
    owners: Arc<Vec<Option<Owner>>>,
}

/// The postings of one text.
#[derive(Clone, Debug)]
pub struct Postings {
    segment: Arc<Segment>,
    slot: usize,
}

/// How surprising the words of a text are in a corpus, in nats.
#[derive(Debug)]
pub struct Surprisals {
    words: Vec<Span>,
    /// That a word occurs.
    first: Vec<f32>,
    /// That the next word follows it.
    follow: Vec<f32>,
}

impl Surprisals {
    /// How surprising it is to meet the words under `span` by chance: the first by how often it occurs, each other by how
    /// often it follows the one in front of it.
    pub fn of(&self, span: Span) -> f32 {
        let from = self.words.partition_point(|word| word.start < span.start);
        let to = self.words.partition_point(|word| word.end <= span.end);
        let first = self.first.get(from).filter(|_| from < to).copied().unwrap_or(0.0);
        let follow = self.follow.get(from..to.saturating_sub(1)).unwrap_or_default();
        first + follow.iter().sum::<f32>()
    }
}

impl Postings {
    /// All of a segment that was made of one text.
    pub fn of(segment: Segment) -> Self {
        Self::among(Arc::new(segment), 0)
    }

    /// Those of one text of a segment. The index knows the others of the same segment, if it is given them too, by its
    /// being the same in memory.
    pub const fn among(segment: Arc<Segment>, slot: usize) -> Self {
        Self { segment, slot }
    }
}

/// Whose a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Owner {
    file: FileId,
    /// Tells this text of the source from others that it had.
    edition: u32,
}

/// What counts of a source.
#[derive(Clone, Copy)]
struct Live {
    edition: u32,
    words: usize,
}

/// A place worth a closer look.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// The source.
    pub file: FileId,
    /// Byte in the source's text at which the quotation would begin; lies a little off, and may lie before the text.
    pub start: i64,
    /// Sum of the information of the word pairs that speak for it, in nats.
    pub score: f32,
}

impl Held {
    /// A segment whose texts are nobody's.
    fn unowned(segment: Arc<Segment>) -> Self {
        let owners = Arc::new(vec![None; segment.members()]);
        Self { segment, owners }
    }

    fn words(&self) -> usize {
        self.segment.all_members().map(|member| member.words as usize).sum()
    }
}

impl Index {
    /// Puts a source in, or another text in its place. Its postings can be made beforehand and in parallel.
    pub fn set(&mut self, file: FileId, postings: Postings) {
        let Postings { segment, slot } = postings;
        self.remove(file);
        if segment.members() == 1 {
            let mut held = Held::unowned(segment);
            self.dead += held.words();
            self.own(&mut held, slot, file);
            self.merge_in(held);
            return;
        }
        let known = self.shared.iter().position(|held| Arc::ptr_eq(&held.segment, &segment));
        let at = known.unwrap_or_else(|| self.share(segment));
        let mut shared = std::mem::take(&mut self.shared);
        if let Some(held) = shared.get_mut(at) {
            self.own(held, slot, file);
        }
        self.shared = shared;
    }

    /// Takes a segment of many sources that are nobody's yet, and forgets such as hold nothing that counts; returns where it
    /// stands.
    fn share(&mut self, segment: Arc<Segment>) -> usize {
        let is_needed = |held: &Held| held.owners.iter().flatten().any(|&owner| self.is_live(owner));
        let (needed, idle): (Vec<Held>, Vec<Held>) = self.shared.iter().cloned().partition(is_needed);
        self.dead -= idle.iter().map(Held::words).sum::<usize>();
        let held = Held::unowned(segment);
        self.dead += held.words();
        self.shared = needed.into_iter().chain([held]).collect();
        self.shared.len() - 1
    }

    /// Says whose a text is from now on. Does nothing if there is no such text.
    fn own(&mut self, held: &mut Held, slot: usize, file: FileId) {
        let Some(member) = held.segment.member(slot) else { return };
        let (edition, words) = (self.next, member.words as usize);
        self.next += 1;
        Arc::make_mut(&mut held.owners)[slot] = Some(Owner { file, edition });
        self.live.insert_mut(file, Live { edition, words });
        self.total += words;
        self.dead -= words;
    }

    /// Takes the segment of a single source, merged with the smaller ones before it.
    fn merge_in(&mut self, mut held: Held) {
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

    /// Whether these are the postings that count for a source, and in this very segment.
    pub fn holds(&self, file: FileId, postings: &Postings) -> bool {
        let is_owned = |held: &Held| {
            let owner = held.owners.get(postings.slot).copied().flatten();
            owner.is_some_and(|owner| owner.file == file && self.is_live(owner))
        };
        self.held().any(|held| Arc::ptr_eq(&held.segment, &postings.segment) && is_owned(held))
    }

    /// Takes a source out.
    pub fn remove(&mut self, file: FileId) {
        if let Some(&Live { words, .. }) = self.live.get(&file) {
            self.live.remove_mut(&file);
            self.total -= words;
            self.dead += words;
        }
    }

    /// Whether it holds no source.
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// Whether a segment was found to be damaged: what it answers is no proof that something is not there.
    pub fn is_corrupt(&self) -> bool {
        self.held().any(|held| held.segment.is_corrupt())
    }

    /// Tests all that the index holds; whether it is what was written.
    pub fn is_sound(&self) -> bool {
        self.held().all(|held| held.segment.is_sound())
    }

    /// A search for `text` (folded by word). `words` are spans into it; word pairs are those of neighbours among them.
    pub fn search(&self, text: &str, words: &[Span]) -> Search<'_> {
        Search::new(self, text, words)
    }

    /// How surprising the words of `text` are, one by one. `words` are spans into it.
    pub fn surprisals(&self, text: &str, words: &[Span]) -> Surprisals {
        let keys = Keys::of(text, words);
        let count = |key: &Key| self.count(key).max(1) as f32;
        let counts: Vec<f32> = keys.singles.iter().map(count).collect();
        let first = counts.iter().map(|count| (self.total as f32 / count).ln()).collect();
        let follow = keys.pairs.iter().zip(&counts).map(|(pair, single)| (single / count(pair)).ln()).collect();
        Surprisals { words: words.to_vec(), first, follow }
    }

    /// How surprising a place must be to be the only one in this corpus, in nats.
    pub fn uniqueness(&self) -> f32 {
        (self.total.max(1) as f32).ln()
    }

    fn held(&self) -> impl Iterator<Item = &Held> {
        self.shared.iter().chain(self.recent.iter())
    }

    /// Both as one, without what is dead; `None` if that is too large.
    fn merged(&self, left: &Held, right: &Held) -> Option<Held> {
        let both = [left, right];
        let is_live = |number: usize, slot: usize| {
            both[number].owners.get(slot).copied().flatten().is_some_and(|owner| self.is_live(owner))
        };
        let mut bytes = Vec::new();
        Segment::merge(&both.map(|held| &*held.segment), is_live, &mut bytes).ok()?;
        let owners = both.iter().flat_map(|held| held.owners.iter()).copied();
        let owners = Arc::new(owners.filter(|owner| owner.is_some_and(|owner| self.is_live(owner))).collect());
        Some(Held { segment: Arc::new(Segment::open(bytes).ok()?), owners })
    }

    fn is_live(&self, owner: Owner) -> bool {
        self.live.get(&owner.file).is_some_and(|live| live.edition == owner.edition)
    }

    /// Whose a text is, if it counts.
    fn owner(&self, held: &Held, slot: usize) -> Option<FileId> {
        let owner = held.owners.get(slot).copied().flatten()?;
        (self.dead == 0 || self.is_live(owner)).then_some(owner.file)
    }

    /// How often a key stands in all segments; what is dead counts too.
    fn count(&self, key: &Key) -> usize {
        self.held().map(|held| held.segment.count(key.first, key.last)).sum()
    }
}

#[cfg(test)]
mod tests;
