//! Comparing a quotation with its source.
//!
//! [`Quoted::parse`] reads what the writer marked (omissions, insertions); [`compare()`] aligns the words with a stretch of
//! a source and climbs the verdict ladder; [`explain()`] says in words what was changed.

mod align;
mod change;
mod compare;
mod explain;
mod quoted;
mod sign;
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
    /// Differs in typography alone.
    Typographic,
    /// Differs only where the writer says so.
    Marked,
    /// Words were changed, dropped or added unmarked.
    Altered,
    /// Found equally well in several places.
    Ambiguous,
    /// Found, but not in the source or voice that the note names.
    Misattributed,
    /// In no source.
    NotFound,
    /// Could not be judged. Never shown as verified.
    Unchecked,
}

/// One word-level change between a quotation and its source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Edit {
    /// Replaced, left out of the quotation, or added to it.
    pub kind: EditKind,
    /// What sort of word it touches; the gravest that applies.
    pub change: Change,
    /// Where in the quotation's words; empty for a deletion.
    pub quote: Span,
    /// Where in the source's text; empty for an insertion.
    pub source: Span,
}

/// The shape of an edit, seen from the source: the quotation replaces, deletes or inserts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditKind {
    /// Other words stand in the quotation.
    Replace,
    /// The quotation leaves words out.
    Delete,
    /// The quotation adds words.
    Insert,
}

/// What an edit changes.
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
    /// Any other word.
    Wording,
}
