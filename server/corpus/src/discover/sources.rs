//! Reading and indexing the sources.
//!
//! A source whose size and time are those in the cache is not even opened; one with the same bytes is not read again. The
//! others are read in portions, each of which becomes one segment of the index. When enough is new, all segments are merged
//! into one, which is cached.

use std::{
    ffi::OsString,
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

use super::{Discovery, FileAccess, Skipped, unread};
use crate::{
    Change, Extracted, FileFacts, OnDisk, Page, Role, Stamp,
    cache::{Cache, CatalogueEntry, StoredIndex},
    disk::LARGEST,
    index::{Postings, Segment},
};

/// The least text in a portion, in bytes: its postings are sorted in a few times as much memory.
const PORTION: u64 = 12 << 20;

/// The most portions; they get larger rather than more, since each is a segment to be merged.
const PORTIONS: u64 = 32;

/// The share of the index's text that must be new or gone for the index to be written again.
const STALE: f32 = 1.0 / 16.0;

/// Two writes of a file within this time, in nanoseconds, may leave the same time (FAT counts in 2 s).
const SAME_TIME: u64 = 2_000_000_000;

/// A file that is to be read.
pub(super) struct FoundFile {
    pub(super) path: PathBuf,
    pub(super) role: Role,
    pub(super) language: Language,
    pub(super) size: u64,
    pub(super) modified: u64,
}

/// The result of reading a file.
enum Outcome {
    Indexed(IndexedFile),
    /// It cannot be read, or is not there any more.
    Unread(Change),
}

/// A file and where its postings are.
struct IndexedFile {
    found: FoundFile,
    on_disk: Arc<OnDisk>,
    /// The number of the segment and the slot in it.
    place: (usize, usize),
}

/// A file whose text was read now.
pub(super) struct NewFile {
    pub(super) found: FoundFile,
    pub(super) stamp: Stamp,
    pub(super) page: Page,
    pub(super) extracted: Option<Box<Extracted>>,
}

/// Reads and indexes sources: one change for each. `tick` is called once for each file.
pub(super) fn read_all(
    discovery: &Discovery<'_>,
    files: Vec<(PathBuf, Role)>,
    tick: &(dyn Fn() + Sync),
) -> Vec<Change> {
    let Discovery { config, access, cancelled, .. } = *discovery;
    let cache = &access.cache;
    let mut indexing = Indexing::new(cache.stored(config), config.language());
    let unknown = indexing.take_unchanged(files, access, tick);
    // The time before the first of them is read: whatever is written after that gets a later time.
    let now = if unknown.is_empty() { None } else { cache.now() };
    let portions = portions(unknown);
    // A single portion is cached at once and need not be set aside before.
    let aside = if portions.len() > 1 { cache } else { &Cache::NONE };
    for portion in portions {
        if cancelled.load(Ordering::Relaxed) {
            return Vec::new();
        }
        indexing.read(portion, aside, access, tick, cancelled);
    }
    indexing.keep(discovery, now);
    indexing.into_changes()
}

/// Reads one source or note that was created or changed, in full.
pub(super) fn read_one(path: &Path, role: Role, language: Language, access: &FileAccess) -> Change {
    match look_at(path.to_owned(), role, language, access).and_then(|found| read_anew(found, access)) {
        Ok(NewFile { found: FoundFile { path, role, .. }, stamp, page, extracted }) => {
            let postings = role.source.then(|| Postings::of(Segment::of(page.readable())));
            let facts = Some(Arc::new(FileFacts::of(&page)));
            let on_disk = Arc::new(OnDisk { facts, ..OnDisk::of(stamp, &page, extracted) });
            Change::KeepOnDisk { path, role, on_disk, postings }
        }
        Err(change) => change,
    }
}

/// Splits files into portions of about the same amount of text.
fn portions(files: Vec<FoundFile>) -> Vec<Vec<FoundFile>> {
    // Larger files are not read.
    let size = |found: &FoundFile| found.size.min(LARGEST);
    let full = PORTION.max(files.iter().map(size).sum::<u64>() / PORTIONS);
    let mut portions: Vec<Vec<FoundFile>> = Vec::new();
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
struct Indexing {
    language: Language,
    outcomes: Vec<Outcome>,
    /// The first is the cached one, if there is one.
    segments: Vec<Arc<Segment>>,
    /// The content of the first segment, by slot.
    known: Vec<CatalogueEntry>,
    /// Slots of the first segment that no file has claimed yet, by the digest of the file.
    free: Mutex<FxHashMap<u128, Vec<usize>>>,
    /// The number of postings that are not cached.
    fresh: usize,
}

impl Indexing {
    fn new(stored: Option<StoredIndex>, language: Language) -> Self {
        let (known, segments) = stored.map_or_else(Default::default, |stored| (stored.known, vec![stored.segment]));
        Self { language, outcomes: Vec::new(), segments, known, free: Mutex::default(), fresh: 0 }
    }

    /// Takes the files whose size and time are those in the cache; returns the others.
    fn take_unchanged(
        &mut self,
        files: Vec<(PathBuf, Role)>,
        access: &FileAccess,
        tick: &(dyn Fn() + Sync),
    ) -> Vec<FoundFile> {
        let by_path: FxHashMap<OsString, usize> =
            self.known.iter().enumerate().filter_map(|(slot, known)| Some((known.path()?.to_owned(), slot))).collect();
        let language = self.language;
        let looked_at: Vec<_> =
            files.into_par_iter().map(|(path, role)| look_at(path, role, language, access)).collect();
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
        let is_free = |(slot, known): &(usize, &CatalogueEntry)| !claimed.contains(slot) && known.has_text();
        for (slot, known) in self.known.iter().enumerate().filter(is_free) {
            free.entry(known.stamp.digest).or_default().push(slot);
        }
        self.free = Mutex::new(free);
        unknown
    }

    fn take_known(&mut self, found: FoundFile, slot: usize) {
        let on_disk = Arc::new(self.known[slot].on_disk(found.modified));
        self.outcomes.push(Outcome::Indexed(IndexedFile { found, on_disk, place: (0, slot) }));
    }

    /// Reads a portion of files and indexes those that are new; their segment is set `aside`.
    fn read(
        &mut self,
        portion: Vec<FoundFile>,
        aside: &Cache,
        access: &FileAccess,
        tick: &(dyn Fn() + Sync),
        cancelled: &AtomicBool,
    ) {
        let free = &self.free;
        let read: Vec<_> = portion
            .into_par_iter()
            .map(|found| {
                // Extracting the text of a document may take long.
                let is_wanted = !cancelled.load(Ordering::Relaxed);
                let read =
                    if is_wanted { read(found, free, access) } else { ReadOutcome::Not(Change::Skip(Vec::new())) };
                tick();
                read
            })
            .collect();
        let mut fresh = Vec::new();
        for one in read {
            match one {
                ReadOutcome::CatalogueEntry(found, slot) => self.take_known(*found, slot),
                ReadOutcome::NewFile(one) => fresh.push(*one),
                ReadOutcome::Not(change) => self.outcomes.push(Outcome::Unread(change)),
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
        // Freeing so many texts takes time too.
        self.outcomes.par_extend(fresh.into_par_iter().enumerate().map(|(slot, fresh)| {
            let NewFile { found, stamp, page, extracted } = fresh;
            let on_disk = Arc::new(OnDisk::of(stamp, &page, extracted));
            Outcome::Indexed(IndexedFile { found, on_disk, place: (segment, slot) })
        }));
    }

    /// Merges all segments into one and caches it, if enough is new or gone. What cannot be cached stays in memory.
    fn keep(&mut self, discovery: &Discovery<'_>, now: Option<u64>) {
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
        let mut known: Vec<(usize, CatalogueEntry)> =
            self.outcomes.iter().filter_map(Outcome::placed).map(|one| (order[&one.place], one.known(now))).collect();
        known.sort_unstable_by_key(|&(slot, _)| slot);
        let known: Vec<CatalogueEntry> = known.into_iter().map(|(_, known)| known).collect();
        let segments: Vec<&Segment> = self.segments.iter().map(|segment| &**segment).collect();
        let is_wanted = |segment, slot| order.contains_key(&(segment, slot));
        let merge = |out: &mut _| Segment::merge(&segments, is_wanted, out);
        let stored = discovery.access.cache.store(discovery.config, &known, merge);
        let Ok(stored) = stored else { return };
        for outcome in &mut self.outcomes {
            if let Outcome::Indexed(placed) = outcome {
                placed.place = (0, order[&placed.place]);
            }
        }
        self.segments = vec![stored.segment];
    }

    fn into_changes(self) -> Vec<Change> {
        let Self { outcomes, segments, .. } = self;
        let change = |outcome| match outcome {
            Outcome::Indexed(IndexedFile { found: FoundFile { path, role, .. }, on_disk, place: (segment, slot) }) => {
                let postings = Some(Postings::among(segments[segment].clone(), slot));
                Change::KeepOnDisk { path, role, on_disk, postings }
            }
            Outcome::Unread(change) => change,
        };
        outcomes.into_iter().map(change).collect()
    }
}

impl Outcome {
    /// The indexed file, unless it could not be read.
    fn placed(&self) -> Option<&IndexedFile> {
        match self {
            Self::Indexed(placed) => Some(placed),
            Self::Unread(_) => None,
        }
    }
}

impl IndexedFile {
    /// Its entry in the cache; `now` as for [`settled`].
    fn known(&self, now: Option<u64>) -> CatalogueEntry {
        CatalogueEntry::new(&self.found.path, settled(self.on_disk.stamp, now), &self.on_disk)
    }
}

/// A stamp as it is cached. `now` is the time before any new file was read. A file's time that is too close to it is replaced
/// by 0, so that the file is read again the next time: it may have been written since without getting another time.
pub(super) fn settled(stamp: Stamp, now: Option<u64>) -> Stamp {
    let is_settled = now.is_none_or(|now| stamp.modified.saturating_add(SAME_TIME) < now);
    Stamp { modified: if is_settled { stamp.modified } else { 0 }, ..stamp }
}

pub(super) fn look_at(path: PathBuf, role: Role, language: Language, access: &FileAccess) -> Result<FoundFile, Change> {
    match access.disk.metadata(&path) {
        Ok(metadata) => Ok(FoundFile { path, role, language, size: metadata.size, modified: metadata.modified }),
        Err(error) => Err(unread(path, &error.into())),
    }
}

/// The result of opening a file.
enum ReadOutcome {
    /// Its bytes are those of a file in the first segment.
    CatalogueEntry(Box<FoundFile>, usize),
    NewFile(Box<NewFile>),
    /// It cannot be read, or is not there any more.
    Not(Change),
}

fn read(found: FoundFile, free: &Mutex<FxHashMap<u128, Vec<usize>>>, access: &FileAccess) -> ReadOutcome {
    let (bytes, stamp) = match bytes_of(&found, access) {
        Ok(read) => read,
        Err(change) => return ReadOutcome::Not(change),
    };
    let claim = |mut free: MutexGuard<'_, FxHashMap<u128, Vec<usize>>>| free.get_mut(&stamp.digest)?.pop();
    if let Some(slot) = free.lock().ok().and_then(claim) {
        return ReadOutcome::CatalogueEntry(Box::new(found), slot);
    }
    match fresh(found, bytes, stamp, access) {
        Ok(fresh) => ReadOutcome::NewFile(Box::new(fresh)),
        Err(change) => ReadOutcome::Not(change),
    }
}

/// Reads a file, whether its bytes are cached or not.
pub(super) fn read_anew(found: FoundFile, access: &FileAccess) -> Result<NewFile, Change> {
    let (bytes, stamp) = bytes_of(&found, access)?;
    fresh(found, bytes, stamp, access)
}

fn bytes_of(found: &FoundFile, access: &FileAccess) -> Result<(Vec<u8>, Stamp), Change> {
    let bytes = access.disk.read(&found.path).map_err(|error| unread(found.path.clone(), &error))?;
    let stamp = Stamp::of(&bytes, found.modified);
    Ok((bytes, stamp))
}

fn fresh(found: FoundFile, bytes: Vec<u8>, stamp: Stamp, access: &FileAccess) -> Result<NewFile, Change> {
    match page(&found, bytes, &stamp, access) {
        Ok((page, extracted)) => Ok(NewFile { found, stamp, page, extracted }),
        Err(reason) => Err(Change::Skip(vec![Skipped { path: found.path, reason }])),
    }
}

/// The page of a file with these bytes, and its extracted text if it has no own; or why it cannot be read.
fn page(
    found: &FoundFile,
    bytes: Vec<u8>,
    stamp: &Stamp,
    access: &FileAccess,
) -> Result<(Page, Option<Box<Extracted>>), String> {
    let name = found.path.file_name().unwrap_or_default().to_string_lossy();
    let (own, extracted) = match Format::of_name(&name).filter(|format| format.is_extracted()) {
        Some(format) => {
            let text = access.cache.extracted(access.extractor, format, &name, &bytes, stamp.digest);
            let text = text.map_err(|error| error.to_string())?;
            (text.1.into_bytes(), Some(Box::new(text.0)))
        }
        None => (bytes, None),
    };
    let page = Page::read(&found.path.to_string_lossy(), found.role, &own, found.language)
        .map_err(|error| error.to_string())?;
    Ok((page, extracted))
}
