//! Candidates for quotations.

use ibid_text::{Mapped, Span};
use serde::{Deserialize, Serialize};

/// Words that a note may be repeating from a source.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Quotation {
    /// The whole of it: the blockquote, or the words with their marks.
    pub span: Span,
    /// The words alone, without quotation marks, `> ` and Markdown; original offsets are the note's.
    pub words: Mapped,
    /// Block or inline.
    pub form: Form,
    /// What the note says of where the words are from.
    pub attribution: Attribution,
}

/// How a quotation is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Form {
    /// A blockquote.
    Block,
    /// Text in paired marks.
    Inline,
    /// Text in paired marks inside another quotation.
    Nested,
}

/// What stands around a quotation and says whose words they are. Empty means unattributed.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Attribution {
    /// Indices into [`crate::Note::citations`]: those of its sentence, or of the attribution line after a block.
    pub citations: Vec<u32>,
    /// Names a reporting frame gives ("X writes:", "according to X", "(X, 2023)"), as spans of the note.
    pub names: Vec<Span>,
    /// A reporting frame is there even if it names nobody we can read ("the post says").
    pub reported: bool,
}

impl Attribution {
    /// Whether the note presents the words as somebody's.
    pub fn is_attributed(&self) -> bool {
        self.reported || !self.citations.is_empty() || !self.names.is_empty()
    }
}
