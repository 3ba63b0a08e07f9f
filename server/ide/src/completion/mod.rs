//! What can be written at the cursor: terms, the targets of citations, and the words of sources. One file for each kind.
//!
//! What is listed is kept ready by the corpus; no file is read for it but one whose headings are asked for. What a person
//! reads of one item alone is worked out when they come to it ([`documentation`]).

mod block;
mod context;
mod file;
mod footnote;
mod heading;
mod key;
mod quotation;
mod sense;
mod term;

use ibid_corpus::{FileId, Snapshot};
use ibid_text::Span;

use crate::hover;
use context::Context;
pub(crate) use file::pointer;

/// So many items are listed.
const MOST: usize = 60;

/// What can be written at a place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Completion {
    /// The best come first.
    pub items: Vec<Item>,
    /// Whether there is more, or will be when more is typed.
    pub is_incomplete: bool,
}

/// One thing that can be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// What it is called in the list.
    pub label: String,
    /// What it is.
    pub kind: Kind,
    /// One line more.
    pub detail: Option<String>,
    /// What is replaced.
    pub span: Span,
    /// What is written there.
    pub insert: String,
    /// What has been typed of it, and could be typed on: begins with the text under `span`.
    pub filter: String,
    /// What can be read of it.
    pub about: Option<About>,
}

/// What an item is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A term.
    Term,
    /// A source.
    Source,
    /// A note.
    Note,
    /// A work of a bibliography whose text is not held.
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

/// What the documentation of an item is about.
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

/// What can be written at an offset of a note; `None` in code, in front matter, and where nothing can be told.
pub fn completion(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Completion> {
    let held = snapshot.file(file)?;
    let note = held.note()?;
    let page = held.page()?;
    let is_written = note.prose.iter().chain(note.headings.iter().map(|heading| &heading.span));
    let is_pointed = note.citations.iter().flat_map(|citation| [&citation.span, &citation.target_span]);
    if !is_written.chain(is_pointed).any(|span| span.touches(offset)) {
        return None;
    }
    let typed = Typed { snapshot, file, text: page.text(), offset };
    match context::read(page.text(), offset)? {
        Context::Wiki(span) => Some(file::names(&typed, span)),
        Context::Heading { target, span } => heading::headings(&typed, &target, span),
        Context::Block { target, span } => block::ids(&typed, &target, span),
        Context::Quotation { closing, span } => {
            quotation::quotations(&typed, closing, span).or_else(|| term::names(&typed))
        }
        Context::Key(span) => Some(key::keys(&typed, span)),
        Context::Footnote(span) => Some(footnote::labels(&typed, &note, span)),
        Context::Words => term::names(&typed),
    }
}

/// What can be read of an item, as Markdown; as `asker`, a note, sees it.
pub fn documentation(snapshot: &Snapshot, asker: FileId, about: &About) -> Option<String> {
    match about {
        About::Term(name) => Some(hover::term::card(snapshot, snapshot.terms().find(name)?, Some(asker))),
        About::File(file) => hover::citation::of_file(snapshot, *file),
        About::Work(key) => Some(hover::citation::of_work(snapshot, key)),
        About::Passage(file, span) => hover::passage::card(snapshot, *file, *span),
    }
}

/// Where something is typed.
struct Typed<'a> {
    snapshot: &'a Snapshot,
    file: FileId,
    text: &'a str,
    offset: u32,
}

impl<'a> Typed<'a> {
    /// The text behind the cursor.
    fn behind(&self) -> &'a str {
        &self.text[self.offset as usize..]
    }

    /// What closes a pointer, as far as it does not stand behind the cursor already.
    fn closing(&self, mark: &'static str) -> &'static str {
        if self.behind().starts_with(mark) { "" } else { mark }
    }
}

/// What can be typed on: `typed`, and the rest of the first word of `names` that it begins with all that follows.
fn filter(typed: &str, names: &[&str]) -> String {
    let starts = |name: &str| {
        let words = ibid_text::words(name).map(|word| word.span.start as usize).collect::<Vec<_>>();
        std::iter::once(0).chain(words).find_map(|at| rest_after(&name[at..], typed).map(str::to_owned))
    };
    let rest = names.iter().find_map(|name| starts(name)).unwrap_or_default();
    format!("{typed}{rest} {}", names.join(" "))
}

/// What follows `begun` at the beginning of `name`, in any case.
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
