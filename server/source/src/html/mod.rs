//! The reader for pages saved from the web.
//!
//! A tokenizer that follows the HTML standard tells where tags are ([`markup`]), a light tree what holds what ([`tree`]).
//! From it follow the readable text with its way back to the file ([`readable`]), what the page says of itself ([`head`]),
//! its blocks ([`blocks`]), which of them it was written for ([`content`]), and the comments below ([`thread`]). Books are
//! made of such pages too ([`book`]). Nothing is fetched, and no script runs.

mod address;
mod blocks;
mod book;
mod content;
mod entity;
mod head;
mod linked_data;
mod markup;
mod name;
mod passages;
mod readable;
mod seen;
mod thread;
mod tree;

use ibid_text::Mapped;

pub(crate) use book::{BookPage, book_page, contents, page_list, page_number};
pub(crate) use passages::passages;
use tree::Tree;

use crate::Metadata;

/// What a page says of itself, and its readable text. Never fails.
pub(crate) fn skim(text: &str) -> (Metadata, Mapped) {
    let tree = Tree::of(text);
    (head::metadata(&tree), readable::readable(&tree))
}

/// The encoding that a page declares, unless it is UTF-8: that of the first of its `meta` elements that says one. Browsers look
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
