//! `ibid cite`: prints a citation for a quotation.

use std::path::PathBuf;

use clap::ValueEnum;
use ibid_corpus::{File, Located, Match, Snapshot};
use ibid_ide::{
    Place,
    cite::{Style, cite_from},
};

use super::{
    locate::open,
    workspace::{OpenError, absolute},
};
use crate::printable::printable;

/// `ibid cite`
#[derive(clap::Args)]
pub(super) struct Cite {
    /// The quotation, without its quotation marks.
    quote: String,
    /// The note that the citation is for. The citation follows the style of that note, and paths are relative to it.
    #[arg(long, value_name = "NOTE")]
    note: Option<PathBuf>,
    /// The workspace, or any path in it.
    #[arg(long, value_name = "PATH", default_value = ".")]
    workspace: PathBuf,
    /// How to point at the source. A source without a key or URL is linked by its path.
    #[arg(long, value_enum)]
    style: Option<Pointer>,
}

/// How a citation points at its source.
#[derive(Clone, Copy, ValueEnum)]
enum Pointer {
    /// `[@key]`
    Key,
    /// `[[file]]`
    Wiki,
    /// A link to the file and line
    Link,
    /// A link to the web page, which a browser opens at the quotation
    Web,
}

/// A quotation could not be cited.
#[derive(Debug, thiserror::Error)]
pub(super) enum CiteError {
    /// The workspace could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// No source contains the quotation.
    #[error("no source contains this quotation; `ibid locate` shows the nearest passage")]
    NotFound,
    /// The note is not in the workspace.
    #[error("{path}: not a note of this workspace", path = .0.display())]
    NoNote(PathBuf),
}

impl Cite {
    /// Prints a citation of the best match of a quotation. Fails if no source contains it.
    pub(super) fn run(&self) -> Result<(), CiteError> {
        let snapshot = open(&self.workspace)?;
        let located = snapshot.locate(&self.quote);
        let found = best(&snapshot, &located).ok_or(CiteError::NotFound)?;
        let file = snapshot.file(found.file).ok_or(CiteError::NotFound)?;
        let place = Place::in_source(&snapshot, file.id, found.span).ok_or(CiteError::NotFound)?;
        let (path, style) = match &self.note {
            Some(path) => {
                let no_note = || CiteError::NoNote(path.clone());
                let note = snapshot.by_path(&absolute(path)?).ok_or_else(no_note)?;
                (&*note.path, Style::of_note(&*note.note().ok_or_else(no_note)?))
            }
            // Paths are relative to the workspace's root.
            None => ("", native(&snapshot, file)),
        };
        let style = self.style.map_or(style, Pointer::style);
        let citation = cite_from(&snapshot, path, place, style).ok_or(CiteError::NotFound)?;
        anstream::println!("{}", printable(&citation));
        Ok(())
    }
}

impl Pointer {
    const fn style(self) -> Style {
        match self {
            Self::Key => Style::Key,
            Self::Wiki => Style::Wiki,
            Self::Link => Style::Link,
            Self::Web => Style::Web,
        }
    }
}

/// The best match of a quotation. Among equal matches, one in the full text of a work comes before one in its highlights.
fn best<'l>(snapshot: &Snapshot, located: &'l Located) -> Option<&'l Match> {
    let first = located.matches.first()?;
    let is_as_good = |found: &&Match| found.verdict == first.verdict && found.similarity >= first.similarity;
    let is_in_full_text = |found: &&Match| snapshot.file(found.file).is_some_and(|file| file.is_whole());
    let whole = located.matches.iter().take_while(is_as_good).find(is_in_full_text);
    whole.or(Some(first))
}

/// The style for a source if no note decides it: by key, else by web address, else by path.
fn native(snapshot: &Snapshot, file: &File) -> Style {
    let metadata = snapshot.metadata(file);
    if !metadata.keys.is_empty() {
        Style::Key
    } else if !metadata.urls.is_empty() {
        Style::Web
    } else {
        Style::Link
    }
}
