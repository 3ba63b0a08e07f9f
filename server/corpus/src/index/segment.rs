use std::hash::Hasher;

use ibid_text::{Span, words};
use rustc_hash::FxHasher;

use crate::FileId;

/// Bits of a key that stand for the word; the others stand for the word behind it. A key's postings are those of the
/// pair, and all keys that share the upper bits are those of the word.
const WORD_BITS: u32 = 18;
const NEXT_BITS: u32 = 32 - WORD_BITS;

/// Postings of one or more sources, sorted by key and place; never changes.
#[derive(Clone, Debug)]
pub struct Segment {
    /// By `start`.
    members: Vec<Member>,
    keys: Vec<u32>,
    /// Bytes into the texts of the members, one after the other; as many as there are keys.
    places: Vec<u32>,
    /// Where the keys begin whose upper bits are the position in this list; the last is their number.
    directory: Vec<u32>,
    /// By how much a key is shifted to its position in the directory.
    shift: u32,
    /// Bytes of all texts together.
    end: u32,
}

/// A source in a segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Member {
    pub(super) file: FileId,
    /// Tells this text of the source from others that it had.
    pub(super) edition: u32,
    /// Where its text begins among the places.
    pub(super) start: u32,
}

/// What to look for, from one word of a quotation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Key {
    first: u32,
    last: u32,
    /// Byte at which the word stands in the quotation.
    pub(super) offset: u32,
}

/// The keys of a quotation.
pub(super) struct Keys {
    /// Of each word with its neighbour.
    pub(super) pairs: Vec<Key>,
    /// Of each word alone.
    pub(super) singles: Vec<Key>,
}

impl Keys {
    pub(super) fn of(text: &str, spans: &[Span]) -> Self {
        let hashes: Vec<u32> = spans.iter().map(|span| hash(&ibid_text::words::fold(span.of(text)))).collect();
        let mut pairs = Vec::with_capacity(spans.len());
        for (pair, span) in hashes.windows(2).zip(spans) {
            let key = key(pair[0], pair[1]);
            pairs.push(Key { first: key, last: key, offset: span.start });
        }
        let single =
            |(&hash, span): (&u32, &Span)| Key { first: key(hash, 0), last: key(hash, u32::MAX), offset: span.start };
        Self { pairs, singles: hashes.iter().zip(spans).map(single).collect() }
    }
}

const fn key(word: u32, next: u32) -> u32 {
    (word >> NEXT_BITS << NEXT_BITS) | (next >> WORD_BITS)
}

fn hash(folded: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(folded.as_bytes());
    (hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

impl Segment {
    /// The postings of one text. Takes time linear in its length but for the sorting.
    pub fn of(text: &str) -> Self {
        let mut postings: Vec<u64> = Vec::with_capacity(text.len() / 5);
        let mut before: Option<(u32, u32)> = None;
        for word in words(text) {
            let hash = hash(&word.folded);
            if let Some((previous, at)) = before.replace((hash, word.span.start)) {
                postings.push(posting(key(previous, hash), at));
            }
        }
        if let Some((last, at)) = before {
            postings.push(posting(key(last, 0), at));
        }
        postings.sort_unstable();
        Self::from_sorted(Vec::new(), postings.into_iter(), text.len() as u32)
    }

    fn from_sorted(members: Vec<Member>, postings: impl ExactSizeIterator<Item = u64>, end: u32) -> Self {
        let (mut keys, mut places) = (Vec::with_capacity(postings.len()), Vec::with_capacity(postings.len()));
        for posting in postings {
            keys.push((posting >> 32) as u32);
            places.push(posting as u32);
        }
        let bits = (keys.len() / 8).max(1).ilog2();
        let shift = 32 - bits;
        let mut directory = vec![0_u32; (1 << bits) + 1];
        for &key in &keys {
            directory[bucket(key, shift) + 1] += 1;
        }
        for at in 1..directory.len() {
            directory[at] += directory[at - 1];
        }
        Self { members, keys, places, directory, shift, end }
    }

    /// The same postings, said to be those of `member`.
    pub(super) fn held_by(self, member: Member) -> Self {
        Self { members: vec![member], ..self }
    }

    /// Number of postings.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Both as one, without what is dead.
    pub(super) fn merged(&self, other: &Self, is_live: impl Fn(&Member) -> bool) -> Self {
        let mut members = Vec::new();
        let mut end = 0;
        let mut kept = [self, other].map(|segment| {
            // Where each member's text begins from now on; `None` for the dead.
            let moved: Vec<Option<u32>> = segment
                .members
                .iter()
                .enumerate()
                .map(|(slot, member)| {
                    is_live(member).then(|| {
                        let start = end;
                        members.push(Member { start, ..*member });
                        end += segment.end_of(slot) - member.start;
                        start
                    })
                })
                .collect();
            segment
                .keys
                .iter()
                .zip(&segment.places)
                .filter_map(move |(&key, &place)| {
                    let slot = segment.slot(place);
                    moved[slot].map(|start| posting(key, place - segment.members[slot].start + start))
                })
                .peekable()
        });
        let mut postings = Vec::with_capacity(self.len() + other.len());
        let [left, right] = &mut kept;
        loop {
            let next = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) if b < a => right.next(),
                (Some(_), _) => left.next(),
                (None, _) => right.next(),
            };
            let Some(next) = next else { break };
            postings.push(next);
        }
        drop(kept);
        Self::from_sorted(members, postings.into_iter(), end)
    }

    /// How many postings a key has.
    pub(super) fn count(&self, key: Key) -> usize {
        self.range(key).len()
    }

    /// The sources and the bytes in their texts at which a key stands, by place.
    pub(super) fn postings(&self, key: Key) -> impl Iterator<Item = (&Member, u32)> {
        self.places[self.range(key)].iter().map(|&place| {
            let member = &self.members[self.slot(place)];
            (member, place - member.start)
        })
    }

    fn range(&self, key: Key) -> std::ops::Range<usize> {
        let from = self.position(key.first, |held, wanted| held < wanted);
        let to = self.position(key.last, |held, wanted| held <= wanted);
        from..to.max(from)
    }

    fn position(&self, key: u32, is_before: impl Fn(u32, u32) -> bool) -> usize {
        if self.keys.is_empty() {
            return 0;
        }
        let bucket = bucket(key, self.shift);
        let (from, to) = (self.directory[bucket] as usize, self.directory[bucket + 1] as usize);
        from + self.keys[from..to].partition_point(|&held| is_before(held, key))
    }

    fn slot(&self, place: u32) -> usize {
        self.members.partition_point(|member| member.start <= place) - 1
    }

    fn end_of(&self, slot: usize) -> u32 {
        self.members.get(slot + 1).map_or(self.end, |next| next.start)
    }
}

const fn posting(key: u32, place: u32) -> u64 {
    (key as u64) << 32 | place as u64
}

/// The upper bits of a key; a shift by all 32 leaves nothing.
const fn bucket(key: u32, shift: u32) -> usize {
    if shift == 32 { 0 } else { (key >> shift) as usize }
}
