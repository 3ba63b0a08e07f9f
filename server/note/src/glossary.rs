//! The note's own definitions. Blocks in a language without a pack have none.

use ibid_language::{Language, List};
use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::{Heading, markdown::BlockKind, quotation::ParsedBlock};

/// One entry of a note's own glossary.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The term as written.
    pub term: Span,
    /// Its definition.
    pub sense: Span,
}

/// The entries of a note: `**X**: …`, `**X** — …`, `X:: …`, definition lists, and each heading under a heading such as
/// "Glossary", with the first sentence below it.
pub(crate) fn gather(blocks: &[ParsedBlock], headings: &[Heading]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = blocks.iter().filter_map(lead_entry).collect();
    let mut term = None;
    for block in blocks.iter().filter(|block| block.run.language.has_pack()) {
        match block.run.kind {
            BlockKind::Term => term = Some(block.run.span),
            BlockKind::Definition => entries.extend(term.map(|term| Entry { term, sense: block.run.span })),
            _ => {}
        }
    }
    entries.extend(heading_entries(blocks, headings));
    entries.sort_by_key(|entry| entry.term);
    entries.dedup();
    entries
}

/// `**X**: …`, `**X:** …`, `**X** — …` or `X:: …` at the head of a paragraph or list item.
fn lead_entry(block: &ParsedBlock) -> Option<Entry> {
    let run = &block.run;
    if !run.language.has_pack() || !matches!(run.kind, BlockKind::Prose(_)) || run.quote.is_some() {
        return None;
    }
    let text = run.text.text();
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
    if sense.of(text).split_whitespace().count() < 2 || !is_term(term.of(text), run.language) {
        return None;
    }
    Some(Entry { term: run.text.to_original(term), sense: run.text.to_original(sense) })
}

/// A term is a few words, and no label such as "Note".
fn is_term(term: &str, language: Language) -> bool {
    let words = term.split_whitespace().count();
    (1..=6).contains(&words)
        && term.contains(char::is_alphabetic)
        && !term.ends_with(['.', '?', '!', ','])
        && !language.words(List::ParagraphLabel).contains(&term.to_lowercase().as_str())
}

/// The headings under a heading that opens a glossary, each with the first sentence below it.
fn heading_entries<'a>(blocks: &'a [ParsedBlock], headings: &'a [Heading]) -> impl Iterator<Item = Entry> + 'a {
    let mut within = Span::default();
    headings.iter().filter_map(move |heading| {
        let title = blocks.partition_point(|block| block.run.span.start < heading.span.start);
        let language = blocks.get(title)?.run.language;
        if language.words(List::GlossaryHeading).contains(&heading.text.trim().to_lowercase().as_str()) {
            within = heading.section;
            return None;
        }
        if !within.covers(heading.span) {
            return None;
        }
        let term = blocks.get(title).filter(|block| block.run.kind == BlockKind::Title)?;
        let first = blocks.get(title + 1).filter(|block| matches!(block.run.kind, BlockKind::Prose(_)))?;
        Some(Entry { term: term.run.span, sense: first.sentences.first()?.span })
    })
}
