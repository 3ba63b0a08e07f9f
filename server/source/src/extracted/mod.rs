//! The text extracted from a document that has no text of its own: the pages of a PDF, the chapters of a book.
//!
//! An editor cannot show such a document, so the extracted text stands for it: every place in the document is given as a
//! place in this text. It is UTF-8 and easy to read:
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
//! A line that begins with a form feed is a mark: of a page (`␌[p. 1]`) or of a chapter (`␌[§ In Chancery]`). A book with
//! the page numbers of its printed edition has both (`␌[p. xii]`), and a recording has times (`␌[at 12:34]`). The head with the metadata precedes the first mark.
//! After it, blank lines separate blocks. A block that begins with `# `, `- ` or `> ` is a heading, list item or
//! quotation; `\` before the first letter of another block says that it is none of these.

mod reader;
mod writer;

pub use reader::{Chapter, chapters, page_labels, pages};
pub(crate) use reader::{passages, readable_text};
pub(crate) use writer::Writer;

use crate::PassageKind;

/// The first character of a mark.
const MARK: char = '\u{c}';

/// The start of a page mark, before the page number and `]`.
const PAGE: &str = "[p. ";

/// The start of a chapter mark, before the title and `]`.
const CHAPTER: &str = "[§ ";

/// The start of a mark of time in a recording, before the time and `]`.
const TIME: &str = "[at ";

/// The sign at the start of a block of this kind.
const fn sign(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Heading => "# ",
        PassageKind::ListItem => "- ",
        PassageKind::Blockquote => "> ",
        PassageKind::Paragraph | PassageKind::Comment => "",
    }
}

/// The `extent` in the head of a document that could only be read in part.
const PARTIAL: &str = "not all could be read";

/// The escape before a block that would otherwise look like one of another kind.
const PLAIN: &str = "\\";
