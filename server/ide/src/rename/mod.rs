//! Renaming what is the writer's own, with everything that names it: a footnote's label, a heading with the links to it, a
//! term of the notes' own glossary, a key of the bibliography, a note. One file for each kind.
//!
//! What cannot be done surely is refused with the reason. Sources are never touched.

mod file;
mod footnote;
mod heading;
mod key;
mod term;

use std::path::PathBuf;

use ibid_corpus::{File, FileId, Resolution, Snapshot};
use ibid_note::{Citation, Footnote, Heading, Target};
use ibid_text::Span;

use crate::subject::{Subject, labels};
pub use file::move_files;

/// Something that can be renamed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Renamable {
    /// Where it stands under the cursor.
    pub span: Span,
    /// Its name now.
    pub name: String,
}

/// The edits of one file: replacements, ascending, disjoint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileEdits {
    /// The file.
    pub file: FileId,
    /// What is replaced by what.
    pub edits: Vec<(Span, String)>,
}

/// What renaming comes to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Renaming {
    /// The edits, those of the file itself first.
    pub edits: Vec<FileEdits>,
    /// The file that is then to be moved, and its absolute path from then on.
    pub moved: Option<(FileId, PathBuf)>,
}

/// Why something is not renamed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RenameError {
    /// There is nothing that can be.
    #[error(
        "nothing here can be renamed: only footnotes, headings of notes, terms of your own glossary, keys of your \
         bibliography, and notes by a link to them"
    )]
    Nothing,
    /// A name that cannot be written there.
    #[error("“{0}” cannot be the name: {1}")]
    Unfit(String, &'static str),
    /// Something else has the name.
    #[error("there is “{0}” already")]
    Taken(String),
    /// A source gives a sense to the term, so that its uses need not be the writer's own.
    #[error("a source defines “{0}” too: which uses mean your sense cannot be told")]
    NotOwn(String),
    /// A key that no bibliography gives, but a source itself.
    #[error("“{0}” is what a source calls itself, or the name of its file")]
    KeyOfSource(String),
    /// Some use cannot be renamed surely.
    #[error("“{written}” in {path}:{line} cannot be renamed surely")]
    Unsure {
        /// What stands there.
        written: String,
        /// The file.
        path: String,
        /// The line, from 1.
        line: u32,
    },
}

impl RenameError {
    /// That what stands at a place cannot be renamed surely.
    fn unsure(file: &File, span: Span) -> Self {
        Self::Unsure { written: file.words_at(span), path: file.path.clone(), line: file.line_of(span.start) + 1 }
    }
}

/// What can be renamed at an offset.
pub fn prepare_rename(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Renamable> {
    let page = own_note(snapshot, file)?.page()?;
    match at(snapshot, file, offset)? {
        Own::Footnote(footnote) => {
            let span = labels(page.text(), &footnote).find(|label| label.touches(offset))?;
            Some(Renamable { span, name: footnote.label })
        }
        Own::Heading(heading) => {
            let span = heading::words(page.text(), &heading)?;
            Some(Renamable { span, name: span.of(page.text()).to_owned() })
        }
        Own::Term(used) => Some(Renamable { span: used.span, name: used.term.name.clone() }),
        Own::Key(citation, key) => Some(Renamable { span: key::written(&citation, &key), name: key }),
        Own::Note(citation, other) => {
            let whole = file::before_fragment(page.text(), &citation);
            let name = snapshot.file(other)?.stem().to_owned();
            // In a path, its last part alone is the name.
            let at = whole.of(page.text()).rfind(&name);
            let start = whole.start + at.map_or(0, |at| at as u32);
            let span = at.map_or(whole, |_| Span::new(start, start + name.len() as u32));
            Some(Renamable { span, name })
        }
    }
}

/// What it takes to give what stands at an offset a new name.
pub fn rename(snapshot: &Snapshot, file: FileId, offset: u32, new: &str) -> Result<Renaming, RenameError> {
    let new = new.trim();
    if new.is_empty() || new.contains(['\n', '\r']) {
        return Err(RenameError::Unfit(new.to_owned(), "a name is one line of words"));
    }
    let edits = match at(snapshot, file, offset).ok_or(RenameError::Nothing)? {
        Own::Footnote(footnote) => footnote::rename(snapshot, file, &footnote, new)?,
        Own::Heading(heading) => heading::rename(snapshot, file, &heading, new)?,
        Own::Term(used) => term::rename(snapshot, &used.term, new)?,
        Own::Key(_, key) => key::rename(snapshot, file, &key, new)?,
        Own::Note(_, note) => return file::rename(snapshot, note, new),
    };
    Ok(Renaming { edits: in_order(edits, Some(file)), moved: None })
}

/// A replacement in a file.
type Edit = (FileId, Span, String);

/// Edits by file, those of one file first.
fn in_order(mut edits: Vec<Edit>, first: Option<FileId>) -> Vec<FileEdits> {
    edits.sort_by_key(|(place, span, _)| (Some(*place) != first, *place, *span));
    edits.dedup();
    let in_file = |edits: &[Edit]| {
        let file = edits[0].0;
        FileEdits { file, edits: edits.iter().map(|(_, span, text)| (*span, text.clone())).collect() }
    };
    edits.chunk_by(|a, b| a.0 == b.0).map(in_file).collect()
}

/// What is the writer's own and has a name.
enum Own {
    Footnote(Footnote),
    Heading(Heading),
    Term(ibid_corpus::TermUse),
    /// A key, by a citation.
    Key(Citation, String),
    /// A note, by a link to it.
    Note(Citation, FileId),
}

/// A note that is no source.
fn own_note(snapshot: &Snapshot, file: FileId) -> Option<&File> {
    snapshot.file(file).map(|file| &**file).filter(|file| file.is_note() && !file.is_source())
}

/// What can be renamed at an offset. A heading goes before the terms in it.
fn at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Own> {
    let held = own_note(snapshot, file)?;
    match Subject::at(snapshot, file, offset)? {
        Subject::Footnote(footnote) => Some(Own::Footnote(footnote)),
        Subject::Heading(heading) => Some(Own::Heading(heading)),
        Subject::Term(used) => {
            let heading = held.headings().into_iter().find(|heading| heading.span.touches(offset));
            let own = || term::is_own(&used.term).then_some(Own::Term(used));
            heading.map(Own::Heading).or_else(own)
        }
        Subject::Citation(citation) => match (&citation.target, snapshot.resolve(file, &citation)) {
            _ if citation.footnote.is_some() || citation.target.is_within_note() => None,
            (Target::Key(key), resolution) if resolution != Resolution::NoCitation => {
                let key = key.clone();
                Some(Own::Key(citation, key))
            }
            (Target::Wiki { .. } | Target::Path { .. }, Resolution::Note { file, .. }) => {
                Some(Own::Note(citation, file))
            }
            _ => None,
        },
        Subject::Quotation(_) | Subject::Passage(_) => None,
    }
}

#[cfg(test)]
mod tests;
