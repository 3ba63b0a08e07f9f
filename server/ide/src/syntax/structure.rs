//! The elements of a Markdown file, be it a note or a source.

use std::sync::Arc;

use ibid_corpus::{FileId, Page, Snapshot};
use ibid_note::{Element, elements};
use ibid_source::Format;

/// The text of a Markdown file and its elements; `None` for a file of another kind.
pub(crate) fn elements_of(snapshot: &Snapshot, file: FileId) -> Option<(Arc<Page>, Vec<Element>)> {
    let file = snapshot.file(file)?;
    let is_markdown = file.is_note() || Format::of_name(&file.path) == Some(Format::Markdown);
    let page = file.page().filter(|_| is_markdown)?;
    let elements = elements(page.text());
    Some((page, elements))
}
