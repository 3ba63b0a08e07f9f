//! What one request reads.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use ibid_corpus::{File, FileId, Page, Snapshot};
use ibid_ide::Memo;
use ibid_text::{Position as Place, Span};
use tower_lsp::ls_types::{Position, Range, Uri};

use super::{abilities::Abilities, texts, work::Abandoned};

/// A file of a workspace at one moment, with everything an answer about it needs. Nothing in it ever changes.
#[derive(Clone)]
pub(super) struct View {
    /// The workspace.
    pub(super) snapshot: Snapshot,
    /// The file that is asked about.
    pub(super) file: Arc<File>,
    /// The open documents, by path.
    pub(super) open: Arc<HashMap<PathBuf, Open>>,
    /// What the client takes.
    pub(super) abilities: Abilities,
}

/// How the client names an open document.
#[derive(Clone)]
pub(super) struct Open {
    /// Its address.
    pub(super) uri: Uri,
    /// Its version.
    pub(super) version: i32,
    /// What is kept of it from one edit to the next.
    pub(super) memo: Arc<Memo>,
}

impl View {
    /// The same, until nobody waits any more: from then on searches find nothing.
    pub(super) fn until(self, abandoned: &Abandoned) -> Self {
        Self { snapshot: self.snapshot.until(abandoned.clone()), ..self }
    }

    /// The byte of the file at a position.
    pub(super) fn offset(&self, position: Position) -> u32 {
        let place = Place { line: position.line, column: position.character };
        self.file.page().map_or(0, |page| page.lines().offset(page.text(), place, self.abilities.encoding))
    }

    /// A span of the file as the client counts.
    pub(super) fn range(&self, span: Span) -> Range {
        self.range_in(&self.file, span)
    }

    /// A span of some file as the client counts; the file's beginning if its text is gone.
    pub(super) fn range_in(&self, file: &File, span: Span) -> Range {
        // A file's beginning is where it is, whatever the file says.
        if span == Span::default() {
            return Range::default();
        }
        let ends = file.range(span, self.abilities.encoding).unwrap_or_default();
        let [start, end] = ends.map(|place| Position::new(place.line, place.column));
        Range::new(start, end)
    }

    /// A span of some text as the client counts.
    pub(super) fn range_on(&self, page: &Page, span: Span) -> Range {
        let at = |offset| {
            let place = page.lines().position(page.text(), offset, self.abilities.encoding);
            Position::new(place.line, place.column)
        };
        Range::new(at(span.start), at(span.end))
    }

    /// The bytes of the file under a range.
    pub(super) fn span(&self, range: Range) -> Span {
        let start = self.offset(range.start);
        Span::new(start, self.offset(range.end).max(start))
    }

    /// Another file of the workspace.
    pub(super) fn other(&self, id: FileId) -> Option<&Arc<File>> {
        self.snapshot.file(id)
    }

    /// The address of a file's own text: as the client wrote it where it has the file open.
    pub(super) fn uri(&self, file: &File) -> Option<Uri> {
        match self.open.get(&*file.absolute) {
            Some(open) => Some(open.uri.clone()),
            None if self.abilities.takes_texts && file.extracted().is_some() => texts::address(&file.absolute),
            None => Self::text_uri(file),
        }
    }

    /// The address of the file on disk that holds a file's own text.
    pub(super) fn text_uri(file: &File) -> Option<Uri> {
        Uri::from_file_path(file.text_path())
    }

    /// The address of a file itself, also where a text that was taken out of it is shown in its stead.
    pub(super) fn own_uri(file: &File) -> Option<Uri> {
        Uri::from_file_path(&file.absolute)
    }

    /// The version of a file that the client has open.
    pub(super) fn version(&self, file: &File) -> Option<i32> {
        self.open.get(&*file.absolute).map(|open| open.version)
    }

    /// What is kept of the file; nothing if the client has it not open.
    pub(super) fn memo(&self) -> Arc<Memo> {
        self.as_open().map(|open| open.memo.clone()).unwrap_or_default()
    }

    /// How the client names the file, if it has it open.
    pub(super) fn as_open(&self) -> Option<&Open> {
        self.open.get(&*self.file.absolute)
    }
}
