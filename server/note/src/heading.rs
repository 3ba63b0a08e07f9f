//! Headings.

use ibid_text::Span;
use serde::{Deserialize, Serialize};

/// A heading of a note.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Heading {
    /// The whole heading, marks included.
    pub span: Span,
    /// 1 to 6.
    pub level: u8,
    /// Its plain words.
    pub text: String,
    /// The section it opens: from the heading to the next of the same or a higher level.
    pub section: Span,
}
