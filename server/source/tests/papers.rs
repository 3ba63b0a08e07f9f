//! The documents of the example, as what is taken out of them reads.

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
fn what_cannot_be_read_says_why() {
    assert_eq!(extract(Format::Pdf, b"%PDF-1.4\n"), Err(ExtractError::Damaged));
    assert_eq!(extract(Format::Pdf, b""), Err(ExtractError::Damaged));
    assert_eq!(extract(Format::Text, b"Words."), Err(ExtractError::Text));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However a document is cut and garbled, reading it comes to an end.
    #[test]
    fn a_broken_document_does_no_harm(cut in 0..PAPER.len(), garbled in prop::collection::vec((0..PAPER.len(), any::<u8>()), 0..20)) {
        let mut bytes = PAPER.to_vec();
        for (at, byte) in garbled {
            bytes[at] = byte;
        }
        drop(extract(Format::Pdf, &bytes));
        drop(extract(Format::Pdf, &bytes[..cut]));
    }
}
