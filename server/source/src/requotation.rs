//! Sentences of a page that the same page repeats in quotation marks.

use std::hash::{Hash, Hasher};

use ibid_text::{Span, words};
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
    words: Vec<String>,
    found: bool,
}

/// Finds, for every run of at least four words in quotation marks, the first other passage that has the same words,
/// folded, as its own. In order of where they are quoted.
pub(crate) fn requotations(text: &str, passages: &[Span]) -> Vec<Requotation> {
    let mut wanted = wanted(text, passages);
    let mut by_head: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, quotation) in wanted.iter().enumerate() {
        let head = quotation.words.iter().take(FEWEST).fold(0, |head, word| push(head, word));
        let alike = by_head.entry(head).or_default();
        if alike.len() < ALIKE {
            alike.push(at);
        }
    }
    if by_head.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (passage, span) in passages.iter().enumerate() {
        let mut head = 0;
        let mut starts = [span.start; FEWEST];
        for word in words(span.of(text)) {
            head = push(head, &word.folded);
            starts.rotate_left(1);
            starts[FEWEST - 1] = span.start + word.span.start;
            for &candidate in by_head.get(&head).into_iter().flatten() {
                let quotation = &wanted[candidate];
                if quotation.found || quotation.passage == passage {
                    continue;
                }
                let rest = Span::new(starts[0], span.end);
                let Some(stands) = quotation.opens(rest.of(text)).map(|stands| stands.shift(rest.start)) else {
                    continue;
                };
                if !is_quoted(&wanted, stands) {
                    found.push(Requotation { quoted: quotation.span, stands });
                    wanted[candidate].found = true;
                }
            }
        }
    }
    found.sort_unstable_by_key(|requotation| requotation.quoted);
    found
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

impl Wanted {
    /// The span of its words if `text` begins with them.
    fn opens(&self, text: &str) -> Option<Span> {
        let mut said = words(text);
        let mut cover: Option<Span> = None;
        for wanted in &self.words {
            let word = said.next().filter(|word| word.folded == *wanted)?;
            cover = Some(cover.map_or(word.span, |cover| cover.cover(word.span)));
        }
        cover
    }
}

fn wanted(text: &str, passages: &[Span]) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (passage, span) in passages.iter().enumerate() {
        for inner in quoted(span.of(text)) {
            let inner = inner.shift(span.start);
            let words: Vec<String> =
                words(inner.of(text)).take(MOST + 1).map(|word| word.folded.into_owned()).collect();
            if (FEWEST..=MOST).contains(&words.len()) {
                wanted.push(Wanted { passage, span: inner, words, found: false });
            }
        }
    }
    wanted
}
