//! The note's own definitions.

use ibid_text::Span;
use serde::{Deserialize, Serialize};

/// One entry of a note's own glossary.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The term as written.
    pub term: Span,
    /// What the note says it means.
    pub sense: Span,
}
