//! The parts of a document that is an archive of files (ZIP, as EPUB and Office Open XML use it).
//!
//! Parts are read into memory, by their names; nothing is unpacked on disk, so that no name is ever a path there.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use crate::{ExtractError, Format, encoding::decode};

/// Most parts that an archive may have.
const MOST_PARTS: usize = 50_000;

/// Most that is unpacked of one archive, in bytes.
const MOST_UNPACKED: u64 = 512 << 20;

/// What may be unpacked of any archive, however small, in bytes.
const LEAST_UNPACKED: u64 = 32 << 20;

/// How much larger than the archive what is unpacked may be, beyond [`LEAST_UNPACKED`]. Text packs to a third, the most
/// wordy markup to a fiftieth; an archive that is made to do harm, to a thousandth.
const LARGEST_RATIO: u64 = 100;

/// An archive of files.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    /// Reads which parts there are.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, ExtractError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ExtractError::Damaged)?;
        if zip.len() > MOST_PARTS {
            return Err(ExtractError::Unpacks);
        }
        let left = (bytes.len() as u64 * LARGEST_RATIO).clamp(LEAST_UNPACKED, MOST_UNPACKED);
        Ok(Self { zip, left })
    }

    /// The bytes of a part; `None` if there is none of this name, or it is damaged.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ExtractError> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ExtractError::Locked);
            }
            Err(_) => return Ok(None),
        };
        let mut bytes = Vec::new();
        let is_whole = part.take(self.left + 1).read_to_end(&mut bytes).is_ok();
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(ExtractError::Unpacks)?;
        Ok(is_whole.then_some(bytes))
    }

    /// The text of a part; `None` as with [`Archive::part`]. Letters that are in no encoding are replaced.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ExtractError> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        let decoded = decode(Format::Html, &bytes).ok().map(std::borrow::Cow::into_owned);
        Ok(Some(decoded.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned())))
    }
}

/// The name of the part that `target` leads to from the part `from`: an address relative to it (RFC 3986, 5.2), or from the
/// root of the archive if it begins with `/`. Nothing leads out of the archive.
pub(crate) fn resolved(from: &str, target: &str) -> String {
    let target = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
    let folder = if target.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(target.split('/')) {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    /// An archive of parts.
    pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).expect("it can be begun");
            zip.write_all(text.as_bytes()).expect("it can be written");
        }
        zip.finish().expect("it can be ended").into_inner()
    }

    #[test]
    fn parts_are_found_by_name() {
        let bytes = archive(&[("a/b.xml", "<b/>"), ("c", "")]);
        let mut archive = Archive::open(&bytes).expect("it is an archive");
        assert_eq!(archive.text("a/b.xml"), Ok(Some("<b/>".to_owned())));
        assert_eq!(archive.part("c"), Ok(Some(Vec::new())));
        assert_eq!(archive.part("d"), Ok(None));
        assert_eq!(Archive::open(b"PK no archive").err(), Some(ExtractError::Damaged));
    }

    #[test]
    fn what_unpacks_to_far_more_than_it_is_is_refused() {
        let zeros = "0".repeat(LEAST_UNPACKED as usize / 4 * 3);
        let bytes = archive(&[("a", &zeros), ("b", &zeros)]);
        let mut archive = Archive::open(&bytes).expect("it is an archive");
        assert!(archive.part("a").is_ok());
        assert_eq!(archive.part("b"), Err(ExtractError::Unpacks));
    }

    #[test]
    fn a_damaged_part_is_none() {
        let mut bytes = archive(&[("a", "some words and some words and some words")]);
        // The first byte of what is packed.
        let at = 30 + "a".len();
        bytes[at] ^= 0x20;
        assert_eq!(Archive::open(&bytes).and_then(|mut archive| archive.part("a")), Ok(None));
    }

    #[test]
    fn no_address_leads_out() {
        assert_eq!(resolved("OEBPS/content.opf", "text/a%20b.xhtml"), "OEBPS/text/a b.xhtml");
        assert_eq!(resolved("OEBPS/text/a.xhtml", "../notes.xhtml"), "OEBPS/notes.xhtml");
        assert_eq!(resolved("a/b", "/word/document.xml"), "word/document.xml");
        assert_eq!(resolved("a", "../../etc/passwd"), "etc/passwd");
    }
}
