//! The reader for books (EPUB 2 and 3).
//!
//! A book is an archive of XHTML documents. Its package gives their order and the metadata ([`package`]), its table of
//! contents gives the chapters ([`contents`]). Documents are read like web pages, but in full: no part counts as page
//! furniture.

mod contents;
mod package;

use contents::Entry;
use package::Package;

use crate::{
    Extent, ExtractError, Metadata, PassageKind,
    archive::{Archive, resolved},
    extracted::Writer,
    html, xml,
};

/// The text of a book, divided by chapter.
pub(crate) fn extract(bytes: &[u8]) -> Result<String, ExtractError> {
    let mut archive = Archive::open(bytes)?;
    let package = Package::of(&mut archive)?;
    let encrypted = encrypted(&mut archive)?;
    if package.pages.iter().any(|page| encrypted.contains(page)) {
        return Err(ExtractError::Protected);
    }
    let mut pages = Vec::new();
    for path in &package.pages {
        if let Some(text) = archive.text(path)? {
            pages.push((path, html::book_page(&text)));
        }
    }
    if pages.iter().all(|(_, page)| page.blocks.is_empty()) {
        return Err(ExtractError::Wordless);
    }
    let extent = if pages.len() < package.pages.len() { Extent::Partial } else { Extent::Whole };
    let mut contents = contents::entries(&mut archive, &package)?;
    contents.retain(|entry| package.pages.contains(&entry.page));
    // A single entry divides nothing.
    if contents.len() == 1 {
        contents.clear();
    }
    let printed = contents::printed_pages(&mut archive, &package)?;
    let mut writer = Writer::new(&Metadata { extent, ..package.metadata });
    for (path, page) in &pages {
        let mut entries = chapter_starts(&contents, path, page).into_iter().peekable();
        let printed = page_starts(&printed, path, page);
        for (at, block) in page.blocks.iter().enumerate() {
            while let Some((_, title)) = entries.next_if(|(begun, _)| *begun <= at) {
                writer.chapter(title);
            }
            if contents.is_empty() && block.kind == PassageKind::Heading {
                writer.chapter(&block.words);
            }
            writer.prose_over_pages(block.kind, &block.words, &page.pages_in(at, &printed));
        }
        // A chapter may begin with a document that only contains a picture.
        entries.for_each(|(_, title)| writer.chapter(title));
        page.pages_in(page.blocks.len(), &printed).into_iter().for_each(|(_, number)| writer.printed_page(number));
    }
    Ok(writer.end(0))
}

/// The table-of-contents entries that point into a document, each with the index of the block it points to, in order.
/// An entry with an unknown fragment points to the start.
fn chapter_starts<'c>(contents: &'c [Entry], path: &str, page: &html::BookPage) -> Vec<(usize, &'c str)> {
    let block_at = |fragment: &str| {
        let anchor = page.anchors.get(fragment).copied().unwrap_or_default();
        page.blocks.partition_point(|block| block.span.end <= anchor)
    };
    let entries = contents.iter().filter(|entry| entry.page == path);
    let mut begun: Vec<_> = entries.map(|entry| (block_at(&entry.fragment), &*entry.title)).collect();
    begun.sort_by_key(|(at, _)| *at);
    begun
}

/// The starts of printed pages in a document, by the book's page list if there is one, otherwise by the document's own
/// marks.
fn page_starts(listed: &[Entry], path: &str, page: &html::BookPage) -> Vec<(u32, String)> {
    if listed.is_empty() {
        return page.printed.clone();
    }
    let anchor = |entry: &Entry| page.anchors.get(&entry.fragment).copied().or(entry.fragment.is_empty().then_some(0));
    let number = |entry: &Entry| html::page_number(&entry.title).to_owned();
    let here = listed.iter().filter(|entry| entry.page == path);
    let mut begun: Vec<_> = here.filter_map(|entry| Some((anchor(entry)?, number(entry)))).collect();
    begun.sort_by_key(|(at, _)| *at);
    begun
}

/// The parts encrypted by copy protection. Obfuscated fonts do not count, because they leave the text readable.
fn encrypted(archive: &mut Archive) -> Result<Vec<String>, ExtractError> {
    const SCRAMBLED: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];
    let Some(text) = archive.text("META-INF/encryption.xml")? else { return Ok(Vec::new()) };
    // If the list cannot be read, nothing is known to be readable.
    let tree = xml::tree(&text).ok_or(ExtractError::Protected)?;
    let is_scrambled = |data| {
        let method = xml::child(data, "EncryptionMethod").and_then(|method| xml::value(method, "Algorithm"));
        method.is_some_and(|method| SCRAMBLED.contains(&method))
    };
    let data = xml::all(&tree, "EncryptedData").filter(|&data| !is_scrambled(data));
    let references = data.flat_map(|data| data.descendants().filter(|&inner| xml::name(inner) == "CipherReference"));
    Ok(references.filter_map(|reference| Some(resolved("", xml::value(reference, "URI")?))).collect())
}

#[cfg(test)]
mod tests;
