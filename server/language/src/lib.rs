//! The words of each language as data, and no rules.
//!
//! The rules live in the other crates. They name a [`Class`] of words, a [`PhraseList`] or a word [`List`], and ask a
//! [`Language`] for it. No other crate contains a list of words of a natural language.
//!
//! A language is one folder of text files, such as `en/`:
//!
//! - `classes/*.txt`: one word a line. All class files together make one table from a word to its set of classes.
//! - `phrases/*.txt`: one [`Phrase`] a line, in the grammar `is|are a|an`. A value may follow a tab: the weight of the
//!   phrase, or the name of the sign it gives.
//! - `lists/*.txt`: one entry a line, for rules that iterate over words. A value may follow a tab.
//!
//! Every file begins with two lines that start with `# `: what the file contains, and which rules use it. The entries are
//! sorted by bytes, without duplicates. The tests of this crate check this.
//!
//! The modules build on each other: [`mod@file`] (the format) ← [`mod@class`], [`mod@list`], [`mod@phrase`] ←
//! [`mod@language`].
//!
//! # How to add
//!
//! - **A word**: a line in the file, at its place in the order.
//! - **A class or list**: a file with a head, and a line in the table of [`mod@class`], [`mod@phrase`] or [`mod@list`], in
//!   alphabetical order.
//! - **A language**: a folder with all the files of `en/` (a file without entries is fine), a member of the enum in
//!   [`mod@language`], and its primary subtag in [`Language::of_tag`].

pub mod class;
pub mod file;
pub mod language;
pub mod list;
pub mod phrase;

pub use class::{Class, Classes};
pub use language::Language;
pub use list::{Entry, List};
pub use phrase::{Phrase, PhraseList, Phrases};
