//! Reads the parts of a ZIP archive, which EPUB and Office Open XML documents are.
//!
//! Parts are read into memory by name. Nothing is unpacked to disk, so a part's name is never used as a path.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use crate::{ExtractError, Format, encoding::decode};

/// The largest number of parts an archive may have.
const MOST_PARTS: usize = 50_000;

/// The most that is unpacked from one archive, in bytes.
const MOST_UNPACKED: u64 = 512 << 20;

/// The amount that may be unpacked from any archive, however small, in bytes.
const LEAST_UNPACKED: u64 = 32 << 20;

/// How many times its own size an archive may unpack to, beyond [`LEAST_UNPACKED`]. Text compresses to about a third
/// and verbose markup to a fiftieth; a decompression bomb goes beyond a thousandth.
const LARGEST_RATIO: u64 = 100;

/// A ZIP archive, with a budget for what is unpacked.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    /// Reads the directory of the archive.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, ExtractError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ExtractError::Damaged)?;
        if zip.len() > MOST_PARTS {
            return Err(ExtractError::Unpacks);
        }
        let left = (bytes.len() as u64 * LARGEST_RATIO).clamp(LEAST_UNPACKED, MOST_UNPACKED);
        Ok(Self { zip, left })
    }

    /// The bytes of a part; `None` if it does not exist or is damaged.
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

    /// The text of a part; `None` as for [`Archive::part`]. Bytes in no known encoding are replaced by U+FFFD.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ExtractError> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        let decoded = decode(Format::Html, &bytes).ok().map(std::borrow::Cow::into_owned);
        Ok(Some(decoded.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned())))
    }
}

/// Resolves the address `target` against the part `from` (RFC 3986, 5.2). An address that begins with `/` is relative
/// to the root of the archive. The result never lies outside the archive.
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

    /// Builds an archive of named parts.
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
    fn decompression_bombs_are_refused() {
        let zeros = "0".repeat(LEAST_UNPACKED as usize / 4 * 3);
        let bytes = archive(&[("a", &zeros), ("b", &zeros)]);
        let mut archive = Archive::open(&bytes).expect("it is an archive");
        assert!(archive.part("a").is_ok());
        assert_eq!(archive.part("b"), Err(ExtractError::Unpacks));
    }

    #[test]
    fn damaged_parts_are_missing() {
        let mut bytes = archive(&[("a", "some words and some words and some words")]);
        // Damage the first compressed byte.
        let at = 30 + "a".len();
        bytes[at] ^= 0x20;
        assert_eq!(Archive::open(&bytes).and_then(|mut archive| archive.part("a")), Ok(None));
    }

    #[test]
    fn no_address_leaves_the_archive() {
        assert_eq!(resolved("OEBPS/content.opf", "text/a%20b.xhtml"), "OEBPS/text/a b.xhtml");
        assert_eq!(resolved("OEBPS/text/a.xhtml", "../notes.xhtml"), "OEBPS/notes.xhtml");
        assert_eq!(resolved("a/b", "/word/document.xml"), "word/document.xml");
        assert_eq!(resolved("a", "../../etc/passwd"), "etc/passwd");
    }
}
