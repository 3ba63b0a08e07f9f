//! Sentences of a page that the same page repeats in quotation marks.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use ibid_text::{Span, Word, words};
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
/// folded. In order of where they are quoted.
pub(crate) fn requotations(text: &str, passages: &[Span]) -> Vec<Requotation> {
    let mut wanted = wanted(text, passages);
    let mut by_head: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, quotation) in wanted.iter().enumerate() {
        let alike = by_head.entry(head(quotation.words.iter().map(String::as_str))).or_default();
        if alike.len() < ALIKE {
            alike.push(at);
        }
    }
    if by_head.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (passage, span) in passages.iter().enumerate() {
        let said: Vec<Word> = words(span.of(text)).collect();
        for (start, window) in said.windows(FEWEST).enumerate() {
            let Some(candidates) = by_head.get(&head(window.iter().map(|word| &*word.folded))) else { continue };
            for &at in candidates {
                let quotation = &mut wanted[at];
                if quotation.found || quotation.passage == passage {
                    continue;
                }
                if let Some(stands) = quotation.stands_at(&said[start..]) {
                    quotation.found = true;
                    found.push(Requotation { quoted: quotation.span, stands: stands.shift(span.start) });
                }
            }
        }
    }
    found.sort_unstable_by_key(|requotation| requotation.quoted);
    found
}

impl Wanted {
    /// The span of its words if `said` begins with them.
    fn stands_at(&self, said: &[Word]) -> Option<Span> {
        let said = said.get(..self.words.len())?;
        let same = said.iter().map(|word| &*word.folded).eq(&self.words);
        let (first, last) = (said.first()?, said.last()?);
        same.then(|| first.span.cover(last.span))
    }
}

/// A hash of the first words, by which quotations are looked up.
fn head<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.take(FEWEST).for_each(|word| word.hash(&mut hasher));
    hasher.finish()
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
