//! The reader for pages saved from the web.
//!
//! A tokenizer that follows the HTML standard finds the tags ([`markup`]), from which a light element tree is built
//! ([`tree`]). From the tree follow the readable text with its map back to the file ([`readable`], [`visible`]), the
//! metadata ([`head`], [`linked_data`]), the blocks ([`blocks`]), which of them are content ([`content`]), the comments
//! below the page ([`thread`]), and the passages with their voices ([`mod@passages`]). The documents of a book are read
//! with the same tree ([`book`]). Nothing is fetched, and no script runs.

mod address;
mod blocks;
mod book;
mod content;
mod head;
mod linked_data;
mod markup;
mod name;
mod passages;
mod readable;
mod thread;
mod tree;
mod visible;

use ibid_language::Language;
use ibid_text::Mapped;

pub(crate) use book::{BookPage, book_page, contents, page_list, page_number};
pub(crate) use passages::passages;
use tree::Tree;

use crate::Metadata;

/// The metadata and the readable text of a page. Never fails.
pub(crate) fn readable_text(text: &str, language: Language) -> (Metadata, Mapped) {
    let tree = Tree::of(text, language);
    (head::metadata(&tree), readable::readable(&tree))
}

/// The encoding that the first `meta` element with a charset declares, unless it is UTF-8. Like browsers, this looks
/// further than the 1024 bytes of the standard.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    const REACH: usize = 1 << 16;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(REACH)]).to_ascii_lowercase();
    let mut metas = head.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
    let (_, name) = metas.find_map(|meta| meta.split_once("charset="))?;
    let name = name.trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(name.len());
    let name = name[..end].to_ascii_uppercase();
    (!name.is_empty() && name != "UTF-8").then_some(name)
}
