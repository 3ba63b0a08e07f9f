//! Readers: turn the bytes of a document into a [`Source`] with text, metadata and passages with voices.
//!
//! The crate opens no file and follows no path: a reader gets bytes, and returns a source or the reason why it cannot.
//!
//! # The order of the parts
//!
//! 1. [`Format::of_name`] picks the format of a file by its name.
//! 2. [`extract()`] takes the text out of a document whose format is not text: `mhtml`, `mail`, `pdf`, `epub`, `docx`
//!    and `captions`. `epub` and
//!    `docx` are archives (`archive`) of XML parts (`xml`). The first two are extracted as HTML, the others in the format of `extracted`.
//! 3. [`decode()`] turns the bytes of a text into UTF-8 (`encoding`).
//! 4. [`readable_text()`] returns the text without markup, mapped to the file, and the metadata. An index needs no more.
//!    The readers are `txt`, `markdown`, `html` and `extracted`; `entity` and `front_matter` serve several of them.
//! 5. [`ReadableText::read`] adds the passages. The reader finds the passages, `voice` decides whose words they contain,
//!    and `requotation` finds the passages that quote each other, by the quotation marks that `quoted` pairs. `passage`
//!    merges repeated passages and splits overlong ones.
//!
//! [`read()`] does steps 3 to 5. Rules about words ask the [`Language`](ibid_language::Language) they are given. Without a
//! language pack no word names a voice, but markup, bylines and bibliographic tags still do.
//!
//! # How to add a format
//!
//! - Add a variant to [`Format`], with its name and its file extensions.
//! - If the format is text, write a module with `readable_text` and `passages`, and name them in [`readable_text()`] and
//!   [`ReadableText::read`]. If it is not, write a module with `extract` that uses `extracted::Writer`, and name it in
//!   [`extract()`] and [`Format::is_extracted`]; reading the extracted text is already done.
//! - Add the format to `tests/properties.rs`, with fragments that reach its rules.

mod archive;
mod captions;
mod comment;
mod docx;
mod encoding;
mod entity;
mod epub;
mod extracted;
mod front_matter;
mod html;
mod mail;
mod markdown;
mod metadata;
mod mhtml;
mod passage;
mod pdf;
mod quoted;
mod read;
mod requotation;
mod txt;
mod voice;
mod xml;

pub use comment::Comment;
pub use encoding::{decode, span_in_bytes};
pub use extracted::{Chapter, chapters, page_labels, pages};
pub use metadata::{Extent, Metadata};
pub use passage::{Passage, PassageKind, Voice, VoiceKind};
pub use read::{ExtractError, Format, LARGEST, ReadError, ReadableText, Source, extract, read, readable_text};
pub use requotation::Requotation;

/// A source as tests show it: its metadata, then a line for each passage with its voice, comment and re-quotation.
#[cfg(test)]
fn shown(source: &Source) -> String {
    use std::fmt::Write;

    let mut shown = String::new();
    let metadata = &source.metadata;
    let fields = [("title", &metadata.title), ("date", &metadata.date)];
    let lists = [("author", &metadata.authors), ("url", &metadata.urls)];
    let fields = fields.iter().flat_map(|(name, value)| value.iter().map(move |value| (name, value)));
    for (name, value) in fields.chain(lists.iter().flat_map(|(name, list)| list.iter().map(move |value| (name, value))))
    {
        let _ = writeln!(shown, "{name}: {value}");
    }
    if metadata.extent != Extent::Whole {
        let _ = writeln!(shown, "extent: {:?}", metadata.extent);
    }
    for passage in &source.passages {
        let voice = &passage.voice;
        let name = voice.name.as_ref().map_or(String::new(), |name| format!("{name}, "));
        let voice = match voice.kind {
            VoiceKind::Unknown => String::new(),
            VoiceKind::Author => format!(" (author, {name}{:.2})", voice.confidence),
            VoiceKind::Quoted => format!(" (quoted, {name}{:.2})", voice.confidence),
            VoiceKind::Commenter => format!(" (commenter, {name}{:.2})", voice.confidence),
        };
        let words = passage.span.of(source.text()).replace('\n', "⏎");
        let _ = writeln!(shown, "{:?}{voice}: {words}", passage.kind);
    }
    for comment in &source.comments {
        let said = |words: &Option<String>| words.clone().unwrap_or_default();
        let root = if comment.is_parent_known { "the page" } else { "somebody" };
        let parent = comment.parent.map_or(root.to_owned(), |parent| said(&source.comments[parent].author));
        let opening: String = comment.span.of(source.text()).chars().take(16).collect();
        let (author, date, link) = (said(&comment.author), said(&comment.date), said(&comment.permalink));
        let _ = writeln!(shown, "comment: {author} to {parent}, {date}, {link}: {opening}");
    }
    for again in &source.requotations {
        let _ = writeln!(shown, "again: {}", again.quoted.of(source.text()));
    }
    shown
}
