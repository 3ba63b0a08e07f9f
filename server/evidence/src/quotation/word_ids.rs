//! The words of a quotation as numbers, so that comparing them with a source needs no string comparison.

use ibid_text::{Span, words};
use rustc_hash::FxHashMap;

use super::quoted::{QuotedWord, is_entity, is_raised};

/// The id of a word that the quotation does not have.
pub(super) const NONE: u32 = u32::MAX;

/// The ids of the words of one quotation, assigned once for all comparisons.
#[derive(Clone, Debug, Default)]
pub(super) struct WordIds {
    ids: FxHashMap<Box<str>, u32>,
    /// The key of each word of the quotation.
    pub(super) items: Vec<WordKey>,
}

/// A word of the quotation or the source, as ids of the quotation's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct WordKey {
    /// Its id.
    pub(super) id: u32,
    /// The id of the word that it makes with the next; [`NONE`] if the two cannot be one.
    pub(super) joined: u32,
    /// Whether only typography separates it from the next word: a hyphen and space at a line end, or emphasis marks.
    pub(super) is_broken: bool,
}

/// A word of the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct SourceWord {
    /// Its span in the source.
    pub(super) span: Span,
    /// Its key.
    pub(super) key: WordKey,
    /// Whether it is a footnote mark or the name of an entity, which a quotation may leave out.
    pub(super) is_mark: bool,
}

impl WordIds {
    /// Assigns ids to the words of a quotation, `text`, and to those that two neighbours would make.
    pub(super) fn of(text: &str, items: &[QuotedWord<'_>]) -> Self {
        let mut ids = FxHashMap::default();
        let mut id = |word: String| {
            let next = ids.len() as u32;
            *ids.entry(word.into_boxed_str()).or_insert(next)
        };
        let key = |(at, item): (usize, &QuotedWord<'_>)| {
            let next = items.get(at + 1).and_then(|next| Some((next, joint(text, item.span, next.span)?)));
            WordKey {
                id: id(item.word.to_string()),
                joined: next
                    .as_ref()
                    .map_or(NONE, |(next, joint)| id(format!("{}{}{}", item.word, joint.kept, next.word))),
                is_broken: next.is_some_and(|(_, joint)| joint.is_typography),
            }
        };
        let items = items.iter().enumerate().map(key).collect();
        Self { ids, items }
    }

    /// The number of different words.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The words of `source` inside `window`, in order.
    pub(super) fn tokens(&self, source: &str, window: Span) -> Vec<SourceWord> {
        let mut tokens: Vec<SourceWord> = Vec::with_capacity(window.len() as usize / 4);
        let (mut last, mut pair) = (String::new(), String::new());
        for word in words(window.of(source)) {
            let span = word.span.shift(window.start);
            if let Some(before) = tokens.last_mut()
                && let Some(joint) = joint(source, before.span, span)
            {
                pair.clear();
                pair.extend([&last, joint.kept, &word.folded]);
                before.key.joined = self.id(&pair);
                before.key.is_broken = joint.is_typography;
            }
            let key = WordKey { id: self.id(&word.folded), joined: NONE, is_broken: false };
            tokens.push(SourceWord { span, key, is_mark: is_mark(source, span) });
            last.clear();
            last.push_str(&word.folded);
        }
        tokens
    }

    fn id(&self, word: &str) -> u32 {
        self.ids.get(word).copied().unwrap_or(NONE)
    }
}

/// What is between two neighbouring words that could be one.
struct Joint<'t> {
    /// The characters between the two that belong to the joined word.
    kept: &'t str,
    /// Whether only typography separates them.
    is_typography: bool,
}

fn joint(text: &str, left: Span, right: Span) -> Option<Joint<'_>> {
    if is_joint(text, left, right) {
        return Some(Joint { kept: "", is_typography: is_line_end(text, left, right) });
    }
    // A bracket inside a word of the source: the quotation may have it too ("report[ed]", "Row[k]").
    if matches!(between(text, left, right), "[" | "]") {
        return Some(Joint { kept: "", is_typography: true });
    }
    if is_prime(text, left, right) {
        return Some(Joint { kept: "'", is_typography: true });
    }
    set_in_two_ways(between(text, left, right)).map(|kept| Joint { kept, is_typography: true })
}

/// The characters between two parts of a word that differ in setting: one is emphasised, code (`NAME:*value*`) or a
/// subscript. Returns them without the markup: nothing, or a character that UAX 29 counts as part of a word.
fn set_in_two_ways(gap: &str) -> Option<&str> {
    // A subscript of more than one letter, in TeX: `a_{10}` for `a_10`.
    if gap.trim_start_matches('\\') == "_{" {
        return Some("_");
    }
    let kept = gap.trim_matches(['*', '_', '`']);
    // Three asterisks are an omission.
    let is_setting = kept.len() < gap.len() && gap.matches('*').count() < 3;
    (is_setting && matches!(kept, "" | ":" | ".")).then_some(kept)
}

/// Whether two neighbouring words could be one: only spaces and at most one hyphen are between them.
fn is_joint(text: &str, left: Span, right: Span) -> bool {
    let mut hyphens = 0;
    between(text, left, right).chars().all(|c| {
        hyphens += usize::from(is_hyphen(c));
        c.is_whitespace() || is_hyphen(c)
    }) && hyphens <= 1
}

/// Whether a hyphen and then a space are between the words: a word broken at the end of a line.
fn is_line_end(text: &str, left: Span, right: Span) -> bool {
    let mut chars = between(text, left, right).chars();
    // A soft hyphen is part of the word before it.
    let has_hyphen = left.of(text).ends_with('\u{AD}') || chars.next().is_some_and(is_hyphen);
    has_hyphen && chars.next().is_some_and(char::is_whitespace)
}

/// Whether a prime is between two numbers, as in 6′2″. An apostrophe in its place makes one word of them (UAX 29).
fn is_prime(text: &str, left: Span, right: Span) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    between(text, left, right) == "\u{2032}"
        && left.of(text).ends_with(is_digit)
        && right.of(text).starts_with(is_digit)
}

fn between(text: &str, left: Span, right: Span) -> &str {
    &text[left.end as usize..right.start as usize]
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{AD}' | '¬')
}

/// Whether a number between these texts, and with a full stop or bracket behind it, numbers an item of a list.
fn is_list_marker(before: &str, behind: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_matches([' ', '\t', '>']).is_empty() && before.contains('\n') && behind.starts_with([' ', '\t'])
}

/// Whether a word of the source is only a mark: `[13]`, `[^note]`, the number of a
/// list item, a superscript figure, the name of an entity.
fn is_mark(source: &str, span: Span) -> bool {
    let word = span.of(source);
    let (before, after) = (&source[..span.start as usize], source.as_bytes().get(span.end as usize));
    let is_figure = || word.bytes().all(|b| b.is_ascii_digit());
    match after {
        Some(b'.' | b')')
            if is_figure() && word.len() <= 2 && is_list_marker(before, &source[span.end as usize + 1..]) =>
        {
            true
        }
        Some(b']') if before.ends_with("[^") || (before.ends_with('[') && is_figure()) => true,
        Some(b';') if is_entity(source, span) => true,
        _ => is_raised(word),
    }
}
