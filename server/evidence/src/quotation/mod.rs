//! Comparing a quotation with its source.
//!
//! [`Quoted::parse`] reads what the writer marked (omissions, insertions); [`compare()`] aligns the words with a stretch of
//! a source and returns a verdict; [`explain()`] describes the changes in words.

mod align;
mod change;
mod compare;
mod explain;
mod letters;
mod number_sign;
mod quoted;
mod slip;
mod table;
mod word_ids;

pub use compare::{Comparison, Run, compare};
pub use explain::explain;
pub use quoted::Quoted;

use ibid_text::Span;
use serde::{Deserialize, Serialize};

/// The verdict ladder for a quotation (docs/diagnostics.md).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Character for character.
    Verbatim,
    /// Differs only in typography.
    Typographic,
    /// Differs only where the writer marked it.
    Marked,
    /// Words were changed, dropped or added without a mark.
    Altered,
    /// Found in several places that match equally well.
    Ambiguous,
    /// Found, but not in the source or voice that the note names.
    Misattributed,
    /// No source has it.
    NotFound,
    /// Could not be judged. Never shown as verified.
    Unchecked,
}

/// One word-level change between a quotation and its source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Edit {
    /// Whether words were replaced, left out of the quotation or added to it.
    pub kind: EditKind,
    /// The most serious kind of change that applies.
    pub change: Change,
    /// The span in the quotation; empty for a deletion.
    pub quote: Span,
    /// The span in the source's text; empty for an insertion.
    pub source: Span,
}

/// What the quotation does with the source's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditKind {
    /// It replaces words by others.
    Replace,
    /// It leaves words out.
    Delete,
    /// It adds words.
    Insert,
}

/// The kind of word that an edit changes, most serious first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A negation was dropped, added or changed.
    Negation,
    /// A number.
    Number,
    /// may/will, should/must.
    Modal,
    /// some/all, often/always.
    Quantifier,
    /// A proper name.
    Name,
    /// A word that hedges.
    Hedge,
    /// Another spelling of the word (colour/color).
    Spelling,
    /// A slip of the source, which the quotation corrects (the the/the).
    Slip,
    /// Any other word.
    Wording,
}

impl Change {
    /// Whether the words are the same, in another spelling or without a slip of the source.
    pub const fn is_of_letters(self) -> bool {
        matches!(self, Self::Spelling | Self::Slip)
    }
}
