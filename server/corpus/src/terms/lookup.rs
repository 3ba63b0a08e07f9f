//! Finding terms in running text.

use std::{
    borrow::Cow,
    ops::{
        Bound::{Included, Unbounded},
        Range,
    },
    sync::Arc,
};

use ibid_language::{Language, List};
use ibid_text::{Span, Word, words};
use rustc_hash::FxHashSet;

use super::{Entry, Term, TermUse, Terms, key};
use crate::lists::Hash;

/// The longest name that is looked up, in words.
const LONGEST: usize = 7;

/// The maximum distance from a cursor to the end of its term, in bytes.
const REACH: usize = 160;

impl Terms {
    /// The term called `name`, in any inflection or case.
    pub fn find(&self, name: &str) -> Option<&Arc<Term>> {
        self.entry(&key::key(name, self.language)).map(Entry::term)
    }

    /// The longest term in `text` at the cursor, `offset` in bytes.
    pub fn at(&self, text: &str, offset: u32) -> Option<TermUse> {
        let found = self.found_at(text, offset, Endings::Any)?;
        Some(TermUse { span: found.span, term: Arc::clone(found.entry.term()) })
    }

    /// The use of the term with this key at the cursor, without other endings and unless a longer term is there.
    pub(super) fn with_key_at(&self, key: &str, text: &str, offset: u32) -> Option<Span> {
        let (window, near, under) = self.under(text, offset)?;
        Some(self.with_key_of(key, &near, under)?.shift(window.start))
    }

    /// The uses of the term with this key at any word of `text` that begins in a range of bytes.
    pub(super) fn with_key_near(&self, key: &str, text: &str, bytes: &Range<u32>) -> FxHashSet<Span> {
        let [start, end] = [bytes.start, bytes.end].map(|end| (end as usize).min(text.len()));
        let window = around(text, &(start..end));
        let near = Parts::of(window.of(text), self.language);
        let here = (0..near.spans.len()).filter(|&at| bytes.contains(&near.spans[at].shift(window.start).start));
        here.filter_map(|at| Some(self.with_key_of(key, &near, at)?.shift(window.start))).collect()
    }

    fn with_key_of(&self, key: &str, near: &Parts<'_>, under: usize) -> Option<Span> {
        let found = near.may_have(key, under).then(|| self.found(near, under, Endings::Own))??;
        (found.key == key).then_some(found.span)
    }

    fn found_at(&self, text: &str, offset: u32, endings: Endings) -> Option<NameUse<'_>> {
        let (window, near, under) = self.under(text, offset)?;
        let found = self.found(&near, under, endings)?;
        Some(NameUse { span: found.span.shift(window.start), ..found })
    }

    /// The longest term that includes word number `under`.
    fn found(&self, near: &Parts<'_>, under: usize, endings: Endings) -> Option<NameUse<'_>> {
        let lengths: Vec<(usize, u8)> =
            ((under + 1).saturating_sub(LONGEST)..=under).map(|first| (first, self.lengths(near, first))).collect();
        (1..=LONGEST).rev().find_map(|length| {
            let reaches = |&(first, lengths): &(usize, u8)| lengths >> length & 1 == 1 && first + length > under;
            let mut firsts = lengths.iter().filter(|at| reaches(at));
            let exact = firsts.find_map(|&(first, _)| self.named(near, first, length));
            let mut others = (under + 1).saturating_sub(length)..=under;
            let derived = || others.find_map(|first| self.derived(near, first, length));
            if endings == Endings::Any { exact.or_else(derived) } else { exact }
        })
    }

    /// Every use of a term in `text`, in order, longest first, not overlapping.
    pub fn uses_in(&self, text: &str) -> Vec<TermUse> {
        let all = Parts::of(text, self.language);
        let mut uses = Vec::new();
        let mut first = 0;
        while first < all.spans.len() {
            let lengths = self.lengths(&all, first);
            let mut longest = (1..=LONGEST).rev().filter(|length| lengths >> length & 1 == 1);
            let found = longest.find_map(|length| Some((length, self.named(&all, first, length)?)));
            first += found.as_ref().map_or(1, |(length, _)| *length);
            uses.extend(found.map(|(_, found)| TermUse { span: found.span, term: Arc::clone(found.entry.term()) }));
        }
        uses
    }

    /// The possible lengths, in words, of names that begin at word `first`, with one bit per length. Rules out nearly all
    /// word sequences without a lookup.
    fn lengths(&self, all: &Parts<'_>, first: usize) -> u8 {
        let mut lengths = 0;
        let mut hash = Hash::EMPTY;
        for (length, at) in (1..=LONGEST).zip(first..all.spans.len()) {
            if length > 1 && !joins(&all.text[all.spans[at - 1].end as usize..all.spans[at].start as usize]) {
                break;
            }
            hash = hash.with(all.keys[at].bytes());
            lengths |= u8::from(self.may_hold(hash)) << length;
        }
        lengths
    }

    /// The term with exactly these words as its name, which must be joined as in one name.
    fn named(&self, all: &Parts<'_>, first: usize, length: usize) -> Option<NameUse<'_>> {
        let span = all.spans[first].cover(all.spans[first + length - 1]);
        let key = all.keys[first..first + length].concat();
        let entry = self.entry(&key)?;
        entry.case().admits(span.of(all.text)).then_some(NameUse { span, key, entry })
    }

    /// The term whose name these words are with another ending: "intent-aligned" for "intent alignment". Only for names of
    /// several words, where this is reliable.
    fn derived(&self, all: &Parts<'_>, first: usize, length: usize) -> Option<NameUse<'_>> {
        let spans = all.spans.get(first..first + length).filter(|spans| spans.len() > 1)?;
        let is_joined = |pair: &[Span]| joins(&all.text[pair[0].end as usize..pair[1].start as usize]);
        if !spans.windows(2).all(is_joined) {
            return None;
        }
        let key = all.keys[first..first + length].concat();
        let endings = self.language.words(List::DerivedEnding);
        let is_ending = |ending: &str| ending.is_empty() || endings.contains(&ending);
        let bases = [""].iter().chain(endings).filter_map(|ending| key.strip_suffix(ending));
        let mut similar = bases.filter(|base| base.len() >= LEAST_BASE).flat_map(|base| {
            let from_base = self.keys.range::<str, _>((Included(base), Unbounded));
            from_base.take_while(move |key| key.starts_with(base)).filter(move |key| is_ending(&key[base.len()..]))
        });
        let span = spans[0].cover(spans[length - 1]);
        similar.find_map(|key| {
            let entry = self.entry(key).filter(|entry| entry.case().admits(span.of(all.text)))?;
            Some(NameUse { span, key: key.to_string(), entry })
        })
    }

    /// The part of `text` around `offset` that contains its term, the words of that part, and the number of the word at
    /// `offset`.
    fn under<'t>(&self, text: &'t str, offset: u32) -> Option<(Span, Parts<'t>, usize)> {
        let offset = (offset as usize).min(text.len());
        let window = around(text, &(offset..offset));
        let near = Parts::of(window.of(text), self.language);
        let cursor = offset as u32 - window.start;
        let under = near.spans.iter().rposition(|span| span.touches(cursor))?;
        Some((window, near, under))
    }
}

/// The minimum length in bytes of a key without its ending.
const LEAST_BASE: usize = 8;

/// The endings with which a name is recognised.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Endings {
    /// The name itself, in the singular or plural.
    Own,
    /// Also derived forms of the name, which take longer to find.
    Any,
}

/// A use of a name in a text.
struct NameUse<'a> {
    span: Span,
    key: String,
    entry: &'a Entry,
}

/// The words of a text with the contribution of each to a key.
struct Parts<'t> {
    text: &'t str,
    spans: Vec<Span>,
    keys: Vec<Cow<'t, str>>,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str, language: Language) -> Self {
        let (spans, keys) = words(text).map(|word| (word.span, part_of(text, word, language))).unzip();
        Self { text, spans, keys }
    }

    /// Whether a sequence of words that includes number `under` has this key. Does not check how the words are joined.
    fn may_have(&self, key: &str, under: usize) -> bool {
        ((under + 1).saturating_sub(LONGEST)..=under).any(|first| {
            let mut rest = key;
            let mut end = first;
            while let Some(after) = self.keys.get(end).and_then(|part| rest.strip_prefix(&**part)) {
                (rest, end) = (after, end + 1);
                if rest.is_empty() {
                    return end > under;
                }
            }
            false
        })
    }
}

fn part_of<'t>(text: &'t str, word: Word<'t>, language: Language) -> Cow<'t, str> {
    match word.folded {
        Cow::Borrowed(folded) => key::part(word.span.of(text), folded, language),
        Cow::Owned(folded) => Cow::Owned(key::part(word.span.of(text), &folded, language).into_owned()),
    }
}

/// Whether the text between two words can be inside one name: space, a hyphen, a slash, emphasis, a soft line break.
fn joins(gap: &str) -> bool {
    gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '/' | '*' | '_'))
        && gap.bytes().filter(|&b| b == b'\n').count() < 2
}

/// The part of `text` that contains every term with a word in a range of bytes. It does not cut words.
fn around(text: &str, bytes: &Range<usize>) -> Span {
    let (before, after) = (&text.as_bytes()[..bytes.start], &text.as_bytes()[bytes.end..]);
    Span::from(bytes.start - reach(before.iter().rev())..bytes.end + reach(after.iter()))
}

/// The number of bytes that a term can extend from a place inside one of its words: [`LONGEST`] words, or [`REACH`] bytes
/// for other scripts and very long words.
fn reach<'t>(bytes: impl ExactSizeIterator<Item = &'t u8>) -> usize {
    let (all, mut words, mut is_word) = (bytes.len(), 0, true);
    for (count, byte) in bytes.enumerate() {
        if byte.is_ascii_whitespace() {
            words += usize::from(std::mem::take(&mut is_word));
            if words > LONGEST || count >= REACH {
                return count;
            }
        }
        is_word |= byte.is_ascii_alphanumeric();
    }
    all
}

#[cfg(test)]
mod tests {
    use ibid_language::Language;
    use proptest::prelude::*;

    use super::{Endings, Parts};
    use crate::fixture::snapshot;

    proptest! {
        /// The words around a place give the same term as all words of the text.
        #[test]
        fn a_term_is_found_from_the_words_around_it(
            text in "((drifts?|sensors?|Sensor|drift correction of sensors|sensor/drift|a|é|-|\\*|\\.|—)( |\n|-|/)?){0,60}",
            at in 0_u32..400,
        ) {
            let head = "By drift I mean change.\n\nBy sensor drift I mean its change.\n\n\
                By drift correction of sensors I mean work.\n";
            let snapshot = snapshot(&[("sources/head.txt", head)]);
            let (terms, all) = (snapshot.terms(), Parts::of(&text, Language::ENGLISH));
            let at = at.min(text.len() as u32);
            for key in ["drift", "sensordrift", "driftcorrectionofsensor"] {
                prop_assert!(terms.find(key).is_some());
                let under = all.spans.iter().rposition(|span| span.touches(at));
                let with_key = |under: usize| {
                    let found = terms.found(&all, under, Endings::Own).filter(|found| found.key == key);
                    found.map(|found| found.span)
                };
                let expected = under.and_then(with_key);
                prop_assert_eq!(terms.with_key_at(key, &text, at), expected);
                let here = at..at + 40;
                let words = (0..all.spans.len()).filter(|&word| here.contains(&all.spans[word].start));
                let expected = words.filter_map(with_key).collect();
                prop_assert_eq!(terms.with_key_near(key, &text, &here), expected);
            }
        }
    }
}
