//! Finding and reading the files of a workspace.

use std::path::PathBuf;

use crate::{Change, Config};

/// A file that was passed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skipped {
    /// Its path, absolute.
    pub path: PathBuf,
    /// Why, and what to do about it.
    pub reason: String,
}

/// Walks the workspace that `config` describes and reads every file in it.
pub fn discover(_config: &Config) -> Vec<Change> {
    Vec::new()
}
