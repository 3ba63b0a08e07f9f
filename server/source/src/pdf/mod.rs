//! The reader for PDF.
//!
//! A PDF gives the position of each letter on a page ([`glyph`]) and little more. Letters are grouped into lines
//! ([`mod@line`]), lines are put in reading order ([`order`]), recurring text at page edges is removed ([`furniture`]),
//! and paragraphs follow from the layout ([`paragraph`]). Words hyphenated at line ends are joined ([`hyphen`]).

mod furniture;
mod glyph;
mod hyphen;
mod line;
mod order;
mod paragraph;

use glyph::Drawn;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use paragraph::Paragraph;

use crate::{
    Extent, ExtractError, Metadata, PassageKind,
    extracted::Writer,
    metadata::{authors, is_title},
};

/// The fewest letters that a page of text has, on average.
const FEWEST: usize = 20;

/// The text of a document, divided by page.
pub(crate) fn extract(bytes: &[u8]) -> Result<String, ExtractError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ExtractError::Locked,
        LoadPdfError::Decryption(_) => ExtractError::Encrypted,
        LoadPdfError::Invalid => ExtractError::Damaged,
    })?;
    let drawn = glyph::pages(&pdf);
    let count = drawn.len();
    if count == 0 {
        return Err(ExtractError::Damaged);
    }
    let letters: usize = drawn.iter().map(|page| page.glyphs.len()).sum();
    let unnamed: usize = drawn.iter().map(|page| page.unnamed).sum();
    if letters < unnamed {
        return Err(ExtractError::Unnamed);
    }
    if letters < FEWEST * count {
        return Err(ExtractError::NoText);
    }
    let mut pages: Vec<_> = drawn.iter().map(|page| order::in_order(line::lines(&page.glyphs))).collect();
    furniture::remove(&mut pages);
    let paragraphs = paragraph::paragraphs(&pages);
    let is_picture = |page: &Drawn| page.pictured && page.glyphs.len() < FEWEST;
    // The first page does not count: a cover is rarely quoted.
    let is_partial = is_cut_off(bytes) || drawn.iter().skip(1).any(is_picture);
    let extent = if is_partial { Extent::Partial } else { Extent::Whole };
    let mut writer = Writer::new(&Metadata { extent, ..metadata(&pdf, &paragraphs) });
    let joiner = hyphen::Joiner::new(&paragraphs);
    for paragraph in &paragraphs {
        writer.block(paragraph.kind, &joiner.join(paragraph));
    }
    Ok(writer.end(count as u32))
}

/// Whether the end of the file is missing, which points to all its objects. The remaining pages are still read.
fn is_cut_off(bytes: &[u8]) -> bool {
    /// How far from the end of the file the pointer is sought, in bytes. The standard says 1024; some programs write
    /// more after it.
    const REACH: usize = 4096;
    let end = &bytes[bytes.len().saturating_sub(REACH)..];
    memchr::memmem::find(end, b"startxref").is_none()
}

/// The document's metadata; without a title, the largest heading of the first page.
fn metadata(pdf: &Pdf, paragraphs: &[Paragraph]) -> Metadata {
    let written = pdf.metadata();
    let title = written.title.as_deref().map(decoded).filter(|title| is_title(title));
    let authors = written.author.as_deref().map(|author| authors(&decoded(author))).unwrap_or_default();
    Metadata { title: title.or_else(|| heading(paragraphs)), authors, ..Metadata::default() }
}

/// The largest heading of the first page.
fn heading(paragraphs: &[Paragraph]) -> Option<String> {
    let on_first = paragraphs.iter().take_while(|one| one.lines[0].0 == 1);
    let headings = on_first.filter(|one| one.kind == PassageKind::Heading);
    let largest =
        headings.reduce(|one, other| if other.lines[0].1.size > one.lines[0].1.size { other } else { one })?;
    Some(largest.lines.iter().map(|(_, line)| &*line.text).collect::<Vec<_>>().join(" "))
}

/// Decodes a metadata string: UTF-16 or UTF-8 if a byte order mark says so, otherwise Latin-1.
fn decoded(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|&byte| char::from(byte)).collect(),
    };
    text.trim().to_owned()
}
