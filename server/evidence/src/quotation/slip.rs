//! Slips of the source: a word set twice, two words run together, a word torn apart, a stray letter behind a full stop.
//! Whoever quotes it corrects them without a thought.

use ibid_language::{Class, Classes, Language};
use ibid_text::{Span, letters, words, words::fold};

/// Words that no sentence has twice in a row. "That that" and "had had" can be right.
const NEVER_TWICE: Classes = Classes::of(&[Class::Article, Class::Preposition]);

/// The most stray letters behind a mark.
const STRAY: usize = 2;

/// Whether the only difference between the span `quote` of the quotation and the span `source` of `source_text` is a slip of
/// the source.
pub(super) fn is_slip(quoted: &str, quote: Span, source_text: &str, source: Span, language: Language) -> bool {
    let (ours, theirs) = (quote.of(quoted), source.of(source_text));
    if quote.is_empty() {
        return is_doubled(source_text, source, language);
    }
    has_stray_letters(ours, theirs)
        || is_run_together(ours, theirs, source_text, language)
        || is_torn(ours, theirs, source_text)
}

/// "the the".
fn is_doubled(text: &str, span: Span, language: Language) -> bool {
    let mut inside = words(span.of(text));
    let (Some(word), None) = (inside.next(), inside.next()) else { return false };
    let before = words(&text[..span.start as usize][line_start(text, span.start)..]).last();
    let behind = words(text[span.end as usize..].split('\n').next().unwrap_or_default()).next();
    let is_twice = [before, behind].into_iter().flatten().any(|other| other.folded == word.folded);
    is_twice && language.classes(&word.folded).intersects(NEVER_TWICE)
}

fn line_start(text: &str, at: u32) -> usize {
    text[..at as usize].rfind('\n').map_or(0, |line| line + 1)
}

/// "mooring.o" for "mooring".
fn has_stray_letters(ours: &str, theirs: &str) -> bool {
    let is_mark = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?');
    let ours = ours.trim_end_matches(is_mark);
    theirs.strip_prefix(ours).and_then(|rest| rest.strip_prefix(is_mark)).is_some_and(|stray| {
        stray.chars().count() <= STRAY && stray.chars().all(char::is_lowercase) && ours.ends_with(char::is_alphabetic)
    })
}

/// "thelock" for "the lock", "content.Those" for "content. Those": a form that the source has nowhere else, and no word such
/// as "cannot".
fn is_run_together(ours: &str, theirs: &str, source_text: &str, language: Language) -> bool {
    let is_word = language.classes(&fold(theirs)) != Classes::default();
    let is_one = !theirs.contains(char::is_whitespace) && !theirs.contains('-');
    let has_two = words(ours).nth(1).is_some() && ours.contains(char::is_whitespace);
    is_one && !is_word && has_two && letters(ours).eq(letters(theirs)) && is_single(theirs, source_text)
}

/// "inspec tor" for "inspector": a part of it stands nowhere else in the source.
fn is_torn(ours: &str, theirs: &str, source_text: &str) -> bool {
    let is_one = words(ours).nth(1).is_none();
    let mut parts = theirs.split_whitespace();
    let is_of_letters = theirs.chars().all(|c| c.is_alphabetic() || c.is_whitespace());
    is_one
        && is_of_letters
        && parts.clone().nth(1).is_some()
        && letters(ours).eq(letters(theirs))
        && parts.any(|part| is_single(part, source_text))
}

/// Whether a text has a word, as written, only once.
fn is_single(word: &str, text: &str) -> bool {
    let is_whole = |&(at, _): &(usize, &str)| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    };
    text.match_indices(word).filter(is_whole).nth(1).is_none()
}

#[cfg(test)]
mod tests {
    use super::super::{Change, Quoted, compare};
    use super::*;

    /// The changes between a quotation and a source, as they are reported.
    fn changes(quote: &str, source: &str) -> Vec<Change> {
        let whole = Span::from(0..source.len());
        let found = compare(&Quoted::parse(quote, Language::ENGLISH), source, whole).expect("words are shared");
        found.edits.iter().map(|edit| edit.change).collect()
    }

    #[test]
    fn slips_of_the_source() {
        for (quote, source) in [
            ("she sold the boat in spring", "Then she sold theboat in spring, and wept."),
            ("she sold the boat in spring", "Then she sold the the boat in spring, and wept."),
            ("she sold the boat in spring", "Then she sold the bo at in spring, and wept."),
            ("she sold the boat in spring", "Then she sold the boat in spring.i"),
            ("sold the boat. They asked why", "Then she sold the boat.They asked why."),
            ("she went out of the house", "Then she went out of of the house."),
        ] {
            assert_eq!(changes(quote, source), [Change::Slip], "{source}");
        }
    }

    #[test]
    fn other_changes() {
        for (quote, source, change) in [
            ("she sold that boat", "Then she sold that that boat.", Change::Wording),
            ("a very old boat", "It was a very very old boat.", Change::Wording),
            ("everyday she sold a boat", "Then every day she sold a boat. Every other day she rested.", Change::Slip),
            ("she sold the the boat", "Then she sold the boat in spring.", Change::Wording),
            ("she sold the coat in spring", "Then she sold the boat in spring.", Change::Wording),
            ("see version 1 of the text", "see version 1.4 of the text", Change::Number),
        ] {
            assert_eq!(changes(quote, source), [change], "{source}");
        }
    }
}
