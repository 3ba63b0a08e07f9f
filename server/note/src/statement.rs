//! Sentences of a note's prose.

use ibid_text::{Mapped, Span};
use serde::{Deserialize, Serialize};

use crate::{
    Heading, Quotation,
    markdown::{BlockKind, BlockQuote, repeats_somebody},
    quotation::{Form, ParsedBlock},
};

/// One sentence of prose.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// The sentence in the note, marks and citations included.
    pub span: Span,
    /// Its text without Markdown, citations and footnote marks.
    pub words: Mapped,
    /// The kind of block that contains it.
    pub setting: Setting,
    /// The number of its paragraph or list item in the note.
    pub block: u32,
    /// Whether it is the last sentence of its block.
    pub ends_block: bool,
    /// Whether it has ended. A sentence that is still being typed has no closing mark and nothing after it.
    pub finished: bool,
    /// Index of the innermost heading above it.
    pub heading: Option<u32>,
    /// Indices of the citations inside it.
    pub citations: Vec<u32>,
    /// Indices of the quotations inside it, and of the blockquote directly below it.
    pub quotations: Vec<u32>,
}

/// The kind of block that contains a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Setting {
    /// A paragraph.
    Paragraph,
    /// A list item.
    ListItem,
    /// A list item with a check box.
    Task,
    /// A table cell.
    TableCell,
    /// A footnote.
    Footnote,
    /// An Obsidian callout `> [!…]`.
    Callout,
}

/// The statements of a note, in order.
pub(crate) fn gather(
    blocks: &[ParsedBlock],
    quotes: &[BlockQuote],
    quotations: &[Quotation],
    headings: &[Heading],
) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    let mut next_heading = 0;
    for (at, block) in blocks.iter().enumerate() {
        let run = &block.run;
        while headings.get(next_heading).is_some_and(|heading| heading.span.start <= run.span.start) {
            next_heading += 1;
        }
        let setting = match run.kind {
            BlockKind::Prose(setting) => setting,
            BlockKind::Definition => Setting::Paragraph,
            BlockKind::Title | BlockKind::Term | BlockKind::Code => continue,
        };
        if run.quote.is_some_and(|quote| repeats_somebody(quotes, quote)) {
            continue;
        }
        let heading = next_heading.checked_sub(1).map(|at| at as u32);
        let last = block.sentences.len().saturating_sub(1);
        for (number, sentence) in block.sentences.iter().enumerate() {
            let mut words = Mapped::default();
            words.push_part(&run.text, sentence.text_span);
            let ends_block = number == last;
            let followed = !ends_block || setting != Setting::Paragraph && at + 1 < blocks.len();
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
    add_quotations(&mut statements, blocks, quotes, quotations);
    statements
}

/// Whether a sentence has its closing mark.
fn is_closed(words: &str) -> bool {
    let bare = words.trim_end_matches([')', ']', '"', '”', '’', '\'', '»', '」', '“', ' ']);
    bare.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？'])
}

/// Adds to each statement the quotations inside it and the blockquote directly below.
fn add_quotations(
    statements: &mut [Statement],
    blocks: &[ParsedBlock],
    quotes: &[BlockQuote],
    quotations: &[Quotation],
) {
    for (index, quotation) in quotations.iter().enumerate() {
        let index = index as u32;
        let before = statements.partition_point(|statement| statement.span.start <= quotation.span.start);
        let Some(statement) = before.checked_sub(1).and_then(|at| statements.get_mut(at)) else { continue };
        let inside = statement.span.overlaps(quotation.span);
        let below = matches!(quotation.form, Form::Block | Form::Callout) && statement.ends_block && {
            let block = blocks[statement.block as usize].run.number;
            quotes
                .binary_search_by_key(&quotation.span.start, |quote| quote.span.start)
                .is_ok_and(|quote| quotes[quote].blocks.0 == block + 1)
        };
        if inside || below {
            statement.quotations.push(index);
        }
    }
}
