//! From a quotation to the very words, from a citation to its source, from a term to its senses.

use ibid_corpus::{FileId, Snapshot};
use ibid_text::Span;

/// A place in a file's own text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The words to show.
    pub span: Span,
}

/// Where the thing under the cursor is from: the origin's span in `file`, and the places, best first.
pub fn goto_definition(_snapshot: &Snapshot, _file: FileId, _offset: u32) -> Option<(Span, Vec<Place>)> {
    None
}
