//! The chapters of a book and the pages of its printed edition, as listed in the navigation document (EPUB 3.3, 7) or
//! the NCX (EPUB 2).

use super::Package;
use crate::{
    ExtractError,
    archive::{Archive, resolved},
    html, xml,
};

/// An entry of the table of contents or the page list.
pub(super) struct Entry {
    /// The name of the content document it points to.
    pub(super) page: String,
    /// The id of the element there; empty for the whole document.
    pub(super) fragment: String,
    /// The label of the entry.
    pub(super) title: String,
}

impl Entry {
    /// An entry in the part `from` that points to `target`.
    fn new(from: &str, target: &str, title: String) -> Self {
        let (page, fragment) = target.split_once('#').unwrap_or((target, ""));
        let page = if page.is_empty() { from.to_owned() } else { resolved(from, page) };
        Self { page, fragment: fragment.to_owned(), title }
    }
}

/// The table of contents in order; empty if the book has none.
pub(super) fn entries(archive: &mut Archive, package: &Package) -> Result<Vec<Entry>, ExtractError> {
    listed(archive, package, html::contents, "navPoint")
}

/// The list of pages of the printed edition in order; empty if the book has none.
pub(super) fn printed_pages(archive: &mut Archive, package: &Package) -> Result<Vec<Entry>, ExtractError> {
    listed(archive, package, html::page_list, "pageTarget")
}

/// The entries that `list` reads from the navigation document, or the NCX elements called `element`.
fn listed(
    archive: &mut Archive,
    package: &Package,
    list: fn(&str) -> Vec<(String, String)>,
    element: &'static str,
) -> Result<Vec<Entry>, ExtractError> {
    if let Some(path) = &package.navigation {
        let links = archive.text(path)?.map(|text| list(&text)).unwrap_or_default();
        if !links.is_empty() {
            return Ok(links.into_iter().map(|(target, title)| Entry::new(path, &target, title)).collect());
        }
    }
    let Some(path) = &package.ncx else { return Ok(Vec::new()) };
    let text = archive.text(path)?.unwrap_or_default();
    let Some(tree) = xml::tree(&text) else { return Ok(Vec::new()) };
    let entry = |point| {
        let target = xml::value(xml::child(point, "content")?, "src")?;
        Some(Entry::new(path, target, xml::words(xml::child(point, "navLabel")?)))
    };
    Ok(xml::all(&tree, element).filter_map(entry).collect())
}
