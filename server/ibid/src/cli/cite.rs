//! `ibid cite`: a ready citation of where a quotation stands.

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

/// `ibid cite`
#[derive(clap::Args)]
pub(super) struct Cite {
    /// The words of the quotation, without quotation marks around them.
    quote: String,
    /// The note that the citation is for: it is written as the note writes its others, and paths start from it.
    #[arg(long, value_name = "NOTE")]
    note: Option<PathBuf>,
    /// The workspace, or any path in it.
    #[arg(long, value_name = "PATH", default_value = ".")]
    workspace: PathBuf,
    /// How the source is pointed at; what it has no key or address for is linked by its path.
    #[arg(long, value_enum)]
    style: Option<Pointer>,
}

/// How a citation points at its source.
#[derive(Clone, Copy, ValueEnum)]
enum Pointer {
    /// `[@key]`.
    Key,
    /// `[[file]]`.
    Wiki,
    /// A link to the file and line.
    Link,
    /// A link to the page on the web that a browser opens at the words.
    Web,
}

/// A quotation could not be cited.
#[derive(Debug, thiserror::Error)]
pub(super) enum CiteError {
    /// The workspace could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// No source has the words.
    #[error("no source has these words; `ibid locate` shows what is near")]
    NotFound,
    /// The note is not in the workspace.
    #[error("{path}: no note of this workspace", path = .0.display())]
    NoNote(PathBuf),
}

impl Cite {
    /// Prints a citation of the best place of a quotation. Fails if it is nowhere.
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
            // For any note at the workspace's root.
            None => ("", native(&snapshot, file)),
        };
        let style = self.style.map_or(style, Pointer::style);
        let citation = cite_from(&snapshot, path, place, style).ok_or(CiteError::NotFound)?;
        anstream::println!("{citation}");
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

/// The best place of a quotation: of places that are equally good, one in the work itself, before one in what was
/// highlighted in it.
fn best<'l>(snapshot: &Snapshot, located: &'l Located) -> Option<&'l Match> {
    let first = located.matches.first()?;
    let is_as_good = |found: &&Match| found.verdict == first.verdict && found.similarity >= first.similarity;
    let is_of_work = |found: &&Match| snapshot.file(found.file).is_some_and(|file| file.is_whole());
    let whole = located.matches.iter().take_while(is_as_good).find(is_of_work);
    whole.or(Some(first))
}

/// How a source is best pointed at where no note says how: by its key, else by its address on the web, else by its path.
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
