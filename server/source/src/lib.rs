//! Readers: a document of the corpus becomes text, metadata and passages with voices.
//!
//! One file per format ([`txt`], [`markdown`]); [`read`] picks one by name. A reader gets bytes and returns a
//! [`Source`] or says why it cannot: it opens no file and follows no path.

pub mod markdown;
mod metadata;
mod passage;
mod read;
pub mod txt;

pub use metadata::Metadata;
pub use passage::{Passage, PassageKind, Standing, Voice};
pub use read::{Format, ReadError, Source, read};
