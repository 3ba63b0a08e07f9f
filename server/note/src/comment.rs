//! Obsidian's comments, `%%…%%`: nothing in them is read.

use std::borrow::Cow;

use ibid_text::Span;
use pulldown_cmark::{Event, Parser, Tag};

use crate::markdown;

/// What opens and closes a comment.
const MARK: &str = "%%";

/// The text with blanks in place of its comments, so that every other byte stays where it is. A mark without another is
/// text, and so is one in code.
pub(crate) fn blanked(text: &str, from: usize) -> Cow<'_, str> {
    let marks: Vec<usize> = memchr::memmem::find_iter(&text.as_bytes()[from..], MARK).map(|at| from + at).collect();
    if marks.len() < 2 {
        return Cow::Borrowed(text);
    }
    let code = code(text, from);
    let is_code = |at: usize| {
        let next = code.partition_point(|span| span.end as usize <= at);
        code.get(next).is_some_and(|span| span.start as usize <= at)
    };
    let marks: Vec<usize> = marks.into_iter().filter(|&at| !is_code(at)).collect();
    let mut blanked = String::with_capacity(text.len());
    let mut at = 0;
    for pair in marks.chunks_exact(2) {
        let end = pair[1] + MARK.len();
        blanked.push_str(&text[at..pair[0]]);
        blank(&mut blanked, text, Span::from(pair[0]..end));
        at = end;
    }
    blanked.push_str(&text[at..]);
    Cow::Owned(blanked)
}

/// Appends blanks for a comment. A line with nothing else becomes blank; in other lines the blanks are no-break spaces,
/// which do not indent what follows them.
fn blank(blanked: &mut String, text: &str, comment: Span) {
    let mut at = comment.start as usize;
    for line in comment.of(text).split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        let before = text[..at].rsplit('\n').next().unwrap_or_default();
        let after = text[at + words.len()..].split(['\n', '\r']).next().unwrap_or_default();
        let is_alone = before.trim().is_empty() && after.trim().is_empty();
        if is_alone {
            blanked.extend(std::iter::repeat_n(' ', words.len()));
        } else {
            blank_letters(blanked, words);
        }
        blanked.push_str(&line[words.len()..]);
        at += line.len();
    }
}

/// Appends no-break spaces in place of words, so that an offset between two of them is never within a letter of the words.
fn blank_letters(blanked: &mut String, words: &str) {
    let mut letters = words.chars().peekable();
    while let Some(c) = letters.next() {
        blanked.push(match c.len_utf8() {
            1 if letters.next_if(char::is_ascii).is_some() => '\u{a0}',
            1 => ' ',
            2 => '\u{a0}',
            3 => '\u{2007}',
            // A blank of four bytes: the tag for a space.
            _ => '\u{e0020}',
        });
    }
}

/// Blocks and stretches of code, and mathematics, ascending.
fn code(text: &str, from: usize) -> Vec<Span> {
    let events = Parser::new_ext(&text[from..], markdown::options()).into_offset_iter();
    let is_code = |event: &Event<'_>| {
        matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_))
    };
    let code = events.filter(|(event, _)| is_code(event));
    code.map(|(_, range)| Span::from(range.start + from..range.end + from)).collect()
}

#[cfg(test)]
mod tests {
    use super::blanked;

    fn check(text: &str, expected: &str) {
        let found = blanked(text, 0);
        assert_eq!(found.len(), text.len(), "{text}");
        let words: Vec<&str> = found.split_whitespace().collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }

    #[test]
    fn a_comment_is_blank() {
        check("One %%two%% three.", "One three.");
        check("One\n\n%%\n[[two]]\n\nthree\n%%\n\nfour", "One four");
        check("%%é%%x", "x");
        assert!(blanked("%% a note %% words", 0).starts_with('\u{a0}'), "it must not indent the words");
    }

    #[test]
    fn no_blank_ends_within_a_letter() {
        for text in ["**%%“%%> ", "a %%x é“😀 y%% b", "%%日本%%x %%a😀%%y"] {
            let found = blanked(text, 0);
            assert_eq!(found.len(), text.len(), "{text}");
            assert!(found.char_indices().all(|(at, _)| text.is_char_boundary(at)), "{text}");
        }
    }

    #[test]
    fn a_single_mark_and_code_are_text() {
        check("10 %% of `a %% b` and\n\n    %% c\n\nd", "10 %% of `a %% b` and %% c d");
        check("```mermaid\n%% a\n%% b\n```", "```mermaid %% a %% b ```");
    }
}
