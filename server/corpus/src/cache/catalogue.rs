use std::{ffi::OsStr, path::Path, sync::Arc};

use ibid_source::Metadata;
use serde::{Deserialize, Serialize};

use crate::{Extracted, Shelved, Stamp, excerpt::ReadableFrom};

/// A source with stored postings, or a note, as recorded in the cache.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Known {
    /// Its path, if it is valid Unicode. The file may have been moved since.
    path: Option<String>,
    /// Identifies its text. The time is 0 if the file was written so shortly before it was read that a later text could have
    /// the same time.
    pub(crate) stamp: Stamp,
    /// Its own metadata.
    pub(crate) metadata: Arc<Metadata>,
    /// How its readable text is derived from the file's text.
    pub(crate) readable: ReadableFrom,
    /// The text extracted from it, for formats such as PDF.
    pub(crate) extracted: Option<Box<Extracted>>,
}

impl Known {
    /// A file at a path. `stamp` identifies its text.
    pub(crate) fn new(path: &Path, stamp: Stamp, shelved: &Shelved) -> Self {
        let Shelved { metadata, readable, extracted, .. } = shelved.clone();
        Self { path: path.to_str().map(str::to_owned), stamp, metadata, readable, extracted }
    }

    /// Whether a file with this size and time is unchanged.
    pub(crate) fn is_unchanged(&self, size: u64, modified: u64) -> bool {
        self.stamp.modified != 0 && (self.stamp.size, self.stamp.modified) == (size, modified)
    }

    /// The facts of the file, with `modified` as its time.
    pub(crate) fn shelved(&self, modified: u64) -> Shelved {
        let Self { stamp, metadata, readable, extracted, .. } = self.clone();
        Shelved { stamp: Stamp { modified, ..stamp }, metadata, readable, extracted, reading: None }
    }

    /// Whether the text extracted from it is still there; true if none was extracted.
    pub(crate) fn has_text(&self) -> bool {
        self.extracted.as_ref().is_none_or(|text| text.is_there())
    }

    /// Its path as a string, which is faster to look up than a `Path`.
    pub(crate) fn path(&self) -> Option<&OsStr> {
        self.path.as_deref().map(OsStr::new)
    }
}
