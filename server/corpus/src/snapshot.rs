use std::{path::Path, sync::Arc};

use crate::{Config, File, FileId, Skipped, Terms};

/// The workspace at one moment. Cloning is cheap; nothing in it ever changes.
#[derive(Clone, Default)]
pub struct Snapshot {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    config: Arc<Config>,
    terms: Arc<Terms>,
}

impl Snapshot {
    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// A file that exists in this snapshot.
    pub fn file(&self, _id: FileId) -> Option<&Arc<File>> {
        None
    }

    /// The file at an absolute path.
    pub fn by_path(&self, _absolute: &Path) -> Option<&Arc<File>> {
        None
    }

    /// All files, ordered by path.
    pub fn files(&self) -> impl Iterator<Item = &Arc<File>> {
        std::iter::empty()
    }

    /// Files that could not be read and why.
    pub fn skipped(&self) -> &[Skipped] {
        &[]
    }

    /// Whether discovery has come to its end.
    pub fn is_ready(&self) -> bool {
        false
    }

    /// The terms of sources and notes with their senses.
    pub fn terms(&self) -> &Terms {
        &self.inner.terms
    }
}
