//! The size of a folder.

use std::path::Path;

use anyhow::Result;
use walkdir::WalkDir;

/// The size of all files under `folder` in bytes. 0 if it does not exist.
pub fn bytes(folder: &Path) -> Result<u64> {
    if !folder.exists() {
        return Ok(0);
    }
    let mut bytes = 0;
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        bytes += if entry.file_type().is_file() { entry.metadata()?.len() } else { 0 };
    }
    Ok(bytes)
}
