//! Renaming of footnote labels, headings, glossary terms, bibliography keys and notes, with everything that refers to them. One
//! file a kind.
//!
//! A rename that may go wrong is refused with the reason. Sources are never edited.

mod attachment;
mod file;
mod footnote;
mod fragment;
mod heading;
mod key;
mod path_link;
mod sharing;
mod term;
mod wiki_link;

use std::path::PathBuf;

use ibid_corpus::{File, FileId, Resolution, Snapshot};
use ibid_note::{Citation, Footnote, Heading, Target};
use ibid_text::Span;

use crate::analysis::subject::{Subject, labels};
pub use file::{links_left, move_files};

/// Something that can be renamed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Renamable {
    /// Its span under the cursor.
    pub span: Span,
    /// Its current name.
    pub name: String,
}

/// The edits of one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileEdits {
    /// The file.
    pub file: FileId,
    /// Replacements, ascending and disjoint.
    pub edits: Vec<(Span, String)>,
}

/// The result of a rename.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Renaming {
    /// The edits, those of the asking file first.
    pub edits: Vec<FileEdits>,
    /// Edits that the person should look at, in any order.
    pub doubts: Vec<(FileId, Span, Doubt)>,
    /// The file to move after the edits, and its new absolute path.
    pub moved: Option<(FileId, PathBuf)>,
}

/// Why a person should look at an edit before it is made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Doubt {
    /// It changes the prose of another note.
    OtherNote,
    /// The words may be a part of a longer name, as “toll” is of “bridge toll”. It is made only if the person agrees.
    LongerName,
}

/// Why a rename is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RenameError {
    /// There is nothing at the cursor that can be renamed.
    #[error(
        "Nothing here can be renamed. You can rename footnotes, headings of notes, terms of your own glossary, keys of your \
         bibliography, and notes at a link to them"
    )]
    Nothing,
    /// A name that is not valid there.
    #[error("“{0}” is not a valid name: {1}")]
    Unfit(String, &'static str),
    /// Something else has the name already.
    #[error("“{0}” already exists")]
    Taken(String),
    /// A source defines the term too, so a use may not mean the writer's own sense.
    #[error("A source defines “{0}” too, so it is not clear which uses have your sense")]
    NotOwn(String),
    /// A note of which it is not clear whether it shares the glossary.
    #[error(
        "It is not clear which glossary defines “{0}” for this note: rename it where it is defined, or link this note to its \
         glossary"
    )]
    Unshared(String),
    /// A key that is not from a bibliography.
    #[error("“{0}” is not in a bibliography: it is the name of a source in its front matter or the name of its file")]
    KeyOfSource(String),
    /// A use that may not be renamed correctly.
    #[error("“{written}” at {path}:{line} cannot be renamed safely")]
    Unsure {
        /// The text there.
        written: String,
        /// The file.
        path: String,
        /// The line, counted from 1.
        line: u32,
    },
}

impl RenameError {
    /// The error for a place that may not be renamed correctly.
    fn unsure(file: &File, span: Span) -> Self {
        Self::Unsure { written: file.words_at(span), path: file.path.clone(), line: file.line_of(span.start) + 1 }
    }
}

/// The thing at a byte offset that can be renamed.
pub fn prepare_rename(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Renamable> {
    let page = own_note(snapshot, file)?.page()?;
    match at(snapshot, file, offset)? {
        RenameTarget::Footnote(footnote) => {
            let span = labels(page.text(), &footnote).find(|label| label.touches(offset))?;
            Some(Renamable { span, name: footnote.label })
        }
        RenameTarget::Heading(heading) => {
            let span = heading::words(page.text(), &heading)?;
            Some(Renamable { span, name: span.of(page.text()).to_owned() })
        }
        RenameTarget::Term(used) => Some(Renamable { span: used.span, name: used.term.name.clone() }),
        RenameTarget::Key(citation, key) => Some(Renamable { span: key::written(&citation, &key), name: key }),
        RenameTarget::Note(citation, other) => {
            let whole = file::before_fragment(page.text(), citation.target_span);
            let name = snapshot.file(other)?.stem().to_owned();
            // In a path, only the last part is the name.
            let at = whole.of(page.text()).rfind(&name);
            let start = whole.start + at.map_or(0, |at| at as u32);
            let span = at.map_or(whole, |_| Span::new(start, start + name.len() as u32));
            Some(Renamable { span, name })
        }
    }
}

/// The edits that rename the thing at a byte offset.
pub fn rename(snapshot: &Snapshot, file: FileId, offset: u32, new: &str) -> Result<Renaming, RenameError> {
    let new = new.trim();
    if new.is_empty() || new.contains(['\n', '\r']) {
        return Err(RenameError::Unfit(new.to_owned(), "a name is one line of text"));
    }
    let mut doubts = Vec::new();
    let edits = match at(snapshot, file, offset).ok_or(RenameError::Nothing)? {
        RenameTarget::Footnote(footnote) => footnote::rename(snapshot, file, &footnote, new)?,
        RenameTarget::Heading(heading) => heading::rename(snapshot, file, &heading, new)?,
        RenameTarget::Term(used) => {
            let asker = snapshot.file(file).ok_or(RenameError::Nothing)?;
            let (edits, doubtful) = term::rename(snapshot, asker, &used.term, new)?;
            doubts = doubtful;
            edits
        }
        RenameTarget::Key(_, key) => key::rename(snapshot, file, &key, new)?,
        RenameTarget::Note(_, note) => return file::rename(snapshot, note, new),
    };
    Ok(Renaming { edits: in_order(edits, Some(file)), doubts, moved: None })
}

/// A replacement in a file.
type Edit = (FileId, Span, String);

/// Edits grouped by file, those of `first` first.
fn in_order(mut edits: Vec<Edit>, first: Option<FileId>) -> Vec<FileEdits> {
    edits.sort_by_key(|(place, span, _)| (Some(*place) != first, *place, *span));
    edits.dedup();
    let in_file = |edits: &[Edit]| {
        let file = edits[0].0;
        FileEdits { file, edits: edits.iter().map(|(_, span, text)| (*span, text.clone())).collect() }
    };
    edits.chunk_by(|a, b| a.0 == b.0).map(in_file).collect()
}

/// Something that can be renamed.
enum RenameTarget {
    Footnote(Footnote),
    Heading(Heading),
    Term(ibid_corpus::TermUse),
    /// A key, at a citation.
    Key(Citation, String),
    /// A note, at a link to it.
    Note(Citation, FileId),
}

/// A note that is not a source as well.
fn own_note(snapshot: &Snapshot, file: FileId) -> Option<&File> {
    snapshot.file(file).map(|file| &**file).filter(|file| file.is_note() && !file.is_source())
}

/// The thing at a byte offset that can be renamed. A heading takes precedence over terms in it.
fn at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<RenameTarget> {
    let held = own_note(snapshot, file)?;
    match Subject::at(snapshot, file, offset)? {
        Subject::Footnote(footnote) => Some(RenameTarget::Footnote(footnote)),
        Subject::Heading(heading) => Some(RenameTarget::Heading(heading)),
        Subject::Term(used) => {
            let heading = held.headings().into_iter().find(|heading| heading.span.touches(offset));
            let own = || term::is_own(&used.term).then_some(RenameTarget::Term(used));
            heading.map(RenameTarget::Heading).or_else(own)
        }
        Subject::Citation(citation) => match (&citation.target, snapshot.resolve(file, &citation)) {
            _ if citation.footnote.is_some() || citation.target.is_within_note() => None,
            (Target::Key(key), resolution) if resolution != Resolution::NoCitation => {
                let key = key.clone();
                Some(RenameTarget::Key(citation, key))
            }
            (Target::Wiki { .. } | Target::Path { .. }, Resolution::Note { file, .. }) => {
                Some(RenameTarget::Note(citation, file))
            }
            _ => None,
        },
        Subject::Quotation(_) | Subject::Passage(_) => None,
    }
}

#[cfg(test)]
mod tests;
