//! Readers: a document of the corpus becomes text, metadata and passages with voices.
//!
//! One module per format (`txt`, `markdown`, `html`, `mhtml`, `pdf`, `epub`, `docx`); [`read()`] picks one by name. The last four have
//! no text that an editor could show: [`extract()`] takes one out of them, which is read in their stead (`extracted`). A reader gets bytes
//! and returns a [`Source`] or says why it cannot: it opens no file and follows no path. An index needs less: [`skim()`]
//! reads the text and the metadata, and [`Skim::read`] the rest when somebody asks. Who speaks in a passage is told from
//! cues of discourse, each with its weight (`voice`), never assumed.

mod archive;
mod comment;
mod docx;
mod encoding;
mod epub;
mod extracted;
mod front_matter;
mod html;
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
pub use passage::{Passage, PassageKind, Standing, Voice};
pub use read::{ExtractError, Format, LARGEST, ReadError, Skim, Source, extract, read, skim};
pub use requotation::Requotation;

/// A source as tests show it: metadata, then one line a passage with its voice where it is not Markdown's default.
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
        let voice = match voice.standing {
            Standing::Unknown => String::new(),
            Standing::Author => format!(" (author, {name}{:.2})", voice.confidence),
            Standing::Quoted => format!(" (quoted, {name}{:.2})", voice.confidence),
            Standing::Commenter => format!(" (commenter, {name}{:.2})", voice.confidence),
        };
        let words = passage.span.of(source.text()).replace('\n', "⏎");
        let _ = writeln!(shown, "{:?}{voice}: {words}", passage.kind);
    }
    for comment in &source.comments {
        let said = |words: &Option<String>| words.clone().unwrap_or_default();
        let root = if comment.is_placed { "the page" } else { "somebody" };
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
