//! The note's own definitions. Blocks in a language without a pack have none.

use ibid_language::{Language, List};
use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::{Heading, Setting, markdown::BlockKind, quotation::ParsedBlock};

/// One entry of a note's own glossary.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The term as written.
    pub term: Span,
    /// Its definition.
    pub sense: Span,
    /// How far its form alone makes it a definition.
    pub form: EntryForm,
}

/// How far the form of an entry makes it a definition.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum EntryForm {
    /// It defines its term wherever it stands.
    Definition,
    /// A list item with a dash, outside a section that is a glossary: many lists that define nothing look like this, so it is
    /// a definition only in a file that is a glossary.
    DashedItem,
}

/// Whether a heading or the name of a file says that below it terms are listed.
pub fn names_a_glossary(title: &str, language: Language) -> bool {
    let title = title.trim().to_lowercase().replace(['-', '_'], " ");
    language.words(List::GlossaryHeading).contains(&title.as_str())
}

/// The entries of a note: `**X**: …`, `**X** — …`, `X:: …`, definition lists, and each heading under a heading such as
/// "Glossary", with the first sentence below it.
pub(crate) fn gather(blocks: &[ParsedBlock], headings: &[Heading]) -> Vec<Entry> {
    let sections = glossary_sections(blocks, headings);
    let mut entries: Vec<Entry> = blocks.iter().filter_map(|block| lead_entry(block, &sections)).collect();
    let mut term = None;
    for block in blocks.iter().filter(|block| block.run.language.has_pack()) {
        match block.run.kind {
            BlockKind::Term => term = Some(block.run.span),
            BlockKind::Definition => {
                entries.extend(term.map(|term| Entry { term, sense: block.run.span, form: EntryForm::Definition }));
            }
            _ => {}
        }
    }
    entries.extend(heading_entries(blocks, headings, &sections));
    entries.sort_by_key(|entry| entry.term);
    entries.dedup();
    entries
}

/// `**X**: …`, `**X:** …`, `**X** — …` or `X:: …` at the head of a paragraph or list item.
fn lead_entry(block: &ParsedBlock, sections: &[Span]) -> Option<Entry> {
    let run = &block.run;
    if !run.language.has_pack() || !matches!(run.kind, BlockKind::Prose(_)) || run.quote.is_some() {
        return None;
    }
    let text = run.text.text();
    let (term, sense_start, mark) = if let Some(lead) = run.lead {
        let words = lead.of(text);
        let bare = words.trim_end_matches([':', ' ']);
        let rest = &text[lead.end as usize..];
        let inside = words.trim_end().ends_with(':');
        let mark = rest.trim_start();
        let sign = [":", "—", "–", "-- ", "- ", "="].into_iter().find(|sign| mark.starts_with(sign));
        let skipped = if inside { 0 } else { rest.len() - mark.len() + sign?.len() };
        (Span::new(lead.start, lead.start + bare.len() as u32), lead.end as usize + skipped, sign.filter(|_| !inside))
    } else {
        let at = text.find(":: ")?;
        (Span::new(0, at as u32), at + 3, None)
    };
    let sense = &text[sense_start..];
    let start = sense_start + (sense.len() - sense.trim_start().len());
    let sense = Span::new(start as u32, (start + sense.trim().len()) as u32);
    if sense.of(text).split_whitespace().count() < 2 || !is_term(term.of(text), run.language) {
        return None;
    }
    let is_dashed = mark.is_some_and(|mark| !matches!(mark, ":" | "="));
    let is_item = matches!(run.kind, BlockKind::Prose(Setting::ListItem | Setting::Task));
    let in_glossary = sections.iter().any(|section| section.covers(run.span));
    let form = if is_dashed && is_item && !in_glossary { EntryForm::DashedItem } else { EntryForm::Definition };
    Some(Entry { term: run.text.to_original(term), sense: run.text.to_original(sense), form })
}

/// A term is a few words, and no label such as "Note".
fn is_term(term: &str, language: Language) -> bool {
    let words = term.split_whitespace().count();
    (1..=6).contains(&words)
        && term.contains(char::is_alphabetic)
        && !term.ends_with(['.', '?', '!', ','])
        && !language.words(List::ParagraphLabel).contains(&term.to_lowercase().as_str())
}

/// The sections under headings such as "Glossary".
fn glossary_sections(blocks: &[ParsedBlock], headings: &[Heading]) -> Vec<Span> {
    let opens = |heading: &&Heading| {
        block_of(blocks, heading).is_some_and(|(_, block)| names_a_glossary(&heading.text, block.run.language))
    };
    headings.iter().filter(opens).map(|heading| heading.section).collect()
}

/// The headings in a section that is a glossary, each with the first sentence below it.
fn heading_entries<'a>(
    blocks: &'a [ParsedBlock],
    headings: &'a [Heading],
    sections: &'a [Span],
) -> impl Iterator<Item = Entry> + 'a {
    let is_term = |heading: &&Heading| {
        sections.iter().any(|section| section.start < heading.section.start && section.covers(heading.span))
    };
    headings.iter().filter(is_term).filter_map(|heading| {
        let (at, term) = block_of(blocks, heading).filter(|(_, block)| block.run.kind == BlockKind::Title)?;
        let first = blocks.get(at + 1).filter(|block| matches!(block.run.kind, BlockKind::Prose(_)))?;
        Some(Entry { term: term.run.span, sense: first.sentences.first()?.span, form: EntryForm::Definition })
    })
}

/// The block of a heading, and its number.
fn block_of<'a>(blocks: &'a [ParsedBlock], heading: &Heading) -> Option<(usize, &'a ParsedBlock)> {
    let at = blocks.partition_point(|block| block.run.span.start < heading.span.start);
    Some((at, blocks.get(at)?))
}
