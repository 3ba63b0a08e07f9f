//! A Markdown note, read for what it says about its sources. [`parse`] never fails.
//!
//! pulldown-cmark gives the structure; the modules take from it, one each: [`quotation`]s, [`citation`]s,
//! [`statement`]s, [`heading`]s and [`glossary`] entries, [`suppression`]s. All spans are bytes into the note's text.

pub mod citation;
pub mod glossary;
pub mod heading;
mod note;
pub mod quotation;
pub mod statement;
pub mod suppression;

pub use citation::{Citation, Footnote, Fragment, Target};
pub use glossary::Entry;
pub use heading::Heading;
pub use note::{FrontMatter, Note, parse};
pub use quotation::{Attribution, Form, Quotation};
pub use statement::{Setting, Statement};
pub use suppression::{Suppression, Suppressions};
