//! Readers: a document of the corpus becomes text, metadata and passages with voices.
//!
//! One module per format ([`txt`], [`markdown`]); [`read`] picks one by name. A reader gets bytes and returns a
//! [`Source`] or says why it cannot: it opens no file and follows no path. Who speaks in a passage is told from cues of
//! discourse, each with its weight (`voice`), never assumed.

mod front_matter;
pub mod markdown;
mod metadata;
mod passage;
mod quoted;
mod read;
mod requotation;
pub mod txt;
mod voice;

pub use metadata::Metadata;
pub use passage::{Passage, PassageKind, Standing, Voice};
pub use read::{Format, LARGEST, ReadError, Source, read};
pub use requotation::Requotation;
