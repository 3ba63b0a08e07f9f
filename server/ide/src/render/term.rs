//! A term as Markdown: its senses, the questions asked about it, and how often it is used.

use std::sync::Arc;

use ibid_corpus::{File, FileId, Frequency, Sense, Snapshot, Term};
use ibid_evidence::SenseKind;
use ibid_text::Span;

use crate::{
    analysis::{
        place::{Place, title},
        term::{Described, TermStatus, describe, holder, manner, plain_words, words_of},
    },
    syntax::markdown,
};

/// The most senses that are shown; the others are counted.
const SENSES: usize = 4;

/// The most questions about the definition that are shown.
const QUESTIONS: usize = 2;

/// The most words that are shown of one sense.
const WORDS: usize = 45;

/// Describes a term for the file `asker`.
pub(crate) fn describe_term(snapshot: &Snapshot, term: &Arc<Term>, asker: Option<FileId>) -> String {
    render(snapshot, &describe(snapshot, term, asker, snapshot.frequency_of(term)))
}

fn render(snapshot: &Snapshot, described: &Described) -> String {
    let mut paragraphs = vec![head(described)];
    let shown = described.senses.iter().take(SENSES).enumerate();
    let senses = shown.filter_map(|(nth, sense)| entry(snapshot, nth + 1, sense));
    let more = described.senses.len().checked_sub(SENSES + 1).map(|more| format!("{} more senses", more + 1));
    let senses = senses.chain(more);
    let questions = described.term.asked.iter().take(QUESTIONS).filter_map(|asked| question(snapshot, asked));
    if described.status() == TermStatus::Asked {
        paragraphs.extend(questions.chain(senses));
    } else {
        paragraphs.extend(senses.chain(questions));
    }
    paragraphs.extend(described.examples.iter().filter_map(|&place| example(snapshot, place)));
    paragraphs.extend(usage(described));
    if !snapshot.is_read() {
        paragraphs.push("Sources are still being read; there may be more senses.".to_owned());
    }
    paragraphs.join("\n\n")
}

/// The term, and whether its senses agree.
fn head(described: &Described) -> String {
    let name = markdown::bold(&described.term.name);
    match (described.status(), described.senses.len()) {
        (TermStatus::Undefined, _) => format!("{name} is used in the sources but never defined."),
        (TermStatus::Asked, _) => format!("{name} is never defined, but somebody asks for its definition."),
        (TermStatus::Contested, _) => format!("{name} is **contested**: its senses differ."),
        (TermStatus::Defined, 1) => name,
        (TermStatus::Defined, count) => format!("{name} · {count} senses"),
    }
}

/// One sense: how it is given, its words, and its place.
fn entry(snapshot: &Snapshot, nth: usize, sense: &Sense) -> Option<String> {
    let file = snapshot.file(sense.file)?;
    let manner = markdown::escape(&manner(snapshot, sense));
    let words = quoted(&words_of(snapshot, sense));
    let also = match sense.also.len() {
        0 => String::new(),
        1 => " · in 1 other place too".to_owned(),
        more => format!(" · in {more} other places too"),
    };
    let confidence = (sense.score * 100.0).round();
    let is_plain = matches!(sense.kind, SenseKind::Glossary | SenseKind::Acronym | SenseKind::Alias);
    let confidence = if is_plain { String::new() } else { format!(" · {confidence}% confidence") };
    Some(format!("{nth}. {manner}: {words}  \n   {}{confidence}{also}", address(snapshot, file, sense.sentence)))
}

fn question(snapshot: &Snapshot, asked: &Sense) -> Option<String> {
    let file = snapshot.file(asked.file)?;
    let by = holder(snapshot, asked).map(|name| format!(" by {}", markdown::escape(&name))).unwrap_or_default();
    let words = quoted(&plain_words(file, &file.words_at(asked.sentence)));
    Some(format!("Asked{by}: {words}  \n{}", address(snapshot, file, asked.sentence)))
}

fn example(snapshot: &Snapshot, place: Place) -> Option<String> {
    let file = snapshot.file(place.file)?;
    let words = quoted(&plain_words(file, &file.words_at(place.span)));
    Some(format!("{words}  \n{}", address(snapshot, file, place.span)))
}

/// How often the term is used. `None` if it occurs only within longer names.
fn usage(described: &Described) -> Option<String> {
    let &Frequency { times, files, .. } = &described.frequency;
    if times == 0 {
        return None;
    }
    let times = match if files.is_some() { times } else { roughly(times) } {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        times => format!("{times} times"),
    };
    Some(match files {
        Some(1) => format!("Used {times} in one file."),
        Some(files) => format!("Used {times} in {files} files."),
        None => format!("Used about {times} in the sources."),
    })
}

/// An estimated number rounded to one digit, as it comes from a small sample.
fn roughly(number: usize) -> usize {
    let unit = 10_usize.pow(number.checked_ilog10().unwrap_or_default());
    (number + unit / 2) / unit * unit
}

/// Words of a source in quotation marks, cut if there are many.
fn quoted(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let shown = markdown::escape(&words[..words.len().min(WORDS)].join(" "));
    let more = if words.len() > WORDS { " …" } else { "" };
    format!("“{shown}{more}”")
}

/// "Title, path:line", linked.
fn address(snapshot: &Snapshot, file: &File, span: Span) -> String {
    let line = file.line_of(span.start);
    let place = file.part(span.start).map_or_else(|| format!(":{}", line + 1), |part| format!(", {part}"));
    let place = file.path.clone() + &place;
    let title = title(snapshot, file);
    let label = if title == file.path { place } else { format!("{title}, {place}") };
    markdown::link(&label, file.id, line)
}
