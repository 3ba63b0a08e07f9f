//! Where the chapters of a book begin, and the pages of its print: its navigation document (EPUB 3.3, 7), or its NCX (EPUB 2).

use super::Package;
use crate::{
    ExtractError,
    archive::{Archive, resolved},
    html, xml,
};

/// An entry of the table of contents.
pub(super) struct Entry {
    /// The name of the page that it leads to.
    pub(super) page: String,
    /// The id of the element there; "" for the whole page.
    pub(super) fragment: String,
    /// What it is called.
    pub(super) title: String,
}

impl Entry {
    /// An entry that stands in the part `from` and leads to `target`.
    fn new(from: &str, target: &str, title: String) -> Self {
        let (page, fragment) = target.split_once('#').unwrap_or((target, ""));
        let page = if page.is_empty() { from.to_owned() } else { resolved(from, page) };
        Self { page, fragment: fragment.to_owned(), title }
    }
}

/// The entries of a book's table of contents, in order; none if there is no such table.
pub(super) fn entries(archive: &mut Archive, package: &Package) -> Result<Vec<Entry>, ExtractError> {
    listed(archive, package, html::contents, "navPoint")
}

/// The pages of the printed book that a list in the book names, in order; none if there is no such list.
pub(super) fn printed_pages(archive: &mut Archive, package: &Package) -> Result<Vec<Entry>, ExtractError> {
    listed(archive, package, html::page_list, "pageTarget")
}

/// The entries of a list of the navigation document, else those of such elements of the NCX.
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
