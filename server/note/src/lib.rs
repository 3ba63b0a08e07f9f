//! Parser of Markdown notes. [`parse`] never fails. All spans are bytes of the note's text.
//!
//! `note` runs the pipeline, in this order:
//!
//! 1. `front_matter`: the YAML block at the head, and the links in its `property`s. `label`s that the note defines. `comment`s become blank.
//! 2. `markdown`: pulldown-cmark's events become blocks of running text, with the blockquotes, headings and footnotes
//!    around them (`written`: positions in the source).
//! 3. `pointers`: the pointers of each block (`pandoc` keys, addresses, inline notes; `path`s in footnotes) and its visible
//!    text. Numbered, they are the [`citation`]s.
//! 4. `marks`: pairs of quotation marks in the visible text. `sentence`: its sentences, each with its citations.
//! 5. [`heading`]s with their sections.
//! 6. [`quotation`]s: blockquotes (without their `apparatus`) and pairs of marks, each with its `attribution`, which rests on
//!    reporting frames (`frame` ← `cue` ← `token`).
//! 7. [`statement`]s: the sentences of prose, with the quotations in them.
//! 8. [`glossary`] entries and [`suppression`]s.
//!
//! [`locator`] reads the pages that a citation names, when they are asked for. Steps 3, 4, 6 and 8 use the words of a [`Language`](ibid_language::Language). Without a pack there are no frames and no
//! glossary. [`structure`] is independent of the pipeline: the elements of a note for navigation.

mod apparatus;
mod attribution;
pub mod citation;
mod comment;
mod cue;
mod frame;
mod front_matter;
pub mod glossary;
pub mod heading;
mod label;
pub mod locator;
mod markdown;
mod marks;
mod note;
mod pandoc;
mod path;
mod plain;
mod pointers;
mod property;
pub mod quotation;
mod sentence;
pub mod statement;
pub mod structure;
pub mod suppression;
mod token;
mod written;

pub use citation::{Citation, Footnote, Fragment, Target};
pub use front_matter::FrontMatter;
pub use glossary::{Entry, EntryForm, names_a_glossary};
pub use heading::Heading;
pub use note::{Image, Note, parse};
pub use pandoc::written_key;
pub use quotation::{Attribution, Form, Quotation};
pub use statement::{Setting, Statement};
pub use structure::{Element, ElementKind, elements};
pub use suppression::{Suppression, Suppressions};
