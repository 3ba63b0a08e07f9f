use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use ibid_source::Metadata;
use serde::{Deserialize, Serialize};

use crate::{Stamp, excerpt::ReadableFrom};

/// A source whose postings are kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
}

impl Known {
    pub(crate) fn new(path: &Path, stamp: Stamp, metadata: Arc<Metadata>, readable: ReadableFrom) -> Self {
        Self { path: path.to_str().map(str::to_owned), stamp, metadata, readable }
    }

    pub(crate) fn path(&self) -> Option<PathBuf> {
        self.path.as_ref().map(PathBuf::from)
    }
}
