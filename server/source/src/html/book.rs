//! The XHTML documents of a book: their visible text in blocks, and the table of contents.

use std::borrow::Cow;

use ibid_language::List;
use ibid_text::{Mapped, Span};
use rustc_hash::FxHashMap;

use super::{
    blocks::blocks,
    markup::Key,
    name::Name,
    readable::readable,
    tree::{Id, Tree},
};
use crate::{PassageKind, read::LABELS};

/// A content document of a book.
#[derive(Default, Debug)]
pub(crate) struct BookPage {
    /// Its blocks in order.
    pub(crate) blocks: Vec<Block>,
    /// The byte offsets of the elements that have an id, in the document as written.
    pub(crate) anchors: FxHashMap<String, u32>,
    /// The starts of printed pages in order: byte offset in the document as written, and label.
    pub(crate) printed: Vec<(u32, String)>,
    /// The readable text, mapped to the document as written.
    readable: Mapped,
}

impl BookPage {
    /// The printed pages that begin after the block before `at` and before the end of block `at`: for each, the byte
    /// offset into the block's words and the label. A page that begins inside a word is moved to its end. With `at`
    /// equal to the number of blocks, returns the pages after the last block.
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

/// The end of the word around byte `at`, or `at` itself if it is not inside a word.
fn behind_word(words: &str, at: usize) -> usize {
    let (before, behind) = words.split_at(words.floor_char_boundary(at));
    if before.is_empty() || before.ends_with(char::is_whitespace) {
        return before.len();
    }
    before.len() + behind.find(char::is_whitespace).unwrap_or(behind.len())
}

/// A block of a content document.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) kind: PassageKind,
    /// Its text; a line break in the document is a line break here.
    pub(crate) words: String,
    /// Its place in the document as written.
    pub(crate) span: Span,
    /// The byte offset of its words in the readable text.
    start: u32,
}

/// Reads a content document. Never fails.
pub(crate) fn book_page(text: &str) -> BookPage {
    let tree = Tree::of(text, LABELS);
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

/// The offsets of elements with an id; the first element with an id wins.
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

/// The starts of printed pages marked in the document (EPUB Structural Semantics, `pagebreak`). The label comes from
/// the title, the ARIA label or the text of the mark.
fn printed(tree: &Tree) -> Vec<(u32, String)> {
    let is_break = |id: Id| {
        let types = tree.value(id, Key::EpubType);
        types.is_some_and(|types| types.split_ascii_whitespace().any(|one| one == "pagebreak"))
            || tree.value(id, Key::Role).is_some_and(|role| role == "doc-pagebreak")
    };
    let number = |id: Id| {
        let labels =
            [Key::Title, Key::AriaLabel].into_iter().filter_map(|key| tree.value(id, key)).map(Cow::into_owned);
        labels.chain([tree.words(id)]).map(|label| page_number(&label).to_owned()).find(|number| !number.is_empty())
    };
    tree.find(is_break).filter_map(|id| Some((tree.element(id).tag.start, number(id)?))).collect()
}

/// The bare label of a page: `5` for "Page 5".
pub(crate) fn page_number(label: &str) -> &str {
    let label = label.trim().trim_end_matches('.');
    let after = |word: &&str| label.strip_prefix(*word)?.strip_prefix(' ');
    let bare = LABELS.words(List::PageLabel).iter().find_map(after);
    bare.unwrap_or(label).trim()
}

/// The entries of the document's page list (EPUB 3.3, 7.4.4: the `nav` element of type `page-list`): target and label.
pub(crate) fn page_list(text: &str) -> Vec<(String, String)> {
    let tree = Tree::of(text, LABELS);
    let is_list = |id: Id| {
        tree.element(id).name == Name::Nav && tree.value(id, Key::EpubType).is_some_and(|types| types == "page-list")
    };
    let nav = tree.find(is_list).next();
    nav.map_or_else(Vec::new, |nav| links(&tree, nav))
}

/// The entries of the document's table of contents (EPUB 3.3, 7: the `nav` element of type `toc`, otherwise the first
/// `nav`): target and title.
pub(crate) fn contents(text: &str) -> Vec<(String, String)> {
    let tree = Tree::of(text, LABELS);
    let is_nav = |id: &Id| tree.element(*id).name == Name::Nav;
    let is_contents = |id: &Id| tree.value(*id, Key::EpubType).is_some_and(|types| types == "toc");
    let nav = tree.find(|id| is_nav(&id)).find(is_contents).or_else(|| tree.find(|id| is_nav(&id)).next());
    nav.map_or_else(Vec::new, |nav| links(&tree, nav))
}

/// The links inside an element: target and text.
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
    fn all_visible_text_is_read() {
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
    fn notes_are_read_without_their_marks() {
        use PassageKind::Paragraph;
        check(
            "<p>Words<a epub:type='noteref' href='n.xhtml#n1'>1</a> go<span epub:type='pagebreak' id='p2'>2</span> on.</p>\
             <aside epub:type='footnote' id='n1' hidden='hidden'><p>A note.</p></aside>",
            &[(Paragraph, "Words go on."), (Paragraph, "A note.")],
        );
    }

    #[test]
    fn readings_above_the_words_are_left_out() {
        let read = [(PassageKind::Paragraph, "春の朝に庭を見る。")];
        check(
            "<p><ruby>春<rt>はる</rt></ruby>の朝に<ruby>庭<rp>(</rp><rt>にわ</rt><rp>)</rp></ruby>を見る。</p>",
            &read,
        );
        check(
            "<p><ruby><rb>春</rb><rtc><rt>はる</rt></rtc></ruby>の朝に<ruby>庭<rp>(<rt>にわ<rp>)</ruby>を見る。",
            &read,
        );
    }

    #[test]
    fn the_table_of_contents_is_the_marked_one() {
        let page = "<nav><a href='x'>no</a></nav><nav epub:type='toc'><ol><li><a href='a.xhtml'>One</a><ol><li>\
                    <a href='a.xhtml#s'>Of &amp; <i>it</i></a></li></ol></li></ol></nav>";
        let entry = |leads: &str, called: &str| (leads.to_owned(), called.to_owned());
        assert_eq!(contents(page), [entry("a.xhtml", "One"), entry("a.xhtml#s", "Of & it")]);
        assert_eq!(contents("<nav><a href='x'>yes</a></nav>"), [entry("x", "yes")]);
        assert_eq!(contents("<a href='x'>yes</a>"), []);
    }
}
