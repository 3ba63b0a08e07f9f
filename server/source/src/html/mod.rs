//! The reader for pages saved from the web.
//!
//! A tokenizer that follows the HTML standard tells where tags are ([`markup`]), a light tree what holds what ([`tree`]).
//! From it follow the readable text with its way back to the file ([`readable`]), what the page says of itself ([`head`]),
//! its blocks ([`blocks`]), which of them it was written for ([`content`]), and the comments below ([`thread`]). Nothing is
//! fetched, and no script runs.

mod address;
mod blocks;
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

pub(crate) use passages::passages;
use tree::Tree;

use crate::Metadata;

/// What a page says of itself, and its readable text. Never fails.
pub(crate) fn skim(text: &str) -> (Metadata, Mapped) {
    let tree = Tree::of(text);
    (head::metadata(&tree), readable::readable(&tree))
}
