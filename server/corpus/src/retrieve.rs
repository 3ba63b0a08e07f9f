//! Passages that speak to a claim.

use ibid_text::Span;

use crate::{FileId, Snapshot};

/// A passage that speaks to a claim.
#[derive(Clone, PartialEq, Debug)]
pub struct Speaking {
    /// The source.
    pub file: FileId,
    /// The sentence or passage in the source's readable text.
    pub span: Span,
    /// How near it is to the claim, 0..1.
    pub score: f32,
}

impl Snapshot {
    /// Up to `most` passages that speak to `claim`, best first; `within` narrows it to one source.
    pub fn speaking_to(&self, _claim: &str, _within: Option<FileId>, _most: usize) -> Vec<Speaking> {
        Vec::new()
    }
}
