//! Sentences of a page that the same page repeats in quotation marks.

use std::hash::{Hash, Hasher};

use ibid_text::{
    Span, words,
    words::{for_each_folded, spans},
};
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};

use crate::quoted::quoted;

/// Words in quotation marks that stand elsewhere on the same page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Requotation {
    /// The words in quotation marks, without the marks.
    pub quoted: Span,
    /// Where they stand.
    pub stands: Span,
}

/// Shortest and longest re-quotation looked for, in words. The upper bound keeps the search linear.
const FEWEST: usize = 4;
const MOST: usize = 100;
/// Quotations that begin alike and are told apart word by word.
const ALIKE: usize = 8;

/// A quotation whose place is looked for.
struct Wanted {
    passage: usize,
    span: Span,
    /// Hash of its first words.
    head: u64,
    found: bool,
}

/// Finds, for every run of at least four words in quotation marks, the first other passage that has the same words,
/// folded, as its own. In order of where they are quoted.
pub(crate) fn requotations(text: &str, passages: &[Span]) -> Vec<Requotation> {
    let mut wanted = wanted(text, passages);
    let heads = Heads::new(&wanted);
    let mut found = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    for (passage, span) in passages.iter().enumerate() {
        let mut head = 0;
        // The starts of the last words, that of word n at n modulo their number.
        let mut starts = [0; FEWEST];
        let mut count = 0;
        for_each_folded(span.of(text), |word, folded| {
            head = push(head, folded);
            starts[count % FEWEST] = span.start + word.start;
            count += 1;
            for &candidate in heads.get(head) {
                let quotation = &wanted[candidate];
                if quotation.found || quotation.passage == passage || count < FEWEST {
                    continue;
                }
                let rest = Span::new(starts[count % FEWEST], span.end);
                let Some(stands) = opens(rest.of(text), quotation.span.of(text)) else { continue };
                let stands = stands.shift(rest.start);
                if !is_quoted(&wanted, stands) {
                    found.push(Requotation { quoted: quotation.span, stands });
                    wanted[candidate].found = true;
                }
            }
        });
    }
    found.sort_unstable_by_key(|requotation| requotation.quoted);
    found
}

/// The quotations that begin with the same words.
struct Heads {
    by_head: FxHashMap<u64, Vec<usize>>,
    /// One bit for each head, by its upper bits: nearly all words of a page end at no head, and this tells most of them.
    seen: Vec<u64>,
}

impl Heads {
    /// Bits of a head that the filter looks at.
    const BITS: u32 = 16;

    fn new(wanted: &[Wanted]) -> Self {
        let mut heads = Self { by_head: FxHashMap::default(), seen: vec![0; 1 << Self::BITS >> 6] };
        for (at, quotation) in wanted.iter().enumerate() {
            let (word, bit) = Self::place(quotation.head);
            heads.seen[word] |= bit;
            let alike = heads.by_head.entry(quotation.head).or_default();
            if alike.len() < ALIKE {
                alike.push(at);
            }
        }
        heads
    }

    fn get(&self, head: u64) -> &[usize] {
        let (word, bit) = Self::place(head);
        if self.seen[word] & bit == 0 {
            return &[];
        }
        self.by_head.get(&head).map_or(&[], Vec::as_slice)
    }

    /// The word of the filter and its bit that stand for a head.
    const fn place(head: u64) -> (usize, u64) {
        let mixed = head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::BITS);
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }
}

/// A hash of the last [`FEWEST`] words, from that of the ones before and the next: each word is shifted out after so
/// many steps.
fn push(head: u64, word: &str) -> u64 {
    const BITS: u32 = u64::BITS / FEWEST as u32;
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    (head << BITS) | (hasher.finish() >> (u64::BITS - BITS))
}

/// Whether the words at `place` stand in quotation marks themselves. `wanted` ascends by span.
fn is_quoted(wanted: &[Wanted], place: Span) -> bool {
    let at = wanted.partition_point(|quotation| quotation.span.end < place.end);
    wanted.get(at).is_some_and(|quotation| quotation.span.covers(place))
}

/// The span of the words of `quotation` if `text` begins with them.
fn opens(text: &str, quotation: &str) -> Option<Span> {
    let mut said = words(text);
    let mut cover: Option<Span> = None;
    for wanted in words(quotation) {
        let word = said.next().filter(|word| word.folded == wanted.folded)?;
        cover = Some(cover.map_or(word.span, |cover| cover.cover(word.span)));
    }
    cover
}

fn wanted(text: &str, passages: &[Span]) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (passage, span) in passages.iter().enumerate() {
        for inner in quoted(span.of(text)) {
            let span = inner.shift(span.start);
            let count = spans(span.of(text)).take(MOST + 1).count();
            if (FEWEST..=MOST).contains(&count) {
                let first = words(span.of(text)).take(FEWEST);
                let head = first.fold(0, |head, word| push(head, &word.folded));
                wanted.push(Wanted { passage, span, head, found: false });
            }
        }
    }
    wanted
}
