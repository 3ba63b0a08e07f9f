//! Spans, lines, words and sentences: the basis of every other crate.
//!
//! Text is UTF-8 and at most 4 GiB; every offset is a byte offset in a `u32`. The modules build on each other: [`Span`] ←
//! [`LineIndex`], [`Mapped`], [`mod@words`] ← [`mod@sentences`], [`mod@stem`]. Nothing here reads a file, parses Markdown or
//! contains words of a language.

mod hash;
mod letters;
mod lines;
mod mapped;
mod raised;
pub mod sentences;
mod span;
pub mod stem;
pub mod varint;
pub mod words;

pub use hash::Fnv1a;
pub use letters::letters;
pub use lines::{Encoding, LineIndex, Position, width};
pub use mapped::{Mapped, PackedMap, Part};
pub use raised::{marked_digits, raised, raised_figure};
pub use sentences::{Abbreviations, sentences};
pub use span::Span;
pub use stem::stem;
pub use words::{Word, words};
