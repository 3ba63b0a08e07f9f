//! Finding terms in running text.

use std::sync::Arc;

use ibid_text::{Span, Word, words};

use super::{Entry, Term, TermUse, Terms, key};

/// The longest name that is looked for, in words.
const LONGEST: usize = 7;

/// How far around a cursor its term can reach, in bytes.
const REACH: usize = 160;

impl Terms {
    /// The term called `name`, in any inflection or case.
    pub fn find(&self, name: &str) -> Option<&Arc<Term>> {
        self.entry(&key::key(name)).map(Entry::term)
    }

    /// The longest term of `text` under the cursor at `offset` bytes.
    pub fn at(&self, text: &str, offset: u32) -> Option<TermUse> {
        let offset = (offset as usize).min(text.len());
        let window = around(text, offset);
        let near: Vec<Word<'_>> = words(window.of(text)).collect();
        let cursor = offset as u32 - window.start;
        let under = near.iter().rposition(|word| word.span.touches(cursor))?;
        for length in (1..=LONGEST).rev() {
            for first in (under + 1).saturating_sub(length)..=under {
                if let Some(found) = near.get(first..first + length).and_then(|name| self.named(window.of(text), name))
                {
                    return Some(TermUse { span: found.span.shift(window.start), term: found.term });
                }
            }
        }
        None
    }

    /// Every use of a term in `text`, in order, longest first, not overlapping.
    pub fn uses_in(&self, text: &str) -> Vec<TermUse> {
        let all: Vec<Word<'_>> = words(text).collect();
        let mut uses = Vec::new();
        let mut first = 0;
        while first < all.len() {
            let longest = (1..=LONGEST.min(all.len() - first)).rev();
            let found = longest
                .into_iter()
                .find_map(|length| self.named(text, &all[first..first + length]).map(|found| (length, found)));
            first += found.as_ref().map_or(1, |(length, _)| *length);
            uses.extend(found.map(|(_, found)| found));
        }
        uses
    }

    /// The term that exactly these neighbouring words name.
    fn named(&self, text: &str, name: &[Word<'_>]) -> Option<TermUse> {
        let span = name.first()?.span.cover(name.last()?.span);
        let key = name.iter().fold(String::new(), |key, word| key + &key::part(word.span.of(text), &word.folded));
        let term = self.entry(&key)?.term();
        let joined = name.windows(2).all(|pair| joins(&text[pair[0].span.end as usize..pair[1].span.start as usize]));
        (joined && term.case.admits(span.of(text))).then(|| TermUse { span, term: Arc::clone(term) })
    }
}

/// Whether what stands between two words leaves them one name: space, a hyphen, a slash, a soft line break.
fn joins(gap: &str) -> bool {
    gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '/' | '*' | '_'))
        && gap.bytes().filter(|&b| b == b'\n').count() < 2
}

/// The stretch around `offset` in which its term lies; it cuts no word.
fn around(text: &str, offset: usize) -> Span {
    let is_edge = |at: usize| text.is_char_boundary(at) && text[at..].starts_with(char::is_whitespace);
    let start = (0..=offset.saturating_sub(REACH)).rev().find(|&at| is_edge(at)).unwrap_or(0);
    let end = (offset.saturating_add(REACH)..text.len()).find(|&at| is_edge(at)).unwrap_or(text.len());
    Span::from(start..end)
}
