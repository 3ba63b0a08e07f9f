//! What every other crate counts in.
//!
//! Text is UTF-8 and at most 4 GiB; every offset is a byte offset held in a `u32`. The modules build on each other:
//! [`Span`] ← [`LineIndex`], [`mod@words`] ← [`mod@sentences`], [`mod@stem`]. Nothing here reads a file or knows Markdown.

mod hash;
mod letters;
mod lines;
mod mapped;
pub mod sentences;
mod span;
pub mod stem;
pub mod varint;
pub mod words;

pub use hash::Fnv1a;
pub use letters::letters;
pub use lines::{Encoding, LineIndex, Position, width};
pub use mapped::{Mapped, PackedMap, Part};
pub use sentences::sentences;
pub use span::Span;
pub use stem::stem;
pub use words::{Word, words};
