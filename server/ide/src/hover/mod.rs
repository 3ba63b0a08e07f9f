//! Hover: a citation, a quotation, a term or a claim.

mod citation;
mod claim;
mod quotation;
mod term;

use ibid_corpus::{FileId, Snapshot};
use ibid_text::Span;

use crate::analysis::memo::Memo;

/// A hover.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// The words that it is about, in the file's own text.
    pub span: Span,
    /// Markdown; text from files is escaped.
    pub markdown: String,
}

/// The hover at a byte offset; `None` if there is nothing to show.
///
/// A citation takes precedence. A term inside a quotation is shown with the quotation's verdict. A claim is shown if nothing
/// else is. `memo` is that of the file.
pub fn hover(snapshot: &Snapshot, file: FileId, offset: u32, memo: &Memo) -> Option<Hover> {
    if let Some(citation) = citation::hover(snapshot, file, offset) {
        return Some(citation);
    }
    let quotation = quotation::hover(snapshot, file, offset, memo);
    match (term::hover(snapshot, file, offset), quotation) {
        (Some(term), Some(quotation)) => {
            Some(Hover { markdown: format!("{}\n\n---\n\n{}", term.markdown, quotation.markdown), ..term })
        }
        (term, quotation) => term.or(quotation).or_else(|| claim::hover(snapshot, file, offset, memo)),
    }
}
