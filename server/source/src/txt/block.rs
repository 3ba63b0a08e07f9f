//! Groups the lines of a page into blocks.

use ibid_language::{Class, Language};
use ibid_text::Span;

use super::{
    furniture,
    head::is_field,
    line::{Line, lines, would_fit, wrap_width},
};
use crate::voice::frame;

/// A paragraph, a list item, or a mark between passages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Block {
    /// Its words.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: BlockKind,
    /// Whether there is a blank line or the page's edge on both sides.
    pub(super) isolated: bool,
}

/// What a block of a text page is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum BlockKind {
    /// Prose.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// `[...]` alone: somebody else's words were left out here.
    Elision,
    /// A label of the page's interface.
    Furniture,
}

/// The first `most` blocks of a page, in order. Lines broken inside a sentence are joined, and wrapped pages are
/// unwrapped.
pub(super) fn blocks(text: &str, most: usize, language: Language) -> Vec<Block> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let last = at.checked_sub(1).map(|before| lines[before]);
        match (blocks.last_mut(), last) {
            (Some(block), Some(last)) if continues(text, *block, last, *line, width, language) => {
                block.span.end = line.span.end;
            }
            _ => blocks.push(open(text, *line, language)),
        }
        if blocks.len() > most {
            blocks.pop();
            break;
        }
        let gap_after = lines.get(at + 1).is_none_or(|next| next.gap_before);
        if let Some(block) = blocks.last_mut() {
            block.isolated = block.isolated && gap_after;
        }
    }
    blocks
}

/// A new block that begins with `line`. Its `isolated` flag only covers the space before it.
fn open(text: &str, line: Line, language: Language) -> Block {
    let words = line.span.of(text);
    let kind = if is_elision(words) {
        BlockKind::Elision
    } else if line.marker > 0 {
        BlockKind::ListItem
    } else if furniture::is_furniture(words, language) {
        BlockKind::Furniture
    } else {
        BlockKind::Paragraph
    };
    let glued = if kind == BlockKind::Paragraph { furniture::glued(words, language) as u32 } else { 0 };
    Block { span: Span::new(line.span.start + glued, line.span.end), kind, isolated: line.gap_before }
}

fn is_elision(words: &str) -> bool {
    matches!(words, "[...]" | "[…]" | "[. . .]" | "(...)" | "(…)" | "..." | "…")
}

/// Whether `line` continues the block whose last line is `last`.
fn continues(text: &str, block: Block, last: Line, line: Line, width: Option<u32>, language: Language) -> bool {
    let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
    if line.gap_before || line.marker > 0 || !prose {
        return false;
    }
    let (before, words) = (last.span.of(text), line.span.of(text));
    if is_elision(words)
        || furniture::is_furniture(words, language)
        || is_field(words, language)
        || is_field(before, language)
    {
        return false;
    }
    let full = width.map(|width| !would_fit(text, last, line, width));
    if frame::introduces(before, language) && full != Some(true) {
        return false;
    }
    if is_open(before, language) || (ends_bare(before) && words.starts_with(char::is_lowercase)) {
        return true;
    }
    if block.kind == BlockKind::ListItem && line.indent >= last.indent + last.marker.max(2) {
        return true;
    }
    let indented = line.indent >= last.indent + 2;
    full.is_some_and(|full| !ends_sentence(before) || (full && !indented))
}

/// Whether a sentence cannot end with this line, because its last word needs another one after it.
fn is_open(line: &str, language: Language) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let hyphenated = last.ends_with('-') && last.len() > 1 && !last.ends_with("--");
    hyphenated || language.is(&last.to_lowercase(), Class::OpenEndedWord)
}

/// Whether the line ends with a letter or comma, so that a lower-case line can continue it.
fn ends_bare(line: &str) -> bool {
    line.ends_with(|c: char| c.is_alphanumeric() || c == ',')
}

/// Whether the line ends like a sentence.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '_']).ends_with(['.', '?', '!', ':', '…'])
}
