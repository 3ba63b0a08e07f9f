//! Citations by position, and citations made up to ask where they would lead.

use ibid_corpus::File;
use ibid_note::{Citation, Target};
use ibid_text::Span;

/// The innermost citation of a note at a byte offset: at its mark, or where its target is written.
pub(crate) fn citation_at(file: &File, offset: u32) -> Option<Citation> {
    let citations = file.citations().into_iter();
    let touched = |citation: &Citation| citation.span.touches(offset) || citation.target_span.touches(offset);
    citations.filter(touched).min_by_key(|citation| citation.span.len())
}

/// A citation of a target that is not written anywhere.
pub(crate) fn unwritten(target: Target) -> Citation {
    let span = Span::default();
    Citation { span, target_span: span, target, footnote: None, locator: None, bare: false }
}
