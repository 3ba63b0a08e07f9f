//! The immutable state that a request reads.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use ibid_corpus::{File, FileId, Page, Snapshot};
use ibid_ide::Memo;
use ibid_text::{Position as TextPosition, Span};
use tower_lsp::ls_types::{Position, Range, Uri};

use super::{client_capabilities::ClientCapabilities, uri, work::Abandoned};

/// A file of a workspace at one moment, with everything that an answer about it needs.
#[derive(Clone)]
pub(super) struct View {
    /// The workspace.
    pub(super) snapshot: Snapshot,
    /// The file that the request is about.
    pub(super) file: Arc<File>,
    /// The open documents, by path.
    pub(super) open: Arc<HashMap<PathBuf, OpenDocument>>,
    /// What the client supports.
    pub(super) capabilities: ClientCapabilities,
}

/// A document that the client has open.
#[derive(Clone)]
pub(super) struct OpenDocument {
    /// Its URI as the client writes it.
    pub(super) uri: Uri,
    /// Its version.
    pub(super) version: i32,
    /// Results of checks that are reused after an edit.
    pub(super) memo: Arc<Memo>,
}

impl View {
    /// A view in which searches find nothing once the request is abandoned.
    pub(super) fn until(self, abandoned: &Abandoned) -> Self {
        Self { snapshot: self.snapshot.until(abandoned.clone()), ..self }
    }

    /// The byte offset of a position in the file.
    pub(super) fn offset(&self, position: Position) -> u32 {
        let place = TextPosition { line: position.line, column: position.character };
        self.file.page().map_or(0, |page| page.lines().offset(page.text(), place, self.capabilities.encoding))
    }

    /// A span of the file as a range in the client's encoding.
    pub(super) fn range(&self, span: Span) -> Range {
        self.range_in(&self.file, span)
    }

    /// A span of any file as a range in the client's encoding. The start of the file if its text is unavailable.
    pub(super) fn range_in(&self, file: &File, span: Span) -> Range {
        // The start of a file needs no text.
        if span == Span::default() {
            return Range::default();
        }
        let ends = file.range(span, self.capabilities.encoding).unwrap_or_default();
        let [start, end] = ends.map(|place| Position::new(place.line, place.column));
        Range::new(start, end)
    }

    /// A span of a text as a range in the client's encoding.
    pub(super) fn range_on(&self, page: &Page, span: Span) -> Range {
        let at = |offset| {
            let place = page.lines().position(page.text(), offset, self.capabilities.encoding);
            Position::new(place.line, place.column)
        };
        Range::new(at(span.start), at(span.end))
    }

    /// A range as a span of the file.
    pub(super) fn span(&self, range: Range) -> Span {
        let start = self.offset(range.start);
        Span::new(start, self.offset(range.end).max(start))
    }

    /// Another file of the workspace.
    pub(super) fn other(&self, id: FileId) -> Option<&Arc<File>> {
        self.snapshot.file(id)
    }

    /// The URI of a file's text. If the client has the file open, its own spelling.
    pub(super) fn uri(&self, file: &File) -> Option<Uri> {
        match self.open.get(&*file.absolute) {
            Some(open) => Some(open.uri.clone()),
            None if self.capabilities.reads_text_content && file.extracted().is_some() => {
                uri::of_extracted_text(&file.absolute)
            }
            None => Self::text_uri(file),
        }
    }

    /// The URI of the file on disk that holds the text: the file itself, or a file in the cache for an extracted text.
    pub(super) fn text_uri(file: &File) -> Option<Uri> {
        Uri::from_file_path(file.text_path())
    }

    /// The URI of the file itself, also if it has an extracted text.
    pub(super) fn own_uri(file: &File) -> Option<Uri> {
        Uri::from_file_path(&file.absolute)
    }

    /// The version of a file, if the client has it open.
    pub(super) fn version(&self, file: &File) -> Option<i32> {
        self.open.get(&*file.absolute).map(|open| open.version)
    }

    /// The stored results of checks of the file. Empty unless the client has it open.
    pub(super) fn memo(&self) -> Arc<Memo> {
        self.as_open().map(|open| open.memo.clone()).unwrap_or_default()
    }

    /// The open document, if the client has the file open.
    pub(super) fn as_open(&self) -> Option<&OpenDocument> {
        self.open.get(&*self.file.absolute)
    }
}
