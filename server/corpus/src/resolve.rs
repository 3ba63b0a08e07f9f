//! Where a citation leads.

use ibid_note::Target;
use ibid_text::Span;

use crate::{FileId, Snapshot};

/// Where a citation leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Resolution {
    /// To a source, or a place in it (bytes of the file's own text).
    Source {
        /// The file.
        file: FileId,
        /// The place; `None` means the source as a whole.
        span: Option<Span>,
    },
    /// To a note that is no source: a link, not a citation.
    Note {
        /// The file.
        file: FileId,
        /// The place.
        span: Option<Span>,
    },
    /// To a work that is known but whose text is not held (a URL, a bibliography entry).
    NotHeld,
    /// To several sources equally.
    Several(Vec<FileId>),
    /// Nowhere; with the nearest known names.
    Dead {
        /// Names or paths that resemble it, nearest first.
        nearest: Vec<String>,
    },
    /// It is no citation at all: an `@word` nobody defines, a wiki-link to a note not yet written, plain words.
    NoCitation,
}

impl Snapshot {
    /// Resolves a pointer that stands in `note`.
    pub fn resolve(&self, _note: FileId, _target: &Target) -> Resolution {
        Resolution::NoCitation
    }
}
