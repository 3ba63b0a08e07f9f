//! The pages of a book, which are XHTML: all that is seen of them, in blocks; and its table of contents.

use std::borrow::Cow;

use ibid_text::{Mapped, Span};
use rustc_hash::FxHashMap;

use super::{
    blocks::blocks,
    markup::Key,
    name::Name,
    readable::readable,
    tree::{Id, Tree},
};
use crate::PassageKind;

/// A page of a book.
#[derive(Default, Debug)]
pub(crate) struct BookPage {
    /// Its blocks in order.
    pub(crate) blocks: Vec<Block>,
    /// Where the elements begin that have an id: bytes into the page as written.
    pub(crate) anchors: FxHashMap<String, u32>,
    /// Where pages of the printed book begin, and how they are numbered: bytes into the page as written, in order.
    pub(crate) printed: Vec<(u32, String)>,
    /// What is read of it, for the way from the page as written.
    readable: Mapped,
}

impl BookPage {
    /// The printed pages that begin in a block or before it and behind the one above it: each with the byte of its words from
    /// which on they stand there, and its number. A page that begins within a word begins behind it. With the number of blocks
    /// for `at`, those that begin behind the last.
    pub(crate) fn pages_in<'p>(&self, at: usize, pages: &'p [(u32, String)]) -> Vec<(usize, &'p str)> {
        let end = |block: &Block| block.start + block.words.len() as u32;
        let above = at.checked_sub(1).and_then(|above| self.blocks.get(above)).map_or(0, end);
        let inside = |page: &'p (u32, String)| {
            let plain = self.readable.span_to_plain(Span::empty(page.0)).start;
            let Some(block) = self.blocks.get(at) else { return (above <= plain).then_some((0, &*page.1)) };
            let is_here = above <= plain && plain < end(block);
            is_here.then(|| (behind_word(&block.words, plain.saturating_sub(block.start) as usize), &*page.1))
        };
        pages.iter().filter_map(inside).collect()
    }
}

/// Where the word ends in whose midst a byte of a text stands; the byte itself where it stands in none.
fn behind_word(words: &str, at: usize) -> usize {
    let (before, behind) = words.split_at(words.floor_char_boundary(at));
    if before.is_empty() || before.ends_with(char::is_whitespace) {
        return before.len();
    }
    before.len() + behind.find(char::is_whitespace).unwrap_or(behind.len())
}

/// A block of a page of a book.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) kind: PassageKind,
    /// Its words, with a line break where the page has one.
    pub(crate) words: String,
    /// Where it stands in the page as written.
    pub(crate) span: Span,
    /// Where its words begin in what is read of the page.
    start: u32,
}

/// Reads a page of a book. Never fails.
pub(crate) fn book_page(text: &str) -> BookPage {
    let tree = Tree::of(text);
    let readable = readable(&tree);
    let kinds = blocks(&tree);
    let kind_at = |at: u32| {
        let before = kinds.partition_point(|block| block.span.start <= at);
        let block = kinds[..before].last().filter(|block| at < block.span.end);
        block.map_or(PassageKind::Paragraph, |block| block.kind)
    };
    let mut end = 0;
    let block = |words: &str| {
        let start = end + (words.len() - words.trim_start().len()) as u32;
        end += words.len() as u32;
        let span = readable.to_original(Span::new(start, start + words.trim().len() as u32));
        (!span.is_empty()).then(|| Block { kind: kind_at(span.start), words: words.trim().to_owned(), span, start })
    };
    let blocks = readable.text().split_inclusive("\n\n").filter_map(block).collect();
    BookPage { blocks, anchors: anchors(&tree), printed: printed(&tree), readable }
}

/// Where elements begin that have an id; of several with the same, the first.
fn anchors(tree: &Tree) -> FxHashMap<String, u32> {
    let mut anchors = FxHashMap::default();
    for id in tree.find(|_| true) {
        for key in [Key::Id, Key::Name] {
            if let Some(name) = tree.value(id, key) {
                anchors.entry(name.into_owned()).or_insert(tree.element(id).tag.start);
            }
        }
    }
    anchors
}

/// Where pages of the printed book begin, as elements say (EPUB Structural Semantics, `pagebreak`): with the number in their
/// label, their title or their words.
fn printed(tree: &Tree) -> Vec<(u32, String)> {
    let is_break = |id: Id| {
        let said = tree.value(id, Key::EpubType);
        said.is_some_and(|said| said.split_ascii_whitespace().any(|one| one == "pagebreak"))
            || tree.value(id, Key::Role).is_some_and(|role| role == "doc-pagebreak")
    };
    let number = |id: Id| {
        let told = [Key::Title, Key::AriaLabel].into_iter().filter_map(|key| tree.value(id, key)).map(Cow::into_owned);
        told.chain([tree.words(id)]).map(|told| page_number(&told).to_owned()).find(|number| !number.is_empty())
    };
    tree.find(is_break).filter_map(|id| Some((tree.element(id).tag.start, number(id)?))).collect()
}

/// The number of a page as it is told: "Page 5" is page 5.
pub(crate) fn page_number(told: &str) -> &str {
    let told = told.trim().trim_end_matches('.');
    let bare = ["page ", "Page ", "p. "].into_iter().find_map(|word| told.strip_prefix(word));
    bare.unwrap_or(told).trim()
}

/// The entries of the list of printed pages that a page holds (EPUB 3.3, 7.4.4: the `nav` element of type `page-list`).
pub(crate) fn page_list(text: &str) -> Vec<(String, String)> {
    let tree = Tree::of(text);
    let is_list = |id: Id| {
        tree.element(id).name == Name::Nav && tree.value(id, Key::EpubType).is_some_and(|said| said == "page-list")
    };
    let nav = tree.find(is_list).next();
    nav.map_or_else(Vec::new, |nav| links(&tree, nav))
}

/// The entries of the table of contents that a page holds (EPUB 3.3, 7: the `nav` element of type `toc`, else the first of the
/// page): where each leads, and what it is called.
pub(crate) fn contents(text: &str) -> Vec<(String, String)> {
    let tree = Tree::of(text);
    let is_nav = |id: &Id| tree.element(*id).name == Name::Nav;
    let is_contents = |id: &Id| tree.value(*id, Key::EpubType).is_some_and(|said| said == "toc");
    let nav = tree.find(|id| is_nav(&id)).find(is_contents).or_else(|| tree.find(|id| is_nav(&id)).next());
    nav.map_or_else(Vec::new, |nav| links(&tree, nav))
}

/// The links in an element: where each leads, and what it is called.
fn links(tree: &Tree, id: Id) -> Vec<(String, String)> {
    let links = tree.inside(id).filter(|&id| tree.element(id).name == Name::A);
    links.filter_map(|id| Some((tree.value(id, Key::Href)?.into_owned(), tree.words(id)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &[(PassageKind, &str)]) {
        let page = format!(r#"<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{page}"#);
        let found = book_page(&page);
        let found: Vec<_> = found.blocks.iter().map(|block| (block.kind, &*block.words)).collect();
        assert_eq!(found, expected, "{page}");
    }

    #[test]
    fn all_that_is_seen_is_read() {
        use PassageKind::{Blockquote, Heading, ListItem, Paragraph};
        check(
            "<h1>I<br/>In Chancery</h1><p>Fog <i>everywhere</i>.</p><footer>Fog</footer><aside>up the river</aside>",
            &[
                (Heading, "I\nIn Chancery"),
                (Paragraph, "Fog everywhere."),
                (Paragraph, "Fog"),
                (Paragraph, "up the river"),
            ],
        );
        check(
            "<blockquote><p>a</p><p>b</p></blockquote><ul><li>c</li></ul><pre>d\n\n  e</pre>",
            &[(Blockquote, "a"), (Blockquote, "b"), (ListItem, "c"), (Paragraph, "d"), (Paragraph, "e")],
        );
    }

    #[test]
    fn notes_are_read_and_their_marks_are_not() {
        use PassageKind::Paragraph;
        check(
            "<p>Words<a epub:type='noteref' href='n.xhtml#n1'>1</a> go<span epub:type='pagebreak' id='p2'>2</span> on.</p>\
             <aside epub:type='footnote' id='n1' hidden='hidden'><p>A note.</p></aside>",
            &[(Paragraph, "Words go on."), (Paragraph, "A note.")],
        );
    }

    #[test]
    fn the_contents_are_what_the_page_says_they_are() {
        let page = "<nav><a href='x'>no</a></nav><nav epub:type='toc'><ol><li><a href='a.xhtml'>One</a><ol><li>\
                    <a href='a.xhtml#s'>Of &amp; <i>it</i></a></li></ol></li></ol></nav>";
        let entry = |leads: &str, called: &str| (leads.to_owned(), called.to_owned());
        assert_eq!(contents(page), [entry("a.xhtml", "One"), entry("a.xhtml#s", "Of & it")]);
        assert_eq!(contents("<nav><a href='x'>yes</a></nav>"), [entry("x", "yes")]);
        assert_eq!(contents("<a href='x'>yes</a>"), []);
    }
}
