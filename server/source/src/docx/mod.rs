//! The reader for word-processor documents (DOCX: Office Open XML, ISO/IEC 29500).
//!
//! A document is an archive whose parts refer to each other by relationships ([`relations`]). The body is read
//! paragraph by paragraph ([`body`]) with its formulas ([`formula`]), and the style says what a paragraph is ([`style`]). Tracked insertions are read;
//! deletions, comments, headers and footers are not. Notes go at the end.

mod body;
mod formula;
mod relations;
mod style;

use body::{Block, Body};
use relations::Relations;
use roxmltree::Document;
use style::Styles;

use crate::{ExtractError, Metadata, PassageKind, archive::Archive, extracted::Writer, metadata, xml};

/// The text of a document, divided by its headings.
pub(crate) fn extract(bytes: &[u8]) -> Result<String, ExtractError> {
    if is_locked(bytes) {
        return Err(ExtractError::Locked);
    }
    let mut archive = Archive::open(bytes)?;
    let package = Relations::of(&mut archive, "")?;
    let main = package.target("officeDocument").ok_or(ExtractError::Damaged)?.to_owned();
    let relations = Relations::of(&mut archive, &main)?;
    let text = archive.text(&main)?.ok_or(ExtractError::Damaged)?;
    let document = xml::tree(&text).ok_or(ExtractError::Damaged)?;
    let styles = related(&mut archive, &relations, "styles")?;
    let styles = xml::tree(&styles).map(|tree| Styles::of(&tree)).unwrap_or_default();
    let body = Body::of(&document, &styles);
    let notes = notes(&mut archive, &relations, &styles, &body)?;
    if body.blocks.is_empty() {
        return Err(ExtractError::Wordless);
    }
    let properties = related(&mut archive, &package, "core-properties")?;
    let properties = xml::tree(&properties).map(|tree| properties_of(&tree)).unwrap_or_default();
    let heading = body.blocks.iter().find(|block| block.kind == PassageKind::Heading).map(|block| block.words.clone());
    let title = body.title.clone().or(properties.title).or(heading);
    let mut writer = Writer::new(&Metadata { title, ..properties });
    for Block { kind, words } in &body.blocks {
        if *kind == PassageKind::Heading {
            writer.chapter(words);
        }
        writer.prose(*kind, words);
    }
    writer.chapter("Notes");
    for Block { kind, words } in &notes {
        writer.prose(*kind, words);
    }
    Ok(writer.end(0))
}

/// Whether this is a password-protected document: a compound file with an encrypted package inside (MS-OFFCRYPTO,
/// 2.3.4.4).
fn is_locked(bytes: &[u8]) -> bool {
    const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let inside: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(&COMPOUND) && memchr::memmem::find(bytes, &inside).is_some()
}

/// The text of a related part; empty if there is none.
fn related(archive: &mut Archive, relations: &Relations, kind: &str) -> Result<String, ExtractError> {
    match relations.target(kind) {
        Some(name) => Ok(archive.text(name)?.unwrap_or_default()),
        None => Ok(String::new()),
    }
}

/// The footnotes and endnotes that the body refers to, in the order of their marks.
fn notes(
    archive: &mut Archive,
    relations: &Relations,
    styles: &Styles,
    body: &Body,
) -> Result<Vec<Block>, ExtractError> {
    let mut notes = Vec::new();
    for (kind, one, ids) in [("footnotes", "footnote", &body.footnotes), ("endnotes", "endnote", &body.endnotes)] {
        let text = related(archive, relations, kind)?;
        let Some(tree) = xml::tree(&text) else { continue };
        for id in ids {
            let note = xml::all(&tree, one).find(|note| xml::value(*note, "id") == Some(id));
            notes.extend(note.into_iter().flat_map(|note| Body::within(note, styles).blocks));
        }
    }
    Ok(notes)
}

/// The document's core properties (ISO/IEC 29500-2, 11). The creation date is left out: it is not the publication date.
fn properties_of(tree: &Document) -> Metadata {
    let said = |what| xml::all(tree, what).map(xml::words).find(|said| !said.is_empty());
    Metadata {
        title: said("title").filter(|title| metadata::is_title(title)),
        authors: said("creator").map(|creator| metadata::authors(&creator)).unwrap_or_default(),
        ..Metadata::default()
    }
}

#[cfg(test)]
mod tests;
