//! Completion of terms, targets of citations, and words of sources. One file a kind.
//!
//! Where the cursor stands inside a name that is there already, the whole name is replaced.
//!
//! The lists come from what the corpus keeps in memory; a file is read only to list its headings or blocks. The
//! documentation of an item is computed when a person selects it ([`documentation`]).

mod block;
mod context;
mod file;
mod footnote;
mod heading;
mod key;
mod open_mark;
mod path;
mod quotation;
mod sense;
mod term;

use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_note::{Fragment, Note, Target};
use ibid_text::Span;

use crate::{analysis::pointer::unwritten, render};
use context::Context;

/// The most items of a list.
const MOST: usize = 60;

/// The completions at a place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Completion {
    /// The items, best first.
    pub items: Vec<Item>,
    /// Whether the list is to be asked for again when more is typed.
    pub is_incomplete: bool,
}

/// A completion.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// The text in the list.
    pub label: String,
    /// The kind of item.
    pub kind: Kind,
    /// One more line about it.
    pub detail: Option<String>,
    /// The text that is replaced.
    pub span: Span,
    /// The text that is inserted.
    pub insert: String,
    /// The text that further typing is matched against; it begins with the text under `span` up to the cursor.
    pub filter: String,
    /// What its documentation is about.
    pub about: Option<About>,
}

/// The kind of an item.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A term.
    Term,
    /// A source.
    Source,
    /// A note.
    Note,
    /// A work in a bibliography whose text is not held.
    Work,
    /// A heading.
    Heading,
    /// A footnote.
    Footnote,
    /// A block with an id.
    Block,
    /// A sentence of a source.
    Quotation,
}

/// The subject of an item's documentation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum About {
    /// A term, by its name.
    Term(String),
    /// A file.
    File(FileId),
    /// A work, by its key.
    Work(String),
    /// A passage of a source, in its readable text.
    Passage(FileId, Span),
}

/// The completions at a byte offset of a note; `None` in code, in front matter, and where there is nothing to complete.
pub fn completion(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Completion> {
    let held = snapshot.file(file)?;
    let note = held.note()?;
    let page = held.page()?;
    if !is_readable(&note, page.text(), offset) {
        return None;
    }
    let request = Request { snapshot, file, text: page.text(), offset };
    match context::read(page.text(), offset)? {
        Context::Wiki { slot, fragment } => Some(file::names(&request, slot, fragment)),
        Context::Path { slot, is_bracketed, fragment } => Some(path::paths(&request, slot, is_bracketed, fragment)),
        Context::Heading { target, slot, path } => heading::headings(&request, &target, slot, path),
        Context::Block { target, slot } => block::ids(&request, &target, slot),
        Context::Quotation { mark, span } => {
            quotation::quotations(&request, mark, span).or_else(|| term::names(&request))
        }
        Context::Key(slot) => Some(key::keys(&request, slot)),
        Context::Footnote(slot) => Some(footnote::labels(&request, &note, slot)),
        Context::Words => term::names(&request),
    }
}

/// Whether the cursor is at the text of a note and not in code or front matter. Spaces at the end of a line are no text, but one
/// goes on typing behind them.
fn is_readable(note: &Note, text: &str, offset: u32) -> bool {
    let typed = text.get(..offset as usize).unwrap_or_default();
    let behind = typed.trim_end_matches(|c: char| c.is_whitespace() && c != '\n').len() as u32;
    let prose = note.prose.iter().chain(note.headings.iter().map(|heading| &heading.span));
    let citations = note.citations.iter().flat_map(|citation| [&citation.span, &citation.target_span]);
    let images = note.images.iter().map(|image| &image.span);
    let mut readable = prose.chain(citations).chain(images);
    readable.any(|span| span.touches(offset) || span.touches(behind))
}

/// The documentation of an item for the note `asker`, as Markdown.
pub fn documentation(snapshot: &Snapshot, asker: FileId, about: &About) -> Option<String> {
    match about {
        About::Term(name) => Some(render::term::describe_term(snapshot, snapshot.terms().find(name)?, Some(asker))),
        About::File(file) => render::work::of_file(snapshot, *file),
        About::Work(key) => Some(render::work::of_work(snapshot, key)),
        About::Passage(file, span) => render::passage::describe_passage(snapshot, *file, *span),
    }
}

/// A request for completions.
struct Request<'a> {
    snapshot: &'a Snapshot,
    file: FileId,
    text: &'a str,
    offset: u32,
}

impl<'a> Request<'a> {
    /// Whether the place exists that a link to `file` names with the `fragment` behind it, if there is one.
    fn has_fragment(&self, fragment: Span, target: impl FnOnce(Option<Fragment>) -> Target) -> bool {
        let written = fragment.of(self.text).strip_prefix('#');
        written.is_none_or(|written| self.has_place(target(Fragment::parse(written))))
    }

    /// Whether the place that a link names exists.
    fn has_place(&self, target: Target) -> bool {
        let is_there = self.snapshot.missing_in_note(self.file, &target).is_none();
        is_there && !matches!(self.snapshot.resolve(self.file, &unwritten(target)), Resolution::Dead { .. })
    }

    /// The text after the cursor.
    fn after(&self) -> &'a str {
        &self.text[self.offset as usize..]
    }
}

/// The text to match further typing against: `typed`, the rest of the first name that it begins, and all names.
fn filter(typed: &str, names: &[&str]) -> String {
    let starts = |name: &str| {
        let words = ibid_text::words(name).map(|word| word.span.start as usize).collect::<Vec<_>>();
        std::iter::once(0).chain(words).find_map(|at| rest_after(&name[at..], typed).map(str::to_owned))
    };
    let rest = names.iter().find_map(|name| starts(name)).unwrap_or_default();
    format!("{typed}{rest} {}", names.join(" "))
}

/// The rest of `name` after `begun`, ignoring case; `None` if it does not begin with that.
fn rest_after<'n>(name: &'n str, begun: &str) -> Option<&'n str> {
    let mut left = name.chars();
    for wanted in begun.chars() {
        let c = left.next()?;
        if c != wanted && !c.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(left.as_str())
}

#[cfg(test)]
mod tests;
