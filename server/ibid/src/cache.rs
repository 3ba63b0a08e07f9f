//! The cache on disk: its folder, and the build of the program that it belongs to.

use std::{env, hash::BuildHasher, path::PathBuf, time::UNIX_EPOCH};

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};
use ibid_corpus::{Cache, Disk, FileAccess};
use rustc_hash::FxBuildHasher;

use crate::extract::extract;

/// The environment variable that names the folder. If it is empty, nothing is cached.
const VARIABLE: &str = "IBID_CACHE";

/// The cache folder: the one that `IBID_CACHE` names, or `ibid` in the user's cache folder. `None` if nothing is cached, or the
/// system has no such folder.
pub(crate) fn folder() -> Option<PathBuf> {
    match env::var_os(VARIABLE) {
        Some(folder) if folder.is_empty() => None,
        Some(folder) => Some(PathBuf::from(folder)),
        None => Some(choose_native_strategy().ok()?.cache_dir().join("ibid")),
    }
}

/// How the files of workspaces are read: from the real disk, with the cache, and with documents extracted in child processes.
pub(crate) fn access() -> FileAccess {
    FileAccess { disk: Disk::Real, cache: cache(), extractor: extract }
}

/// The cache of the index and of extracted texts.
fn cache() -> Cache {
    folder().map_or(Cache::NONE, |folder| Cache::new(folder, build()))
}

/// Identifies this build of the program by its version, size and time of modification.
fn build() -> u64 {
    let metadata = env::current_exe().and_then(|path| path.metadata()).ok();
    let modified = metadata.as_ref().and_then(|metadata| metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    let size = metadata.map(|metadata| metadata.len());
    FxBuildHasher.hash_one((env!("CARGO_PKG_VERSION"), size, modified))
}
