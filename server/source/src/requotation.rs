//! Re-quotations: sentences of a page that the page itself quotes.

use std::hash::{Hash, Hasher};

use ibid_text::{
    Span, words,
    words::{for_each_folded, spans},
};
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};

use crate::quoted::quoted;

/// A quotation of words from the same page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Requotation {
    /// The words in quotation marks, without the marks.
    pub quoted: Span,
    /// The place with the same words.
    pub original: Span,
}

/// The shortest and longest re-quotation, in words. The upper bound keeps the search linear.
const FEWEST: usize = 4;
const MOST: usize = 100;
/// The most quotations with the same first words that are compared.
const ALIKE: usize = 8;

/// A quotation whose original is sought.
struct Wanted {
    passage: usize,
    span: Span,
    /// Hash of its first words.
    head: u64,
    found: bool,
}

/// Finds the re-quotations of a page, in the order of the quotations: for every run of at least four words in quotation
/// marks, the first other passage that has the same folded words unquoted.
pub(crate) fn requotations(text: &str, passages: &[Span]) -> Vec<Requotation> {
    let mut wanted = wanted(text, passages);
    let heads = Heads::new(&wanted);
    let mut found = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    for (passage, span) in passages.iter().enumerate() {
        let mut head = 0;
        // The starts of the last words; the start of word n is at n modulo the length.
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
                let Some(original) = opens(rest.of(text), quotation.span.of(text)) else { continue };
                let original = original.shift(rest.start);
                if !is_quoted(&wanted, original) {
                    found.push(Requotation { quoted: quotation.span, original });
                    wanted[candidate].found = true;
                }
            }
        });
    }
    found.sort_unstable_by_key(|requotation| requotation.quoted);
    found
}

/// The quotations by the hash of their first words.
struct Heads {
    by_head: FxHashMap<u64, Vec<usize>>,
    /// A filter with one bit per hash, by its upper bits. It answers for nearly all words, which begin no quotation.
    filter: Vec<u64>,
}

impl Heads {
    /// The number of hash bits the filter uses.
    const BITS: u32 = 16;

    fn new(wanted: &[Wanted]) -> Self {
        let mut heads = Self { by_head: FxHashMap::default(), filter: vec![0; 1 << Self::BITS >> 6] };
        for (at, quotation) in wanted.iter().enumerate() {
            let (word, bit) = Self::place(quotation.head);
            heads.filter[word] |= bit;
            let alike = heads.by_head.entry(quotation.head).or_default();
            if alike.len() < ALIKE {
                alike.push(at);
            }
        }
        heads
    }

    fn get(&self, head: u64) -> &[usize] {
        let (word, bit) = Self::place(head);
        if self.filter[word] & bit == 0 {
            return &[];
        }
        self.by_head.get(&head).map_or(&[], Vec::as_slice)
    }

    /// The word of the filter and the bit in it for a hash.
    const fn place(head: u64) -> (usize, u64) {
        let mixed = head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::BITS);
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }
}

/// Extends a rolling hash over the last [`FEWEST`] words by the next word.
fn push(head: u64, word: &str) -> u64 {
    const BITS: u32 = u64::BITS / FEWEST as u32;
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    (head << BITS) | (hasher.finish() >> (u64::BITS - BITS))
}

/// Whether the words at `place` are in quotation marks themselves. `wanted` is sorted by span.
fn is_quoted(wanted: &[Wanted], place: Span) -> bool {
    let at = wanted.partition_point(|quotation| quotation.span.end < place.end);
    wanted.get(at).is_some_and(|quotation| quotation.span.covers(place))
}

/// The span of the words of `quotation`, if `text` begins with them.
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
