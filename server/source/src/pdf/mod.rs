//! The reader for PDF.
//!
//! A PDF says where each letter stands on a page ([`glyph`]), and hardly more. Letters become lines ([`mod@line`]), lines are
//! put in the order in which they are read ([`order`]), what is the same on page after page is left out ([`furniture`]), and
//! paragraphs are told by how they are set ([`paragraph`]). Words that a line's end cuts are mended ([`hyphen`]).

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

/// Letters that a page of text has at least, on average.
const FEWEST: usize = 20;

/// The words of a document, written down by page.
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
    furniture::clear(&mut pages);
    let paragraphs = paragraph::paragraphs(&pages);
    let is_picture = |page: &Drawn| page.pictured && page.glyphs.len() < FEWEST;
    // A cover says nothing that is quoted.
    let is_partial = is_cut_off(bytes) || drawn.iter().skip(1).any(is_picture);
    let extent = if is_partial { Extent::Partial } else { Extent::Whole };
    let mut writer = Writer::new(&Metadata { extent, ..metadata(&pdf, &paragraphs) });
    let joiner = hyphen::Joiner::new(&paragraphs);
    for paragraph in &paragraphs {
        writer.block(paragraph.kind, &joiner.join(paragraph));
    }
    Ok(writer.end(count as u32))
}

/// Whether the end of the file is missing: what points at all its objects. The pages that are there are read all the same.
fn is_cut_off(bytes: &[u8]) -> bool {
    /// Where the end is looked for, in bytes from the last. The standard asks for 1024; some write more behind.
    const REACH: usize = 4096;
    let end = &bytes[bytes.len().saturating_sub(REACH)..];
    memchr::memmem::find(end, b"startxref").is_none()
}

/// What the document says of itself, and its largest heading where it says nothing.
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

/// A string of the document's head: UTF-16 or UTF-8 where a byte order mark says so, else one byte a letter.
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
