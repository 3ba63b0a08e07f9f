//! Comments that switch findings off.

use ibid_text::Span;
use serde::{Deserialize, Serialize};

/// All suppressions of a note.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Suppressions {
    /// The stretches that are switched off.
    pub stretches: Vec<Suppression>,
    /// Every code that a comment names, for telling the unknown ones.
    pub named: Vec<(Span, String)>,
}

/// One stretch of a note in which codes are switched off.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Suppression {
    /// Where it holds.
    pub span: Span,
    /// The codes; empty means all.
    pub codes: Vec<String>,
}

impl Suppressions {
    /// Whether a finding of `code` that begins at `offset` is switched off.
    pub fn covers(&self, code: &str, offset: u32) -> bool {
        self.stretches
            .iter()
            .any(|s| s.span.touches(offset) && (s.codes.is_empty() || s.codes.iter().any(|c| c == code)))
    }
}
