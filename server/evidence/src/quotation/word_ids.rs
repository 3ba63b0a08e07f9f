//! The words of a quotation as numbers, so that a stretch of a source is compared without touching a letter.

use ibid_text::{Span, words};
use rustc_hash::FxHashMap;

use super::quoted::{Item, is_entity};

/// The number of a word that is not among the quotation's.
pub(super) const NONE: u32 = u32::MAX;

/// The words of one quotation, numbered. Made once, however many stretches it is compared with.
#[derive(Clone, Debug, Default)]
pub(super) struct WordIds {
    ids: FxHashMap<Box<str>, u32>,
    /// What each item of the quotation is called.
    pub(super) items: Vec<Name>,
}

/// What a word is called, here and in a source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Name {
    /// The word's number.
    pub(super) id: u32,
    /// The number of this word joined with the next; [`NONE`] where the two cannot be one.
    pub(super) joined: u32,
    /// Only typography parts this word from the next: hyphen and space at a line end, or marks of emphasis.
    pub(super) is_broken: bool,
}

/// A word of the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    /// Where it stands in the source.
    pub(super) span: Span,
    /// What the quotation calls it, if it has it.
    pub(super) name: Name,
    /// A footnote mark or an entity's name: a quotation may leave it out.
    pub(super) is_mark: bool,
}

impl WordIds {
    /// Numbers the words of a quotation, `text`, and those that two neighbours would make.
    pub(super) fn of(text: &str, items: &[Item<'_>]) -> Self {
        let mut ids = FxHashMap::default();
        let mut id = |word: String| {
            let next = ids.len() as u32;
            *ids.entry(word.into_boxed_str()).or_insert(next)
        };
        let name = |(at, item): (usize, &Item<'_>)| {
            let next = items.get(at + 1).and_then(|next| Some((next, joint(text, item.span, next.span)?)));
            Name {
                id: id(item.word.to_string()),
                joined: next
                    .as_ref()
                    .map_or(NONE, |(next, joint)| id(format!("{}{}{}", item.word, joint.kept, next.word))),
                is_broken: next.is_some_and(|(_, joint)| joint.is_typography),
            }
        };
        let items = items.iter().enumerate().map(name).collect();
        Self { ids, items }
    }

    /// How many different words it has.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The words of `source` under `window`, in order.
    pub(super) fn tokens(&self, source: &str, window: Span) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::with_capacity(window.len() as usize / 4);
        let (mut last, mut pair) = (String::new(), String::new());
        for word in words(window.of(source)) {
            let span = word.span.shift(window.start);
            if let Some(before) = tokens.last_mut()
                && let Some(joint) = joint(source, before.span, span)
            {
                pair.clear();
                pair.extend([&last, joint.kept, &word.folded]);
                before.name.joined = self.id(&pair);
                before.name.is_broken = joint.is_typography;
            }
            let name = Name { id: self.id(&word.folded), joined: NONE, is_broken: false };
            tokens.push(Token { span, name, is_mark: is_mark(source, span) });
            last.clear();
            last.push_str(&word.folded);
        }
        tokens
    }

    fn id(&self, word: &str) -> u32 {
        self.ids.get(word).copied().unwrap_or(NONE)
    }
}

/// How two neighbouring words could be one.
struct Joint<'t> {
    /// What belongs to the one word of what stands between the two.
    kept: &'t str,
    /// Whether it is typography alone that parts them.
    is_typography: bool,
}

fn joint(text: &str, left: Span, right: Span) -> Option<Joint<'_>> {
    if is_joint(text, left, right) {
        return Some(Joint { kept: "", is_typography: is_line_end(text, left, right) });
    }
    set_in_two_ways(between(text, left, right)).map(|kept| Joint { kept, is_typography: true })
}

/// What is left of the gap inside a word of which a part is emphasised, set as code (`NAME:*value*`) or a subscript, without
/// the marks: nothing, or a mark that UAX 29 counts to a word.
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

/// Whether two neighbouring words could be one: nothing but a hyphen or spaces stand between.
fn is_joint(text: &str, left: Span, right: Span) -> bool {
    let mut hyphens = 0;
    between(text, left, right).chars().all(|c| {
        hyphens += usize::from(is_hyphen(c));
        c.is_whitespace() || is_hyphen(c)
    }) && hyphens <= 1
}

/// A hyphen, then space: a word broken at the end of a line, whatever became of the line.
fn is_line_end(text: &str, left: Span, right: Span) -> bool {
    let mut chars = between(text, left, right).chars();
    chars.next().is_some_and(is_hyphen) && chars.next().is_some_and(char::is_whitespace)
}

fn between(text: &str, left: Span, right: Span) -> &str {
    &text[left.end as usize..right.start as usize]
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{AD}' | '¬')
}

/// Whether a source's word is no word but a mark: `[13]`, `[^note]`, a superscript figure, an entity's name.
fn is_mark(source: &str, span: Span) -> bool {
    let word = span.of(source);
    let (before, after) = (&source[..span.start as usize], source.as_bytes().get(span.end as usize));
    let is_figure = || word.bytes().all(|b| b.is_ascii_digit());
    let is_superscript = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    match after {
        Some(b']') if before.ends_with("[^") || (before.ends_with('[') && is_figure()) => true,
        Some(b';') if is_entity(source, span) => true,
        _ => word.chars().all(is_superscript),
    }
}
