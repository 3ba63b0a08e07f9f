use ibid_corpus::{Match, Snapshot};
use ibid_evidence::Verdict;
use ibid_text::{Span, sentences, words};
use rustc_hash::FxHashSet;

use super::{About, Completion, Item, Kind, Request, open_mark::OpenMark, rest_after};
use crate::{
    analysis::{
        cite::{Style, cite},
        place::{Place, title},
    },
    syntax::markdown,
};

/// The fewest whole words that must be typed: fewer are everywhere.
const LEAST: usize = 2;

/// The most places that are offered.
const MOST: usize = 8;

/// The most bytes from the typed words to the end of the sentence.
const LONGEST: i64 = 1200;

/// Sentences of sources that continue an open quotation, each with the closing mark and a citation. `None` if too little is
/// typed, or no source has the words.
pub(super) fn quotations(request: &Request<'_>, mark: OpenMark, span: Span) -> Option<Completion> {
    let begun = span.of(request.text);
    let known = whole_words(begun)?;
    let mut seen = FxHashSet::default();
    let found = request.snapshot.locate(known).matches;
    let faithful = found.iter().filter(|found| matches!(found.verdict, Verdict::Verbatim | Verdict::Typographic));
    let items =
        faithful.filter_map(|found| item(request, mark, span, found)).filter(|it| seen.insert(it.insert.clone()));
    let items: Vec<Item> = items.take(MOST).collect();
    // Further typing narrows the list.
    (!items.is_empty()).then_some(Completion { items, is_incomplete: true })
}

/// The typed text up to its last whole word; a word at the end may be unfinished.
fn whole_words(begun: &str) -> Option<&str> {
    let all: Vec<Span> = words(begun).map(|word| word.span).collect();
    let is_unfinished = all.last().is_some_and(|last| last.end as usize == begun.len());
    let whole = &all[..all.len() - usize::from(is_unfinished)];
    let last = whole.last().filter(|_| whole.len() >= LEAST)?;
    Some(&begun[..last.end as usize])
}

fn item(request: &Request<'_>, mark: OpenMark, span: Span, found: &Match) -> Option<Item> {
    let begun = span.of(request.text);
    let sentence = sentence_from(request.snapshot, found)?;
    let text = as_begun(&markdown::note_text(sentence.words.trim_end_matches('.')), begun);
    let text = nested(&text, mark.closing_mark());
    let rest = rest_after(&plain(&text), &plain(begun))?.to_owned();
    let place = Place::in_source(request.snapshot, found.file, sentence.span)?;
    let file = request.snapshot.file(found.file)?;
    let closing = mark.closing();
    let after = request.after();
    let behind = after.strip_prefix(&*closing).or_else(|| after.strip_prefix(mark.closing_mark()));
    let end = span.end + behind.map_or(0, |behind| after.len() - behind.len()) as u32;
    let is_cited = behind.is_some_and(|behind| behind.trim_start_matches(' ').starts_with(['[', '(']));
    let citation = if is_cited { String::new() } else { format!(" {}", citation(request, place)?) };
    Some(Item {
        label: text.clone(),
        kind: Kind::Quotation,
        detail: Some(file.place_in(&title(request.snapshot, file), place.span.start)),
        span: Span::new(span.start, end),
        insert: format!("{text}{closing}{citation}"),
        filter: format!("{begun}{rest}"),
        about: Some(About::Passage(found.file, sentence.span)),
    })
}

/// A citation of a place in the style of the note.
fn citation(request: &Request<'_>, place: Place) -> Option<String> {
    let note = request.snapshot.file(request.file)?;
    cite(request.snapshot, note, place, Style::of_note(&*note.note()?))
}

/// The words of a source from a match to the end of the sentence.
struct Sentence {
    words: String,
    span: Span,
}

fn sentence_from(snapshot: &Snapshot, found: &Match) -> Option<Sentence> {
    let from = found.span.start;
    let file = snapshot.file(found.file)?;
    let excerpt = file.excerpt(from.into(), i64::from(found.span.end) + LONGEST)?;
    let text = excerpt.text.get((from - excerpt.start) as usize..)?;
    let known = found.span.len();
    let end = sentences(text, file.language.abbreviations())
        .into_iter()
        .map(|sentence| sentence.end)
        .find(|&end| end >= known)?;
    Some(Sentence { words: text.get(..end as usize)?.to_owned(), span: Span::new(from, from + end) })
}

/// The words with the first letter in the case that is typed.
fn as_begun(words: &str, begun: &str) -> String {
    let mut rest = words.chars();
    match (rest.next(), begun.chars().next()) {
        (Some(first), Some(request)) if first.to_lowercase().eq(request.to_lowercase()) => {
            std::iter::once(request).chain(rest).collect()
        }
        _ => words.to_owned(),
    }
}

/// The words with inner quotation marks that do not close the quotation.
fn nested(words: &str, closing: char) -> String {
    match closing {
        '"' => words.replace('"', "'"),
        '”' => words.replace('“', "‘").replace('”', "’"),
        _ => words.to_owned(),
    }
}

/// Text with straight quotation marks and apostrophes and plain spaces, for comparison with the typed text.
fn plain(text: &str) -> String {
    let plain = |c| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201C}' | '\u{201D}' => '"',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.chars().map(plain).collect()
}
