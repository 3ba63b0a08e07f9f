//! Sources on their way to the index.
//!
//! A source whose size and time are as they were when its postings were kept is not even opened; one with the same bytes is
//! not read again. The others are read in portions, each of which becomes one segment; and when enough is new, all is
//! merged into one and kept.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use ibid_language::Language;
use ibid_source::Format;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{LARGEST, Skipped, read_bytes, unread};
use crate::{
    Change, Config, Extracted, Page, Reading, Role, Shelved, Stamp,
    cache::{Cache, Known, Stored},
    index::{Postings, Segment},
    shelf::modified,
};

/// Text that is read before its postings are sorted, in bytes at least: bounds the memory that takes to a few times as much.
const PORTION: u64 = 12 << 20;

/// So many portions are made at most, and larger ones rather than more: each is a segment to be merged.
const PORTIONS: u64 = 32;

/// The index is written anew once this share of its text is new or gone.
const STALE: f32 = 1.0 / 16.0;

/// Two texts of a file that are written in so short a time, in nanoseconds, may bear the same time (FAT counts in 2 s).
const SAME_TIME: u64 = 2_000_000_000;

/// A file to be shelved.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) role: Role,
    pub(super) language: Language,
    pub(super) size: u64,
    pub(super) modified: u64,
}

/// What became of a file.
enum Outcome {
    Shelved(Placed),
    /// It cannot be read, or is not there any more.
    Unread(Change),
}

/// A file with the place of its postings.
struct Placed {
    found: Found,
    shelved: Arc<Shelved>,
    /// The number of the segment, and the slot in it.
    place: (usize, usize),
}

/// A file whose text was read just now.
pub(super) struct Fresh {
    pub(super) found: Found,
    pub(super) stamp: Stamp,
    pub(super) page: Page,
    pub(super) extracted: Option<Box<Extracted>>,
}

/// Shelves the sources at some paths: one change for each. `tick` is called once for each file that is done with.
pub(super) fn shelve(
    files: Vec<(PathBuf, Role)>,
    config: &Config,
    cache: &Cache,
    tick: &(dyn Fn() + Sync),
    cancelled: &AtomicBool,
) -> Vec<Change> {
    let mut shelving = Shelving::new(cache.stored(config), Language::of_tag(&config.language));
    let unknown = shelving.take_unchanged(files, tick);
    // The time before the first of them is read: what is written after that can bear a later time only.
    let now = if unknown.is_empty() { None } else { cache.now() };
    let portions = portions(unknown);
    // One portion is kept at once, and need not be set aside before.
    let aside = if portions.len() > 1 { cache } else { &Cache::NONE };
    for portion in portions {
        if cancelled.load(Ordering::Relaxed) {
            return Vec::new();
        }
        shelving.read(portion, aside, cache, tick, cancelled);
    }
    shelving.keep(config, cache, now);
    shelving.into_changes()
}

/// Shelves one source or note that was created or changed, read in full: it is one file.
pub(super) fn shelve_one(path: &Path, role: Role, language: Language, cache: &Cache) -> Change {
    match look_at(path.to_owned(), role, language).and_then(|found| read_anew(found, cache)) {
        Ok(Fresh { found: Found { path, role, .. }, stamp, page, extracted }) => {
            let postings = role.source.then(|| Postings::of(Segment::of(page.readable())));
            let reading = Some(Arc::new(Reading::of(&page)));
            let shelved = Arc::new(Shelved { reading, ..Shelved::of(stamp, &page, extracted) });
            Change::Shelve { path, role, shelved, postings }
        }
        Err(change) => change,
    }
}

/// Files in portions of about as much text.
fn portions(files: Vec<Found>) -> Vec<Vec<Found>> {
    // What is larger is not read.
    let size = |found: &Found| found.size.min(LARGEST);
    let full = PORTION.max(files.iter().map(size).sum::<u64>() / PORTIONS);
    let mut portions: Vec<Vec<Found>> = Vec::new();
    let mut filled = full;
    for found in files {
        if filled >= full {
            portions.push(Vec::new());
            filled = 0;
        }
        filled += size(&found);
        portions.last_mut().expect("one was just pushed").push(found);
    }
    portions
}

/// The state of the work.
struct Shelving {
    language: Language,
    outcomes: Vec<Outcome>,
    /// The first is the one that was kept, if any was.
    segments: Vec<Arc<Segment>>,
    /// What the first segment holds, by slot.
    known: Vec<Known>,
    /// Slots of the first segment that no file has claimed yet, by the digest of their text.
    free: Mutex<FxHashMap<u128, Vec<usize>>>,
    /// Words of texts that no segment on disk holds.
    fresh: usize,
}

impl Shelving {
    fn new(stored: Option<Stored>, language: Language) -> Self {
        let (known, segments) = stored.map_or_else(Default::default, |stored| (stored.known, vec![stored.segment]));
        Self { language, outcomes: Vec::new(), segments, known, free: Mutex::default(), fresh: 0 }
    }

    /// Takes the files whose size and time are as they were; returns the others.
    fn take_unchanged(&mut self, files: Vec<(PathBuf, Role)>, tick: &(dyn Fn() + Sync)) -> Vec<Found> {
        let by_path: FxHashMap<OsString, usize> =
            self.known.iter().enumerate().filter_map(|(slot, known)| Some((known.path()?.to_owned(), slot))).collect();
        let language = self.language;
        let looked_at: Vec<_> = files.into_par_iter().map(|(path, role)| look_at(path, role, language)).collect();
        let (mut unknown, mut claimed) = (Vec::new(), FxHashSet::default());
        for found in looked_at {
            let found = match found {
                Ok(found) => found,
                Err(change) => {
                    tick();
                    self.outcomes.push(Outcome::Unread(change));
                    continue;
                }
            };
            let is_unchanged = |&slot: &usize| {
                self.known[slot].is_unchanged(found.size, found.modified) && self.known[slot].has_text()
            };
            match by_path.get(found.path.as_os_str()).copied().filter(is_unchanged) {
                Some(slot) => {
                    tick();
                    claimed.insert(slot);
                    self.take_known(found, slot);
                }
                None => unknown.push(found),
            }
        }
        let mut free: FxHashMap<u128, Vec<usize>> = FxHashMap::default();
        let is_free = |(slot, known): &(usize, &Known)| !claimed.contains(slot) && known.has_text();
        for (slot, known) in self.known.iter().enumerate().filter(is_free) {
            free.entry(known.stamp.digest).or_default().push(slot);
        }
        self.free = Mutex::new(free);
        unknown
    }

    fn take_known(&mut self, found: Found, slot: usize) {
        let shelved = Arc::new(self.known[slot].shelved(found.modified));
        self.outcomes.push(Outcome::Shelved(Placed { found, shelved, place: (0, slot) }));
    }

    /// Reads a portion of files and sorts the postings of those that are new, which are put `aside`.
    fn read(
        &mut self,
        portion: Vec<Found>,
        aside: &Cache,
        cache: &Cache,
        tick: &(dyn Fn() + Sync),
        cancelled: &AtomicBool,
    ) {
        let free = &self.free;
        let read: Vec<_> = portion
            .into_par_iter()
            .map(|found| {
                // To take the text out of a document may take long.
                let is_wanted = !cancelled.load(Ordering::Relaxed);
                let read = if is_wanted { read(found, free, cache) } else { Read::Not(Change::Skip(Vec::new())) };
                tick();
                read
            })
            .collect();
        let mut fresh = Vec::new();
        for one in read {
            match one {
                Read::Known(found, slot) => self.take_known(*found, slot),
                Read::Fresh(one) => fresh.push(*one),
                Read::Not(change) => self.outcomes.push(Outcome::Unread(change)),
            }
        }
        if fresh.is_empty() {
            return;
        }
        let texts: Vec<&str> = fresh.iter().map(|one| one.page.readable()).collect();
        let made = Segment::of_many(&texts);
        self.fresh += made.postings();
        let segment = self.segments.len();
        self.segments.push(Arc::new(aside.set_aside(made)));
        // To let go of so many texts takes its time too.
        self.outcomes.par_extend(fresh.into_par_iter().enumerate().map(|(slot, fresh)| {
            let Fresh { found, stamp, page, extracted } = fresh;
            let shelved = Arc::new(Shelved::of(stamp, &page, extracted));
            Outcome::Shelved(Placed { found, shelved, place: (segment, slot) })
        }));
    }

    /// Merges all segments into one and keeps it, if there is enough that is new or gone. What cannot be kept serves from
    /// memory.
    fn keep(&mut self, config: &Config, cache: &Cache, now: Option<u64>) {
        let mut places: Vec<(usize, usize)> =
            self.outcomes.iter().filter_map(Outcome::placed).map(|one| one.place).collect();
        places.sort_unstable();
        let was_kept = !self.known.is_empty();
        let kept = if was_kept { self.segments[0].postings() } else { 0 };
        let gone = self.known.len() - places.iter().filter(|place| was_kept && place.0 == 0).count();
        let is_stale = |part: usize, whole: usize| part as f32 > STALE * whole as f32;
        if self.segments.is_empty() || !(is_stale(self.fresh, kept) || is_stale(gone, self.known.len())) {
            return;
        }
        let order: FxHashMap<(usize, usize), usize> =
            places.iter().enumerate().map(|(slot, &place)| (place, slot)).collect();
        let mut known: Vec<(usize, Known)> =
            self.outcomes.iter().filter_map(Outcome::placed).map(|one| (order[&one.place], one.known(now))).collect();
        known.sort_unstable_by_key(|&(slot, _)| slot);
        let known: Vec<Known> = known.into_iter().map(|(_, known)| known).collect();
        let segments: Vec<&Segment> = self.segments.iter().map(|segment| &**segment).collect();
        let is_wanted = |segment, slot| order.contains_key(&(segment, slot));
        let stored = cache.store(config, &known, |out| Segment::merge(&segments, is_wanted, out));
        let Ok(stored) = stored else { return };
        for outcome in &mut self.outcomes {
            if let Outcome::Shelved(placed) = outcome {
                placed.place = (0, order[&placed.place]);
            }
        }
        self.segments = vec![stored.segment];
    }

    fn into_changes(self) -> Vec<Change> {
        let Self { outcomes, segments, .. } = self;
        let change = |outcome| match outcome {
            Outcome::Shelved(Placed { found: Found { path, role, .. }, shelved, place: (segment, slot) }) => {
                let postings = Some(Postings::among(segments[segment].clone(), slot));
                Change::Shelve { path, role, shelved, postings }
            }
            Outcome::Unread(change) => change,
        };
        outcomes.into_iter().map(change).collect()
    }
}

impl Outcome {
    /// What it is with its postings, unless it could not be read.
    fn placed(&self) -> Option<&Placed> {
        match self {
            Self::Shelved(placed) => Some(placed),
            Self::Unread(_) => None,
        }
    }
}

impl Placed {
    /// What is kept of it; `now` as with [`settled`].
    fn known(&self, now: Option<u64>) -> Known {
        Known::new(&self.found.path, settled(self.shelved.stamp, now), &self.shelved)
    }
}

/// A stamp as it is kept. `now` is the time before any file was read whose time was not known before: a time that is too close
/// to it is not believed the next time.
pub(super) fn settled(stamp: Stamp, now: Option<u64>) -> Stamp {
    let is_settled = now.is_none_or(|now| stamp.modified.saturating_add(SAME_TIME) < now);
    Stamp { modified: if is_settled { stamp.modified } else { 0 }, ..stamp }
}

pub(super) fn look_at(path: PathBuf, role: Role, language: Language) -> Result<Found, Change> {
    match fs::metadata(&path) {
        Ok(metadata) => Ok(Found { path, role, language, size: metadata.len(), modified: modified(&metadata) }),
        Err(error) => Err(unread(path, &error.into())),
    }
}

/// What became of a file that was opened.
enum Read {
    /// Its bytes are those of a text in the first segment.
    Known(Box<Found>, usize),
    Fresh(Box<Fresh>),
    /// It cannot be read, or is not there any more.
    Not(Change),
}

fn read(found: Found, free: &Mutex<FxHashMap<u128, Vec<usize>>>, cache: &Cache) -> Read {
    let (bytes, stamp) = match bytes_of(&found) {
        Ok(read) => read,
        Err(change) => return Read::Not(change),
    };
    let claim = |mut free: MutexGuard<'_, FxHashMap<u128, Vec<usize>>>| free.get_mut(&stamp.digest)?.pop();
    if let Some(slot) = free.lock().ok().and_then(claim) {
        return Read::Known(Box::new(found), slot);
    }
    match fresh(found, bytes, stamp, cache) {
        Ok(fresh) => Read::Fresh(Box::new(fresh)),
        Err(change) => Read::Not(change),
    }
}

/// Reads a file, whatever is known of its bytes.
pub(super) fn read_anew(found: Found, cache: &Cache) -> Result<Fresh, Change> {
    let (bytes, stamp) = bytes_of(&found)?;
    fresh(found, bytes, stamp, cache)
}

fn bytes_of(found: &Found) -> Result<(Vec<u8>, Stamp), Change> {
    let bytes = read_bytes(&found.path).map_err(|error| unread(found.path.clone(), &error))?;
    let stamp = Stamp::of(&bytes, found.modified);
    Ok((bytes, stamp))
}

fn fresh(found: Found, bytes: Vec<u8>, stamp: Stamp, cache: &Cache) -> Result<Fresh, Change> {
    match page(&found, bytes, &stamp, cache) {
        Ok((page, extracted)) => Ok(Fresh { found, stamp, page, extracted }),
        Err(reason) => Err(Change::Skip(vec![Skipped { path: found.path, reason }])),
    }
}

/// What a file with these bytes says, or the text that was taken out of it; or why it cannot be read.
fn page(found: &Found, bytes: Vec<u8>, stamp: &Stamp, cache: &Cache) -> Result<(Page, Option<Box<Extracted>>), String> {
    let name = found.path.file_name().unwrap_or_default().to_string_lossy();
    let (own, extracted) = match Format::of_name(&name).filter(|format| format.is_extracted()) {
        Some(format) => {
            let text = cache.extracted(format, &name, &bytes, stamp.digest).map_err(|error| error.to_string())?;
            (text.1.into_bytes(), Some(Box::new(text.0)))
        }
        None => (bytes, None),
    };
    let page = Page::read(&found.path.to_string_lossy(), found.role, &own, found.language)
        .map_err(|error| error.to_string())?;
    Ok((page, extracted))
}
