//! Checks against e-books and word-processor documents.

use std::io::{Cursor, Write};

use ibid_tests::{Workspace, command};
use serde_json::Value;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{check, text};

/// A ZIP archive of files.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("it can be begun");
        zip.write_all(text.as_bytes()).expect("it can be written");
    }
    zip.finish().expect("it can be ended").into_inner()
}

const CONTAINER: &str = r#"<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
    <rootfile full-path="book.opf"/></rootfiles></container>"#;

const PACKAGE: &str = r#"<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <metadata><dc:title>The Ferry Book</dc:title><dc:creator>Lotte Prado</dc:creator></metadata>
    <manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
    <spine><itemref idref="a"/></spine></package>"#;

const PAGE: &str = r#"<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><h1>Of waiting</h1>
    <p>The ferry leaves when it is full, and nobody has ever seen it leave on time.</p><h1>Of crossing</h1>
    <p>Whoever crosses twice in a day is counted once, for the keeper goes by faces.</p></body></html>"#;

const RELATIONS: &str = r#"<Relationships><Relationship Id="a" Target="word/document.xml"
    Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"#;

const DOCUMENT: &str = r#"<w:document xmlns:w="w"><w:body>
    <w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Tolls</w:t></w:r></w:p>
    <w:p><w:r><w:t>The toll was raised in spring and </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>
    <w:r><w:t>lowered again before the harvest was in.</w:t></w:r></w:p></w:body></w:document>"#;

fn library() -> Workspace {
    let workspace = Workspace::new(
        "//- /notes/ferries.md\nPrado writes: \"The ferry leaves when it is full, and nobody has often seen it leave on time\" \
         [[ferries.epub]].\n\nThe minutes say that \"the toll was raised in spring and lowered again before the harvest\" \
         [[minutes.docx]].\n",
    );
    let book = [("META-INF/container.xml", CONTAINER), ("book.opf", PACKAGE), ("a.xhtml", PAGE)];
    workspace.write("sources/ferries.epub", archive(&book));
    workspace.write("sources/minutes.docx", archive(&[("_rels/.rels", RELATIONS), ("word/document.xml", DOCUMENT)]));
    workspace
}

#[test]
fn check_names_the_chapter() {
    let output = check(&library(), &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("what is printed is JSON");
    let note = &report["notes"][0];
    let place = |one: &Value| format!("{} in {}", one["verdicts"][0], one["matches"][0]["chapter"]).replace('"', "");
    let places: Vec<_> = note["quotations"].as_array().expect("quotations").iter().map(place).collect();
    assert_eq!(places, ["altered in Of waiting", "typographic in Tolls"], "{report}");
    let [finding] = &note["findings"].as_array().expect("findings")[..] else {
        panic!("one fault was planted: {note}")
    };
    let message = finding["message"].as_str().expect("it has a message");
    assert!(message.contains("“often”") && message.ends_with("(“Of waiting”)"), "{message}");
}

#[test]
fn a_finding_names_the_page_of_the_print_edition() {
    let workspace = library();
    let mark = "<span epub:type='pagebreak' title='xii'/>";
    let page = PAGE.replace("The ferry leaves", &format!("{mark}The ferry leaves"));
    let book = [("META-INF/container.xml", CONTAINER), ("book.opf", PACKAGE), ("a.xhtml", &*page)];
    workspace.write("sources/ferries.epub", archive(&book));
    let output = check(&workspace, &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("what is printed is JSON");
    let message = report["notes"][0]["findings"][0]["message"].as_str().expect("it has a message");
    assert!(message.ends_with("(p. xii)"), "{message}");
}

#[test]
fn sources_lists_books_by_their_titles() {
    let workspace = library();
    let output = command().args(["sources", "--format", "json"]).current_dir(workspace.root()).output();
    let listed: Value = serde_json::from_slice(&output.expect("the binary runs").stdout).expect("it is JSON");
    let titles: Vec<_> = listed["sources"].as_array().expect("sources").iter().map(|one| &one["title"]).collect();
    assert_eq!(titles, ["The Ferry Book", "Tolls"]);
}

#[test]
fn a_citation_of_a_book_leads_to_the_words() {
    let workspace = library();
    let cite = ["cite", "counted once, for the keeper goes by faces"];
    let output = command().args(cite).current_dir(workspace.root()).output().expect("the binary runs");
    let cited =
        "[The Ferry Book](sources/ferries.epub#:~:text=counted%20once%2C%20for%20the%20keeper%20goes%20by%20faces)";
    assert_eq!(text(&output.stdout).trim(), cited);
}

#[test]
fn a_protected_book_is_listed_and_causes_no_finding() {
    let workspace = library();
    let encryption = "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes256-cbc'/>\
                      <CipherData><CipherReference URI='a.xhtml'/></CipherData></EncryptedData></encryption>";
    let book = [
        ("META-INF/container.xml", CONTAINER),
        ("META-INF/encryption.xml", encryption),
        ("book.opf", PACKAGE),
        ("a.xhtml", "…"),
    ];
    workspace.write("sources/ferries.epub", archive(&book));
    let listed = command().arg("sources").current_dir(workspace.root()).output().expect("the binary runs");
    assert!(text(&listed.stdout).contains("ferries.epub: protected against copying (DRM)"), "{listed:?}");
    let output = check(&workspace, &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("what is printed is JSON");
    assert_eq!(report["notes"][0]["findings"], serde_json::json!([]), "{report}");
    assert_eq!(report["notes"][0]["quotations"][0]["verdicts"], serde_json::json!(["unchecked"]), "{report}");
}
