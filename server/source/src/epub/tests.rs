use expect_test::{Expect, expect};
use ibid_language::Language;
use proptest::prelude::*;

use super::extract;
use crate::{ExtractError, archive::tests::archive, chapters, page_labels, pages};

const CONTAINER: &str = r#"<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

/// A package document with this metadata, manifest and spine.
fn package(metadata: &str, items: &str, spine: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
        <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>
        <manifest>{items}</manifest>{spine}</package>"#
    )
}

fn page(body: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{body}</body></html>"#
    )
}

/// A book of two documents, with its package and further parts.
fn book(package: &str, one: &str, two: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let (one, two) = (page(one), page(two));
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", package),
        ("OEBPS/text/one.xhtml", &one),
        ("OEBPS/text/two 2.xhtml", &two),
    ];
    parts.extend(more);
    archive(&parts)
}

const ITEMS: &str = r#"<item id="a" href="text/one.xhtml" media-type="application/xhtml+xml"/>
    <item id="b" href="text/two%202.xhtml" media-type="application/xhtml+xml"/>
    <item id="c" href="cover.png" media-type="image/png"/>"#;

const SPINE: &str = r#"<spine><itemref idref="b"/><itemref idref="c"/><itemref idref="a"/></spine>"#;

#[track_caller]
fn check(book: &[u8], expected: &Expect) {
    expected.assert_eq(&extract(book).expect("it can be read").replace('\u{c}', "␌"));
}

#[test]
fn pages_are_read_in_the_order_of_the_spine() {
    let metadata = r##"<dc:title>Small  Groups</dc:title><dc:creator id="x">Ada Moreau</dc:creator><dc:creator id="y">T. Ill</dc:creator>
        <meta refines="#x" property="role" scheme="marc:relators">aut</meta><meta refines="#y" property="role">ill</meta>
        <dc:date>2021-04-02T00:00:00Z</dc:date><dc:identifier>urn:isbn:978-0-14-143972-3</dc:identifier>
        <dc:source>https://example.org/groups</dc:source><dc:language>en</dc:language>"##;
    let book = book(
        &package(metadata, ITEMS, SPINE),
        "<h1>The end</h1><p>So<a epub:type='noteref' href='#n'>1</a> it ends.</p><aside id='n' epub:type='footnote'><p>It does.</p></aside>",
        "<p>It <b>be</b>gins\nso\u{ad}on.</p><blockquote><p>A word,<br/>and another.</p></blockquote><ul><li>One</li></ul>",
        &[],
    );
    check(
        &book,
        &expect![[r#"
            title: Small Groups
            date: 2021-04-02
            author: Ada Moreau
            url: https://example.org/groups
            alias: 9780141439723
            ␌
            It begins
            soon.

            > A word,
            and another.

            - One

            ␌[§ The end]
            # The end

            So it ends.

            It does.
        "#]],
    );
}

#[test]
fn chapters_begin_where_the_contents_say() {
    let items = format!(
        "{ITEMS}<item id='n' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>\
         <item id='m' href='toc.ncx' media-type='application/x-dtbncx+xml'/>"
    );
    let nav = page(
        "<nav epub:type='toc'><ol><li><a href='text/two%202.xhtml'>I. A start</a></li><li><a href='text/one.xhtml#s2'>II. \
         &amp; more</a></li><li><a href='gone.xhtml'>III</a></li></ol></nav>",
    );
    let ncx = "<?xml version='1.0'?><!DOCTYPE ncx PUBLIC '-//NISO//DTD ncx 2005-1//EN' 'ncx-2005-1.dtd'><ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap><navPoint><navLabel>\
         <text>Start</text></navLabel><content src='text/two%202.xhtml'/><navPoint><navLabel><text>More</text></navLabel>\
         <content src='text/one.xhtml#s2'/></navPoint></navPoint></navMap></ncx>";
    let titles = |more: &[(&str, &str)]| {
        let one = "<h1>One</h1><p>Words.</p><h2><a id='s2'/>Two</h2><p>More.</p>";
        let text = extract(&book(&package("", &items, SPINE), one, "<p>A start.</p>", more)).expect("it can be read");
        assert_eq!(pages(&text), [0; 0]);
        let begun = chapters(&text);
        let shown = begun.iter().map(|chapter| {
            let rest = &text[chapter.begin as usize..];
            format!("{}: {}", chapter.title, rest.lines().nth(1).unwrap_or_default())
        });
        shown.collect::<Vec<_>>()
    };
    assert_eq!(titles(&[("OEBPS/nav.xhtml", &nav)]), ["I. A start: A start.", "II. & more: # Two"]);
    assert_eq!(titles(&[("OEBPS/toc.ncx", ncx)]), ["Start: A start.", "More: # Two"]);
    let single = page("<nav epub:type='toc'><a href='text/two%202.xhtml'>All</a></nav>");
    assert_eq!(titles(&[("OEBPS/nav.xhtml", &single)]), ["One: # One", "Two: # Two"]);
    assert_eq!(titles(&[]), ["One: # One", "Two: # Two"]);
}

#[test]
fn the_pages_of_the_print_are_marked() {
    let one = "<p>It goes on<span epub:type='pagebreak' title='7'/> and ends.</p><a id='p8'/>";
    let two = "<span role='doc-pagebreak' aria-label='Page vi.'/><p>It be<a id='p6'/>gins here.</p>";
    let taken = |items: &str, more: &[(&str, &str)]| {
        extract(&book(&package("", items, SPINE), one, two, more)).expect("it can be read")
    };
    let text = taken(ITEMS, &[]);
    assert_eq!(text, "\u{c}[p. vi]\n\nIt begins here.\n\nIt goes on\n\u{c}[p. 7]\nand ends.\n");
    assert_eq!(page_labels(&text), ["vi", "7"]);
    let source = crate::read(crate::Format::Epub, text.as_bytes(), Language::ENGLISH).expect("it is text");
    let passages = source.passages.iter().map(|passage| passage.span.of(source.text()));
    assert_eq!(passages.collect::<Vec<_>>(), ["It begins here.", "It goes on\nand ends."]);

    let items = format!("{ITEMS}<item id='n' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>");
    let nav = page(
        "<nav epub:type='toc'/><nav epub:type='page-list'><ol><li><a href='text/two%202.xhtml'>5</a></li><li>\
         <a href='text/two%202.xhtml#p6'>6</a></li><li><a href='text/one.xhtml#p8'>8</a></li></ol></nav>",
    );
    let text = taken(&items, &[("OEBPS/nav.xhtml", &nav)]);
    assert_eq!(text, "\u{c}[p. 5]\n\nIt begins\n\u{c}[p. 6]\nhere.\n\nIt goes on and ends.\n\u{c}[p. 8]\n");
    let counted = "<p>One.<i epub:type='pagebreak'>1</i> Two.<i epub:type='pagebreak'>2</i></p>";
    assert!(page_labels(&extract(&book(&package("", ITEMS, SPINE), counted, "", &[])).expect("it is read")).is_empty());
}

#[test]
fn missing_documents_make_the_book_partial() {
    let items = format!("{ITEMS}<item id='d' href='gone.xhtml' media-type='application/xhtml+xml'/>");
    let spine = SPINE.replace("</spine>", "<itemref idref='d'/></spine>");
    let text = extract(&book(&package("", &items, &spine), "<p>One.</p>", "<p>Two.</p>", &[])).expect("it can be read");
    assert!(text.starts_with("extent: "), "{text}");
}

#[test]
fn copy_protected_books_are_errors() {
    let encrypted = |algorithm: &str, uri: &str| {
        let text = format!(
            "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container' xmlns:enc='http://www.w3.org/2001/04/xmlenc#'>\
             <enc:EncryptedData><enc:EncryptionMethod Algorithm='{algorithm}'/><enc:CipherData><enc:CipherReference \
             URI='{uri}'/></enc:CipherData></enc:EncryptedData></encryption>"
        );
        let more = [("META-INF/encryption.xml", &*text)];
        extract(&book(&package("", ITEMS, SPINE), "<p>One.</p>", "<p>Two.</p>", &more))
    };
    let aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    assert_eq!(encrypted(aes, "OEBPS/text/two%202.xhtml"), Err(ExtractError::Protected));
    assert!(encrypted(aes, "OEBPS/font.otf").is_ok());
    assert!(encrypted("http://www.idpf.org/2008/embedding", "OEBPS/text/one.xhtml").is_ok());
}

#[test]
fn unreadable_files_are_errors() {
    assert_eq!(extract(b"no archive"), Err(ExtractError::Damaged));
    assert_eq!(extract(&archive(&[("mimetype", "application/epub+zip")])), Err(ExtractError::Damaged));
    let empty = book(&package("", ITEMS, SPINE), "<img src='1.png'/>", "", &[]);
    assert_eq!(extract(&empty), Err(ExtractError::Wordless));
    assert_eq!(extract(&book("<package/>", "", "", &[])), Err(ExtractError::Wordless));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Reading ends without a panic, however a book is cut and corrupted.
    #[test]
    fn corrupted_books_do_not_panic(
        opf in "(<item |id='a' |href='text/one.xhtml'|media-type='application/xhtml\\+xml'|/>|<spine>|<itemref idref='a'/>|</spine>|&|<!DOCTYPE a [<!ENTITY b '&b;&b;'>]>|&b;){0,16}",
        one in "(<p>|</p>|<br/>|<h1/>|<a id='x'/>|<nav>|<td>|&amp;|&|é|\u{ad}|知 |words |\u{c}){0,24}",
        cut in 0..2000_usize,
        garbled in prop::collection::vec((0..2000_usize, any::<u8>()), 0..8),
    ) {
        for package in [package("", ITEMS, SPINE), package("", &opf, ""), opf] {
            let mut bytes = book(&package, &one, &one, &[]);
            drop(extract(&bytes));
            drop(extract(&bytes[..cut.min(bytes.len())]));
            for (at, byte) in &garbled {
                if let Some(there) = bytes.get_mut(*at) {
                    *there = *byte;
                }
            }
            drop(extract(&bytes));
        }
    }
}
