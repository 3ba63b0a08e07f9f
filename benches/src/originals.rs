//! The folder of texts that corpora are made from.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use rayon::prelude::*;
use walkdir::WalkDir;

/// One text of the folder.
#[derive(Clone, Debug)]
pub struct Original {
    /// The path relative to the folder.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// Every non-empty `.txt` and `.md` file under `folder`, ordered by path. Fails if there is none.
pub fn read(folder: &Path) -> Result<Vec<Original>> {
    let paths = files(folder)?;
    let texts: Vec<Original> = paths
        .par_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(path).ok()?;
            let is_text = !text.trim().is_empty() && !text.contains('\0');
            is_text.then(|| Original { path: path.strip_prefix(folder).unwrap_or(path).to_owned(), text })
        })
        .collect();
    ensure!(!texts.is_empty(), "{}: no .txt or .md file in it", folder.display());
    Ok(texts)
}

/// The paths of all `.txt` and `.md` files under `folder`, in order, without hidden ones.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let mut paths = Vec::new();
    let walk = WalkDir::new(folder).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())) {
        let entry = entry.with_context(|| format!("{}: cannot be walked", folder.display()))?;
        let extension = entry.path().extension().and_then(|extension| extension.to_str());
        if entry.file_type().is_file() && matches!(extension, Some("txt" | "md")) {
            paths.push(entry.into_path());
        }
    }
    Ok(paths)
}
