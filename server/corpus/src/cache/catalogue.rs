use std::{ffi::OsStr, path::Path, sync::Arc};

use ibid_source::Metadata;
use serde::{Deserialize, Serialize};

use crate::{Extracted, OnDisk, ReadableFrom, Stamp};

/// What the cache knows of a source or note.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CatalogueEntry {
    /// Its path, if that is valid UTF-8; it may have been moved since.
    path: Option<String>,
    /// Identifies the state of the file. The time is 0 if the file was written so shortly before it was read that a later write
    /// could have left the same time.
    pub(crate) stamp: Stamp,
    /// The metadata it states about itself.
    pub(crate) metadata: Arc<Metadata>,
    /// How its readable text is made from its own text.
    pub(crate) readable: ReadableFrom,
    /// The extracted text that takes the place of its own, if it has none.
    pub(crate) extracted: Option<Box<Extracted>>,
}

impl CatalogueEntry {
    /// The entry of a file, in the state that `stamp` identifies.
    pub(crate) fn new(path: &Path, stamp: Stamp, on_disk: &OnDisk) -> Self {
        let OnDisk { metadata, readable, extracted, .. } = on_disk.clone();
        Self { path: path.to_str().map(str::to_owned), stamp, metadata, readable, extracted }
    }

    /// Whether a file of this size and time is still in this state.
    pub(crate) fn is_unchanged(&self, size: u64, modified: u64) -> bool {
        self.stamp.modified != 0 && (self.stamp.size, self.stamp.modified) == (size, modified)
    }

    /// What is known of the file if it was last written at `modified`.
    pub(crate) fn on_disk(&self, modified: u64) -> OnDisk {
        let Self { stamp, metadata, readable, extracted, .. } = self.clone();
        OnDisk { stamp: Stamp { modified, ..stamp }, metadata, readable, extracted, facts: None }
    }

    /// Whether its text is there, if it has an extracted one.
    pub(crate) fn has_text(&self) -> bool {
        self.extracted.as_ref().is_none_or(|text| text.is_there())
    }

    /// Its path as a string, which is faster to look up than a `Path`.
    pub(crate) fn path(&self) -> Option<&OsStr> {
        self.path.as_deref().map(OsStr::new)
    }
}
