//! Text that was taken out of a document which is none: the pages of a PDF, the chapters of a book.
//!
//! Such a document has no bytes that an editor could show, so the text taken out of it stands for it: everything that is said
//! of a place in the document is said of this text. It is UTF-8 and made to be read:
//!
//! ```text
//! title: Small Groups
//! author: Ada Moreau
//! ␌[p. 1]
//! # Introduction
//!
//! A group that is small decides
//! ␌[p. 2]
//! sooner than one that is large.
//! ```
//!
//! A form feed begins a line that marks a new part: with its page where the document has pages, with its title where it has
//! chapters (`␌[§ In Chancery]`), with both where a book tells the pages of its print (`␌[p. xii]`). What stands before the first is the head: what the document says of itself. Below, a blank line parts blocks; a block that begins with `# `, `- ` or
//! `> ` is a heading, an item of a list, or a quotation; `\` before the first letter of another says that it is none of these.

mod reader;
mod writer;

pub use reader::{Chapter, chapters, page_labels, pages};
pub(crate) use reader::{passages, skim};
pub(crate) use writer::Writer;

use crate::PassageKind;

/// What begins the line of a mark.
const MARK: char = '\u{c}';

/// What stands in a mark before the number of a page; behind it stands `]`.
const PAGE: &str = "[p. ";

/// What stands in a mark before the title of a chapter; behind it stands `]`.
const CHAPTER: &str = "[§ ";

/// What a block of a kind begins with.
const fn sign(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Heading => "# ",
        PassageKind::ListItem => "- ",
        PassageKind::Blockquote => "> ",
        PassageKind::Paragraph | PassageKind::Comment => "",
    }
}

/// What the head says of the extent of a document that could not all be read.
const PARTIAL: &str = "not all could be read";

/// What a block begins with that would otherwise be taken for one of another kind.
const PLAIN: &str = "\\";
