//! Sentences of a note's prose.

use ibid_text::{Mapped, Span};
use serde::{Deserialize, Serialize};

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
