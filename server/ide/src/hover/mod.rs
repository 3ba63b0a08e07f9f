//! What hover shows.

mod citation;
mod claim;
mod quotation;
mod term;

use ibid_corpus::{FileId, Snapshot};
use ibid_text::Span;

/// A hover.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// What it is about, in the file's own text.
    pub span: Span,
    /// Markdown, with everything from sources escaped.
    pub markdown: String,
}

/// The hover at a byte offset, if there is anything to say.
///
/// The innermost thing wins: a citation, a term, a quotation, a claim.
pub fn hover(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    citation::hover(snapshot, file, offset)
        .or_else(|| term::hover(snapshot, file, offset))
        .or_else(|| quotation::hover(snapshot, file, offset))
        .or_else(|| claim::hover(snapshot, file, offset))
}
