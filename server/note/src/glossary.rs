//! The note's own definitions.

use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::{Heading, page::Kind, quotation::Reading};

/// One entry of a note's own glossary.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The term as written.
    pub term: Span,
    /// What the note says it means.
    pub sense: Span,
}

/// The entries of a note: `**X**: …`, `**X** — …`, `X:: …`, definition lists, and under a heading such as "Glossary"
/// each heading with its first sentence.
pub(crate) fn gather(readings: &[Reading], headings: &[Heading]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = readings.iter().filter_map(lead_entry).collect();
    let mut term = None;
    for reading in readings {
        match reading.run.kind {
            Kind::Term => term = Some(reading.run.span),
            Kind::Definition => entries.extend(term.map(|term| Entry { term, sense: reading.run.span })),
            _ => {}
        }
    }
    entries.extend(heading_entries(readings, headings));
    entries.sort_by_key(|entry| entry.term);
    entries.dedup();
    entries
}

/// `**X**: …`, `**X:** …`, `**X** — …` or `X:: …` at the head of a paragraph or list item.
fn lead_entry(reading: &Reading) -> Option<Entry> {
    let run = &reading.run;
    if !matches!(run.kind, Kind::Prose(_)) || run.quote.is_some() {
        return None;
    }
    let text = run.said.text();
    let (term, sense_start) = if let Some(lead) = run.lead {
        let words = lead.of(text);
        let bare = words.trim_end_matches([':', ' ']);
        let rest = &text[lead.end as usize..];
        let inside = words.trim_end().ends_with(':');
        let mark = rest.trim_start();
        let len = [":", "—", "–", "-- ", "- ", "="].into_iter().find(|sign| mark.starts_with(sign)).map(str::len);
        let skipped = if inside { 0 } else { rest.len() - mark.len() + len? };
        (Span::new(lead.start, lead.start + bare.len() as u32), lead.end as usize + skipped)
    } else {
        let at = text.find(":: ")?;
        (Span::new(0, at as u32), at + 3)
    };
    let sense = &text[sense_start..];
    let start = sense_start + (sense.len() - sense.trim_start().len());
    let sense = Span::new(start as u32, (start + sense.trim().len()) as u32);
    if sense.of(text).split_whitespace().count() < 2 || !is_term(term.of(text)) {
        return None;
    }
    Some(Entry { term: run.said.to_original(term), sense: run.said.to_original(sense) })
}

/// A term is a few words, none of them a label such as "Note".
fn is_term(term: &str) -> bool {
    let words = term.split_whitespace().count();
    (1..=6).contains(&words)
        && term.contains(char::is_alphabetic)
        && !term.ends_with(['.', '?', '!', ','])
        && !LABELS.contains(&term.to_lowercase().as_str())
}

/// Bold words that label a paragraph rather than name a term.
const LABELS: &[&str] = &[
    "note",
    "notes",
    "warning",
    "tip",
    "important",
    "caution",
    "example",
    "examples",
    "question",
    "answer",
    "q",
    "a",
    "todo",
    "update",
    "edit",
    "summary",
    "tl;dr",
    "tldr",
    "conclusion",
    "source",
    "sources",
    "date",
    "author",
    "authors",
    "title",
    "status",
    "tags",
    "abstract",
    "claim",
    "remark",
    "see also",
    "references",
    "pros",
    "cons",
    "goal",
    "aim",
    "result",
    "results",
    "step",
    "idea",
    "problem",
    "solution",
    "epistemic status",
    "disclaimer",
    "caveat",
];

/// Headings under which a note lists its terms.
const GLOSSARIES: &[&str] = &["glossary", "terminology", "definitions", "terms", "vocabulary", "key terms"];

fn heading_entries<'a>(readings: &'a [Reading], headings: &'a [Heading]) -> impl Iterator<Item = Entry> + 'a {
    let is_glossary = |heading: &Heading| GLOSSARIES.contains(&heading.text.trim().to_lowercase().as_str());
    let mut within = Span::default();
    headings.iter().filter_map(move |heading| {
        if is_glossary(heading) {
            within = heading.section;
            return None;
        }
        if !within.covers(heading.span) {
            return None;
        }
        let title = readings.partition_point(|reading| reading.run.span.start < heading.span.start);
        let term = readings.get(title).filter(|reading| reading.run.kind == Kind::Title)?;
        let first = readings.get(title + 1).filter(|reading| matches!(reading.run.kind, Kind::Prose(_)))?;
        Some(Entry { term: term.run.span, sense: first.sentences.first()?.span })
    })
}
