//! Places in files.

use ibid_corpus::{File, FileId, Match, Snapshot};
use ibid_source::{Passage, Source};
use ibid_text::Span;

/// A place in a file's own text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The words there, in bytes.
    pub span: Span,
}

impl Place {
    /// The place of a span of a source's readable text; `None` if the file is not a source of this snapshot.
    pub fn in_source(snapshot: &Snapshot, file: FileId, readable: Span) -> Option<Self> {
        Some(Self { file, span: snapshot.file(file)?.to_own(readable)? })
    }

    /// The places of a match: one, or one for each part of an elided quotation, in order.
    pub fn of_match(snapshot: &Snapshot, found: &Match) -> Vec<Self> {
        let parts = if found.parts.is_empty() { std::slice::from_ref(&found.span) } else { &found.parts };
        parts.iter().filter_map(|&part| Self::in_source(snapshot, found.file, part)).collect()
    }
}

/// The passage at a byte offset of the source's readable text. A repeated passage is found at each of its places.
pub(crate) fn passage_at(source: &Source, offset: u32) -> Option<&Passage> {
    let after = source.passages.partition_point(|passage| passage.span.start <= offset);
    let before = after.checked_sub(1).map(|at| &source.passages[at]).filter(|passage| passage.span.contains(offset));
    before
        .or_else(|| source.passages.iter().find(|passage| passage.repeats.iter().any(|repeat| repeat.contains(offset))))
}

/// A source's title, or its path if neither the source nor a bibliography gives one.
pub(crate) fn title(snapshot: &Snapshot, file: &File) -> String {
    let title = snapshot.metadata(file).title;
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| file.path.clone())
}
