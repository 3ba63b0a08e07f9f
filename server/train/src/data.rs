//! Reads the labelled sets, one JSON object a line, and writes files.

use std::{fs, io, path::Path};

use serde::de::DeserializeOwned;

/// Why a file cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DataError {
    /// The file cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: String,
        /// The cause.
        error: io::Error,
    },
    /// A line is not in the format of the set.
    #[error("{path}:{line}: {error}")]
    Line {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The cause.
        error: serde_json::Error,
    },
}

impl DataError {
    /// The error for a `line` (from 1) that is not in the format of the file.
    pub(crate) fn line(path: &Path, line: usize, error: serde_json::Error) -> Self {
        Self::Line { path: path.display().to_string(), line, error }
    }
}

/// Reads all rows of a set.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, DataError> {
    let name = || path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| DataError::Io { path: name(), error })?;
    let parse = |(at, line)| serde_json::from_str(line).map_err(|error| DataError::line(path, at + 1, error));
    text.lines().enumerate().map(parse).collect()
}

/// Writes a file.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), DataError> {
    fs::write(path, text).map_err(|error| DataError::Io { path: path.display().to_string(), error })
}
