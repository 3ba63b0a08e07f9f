//! Where the program keeps what it need not make again.

use std::{env, hash::BuildHasher, path::PathBuf, time::UNIX_EPOCH};

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};
use ibid_corpus::{Cache, Disk, FileAccess};
use rustc_hash::FxBuildHasher;

use crate::extract::extract;

/// Names the folder; empty if the index is not to be kept.
const VARIABLE: &str = "IBID_CACHE";

/// The folder for what can be made again: the one that `IBID_CACHE` names, else `ibid` in the person's own folder for caches.
/// `None` if the system has no such folder.
pub(crate) fn folder() -> Option<PathBuf> {
    let named = env::var_os(VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    named.or_else(|| Some(choose_native_strategy().ok()?.cache_dir().join("ibid")))
}

/// How the files of workspaces are read. Documents are extracted in a process of their own.
pub(crate) fn access() -> FileAccess {
    FileAccess { disk: Disk::Real, cache: cache(), extractor: extract }
}

/// What is kept of the index.
fn cache() -> Cache {
    let is_unwanted = env::var_os(VARIABLE).is_some_and(|folder| folder.is_empty());
    match folder() {
        Some(folder) if !is_unwanted => Cache::new(folder, build()),
        _ => Cache::NONE,
    }
}

/// Tells this build of the program from every other: by its version, its size and when it was made.
fn build() -> u64 {
    let metadata = env::current_exe().and_then(|path| path.metadata()).ok();
    let made = metadata.as_ref().and_then(|metadata| metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    let size = metadata.map(|metadata| metadata.len());
    FxBuildHasher.hash_one((env!("CARGO_PKG_VERSION"), size, made))
}
