//! A Markdown note, read for what it says about its sources. [`parse`] never fails.
//!
//! pulldown-cmark gives the structure; the modules take from it, one each: [`quotation`]s, [`citation`]s,
//! [`statement`]s, [`heading`]s and [`glossary`] entries, [`suppression`]s. All spans are bytes into the note's text.

mod attribution;
pub mod citation;
mod cue;
mod frame;
mod front_matter;
pub mod glossary;
pub mod heading;
mod lexicon;
mod marks;
mod note;
mod page;
mod pandoc;
mod path;
mod pointers;
pub mod quotation;
mod sentence;
pub mod statement;
pub mod structure;
pub mod suppression;
mod token;
mod written;

pub use citation::{Citation, Footnote, Fragment, Target};
pub use front_matter::FrontMatter;
pub use glossary::Entry;
pub use heading::Heading;
pub use note::{Note, parse};
pub use quotation::{Attribution, Form, Quotation};
pub use statement::{Setting, Statement};
pub use structure::{Element, ElementKind, elements};
pub use suppression::{Suppression, Suppressions};
