//! The words of a quotation and the marks that its writer made in it.

use std::borrow::Cow;

use ibid_language::{Language, List};
use ibid_text::{Span, Word, words};

use super::word_ids::WordIds;

/// A quotation as words and writer's marks, ready to be compared with any number of places.
#[derive(Clone, Debug)]
pub struct Quoted<'a> {
    /// The quotation, without quotation marks around it.
    pub text: &'a str,
    /// The language that its words are judged in.
    pub(super) language: Language,
    pub(super) items: Vec<QuotedWord<'a>>,
    pub(super) word_ids: WordIds,
}

/// A word of a quotation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct QuotedWord<'a> {
    pub(super) span: Span,
    pub(super) word: Cow<'a, str>,
    pub(super) marking: Marking,
    /// The ellipsis before it, with its brackets.
    pub(super) omission: Option<Span>,
}

/// How the writer marked a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Marking {
    /// Not at all: it is the source's.
    Quoted,
    /// In square brackets: it is the writer's, or in brackets in the source.
    Bracketed,
    /// In part: `[t]he`, `learn[s]`. The letters before and after the brackets, folded, are the source's.
    Partly { head: String, tail: String },
}

impl<'a> Quoted<'a> {
    /// Reads a quotation. Never fails: whatever is not a mark is text.
    pub fn parse(text: &'a str, language: Language) -> Self {
        let brackets = brackets(text, language);
        let mut items: Vec<QuotedWord<'a>> = Vec::new();
        for word in words(text).filter(|word| !is_entity(text, word.span) && !is_note_mark(text, word.span)) {
            if let Some(last) = items.last_mut() {
                // Markdown may escape a bracket.
                let gap = text[last.span.end as usize..word.span.start as usize].trim_start_matches('\\');
                if matches!(gap, "[" | "]") && !is_figure(last.span.of(text)) && !is_figure(word.span.of(text)) {
                    join_part(last, &word, gap == "[");
                    continue;
                }
            }
            let behind = items.last().map_or(0, |item| item.span.end);
            let omission = (behind > 0).then(|| omission(text, Span::new(behind, word.span.start))).flatten();
            let inside = brackets.iter().any(|bracket| bracket.covers(word.span));
            let marking = if inside { Marking::Bracketed } else { Marking::Quoted };
            items.push(QuotedWord { span: word.span, word: word.folded, marking, omission });
        }
        for item in &mut items {
            mark_missing_end(text, item);
        }
        let word_ids = WordIds::of(text, &items);
        Self { text, language, items, word_ids }
    }

    /// Whether it has no word.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The words that are given as the source's, as spans of the quotation.
    pub fn words(&self) -> Vec<Span> {
        let quoted = self.items.iter().filter(|item| item.marking == Marking::Quoted);
        quoted.map(|item| item.span).collect()
    }

    /// Whether one of its [`Quoted::words`] follows an omission mark.
    pub fn is_omission_before(&self, word: Span) -> bool {
        self.items.iter().any(|item| item.span == word && item.omission.is_some())
    }

    /// The number of its omission marks.
    pub fn omissions(&self) -> usize {
        self.items.iter().filter(|item| item.omission.is_some()).count()
    }
}

/// Adds letters that only a bracket separates from the word before. `opens`: they follow `[`, so they are the writer's.
fn join_part(item: &mut QuotedWord<'_>, word: &Word<'_>, opens: bool) {
    let marking = std::mem::replace(&mut item.marking, Marking::Quoted);
    item.marking = match (marking, opens) {
        (Marking::Quoted, _) => Marking::Partly { head: item.word.to_string(), tail: String::new() },
        (Marking::Partly { head, .. }, true) => Marking::Partly { head, tail: String::new() },
        (Marking::Partly { head, tail }, false) => Marking::Partly { head, tail: tail + &word.folded },
        (Marking::Bracketed, _) => Marking::Partly { head: String::new(), tail: word.folded.to_string() },
    };
    item.word.to_mut().push_str(&word.folded);
    item.span = item.span.cover(word.span);
}

/// `learn[]`: letters were left out at the end.
fn mark_missing_end(text: &str, item: &mut QuotedWord<'_>) {
    if item.marking == Marking::Quoted && text[item.span.end as usize..].trim_start_matches('\\').starts_with("[]") {
        item.marking = Marking::Partly { head: item.word.to_string(), tail: String::new() };
    }
}

/// Whether a word has only digits, like a footnote mark: nobody puts part of a number in brackets.
fn is_figure(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word is the name of a character entity (`&amp;`, `&#39;`), not a word. Capitals stand alone: `R&D;`.
pub(super) fn is_entity(text: &str, word: Span) -> bool {
    let is_named = || word.len() > 1 && word.of(text).bytes().all(|b| b.is_ascii_alphanumeric());
    let before = &text[..word.start as usize];
    text[word.end as usize..].starts_with(';') && (before.ends_with("&#") || (before.ends_with('&') && is_named()))
}

/// Whether a word is the number of a note: raised figures behind a sentence or a word, not behind a number or a unit (m²).
fn is_note_mark(text: &str, word: Span) -> bool {
    /// The letters of the longest unit.
    const UNIT: usize = 3;
    let before = text[..word.start as usize].trim_end_matches(is_raised_digit);
    let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
    let follows = letters > UNIT || before.ends_with(['.', ',', ';', ':', '!', '?', ')', '”', '’', '"']);
    follows && is_raised(word.of(text))
}

/// Whether a word is a raised figure.
pub(super) fn is_raised(word: &str) -> bool {
    word.chars().all(is_raised_digit)
}

const fn is_raised_digit(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// The contents of square brackets, and editorial notes in round ones. A bracket inside another is part of it. One that is
/// never closed reaches to the end if it begins in the second half: the quotation was cut off.
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

/// Whether the content of round brackets is an editorial note.
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

    fn marking(text: &str) -> Vec<(String, Marking)> {
        Quoted::parse(text, Language::ENGLISH)
            .items
            .into_iter()
            .map(|item| (item.word.into_owned(), item.marking))
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
        let partly = |head: &str, tail: &str| Marking::Partly { head: head.into(), tail: tail.into() };
        assert_eq!(marking("[T]he"), [("the".into(), partly("", "he"))]);
        assert_eq!(marking("learn[s]"), [("learns".into(), partly("learn", ""))]);
        assert_eq!(marking("admir\\[es\\]"), marking("admir[es]"));
        assert_eq!(marking("learn[]"), [("learn".into(), partly("learn", ""))]);
        assert_eq!(marking("m[o]re"), [("more".into(), partly("m", "re"))]);
    }

    #[test]
    fn bracketed_words_are_the_writers() {
        assert_eq!(
            marking("a [b] (c) (emphasis added)").iter().map(|(_, s)| s.clone()).collect::<Vec<_>>(),
            [Marking::Quoted, Marking::Bracketed, Marking::Quoted, Marking::Bracketed, Marking::Bracketed]
        );
        let bracketed = |text: &str| {
            let words = marking(text).into_iter().filter(|(_, marking)| *marking == Marking::Bracketed);
            words.map(|(word, _)| word).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(bracketed("one [two [3] four (five)] six"), "two 3 four five");
        assert_eq!(bracketed("so it is[3] said"), "3");
        assert_eq!(bracketed("whose mind was never powerful [though she is sensible"), "though she is sensible");
        assert_eq!(bracketed("one [two three four five six"), "");
        assert_eq!(bracketed("one ] two [ three) four"), "");
    }

    #[test]
    fn the_number_of_a_note_is_no_word() {
        for text in ["so it was.¹² Then", "Nobody² did", "the toll,³ and"] {
            assert!(marking(text).iter().all(|(word, _)| !is_raised(word)), "{text}");
        }
        for text in ["10⁶ grams", "12 m² of", "5 km² of", "¹ in front"] {
            assert!(marking(text).iter().any(|(word, _)| is_raised(word)), "{text}");
        }
    }

    #[test]
    fn an_entity_is_no_word() {
        assert_eq!(marking("Tom &amp; R&D; &#39;x").len(), 4);
    }
}
