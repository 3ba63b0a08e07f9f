use std::{ffi::OsStr, path::Path, sync::Arc};

use ibid_source::Metadata;
use serde::{Deserialize, Serialize};

use crate::{Extracted, Shelved, Stamp, excerpt::ReadableFrom};

/// A source whose postings are kept, or a note.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Known {
    /// Where it lay, if that can be written as text; it may have been moved since.
    path: Option<String>,
    /// Which text of it is meant. Its time is 0 if the file was written so shortly before it was read that another text
    /// could bear the same time.
    pub(crate) stamp: Stamp,
    /// What it says of itself.
    pub(crate) metadata: Arc<Metadata>,
    /// How its readable text is made of the file's own.
    pub(crate) readable: ReadableFrom,
    /// The text that was taken out of it, where it has none of its own.
    pub(crate) extracted: Option<Box<Extracted>>,
}

impl Known {
    /// A source at a path, of which `stamp` says which text of it is meant.
    pub(crate) fn new(path: &Path, stamp: Stamp, shelved: &Shelved) -> Self {
        let Shelved { metadata, readable, extracted, .. } = shelved.clone();
        Self { path: path.to_str().map(str::to_owned), stamp, metadata, readable, extracted }
    }

    /// Whether a file of this size and time is the same still.
    pub(crate) fn is_unchanged(&self, size: u64, modified: u64) -> bool {
        self.stamp.modified != 0 && (self.stamp.size, self.stamp.modified) == (size, modified)
    }

    /// What is known of the file, which was last written at `modified`.
    pub(crate) fn shelved(&self, modified: u64) -> Shelved {
        let Self { stamp, metadata, readable, extracted, .. } = self.clone();
        Shelved { stamp: Stamp { modified, ..stamp }, metadata, readable, extracted, reading: None }
    }

    /// Whether the text is there that was taken out of it, if one was.
    pub(crate) fn has_text(&self) -> bool {
        self.extracted.as_ref().is_none_or(|text| text.is_there())
    }

    /// Its path as it is written, which is quicker to look up than the parts of a path.
    pub(crate) fn path(&self) -> Option<&OsStr> {
        self.path.as_deref().map(OsStr::new)
    }
}
