//! What hover shows.

pub(crate) mod citation;
mod claim;
pub(crate) mod passage;
mod quotation;
pub(crate) mod term;

use ibid_corpus::{FileId, Snapshot};
use ibid_text::Span;

use crate::Memo;

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
/// A citation speaks alone; a term inside a quotation is followed by the quotation's verdict; a claim speaks when
/// nothing in it does. `memo` is that of the file.
pub fn hover(snapshot: &Snapshot, file: FileId, offset: u32, memo: &Memo) -> Option<Hover> {
    if let Some(citation) = citation::hover(snapshot, file, offset) {
        return Some(citation);
    }
    let quotation = quotation::hover(snapshot, file, offset, memo.recall(snapshot));
    match (term::hover(snapshot, file, offset), quotation) {
        (Some(term), Some(quotation)) => {
            Some(Hover { markdown: format!("{}\n\n---\n\n{}", term.markdown, quotation.markdown), ..term })
        }
        (term, quotation) => term.or(quotation).or_else(|| claim::hover(snapshot, file, offset, memo.recall(snapshot))),
    }
}
