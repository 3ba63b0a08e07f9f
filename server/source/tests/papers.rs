//! The extracted text of the example documents, and the errors for documents without text.

use std::fmt::Write as _;

use expect_test::expect_file;
use ibid_source::{ExtractError, Format, extract};
use proptest::prelude::*;

const PAPER: &[u8] = include_bytes!("../../../examples/papers/sources/moreau-2021.pdf");

#[test]
fn a_paper_in_two_columns() {
    let text = extract(Format::Pdf, PAPER).expect("it can be read");
    expect_file!["papers/moreau-2021.txt"].assert_eq(&text);
}

#[test]
fn unreadable_files_are_errors() {
    assert_eq!(extract(Format::Pdf, b"%PDF-1.4\n"), Err(ExtractError::Damaged));
    assert_eq!(extract(Format::Pdf, b""), Err(ExtractError::Damaged));
    assert_eq!(extract(Format::Text, b"Words."), Err(ExtractError::Text));
}

/// A document of these objects, the first of which is the root, without a cross-reference table.
fn document(objects: &[&str]) -> Vec<u8> {
    let mut text = "%PDF-1.7\n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        writeln!(text, "{} 0 obj\n{object}\nendobj", at + 1).expect("a string takes all");
    }
    (text + "trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n").into_bytes()
}

#[test]
fn only_a_password_to_open_the_document_matters() {
    // Made from the paper by `qpdf --encrypt secret owner 256` and `qpdf --encrypt "" owner 256`.
    assert_eq!(extract(Format::Pdf, include_bytes!("papers/locked.pdf")), Err(ExtractError::Locked));
    assert_eq!(extract(Format::Pdf, include_bytes!("papers/restricted.pdf")), extract(Format::Pdf, PAPER));
}

#[test]
fn pages_without_words_are_errors() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 280]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>";
    let draws = "<</Length 26>>\nstream\n200 0 0 280 0 0 cm /I Do  \nendstream";
    let picture = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\n\
                   stream\n0\nendstream";
    let scanned = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, draws, picture];
    assert_eq!(extract(Format::Pdf, &document(&scanned)), Err(ExtractError::NoText));
}

#[test]
fn cyclic_documents_end() {
    let circle = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"];
    assert_eq!(extract(Format::Pdf, &document(&circle)), Err(ExtractError::Damaged));
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Contents 4 0 R>>";
    let draws = "<</Length 5>>\nstream\n/A Do\nendstream";
    let itself = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 11>>\nstream\n\
                  /A Do /A Do\nendstream";
    let form = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, draws, itself];
    assert_eq!(extract(Format::Pdf, &document(&form)), Err(ExtractError::NoText));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Reading ends without a panic, however a document is cut and corrupted.
    #[test]
    fn corrupted_documents_do_not_panic(cut in 0..PAPER.len(), garbled in prop::collection::vec((0..PAPER.len(), any::<u8>()), 0..20)) {
        let mut bytes = PAPER.to_vec();
        for (at, byte) in garbled {
            bytes[at] = byte;
        }
        drop(extract(Format::Pdf, &bytes));
        drop(extract(Format::Pdf, &bytes[..cut]));
    }
}
