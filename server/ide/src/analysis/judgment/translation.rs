//! Quotations that the writer translated from a source in another language. No source has their words, and none should.
//!
//! Languages are told by `whatlang`, which compares the frequencies of groups of three letters (Cavnar and Trenkle,
//! "N-Gram-Based Text Categorization", 1994).

use ibid_note::Quotation;
use whatlang::{Info, Lang};

use super::{CheckedNote, cited::Cited};

/// How much of a text its language is told by, in bytes.
const SAMPLE: usize = 4_000;

/// Whether every cited source that is held is in another language than the quotation. Where that is in doubt, the note's own
/// language decides: a translation is in the language of its writer.
pub(super) fn is_translated(checked: &CheckedNote<'_>, quotation: &Quotation, cited: &Cited<'_, '_>) -> bool {
    let Some(quoted) = whatlang::detect(quotation.words.text()) else { return false };
    let is_certain = || quoted.is_reliable() || language_around(checked, quotation) == Some(quoted.lang());
    let mut sources = cited.held().map(|file| {
        let page = checked.snapshot.file(file)?.page()?;
        whatlang::detect(sample(page.readable())).as_ref().map(Info::lang)
    });
    cited.has_held() && sources.all(|source| source.is_some_and(|source| source != quoted.lang())) && is_certain()
}

/// The language of the note's own statements, without the quotation.
fn language_around(checked: &CheckedNote<'_>, quotation: &Quotation) -> Option<Lang> {
    let text = checked.page.text();
    let (before, after) = (text.get(..quotation.span.start as usize)?, text.get(quotation.span.end as usize..)?);
    let prose =
        [before, after].map(|part| sample(part).replace(|c: char| !c.is_alphabetic() && !c.is_whitespace(), " "));
    whatlang::detect_lang(&prose.concat())
}

/// The beginning of a text, as much as a language is told by.
fn sample(text: &str) -> &str {
    &text[..text.floor_char_boundary(SAMPLE)]
}
