//! A quotation as its writer marked it.

use std::borrow::Cow;

use ibid_language::{Language, List};
use ibid_text::{Span, Word, words};

use super::word_ids::WordIds;

/// A quotation cut into words and the writer's marks, ready to be compared with any number of places.
#[derive(Clone, Debug)]
pub struct Quoted<'a> {
    /// The quotation, without quotation marks around it.
    pub text: &'a str,
    /// The language that its words are judged in.
    pub(super) language: Language,
    pub(super) items: Vec<Item<'a>>,
    pub(super) word_ids: WordIds,
}

/// A word of a quotation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Item<'a> {
    pub(super) span: Span,
    pub(super) word: Cow<'a, str>,
    pub(super) standing: Standing,
    /// The ellipsis in front of it, with its brackets.
    pub(super) omission: Option<Span>,
}

/// How the writer vouches for a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// As the source's own.
    Quoted,
    /// In square brackets: as the writer's, or as standing in brackets in the source.
    Bracketed,
    /// In part: `[t]he`, `learn[s]`. The letters before and behind the brackets, folded, are the source's.
    Partly { head: String, tail: String },
}

impl<'a> Quoted<'a> {
    /// Reads a quotation's marks. Never fails: what is no mark is text.
    pub fn parse(text: &'a str, language: Language) -> Self {
        let brackets = brackets(text, language);
        let mut items: Vec<Item<'a>> = Vec::new();
        for word in words(text).filter(|word| !is_entity(text, word.span)) {
            if let Some(last) = items.last_mut() {
                // A bracket may be escaped, as Markdown has it.
                let gap = text[last.span.end as usize..word.span.start as usize].trim_start_matches('\\');
                if matches!(gap, "[" | "]") && !is_figure(last.span.of(text)) && !is_figure(word.span.of(text)) {
                    join_part(last, &word, gap == "[");
                    continue;
                }
            }
            let behind = items.last().map_or(0, |item| item.span.end);
            let omission = (behind > 0).then(|| omission(text, Span::new(behind, word.span.start))).flatten();
            let inside = brackets.iter().any(|bracket| bracket.covers(word.span));
            let standing = if inside { Standing::Bracketed } else { Standing::Quoted };
            items.push(Item { span: word.span, word: word.folded, standing, omission });
        }
        for item in &mut items {
            mark_missing_end(text, item);
        }
        let word_ids = WordIds::of(text, &items);
        Self { text, language, items, word_ids }
    }

    /// Whether nothing in it is a word.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The words that the writer gives as the source's, as spans of the quotation.
    pub fn words(&self) -> Vec<Span> {
        let quoted = self.items.iter().filter(|item| item.standing == Standing::Quoted);
        quoted.map(|item| item.span).collect()
    }

    /// Whether the writer says that something is left out in front of one of its [`Quoted::words`].
    pub fn is_omission_before(&self, word: Span) -> bool {
        self.items.iter().any(|item| item.span == word && item.omission.is_some())
    }

    /// How many words it says were left out in so many places.
    pub fn omissions(&self) -> usize {
        self.items.iter().filter(|item| item.omission.is_some()).count()
    }
}

/// Adds a stretch that is glued to a word by a bracket. `opens`: the stretch stands behind `[`, so it is the writer's.
fn join_part(item: &mut Item<'_>, word: &Word<'_>, opens: bool) {
    let standing = std::mem::replace(&mut item.standing, Standing::Quoted);
    item.standing = match (standing, opens) {
        (Standing::Quoted, _) => Standing::Partly { head: item.word.to_string(), tail: String::new() },
        (Standing::Partly { head, .. }, true) => Standing::Partly { head, tail: String::new() },
        (Standing::Partly { head, tail }, false) => Standing::Partly { head, tail: tail + &word.folded },
        (Standing::Bracketed, _) => Standing::Partly { head: String::new(), tail: word.folded.to_string() },
    };
    item.word.to_mut().push_str(&word.folded);
    item.span = item.span.cover(word.span);
}

/// `learn[]`: letters were left out at the end.
fn mark_missing_end(text: &str, item: &mut Item<'_>) {
    if item.standing == Standing::Quoted && text[item.span.end as usize..].trim_start_matches('\\').starts_with("[]") {
        item.standing = Standing::Partly { head: item.word.to_string(), tail: String::new() };
    }
}

/// Whether a word is but digits, as that of a footnote mark: nobody puts letters of a number in brackets.
fn is_figure(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word is the name of a character entity (`&amp;`, `&#39;`), not a word. Capitals stand alone: `R&D;`.
pub(super) fn is_entity(text: &str, word: Span) -> bool {
    let is_named = || word.len() > 1 && word.of(text).bytes().all(|b| b.is_ascii_alphanumeric());
    let before = &text[..word.start as usize];
    text[word.end as usize..].starts_with(';') && (before.ends_with("&#") || (before.ends_with('&') && is_named()))
}

/// Stretches in square brackets, and editorial notes in round ones, without their brackets. A bracket inside another is
/// part of it. One that is never closed reaches to the end, if what stands in front is as long: the quotation was cut.
fn brackets(text: &str, language: Language) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices() {
        let opener = match c {
            '[' | '(' => {
                open.push((at, c));
                continue;
            }
            ']' => '[',
            ')' => '(',
            _ => continue,
        };
        let Some(depth) = open.iter().rposition(|&(_, c)| c == opener) else { continue };
        let inside = Span::from(open[depth].0 + 1..at);
        open.truncate(depth);
        let is_outermost = !open.iter().any(|&(_, c)| c == '[');
        if is_outermost && (opener == '[' || is_editorial(inside.of(text), language)) {
            found.push(inside);
        }
    }
    let unclosed = open.iter().find(|&&(at, c)| c == '[' && at * 2 >= text.len());
    found.extend(unclosed.map(|&(at, _)| Span::from(at + 1..text.len())));
    found
}

/// Whether what stands in round brackets is a note of the writer's.
fn is_editorial(inside: &str, language: Language) -> bool {
    let inside = inside.to_lowercase();
    language.words(List::EditorialNote).iter().any(|note| inside.starts_with(note)) && inside.len() < 40
}

/// The ellipsis in a gap between words, if one is there: `...`, `…`, `. . .`, `[...]`, `* * *`.
pub(super) fn omission(text: &str, gap: Span) -> Option<Span> {
    let is_mark = |c: char| matches!(c, '.' | '…' | '*' | '[' | ']' | '(' | ')') || c.is_whitespace();
    let between = gap.of(text);
    let mut start = 0;
    for piece in between.split_inclusive(|c| !is_mark(c)) {
        let marks = piece.trim_end_matches(|c| !is_mark(c));
        let (full_stops, asterisks) = (marks.matches('.').count(), marks.matches('*').count());
        if marks.contains('…') || full_stops >= 3 || asterisks >= 3 {
            let lead = marks.len() - marks.trim_start().len();
            let from = gap.start + (start + lead) as u32;
            return Some(Span::new(from, from + marks.trim().len() as u32));
        }
        start += piece.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(text: &str) -> Vec<(String, Standing)> {
        Quoted::parse(text, Language::ENGLISH)
            .items
            .into_iter()
            .map(|item| (item.word.into_owned(), item.standing))
            .collect()
    }

    #[test]
    fn every_kind_of_ellipsis_is_an_omission() {
        for mark in ["...", "…", ". . .", "[...]", "[…]", "[. . .]", "....", ". . . .", "* * *", "(...)", ", … ,"]
        {
            assert_eq!(Quoted::parse(&format!("one {mark} two"), Language::ENGLISH).omissions(), 1, "{mark}");
        }
        for none in ["one. two", "one, two", "one -- two", "... one two", "one two …", "**one** two"] {
            assert_eq!(Quoted::parse(none, Language::ENGLISH).omissions(), 0, "{none}");
        }
    }

    #[test]
    fn bracketed_letters_leave_the_rest_to_the_source() {
        let partly = |head: &str, tail: &str| Standing::Partly { head: head.into(), tail: tail.into() };
        assert_eq!(standing("[T]he"), [("the".into(), partly("", "he"))]);
        assert_eq!(standing("learn[s]"), [("learns".into(), partly("learn", ""))]);
        assert_eq!(standing("admir\\[es\\]"), standing("admir[es]"));
        assert_eq!(standing("learn[]"), [("learn".into(), partly("learn", ""))]);
        assert_eq!(standing("m[o]re"), [("more".into(), partly("m", "re"))]);
    }

    #[test]
    fn bracketed_words_are_the_writers() {
        assert_eq!(
            standing("a [b] (c) (emphasis added)").iter().map(|(_, s)| s.clone()).collect::<Vec<_>>(),
            [Standing::Quoted, Standing::Bracketed, Standing::Quoted, Standing::Bracketed, Standing::Bracketed]
        );
        let bracketed = |text: &str| {
            let words = standing(text).into_iter().filter(|(_, standing)| *standing == Standing::Bracketed);
            words.map(|(word, _)| word).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(bracketed("one [two [3] four (five)] six"), "two 3 four five");
        assert_eq!(bracketed("so it is[3] said"), "3");
        assert_eq!(bracketed("whose mind was never powerful [though she is sensible"), "though she is sensible");
        assert_eq!(bracketed("one [two three four five six"), "");
        assert_eq!(bracketed("one ] two [ three) four"), "");
    }

    #[test]
    fn an_entity_is_no_word() {
        assert_eq!(standing("Tom &amp; R&D; &#39;x").len(), 4);
    }
}
