//! Which file is meant, where it is, and its role in the workspace.

use std::{path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

/// Identifies a file of the workspace. A file keeps its id while the host lives, also when it is removed and created again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// What a file is to the workspace. One file can have several roles.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Role {
    /// It may be quoted and cited.
    pub source: bool,
    /// The person writes it, and it is checked.
    pub note: bool,
    /// It lists works that notes cite by key.
    pub bibliography: bool,
}

/// Everything about a file but its content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// Its id.
    pub id: FileId,
    /// Path from the workspace root with `/`; absolute for files outside.
    pub path: String,
    /// Absolute path.
    pub absolute: Arc<Path>,
    /// Its role in the workspace.
    pub role: Role,
}
