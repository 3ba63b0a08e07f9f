use ibid_corpus::{Match, Snapshot};
use ibid_evidence::Verdict;
use ibid_language::Language;
use ibid_text::{Span, sentences, words};
use rustc_hash::FxHashSet;

use super::{About, Completion, Item, Kind, Typed, rest_after};
use crate::{
    Place,
    cite::{Style, cite},
    markdown, place,
};

/// So many whole words must be typed: fewer stand everywhere.
const LEAST: usize = 2;

/// So many places are offered.
const MOST: usize = 8;

/// A sentence ends within so many bytes.
const LONGEST: i64 = 1200;

/// Sentences of sources that go on as an open quotation begins, each with its closing mark and its citation. `None` while too
/// little is typed, or no source has the words.
pub(super) fn quotations(typed: &Typed<'_>, closing: char, span: Span) -> Option<Completion> {
    let begun = span.of(typed.text);
    let known = whole_words(begun)?;
    let mut seen = FxHashSet::default();
    let found = typed.snapshot.locate(known).matches;
    let faithful = found.iter().filter(|found| matches!(found.verdict, Verdict::Verbatim | Verdict::Typographic));
    let items =
        faithful.filter_map(|found| item(typed, closing, span, found)).filter(|it| seen.insert(it.insert.clone()));
    let items: Vec<Item> = items.take(MOST).collect();
    // What is typed next makes it fewer.
    (!items.is_empty()).then_some(Completion { items, is_incomplete: true })
}

/// What is typed up to its last whole word; the last one may be on its way.
fn whole_words(begun: &str) -> Option<&str> {
    let all: Vec<Span> = words(begun).map(|word| word.span).collect();
    let is_on_its_way = all.last().is_some_and(|last| last.end as usize == begun.len());
    let whole = &all[..all.len() - usize::from(is_on_its_way)];
    let last = whole.last().filter(|_| whole.len() >= LEAST)?;
    Some(&begun[..last.end as usize])
}

fn item(typed: &Typed<'_>, closing: char, span: Span, found: &Match) -> Option<Item> {
    let begun = span.of(typed.text);
    let sentence = sentence_from(typed.snapshot, found)?;
    let text = as_begun(&markdown::note_text(sentence.words.trim_end_matches('.')), begun);
    let text = nested(&text, closing);
    let rest = rest_after(&plain(&text), &plain(begun))?.to_owned();
    let place = Place::in_source(typed.snapshot, found.file, sentence.span)?;
    let file = typed.snapshot.file(found.file)?;
    let behind = typed.behind().strip_prefix(closing);
    let end = if behind.is_some() { span.end + closing.len_utf8() as u32 } else { span.end };
    let is_cited = behind.is_some_and(|behind| behind.trim_start_matches(' ').starts_with(['[', '(']));
    let citation = if is_cited { String::new() } else { format!(" {}", citation(typed, place)?) };
    Some(Item {
        label: text.clone(),
        kind: Kind::Quotation,
        detail: Some(file.place_in(&place::title(typed.snapshot, file), place.span.start)),
        span: Span::new(span.start, end),
        insert: format!("{text}{closing}{citation}"),
        filter: format!("{begun}{rest}"),
        about: Some(About::Passage(found.file, sentence.span)),
    })
}

/// A citation of a place, as the note writes its others.
fn citation(typed: &Typed<'_>, place: Place) -> Option<String> {
    let note = typed.snapshot.file(typed.file)?;
    cite(typed.snapshot, note, place, Style::of_note(&*note.note()?))
}

/// Words of a source from a match to the end of its sentence.
struct Sentence {
    words: String,
    span: Span,
}

fn sentence_from(snapshot: &Snapshot, found: &Match) -> Option<Sentence> {
    let from = found.span.start;
    let excerpt = snapshot.file(found.file)?.excerpt(from.into(), i64::from(found.span.end) + LONGEST)?;
    let text = excerpt.text.get((from - excerpt.start) as usize..)?;
    let known = found.span.len();
    let end = sentences(text, Language::ENGLISH.abbreviations())
        .into_iter()
        .map(|sentence| sentence.end)
        .find(|&end| end >= known)?;
    Some(Sentence { words: text.get(..end as usize)?.to_owned(), span: Span::new(from, from + end) })
}

/// The words with their first letter as it is typed: whether that is a capital means nothing.
fn as_begun(words: &str, begun: &str) -> String {
    let mut rest = words.chars();
    match (rest.next(), begun.chars().next()) {
        (Some(first), Some(typed)) if first.to_lowercase().eq(typed.to_lowercase()) => {
            std::iter::once(typed).chain(rest).collect()
        }
        _ => words.to_owned(),
    }
}

/// The words with marks of their own that do not close the quotation around them.
fn nested(words: &str, closing: char) -> String {
    match closing {
        '"' => words.replace('"', "'"),
        '”' => words.replace('“', "‘").replace('”', "’"),
        _ => words.to_owned(),
    }
}

/// Text with plain quotation marks and apostrophes, so that what is typed can be told to begin it.
fn plain(text: &str) -> String {
    let plain = |c| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201C}' | '\u{201D}' => '"',
        c => c,
    };
    text.chars().map(plain).collect()
}
