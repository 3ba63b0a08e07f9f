//! The package document of a book: metadata and the list of parts (EPUB 3.3, 5; OPF 2.0).

use roxmltree::{Document, Node};
use rustc_hash::FxHashMap;

use crate::{
    ExtractError, Metadata,
    archive::{Archive, resolved},
    txt::head::doi,
    xml,
};

/// The package of a book.
pub(super) struct Package {
    /// The book's metadata.
    pub(super) metadata: Metadata,
    /// The names of the content documents in reading order.
    pub(super) pages: Vec<String>,
    /// The name of the navigation document.
    pub(super) navigation: Option<String>,
    /// The name of the NCX, the table of contents of EPUB 2.
    pub(super) ncx: Option<String>,
}

impl Package {
    /// Reads the package that the container names (EPUB OCF 3.3, 4.2.6.3.1).
    pub(super) fn of(archive: &mut Archive) -> Result<Self, ExtractError> {
        let container = archive.text("META-INF/container.xml")?.ok_or(ExtractError::Damaged)?;
        let container = xml::tree(&container).ok_or(ExtractError::Damaged)?;
        let path = xml::all(&container, "rootfile").find_map(|file| xml::value(file, "full-path"));
        let path = resolved("", path.ok_or(ExtractError::Damaged)?);
        let text = archive.text(&path)?.ok_or(ExtractError::Damaged)?;
        let tree = xml::tree(&text).ok_or(ExtractError::Damaged)?;
        Ok(Self::read(&tree, &path))
    }

    /// Reads the package document at `path`.
    fn read(tree: &Document, path: &str) -> Self {
        let items: FxHashMap<&str, Item> = xml::all(tree, "item").filter_map(|item| Item::of(item, path)).collect();
        let item = |id: &str| items.get(id);
        let spine = xml::all(tree, "spine").next();
        let in_order = spine.into_iter().flat_map(|spine| xml::children(spine, "itemref"));
        let in_order = in_order.filter_map(|reference| item(xml::value(reference, "idref")?));
        let ncx = spine.and_then(|spine| item(xml::value(spine, "toc")?));
        let ncx = ncx.or_else(|| items.values().find(|item| item.kind == "application/x-dtbncx+xml"));
        Self {
            metadata: metadata(tree),
            pages: in_order.filter(|item| item.is_page()).map(|item| item.path.clone()).collect(),
            navigation: items.values().find(|item| item.is_navigation).map(|item| item.path.clone()),
            ncx: ncx.map(|item| item.path.clone()),
        }
    }
}

/// A part of a book, as listed in its manifest.
struct Item<'t> {
    path: String,
    /// Its media type.
    kind: &'t str,
    is_navigation: bool,
}

impl<'t> Item<'t> {
    /// An item with its id.
    fn of(item: Node<'t, '_>, package: &str) -> Option<(&'t str, Self)> {
        let path = resolved(package, xml::value(item, "href")?);
        let mut properties = xml::value(item, "properties").unwrap_or_default().split_whitespace();
        let kind = xml::value(item, "media-type").unwrap_or_default();
        Some((xml::value(item, "id")?, Self { path, kind, is_navigation: properties.any(|one| one == "nav") }))
    }

    /// Whether it is a text document. Others may be pictures of pages.
    fn is_page(&self) -> bool {
        ["html", "oeb1-document", "dtbook"].iter().any(|kind| self.kind.contains(kind))
    }
}

/// The Dublin Core metadata of a book.
fn metadata(tree: &Document) -> Metadata {
    let said = |what: &'static str| {
        xml::all(tree, what).map(|node| (node, xml::words(node))).filter(|(_, said)| !said.is_empty())
    };
    let mut metadata = Metadata {
        title: said("title").next().map(|(_, title)| title),
        authors: authors(tree, said("creator").collect()),
        date: date(&said("date").collect::<Vec<_>>()),
        ..Metadata::default()
    };
    for (_, name) in said("identifier").chain(said("source")) {
        let bare = name.trim_start_matches("url:");
        if bare.starts_with("http://") || bare.starts_with("https://") {
            metadata.urls.push(bare.to_owned());
        }
        if doi(&name).starts_with("10.") {
            metadata.doi.get_or_insert_with(|| doi(&name).to_owned());
        }
        metadata.aliases.extend(isbn(&name).filter(|isbn| !metadata.aliases.contains(isbn)));
    }
    metadata
}

/// The authors: the creators with the role `aut` or no role, or all creators if there are none.
fn authors(tree: &Document, creators: Vec<(Node, String)>) -> Vec<String> {
    let role = |creator: Node| {
        let own = xml::value(creator, "role").map(str::to_owned);
        own.or_else(|| {
            let of = format!("#{}", xml::value(creator, "id")?);
            let refined = xml::all(tree, "meta").filter(|meta| xml::value(*meta, "refines") == Some(&of));
            refined.into_iter().find(|meta| xml::value(*meta, "property") == Some("role")).map(xml::words)
        })
    };
    let (authors, others): (Vec<_>, Vec<_>) =
        creators.into_iter().partition(|(creator, _)| role(*creator).is_none_or(|role| role == "aut"));
    let named = if authors.is_empty() { others } else { authors };
    named.into_iter().map(|(_, name)| name).collect()
}

/// The publication date: the date marked as such, otherwise the first without an event.
fn date(dates: &[(Node, String)]) -> Option<String> {
    let is_of_publication = |event: &str| event.contains("publication");
    let published = dates.iter().find(|(date, _)| xml::value(*date, "event").is_some_and(is_of_publication));
    let (_, date) = published.or_else(|| dates.iter().find(|(date, _)| xml::value(*date, "event").is_none()))?;
    Some(date.split('T').next().unwrap_or_default().to_owned())
}

/// The digits of an ISBN; `None` if `name` is not one.
fn isbn(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let number = lower.trim_start_matches("urn:").trim_start_matches("isbn").trim_start_matches([':', ' ']);
    let digits: String = number.chars().filter(|c| !matches!(c, '-' | ' ')).collect::<String>().to_ascii_uppercase();
    let is_number = digits.trim_end_matches('X').bytes().all(|byte| byte.is_ascii_digit());
    let is_long = digits.len() == 13 && (digits.starts_with("978") || digits.starts_with("979"));
    let is_short = digits.len() == 10 && lower.contains("isbn");
    (is_number && (is_long || is_short)).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_that_of_the_publication() {
        let date_of = |dates: &str| {
            let text = format!("<p xmlns:opf='opf'>{dates}</p>");
            metadata(&xml::tree(&text).expect("it is XML")).date
        };
        let converted = "<date opf:event='conversion'>2024-01-02</date>";
        assert_eq!(date_of(converted), None);
        assert_eq!(date_of(&format!("{converted}<date>1871</date>")).as_deref(), Some("1871"));
        let published = "<date>2020</date><date opf:event='original-publication'>1871-12-01T00:00:00Z</date>";
        assert_eq!(date_of(published).as_deref(), Some("1871-12-01"));
    }

    #[test]
    fn isbns_are_recognised() {
        assert_eq!(isbn("urn:isbn:978-0-14-143972-3").as_deref(), Some("9780141439723"));
        assert_eq!(isbn("9780141439723").as_deref(), Some("9780141439723"));
        assert_eq!(isbn("ISBN 0-8044-2957-X").as_deref(), Some("080442957X"));
        assert_eq!(isbn("1234567890"), None);
        assert_eq!(isbn("urn:uuid:9780141439723"), None);
    }
}
