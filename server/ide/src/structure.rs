//! How Markdown files are built, sources too.

use std::sync::Arc;

use ibid_corpus::{FileId, Page, Snapshot};
use ibid_note::{Element, elements};
use ibid_source::Format;

/// A Markdown file's text with its elements; `None` for a file of another kind.
pub(crate) fn of(snapshot: &Snapshot, file: FileId) -> Option<(Arc<Page>, Vec<Element>)> {
    let file = snapshot.file(file)?;
    let is_markdown = file.is_note() || Format::of_name(&file.path) == Some(Format::Markdown);
    let page = file.page().filter(|_| is_markdown)?;
    let elements = elements(page.text());
    Some((page, elements))
}
