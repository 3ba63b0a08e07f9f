//! Reading the notes: one whose size and time are those in the cache is not opened.

use std::{
    ffi::OsStr,
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    Discovery,
    sources::{FoundFile, NewFile, look_at, read_anew, settled},
};
use crate::{Change, OnDisk, Role, cache::CatalogueEntry};

/// Reads notes: one change for each. `tick` is called once for each file.
pub(super) fn read_all(
    discovery: &Discovery<'_>,
    files: Vec<(PathBuf, Role)>,
    tick: &(dyn Fn() + Sync),
) -> Vec<Change> {
    let Discovery { config, access, cancelled, .. } = *discovery;
    let cache = &access.cache;
    let known = cache.notes(config);
    let by_path: FxHashMap<&OsStr, &CatalogueEntry> = known.iter().filter_map(|one| Some((one.path()?, one))).collect();
    // The time before the first of them is read: whatever is written after that gets a later time.
    let now = cache.now();
    let read_one = |(path, role)| {
        let outcome = if cancelled.load(Ordering::Relaxed) {
            Err(Change::Skip(Vec::new()))
        } else {
            look_at(path, role, access).and_then(|found| {
                let unchanged =
                    by_path.get(found.path.as_os_str()).filter(|known| known.is_unchanged(found.size, found.modified));
                match unchanged {
                    Some(known) => Ok((known.on_disk(found.modified), found, false)),
                    None => read_anew(found, access).map(|NewFile { found, stamp, page, extracted }| {
                        (OnDisk::of(stamp, &page, extracted), found, true)
                    }),
                }
            })
        };
        tick();
        outcome
    };
    let outcomes: Vec<_> = files.into_par_iter().map(read_one).collect();
    let read = || outcomes.iter().flatten();
    let is_new = read().count() != known.len() || read().any(|(.., is_new)| *is_new);
    if is_new && !cancelled.load(Ordering::Relaxed) {
        let kept = |(on_disk, found, _): &(OnDisk, FoundFile, bool)| {
            CatalogueEntry::new(&found.path, settled(on_disk.stamp, now), on_disk)
        };
        // What cannot be kept is read again the next time.
        drop(cache.store_notes(config, &read().map(kept).collect::<Vec<_>>()));
    }
    let change = |outcome| match outcome {
        Ok((on_disk, FoundFile { path, role, .. }, _)) => {
            Change::KeepOnDisk { path, role, on_disk: Arc::new(on_disk), postings: None }
        }
        Err(change) => change,
    };
    outcomes.into_iter().map(change).collect()
}
