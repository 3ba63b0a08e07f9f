//! Notes on their way to the shelf: a note whose size and time are those of the last session is not opened.

use std::{
    ffi::OsStr,
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    Discovery,
    sources::{Found, Fresh, look_at, read_anew, settled},
};
use crate::{Change, Role, Shelved, cache::Known};

/// Shelves the notes at some paths: one change for each. `tick` is called once for each file that is done with.
pub(super) fn shelve(
    discovery: &Discovery<'_>,
    files: Vec<(PathBuf, Role)>,
    tick: &(dyn Fn() + Sync),
) -> Vec<Change> {
    let Discovery { config, access, cancelled, .. } = *discovery;
    let cache = &access.cache;
    let known = cache.notes(config);
    let by_path: FxHashMap<&OsStr, &Known> = known.iter().filter_map(|one| Some((one.path()?, one))).collect();
    // The time before the first of them is read: what is written after that can bear a later time only.
    let now = cache.now();
    let shelve_one = |(path, role)| {
        let outcome = if cancelled.load(Ordering::Relaxed) {
            Err(Change::Skip(Vec::new()))
        } else {
            look_at(path, role, access).and_then(|found| {
                let unchanged =
                    by_path.get(found.path.as_os_str()).filter(|known| known.is_unchanged(found.size, found.modified));
                match unchanged {
                    Some(known) => Ok((known.shelved(found.modified), found, false)),
                    None => read_anew(found, access).map(|Fresh { found, stamp, page, extracted }| {
                        (Shelved::of(stamp, &page, extracted), found, true)
                    }),
                }
            })
        };
        tick();
        outcome
    };
    let outcomes: Vec<_> = files.into_par_iter().map(shelve_one).collect();
    let shelved = || outcomes.iter().flatten();
    let is_new = shelved().count() != known.len() || shelved().any(|(.., is_new)| *is_new);
    if is_new && !cancelled.load(Ordering::Relaxed) {
        let kept = |(shelved, found, _): &(Shelved, Found, bool)| {
            Known::new(&found.path, settled(shelved.stamp, now), shelved)
        };
        // What cannot be kept is read again the next time.
        drop(cache.store_notes(config, &shelved().map(kept).collect::<Vec<_>>()));
    }
    let change = |outcome| match outcome {
        Ok((shelved, Found { path, role, .. }, _)) => {
            Change::Shelve { path, role, shelved: Arc::new(shelved), postings: None }
        }
        Err(change) => change,
    };
    outcomes.into_iter().map(change).collect()
}
