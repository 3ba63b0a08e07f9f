//! Sentences of a note's prose.

use ibid_text::{Mapped, Span};
use serde::{Deserialize, Serialize};

use crate::{
    Heading, Quotation,
    page::{BlockQuote, Kind, holds_foreign_words},
    quotation::{Form, Reading},
};

/// One sentence of prose.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// Where it stands, marks and citations included.
    pub span: Span,
    /// Its words without Markdown, citations and footnote marks.
    pub words: Mapped,
    /// Where on the page it stands.
    pub setting: Setting,
    /// Number of its paragraph or list item, counted through the note.
    pub block: u32,
    /// Whether it is the last sentence of its block.
    pub ends_block: bool,
    /// Whether it has ended: a sentence still being typed has no closing mark and nothing behind it.
    pub finished: bool,
    /// Index of the innermost heading above it.
    pub heading: Option<u32>,
    /// Citations inside it (indices).
    pub citations: Vec<u32>,
    /// Quotations inside it, or the blockquote directly below it (indices).
    pub quotations: Vec<u32>,
}

/// Where a statement stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Setting {
    /// A paragraph.
    Paragraph,
    /// A list item.
    ListItem,
    /// An item with a check box.
    Task,
    /// A table's cell.
    TableCell,
    /// A footnote's text.
    Footnote,
    /// An Obsidian callout `> [!…]`.
    Callout,
}

/// The statements of a note, in order.
pub(crate) fn gather(
    readings: &[Reading],
    quotes: &[BlockQuote],
    quotations: &[Quotation],
    headings: &[Heading],
) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    let mut next_heading = 0;
    for (at, reading) in readings.iter().enumerate() {
        let run = &reading.run;
        while headings.get(next_heading).is_some_and(|heading| heading.span.start <= run.span.start) {
            next_heading += 1;
        }
        let setting = match run.kind {
            Kind::Prose(setting) => setting,
            Kind::Definition => Setting::Paragraph,
            Kind::Title | Kind::Term | Kind::Code => continue,
        };
        if run.quote.is_some_and(|quote| holds_foreign_words(quotes, quote)) {
            continue;
        }
        let heading = next_heading.checked_sub(1).map(|at| at as u32);
        let last = reading.sentences.len().saturating_sub(1);
        for (number, sentence) in reading.sentences.iter().enumerate() {
            let mut words = Mapped::default();
            words.push_part(&run.said, sentence.said);
            let ends_block = number == last;
            let followed = !ends_block || setting != Setting::Paragraph && at + 1 < readings.len();
            statements.push(Statement {
                span: sentence.span,
                finished: followed || is_closed(words.text()),
                words,
                setting,
                block: at as u32,
                ends_block,
                heading,
                citations: sentence.citations.clone(),
                quotations: Vec::new(),
            });
        }
    }
    statements.sort_by_key(|statement| statement.span.start);
    give_quotations(&mut statements, readings, quotes, quotations);
    statements
}

/// Whether a sentence has its closing mark.
fn is_closed(words: &str) -> bool {
    let bare = words.trim_end_matches([')', ']', '"', '”', '’', '\'', '»', '」', '“', ' ']);
    bare.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？'])
}

/// Gives each statement the quotations inside it, and the blockquote directly below.
fn give_quotations(
    statements: &mut [Statement],
    readings: &[Reading],
    quotes: &[BlockQuote],
    quotations: &[Quotation],
) {
    for (index, quotation) in quotations.iter().enumerate() {
        let index = index as u32;
        let before = statements.partition_point(|statement| statement.span.start <= quotation.span.start);
        let Some(statement) = before.checked_sub(1).and_then(|at| statements.get_mut(at)) else { continue };
        let inside = statement.span.overlaps(quotation.span);
        let below = quotation.form == Form::Block && statement.ends_block && {
            let block = readings[statement.block as usize].run.block;
            quotes
                .binary_search_by_key(&quotation.span.start, |quote| quote.span.start)
                .is_ok_and(|quote| quotes[quote].blocks.0 == block + 1)
        };
        if inside || below {
            statement.quotations.push(index);
        }
    }
}
