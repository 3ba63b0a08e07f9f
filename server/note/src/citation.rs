//! Pointers from a note to a source.

use ibid_text::Span;
use serde::{Deserialize, Serialize};

/// A pointer to a source, or a link that may be one: what it leads to is decided where the files are known.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Citation {
    /// The pointer as it stands in the running text: the link, the key, the footnote mark.
    pub span: Span,
    /// Where the target itself is written: the same as `span`, or inside a footnote's definition.
    pub target_span: Span,
    /// What it points at.
    pub target: Target,
    /// The footnote (index into [`crate::Note::footnotes`]) through which it points, if any.
    pub footnote: Option<u32>,
    /// A locator as written: "p. 3".
    pub locator: Option<String>,
}

/// What a citation points at, as written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Target {
    /// A pandoc key, without the `@`.
    Key(String),
    /// `[[file#Heading]]`, `[[file#^block]]`.
    Wiki {
        /// The name before `#`; empty means this note.
        file: String,
        /// What follows `#`.
        fragment: Option<Fragment>,
    },
    /// A Markdown link to a file, or a plain file path in a footnote; percent-decoded.
    Path {
        /// The path before `#`; empty means this note.
        path: String,
        /// What follows `#`.
        fragment: Option<Fragment>,
    },
    /// A web address.
    Url {
        /// The address before `#`.
        url: String,
        /// What follows `#`.
        fragment: Option<Fragment>,
    },
    /// A footnote that names no pointer we can read, only words (a printed reference).
    Words,
}

/// The part of a pointer behind `#`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Fragment {
    /// A heading, or an id we know nothing more of.
    Heading(String),
    /// An Obsidian block id, without `^`.
    Block(String),
    /// `#L42-L58`: 1-based, inclusive.
    Lines {
        /// First line.
        first: u32,
        /// Last line.
        last: u32,
    },
    /// A text fragment (WICG): `#:~:text=[prefix-,]start[,end][,-suffix]`, percent-decoded.
    Text {
        /// Context before.
        prefix: Option<String>,
        /// First words.
        start: String,
        /// Last words.
        end: Option<String>,
        /// Context behind.
        suffix: Option<String>,
    },
}

/// A footnote's definition, or an inline note `^[…]`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Footnote {
    /// Its label; empty for an inline note.
    pub label: String,
    /// The definition as a whole.
    pub span: Span,
    /// Where the running text refers to it.
    pub marks: Vec<Span>,
}
