//! Where a term is used.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use ibid_text::{Span, words};

use super::{Term, key};
use crate::{File, FileId, Page, Snapshot};

/// One use of a term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Usage {
    /// The file.
    pub file: FileId,
    /// The term itself, in the file's own text.
    pub span: Span,
}

impl Snapshot {
    /// Every use of a term in the passages of sources and the prose of notes, by path and place. Looks at all text.
    pub fn uses_of(&self, term: &Term) -> Vec<Usage> {
        let Some(probe) = probe(&term.name) else { return Vec::new() };
        self.files().flat_map(|file| self.uses_in(file, term, &probe)).collect()
    }

    /// Every use of a term in one file, by place.
    pub fn uses_of_in(&self, term: &Term, file: FileId) -> Vec<Usage> {
        let found = self.file(file).zip(probe(&term.name));
        found.map_or_else(Vec::new, |(file, probe)| self.uses_in(file, term, &probe))
    }

    fn uses_in(&self, file: &File, term: &Term, probe: &AhoCorasick) -> Vec<Usage> {
        let Some(page) = file.page() else { return Vec::new() };
        let text = page.text();
        let mut uses: Vec<Usage> = Vec::new();
        for found in probe.find_iter(text.as_bytes()) {
            let at = found.start() as u32;
            if uses.last().is_some_and(|last| last.span.contains(at)) || !is_read(file, &page, at) {
                continue;
            }
            let here = self.terms().at(text, at).filter(|here| here.term.name == term.name);
            uses.extend(here.map(|here| Usage { file: file.id, span: here.span }));
        }
        uses
    }
}

/// Finds the longest word of a name, in any case and inflection.
fn probe(name: &str) -> Option<AhoCorasick> {
    let longest = words(name).map(|word| word.folded).max_by_key(|word| word.len())?;
    let root = key::singular(&longest).into_owned();
    let root = root.strip_suffix('y').unwrap_or(&root);
    AhoCorasickBuilder::new().ascii_case_insensitive(true).build([root]).ok()
}

/// Whether a place in a file's own text is read: in a passage of a source, in the prose of a note.
fn is_read(file: &File, page: &Page, at: u32) -> bool {
    let in_source = page.source().is_some_and(|source| {
        let readable = source.content.to_plain(at);
        readable.is_some_and(|readable| {
            let next = source.passages.partition_point(|passage| passage.span.end <= readable);
            source.passages.get(next).is_some_and(|passage| passage.span.contains(readable))
        })
    });
    let in_note = file.note.as_ref().is_some_and(|note| {
        let next = note.prose.partition_point(|span| span.end <= at);
        note.prose.get(next).is_some_and(|span| span.contains(at))
    });
    in_source || in_note
}
