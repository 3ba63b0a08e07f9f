//! Notes on their way to the shelf: a note whose size and time are those of the last session is not opened.

use std::{
    ffi::OsStr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use ibid_language::Language;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::sources::{Found, Fresh, look_at, read_anew, settled};
use crate::{Cache, Change, Config, Role, Shelved, cache::Known};

/// Shelves the notes at some paths: one change for each. `tick` is called once for each file that is done with.
pub(super) fn shelve(
    files: Vec<(PathBuf, Role)>,
    config: &Config,
    cache: &Cache,
    tick: &(dyn Fn() + Sync),
    cancelled: &AtomicBool,
) -> Vec<Change> {
    let known = cache.notes(config);
    let by_path: FxHashMap<&OsStr, &Known> = known.iter().filter_map(|one| Some((one.path()?, one))).collect();
    // The time before the first of them is read: what is written after that can bear a later time only.
    let now = cache.now();
    let language = Language::of_tag(&config.language);
    let shelve_one = |(path, role)| {
        let outcome = if cancelled.load(Ordering::Relaxed) {
            Err(Change::Skip(Vec::new()))
        } else {
            look_at(path, role, language).and_then(|found| {
                let unchanged =
                    by_path.get(found.path.as_os_str()).filter(|known| known.is_unchanged(found.size, found.modified));
                match unchanged {
                    Some(known) => Ok((known.shelved(found.modified), found, false)),
                    None => read_anew(found, cache).map(|Fresh { found, stamp, page, extracted }| {
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
