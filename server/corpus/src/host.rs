use std::{path::PathBuf, sync::Arc};

use crate::{Config, Role, Skipped, Snapshot};

/// The one owner of what changes.
#[derive(Default)]
pub struct Host {
    snapshot: Snapshot,
}

/// A change to the workspace; paths are absolute.
pub enum Change {
    /// A file has this text now; unsaved text of an open document is set the same way.
    Set {
        /// Its path.
        path: PathBuf,
        /// What it is.
        role: Role,
        /// Its bytes, decoded by the reader.
        bytes: Arc<[u8]>,
    },
    /// A file is gone.
    Remove {
        /// Its path.
        path: PathBuf,
    },
    /// The configuration is another.
    Configure(Arc<Config>),
    /// These files were passed over.
    Skip(Vec<Skipped>),
    /// Discovery has come to its end: from now on what is missing is not there.
    Ready,
}

impl Host {
    /// Applies changes in order.
    pub fn apply(&mut self, _changes: Vec<Change>) {}

    /// The state as it is now; cheap.
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot.clone()
    }
}
