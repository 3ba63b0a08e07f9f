use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use ibid_source::Format;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Config, Disk, File, FileFacts, FileId, Identity, OnDisk, Role, Roles, Skipped, Snapshot,
    file::PageStore,
    index::{Postings, Segment},
    roles::relative,
};

/// The only owner of mutable state.
///
/// For every path it knows what is on disk and what an editor has open; the open text wins. A [`Snapshot`] follows from
/// these inputs alone: any sequence of changes gives the state that a new host gets from the final files.
pub struct Host {
    snapshot: Snapshot,
    roles: Roles,
    ids: FxHashMap<Arc<Path>, FileId>,
    inputs: FxHashMap<Arc<Path>, Input>,
    skipped: BTreeMap<PathBuf, Skipped>,
    store: Arc<PageStore>,
}

/// A change to the workspace; paths are absolute.
#[derive(Clone, Debug)]
pub enum Change {
    /// A file on disk has these bytes. They count once the file is not open in an editor.
    Set {
        /// Its path.
        path: PathBuf,
        /// Its role.
        role: Role,
        /// Its bytes, to be decoded.
        bytes: Arc<[u8]>,
    },
    /// A source or note whose text stays on disk.
    KeepOnDisk {
        /// Its path.
        path: PathBuf,
        /// Its role: not a bibliography.
        role: Role,
        /// What is known of it without its text.
        on_disk: Arc<OnDisk>,
        /// The postings of its text, if it is a source.
        postings: Option<Postings>,
    },
    /// A file on disk, or a folder with everything in it, was removed. Open files stay.
    Remove {
        /// Its path.
        path: PathBuf,
    },
    /// A file was opened or edited in an editor and has this text. From now on the text on disk does not count.
    Open {
        /// Its path.
        path: PathBuf,
        /// The editor's version; a change that does not raise it is ignored.
        version: i32,
        /// The whole text.
        text: Arc<str>,
    },
    /// A file was closed in an editor: the text on disk counts again.
    Close {
        /// Its path.
        path: PathBuf,
    },
    /// The configuration. If it differs from the one before, what is known from disk is forgotten, because files may have other
    /// roles now: discovery starts again.
    Configure(Arc<Config>),
    /// These files on disk cannot be read.
    Skip(Vec<Skipped>),
    /// Discovery has ended: from now on, a file that is not known does not exist.
    Ready,
    /// The facts of a file whose text stays on disk.
    SetFacts {
        /// Its path.
        path: Arc<Path>,
        /// The digest of the bytes that they follow from. If the file has other bytes by now, the change is ignored.
        digest: u128,
        /// Its facts.
        facts: Arc<FileFacts>,
    },
    /// All files that were on disk when discovery ended have been read in full.
    ReadInFull,
}

/// The inputs for one path.
#[derive(Default)]
struct Input {
    saved: Option<Saved>,
    open: Option<Open>,
}

/// What is on disk at a path.
enum Saved {
    /// These bytes, not read yet.
    Bytes(Role, Arc<[u8]>),
    /// This file, read into memory.
    Read(Arc<File>),
    /// A source or note whose text stays there, with the postings of a source.
    OnDisk(Role, Arc<OnDisk>, Option<Postings>),
    /// Something that cannot be read, and why.
    Unreadable(String),
}

/// A file that is open in an editor.
struct Open {
    version: i32,
    text: Arc<str>,
}

/// What is at a path, with disk and editor taken together.
enum Outcome {
    /// A file, with its postings if it is a source that is new or has changed.
    File(Arc<File>, Option<Postings>),
    Unreadable(String),
    Nothing,
}

/// A host for files on the real disk.
impl Default for Host {
    fn default() -> Self {
        Self::of_disk(Disk::Real)
    }
}

impl Host {
    /// A host without files; those to come are on `disk`.
    pub fn of_disk(disk: Disk) -> Self {
        let mut snapshot = Snapshot::default();
        snapshot.edit().set_disk(disk.clone());
        Self {
            snapshot,
            roles: Roles::default(),
            ids: FxHashMap::default(),
            inputs: FxHashMap::default(),
            skipped: BTreeMap::new(),
            store: Arc::new(PageStore::new(disk)),
        }
    }

    /// Applies changes in order. Files are read in parallel; structures over all files change by the changed files only.
    pub fn apply(&mut self, changes: Vec<Change>) {
        let mut touched = Touched::default();
        for change in changes {
            self.record(change, &mut touched);
        }
        let jobs: Vec<Identity> = touched.in_order.into_iter().map(|path| self.identify(path)).collect();
        // With at most one file to read, as after a keystroke, there is no reason to wait for another thread.
        let outcomes: Vec<Outcome> = if jobs.iter().filter(|identity| self.needs_parsing(identity)).nth(1).is_some() {
            jobs.par_iter().map(|identity| self.outcome(identity)).collect()
        } else {
            jobs.iter().map(|identity| self.outcome(identity)).collect()
        };
        for (identity, outcome) in jobs.into_iter().zip(outcomes) {
            self.install(&identity, outcome);
        }
    }

    /// Reserves memory for this many more files.
    pub fn expect(&mut self, files: usize) {
        self.ids.reserve(files);
        self.inputs.reserve(files);
    }

    /// The current state. Cheap.
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot.clone()
    }

    /// Applies one change to the inputs and records the paths it touches.
    fn record(&mut self, change: Change, touched: &mut Touched) {
        match change {
            Change::Set { path, role, bytes } => self.set_saved(path.into(), Some(Saved::Bytes(role, bytes)), touched),
            Change::KeepOnDisk { path, role, on_disk, postings } => {
                self.set_saved(path.into(), Some(Saved::OnDisk(role, on_disk, postings)), touched);
            }
            Change::Remove { path } if self.inputs.contains_key(&*path) => self.set_saved(path.into(), None, touched),
            Change::Remove { path: folder } => {
                let inside: Vec<_> = self.inputs.keys().filter(|path| path.starts_with(&folder)).cloned().collect();
                for path in inside {
                    self.set_saved(path, None, touched);
                }
            }
            // An editor does not show the text of a file whose text is extracted.
            Change::Open { path, .. } if is_extracted(&path) => {}
            Change::Open { path, version, text } => {
                let path: Arc<Path> = path.into();
                let open = &mut self.inputs.entry(path.clone()).or_default().open;
                if open.as_ref().is_none_or(|open| open.version < version) {
                    *open = Some(Open { version, text });
                    touched.add(path);
                }
            }
            Change::Close { path } => {
                if let Some(input) = self.inputs.get_mut(&*path) {
                    input.open = None;
                    touched.add(path.into());
                }
            }
            Change::Configure(config) => self.configure(config, touched),
            Change::Skip(skipped) => {
                for Skipped { path, reason } in skipped {
                    self.set_saved(path.into(), Some(Saved::Unreadable(reason)), touched);
                }
            }
            Change::Ready => self.snapshot.edit().set_ready(true),
            Change::SetFacts { path, digest, facts } => {
                let saved = self.inputs.get_mut(&*path).and_then(|input| input.saved.as_mut());
                if let Some(Saved::OnDisk(_, on_disk, _)) = saved
                    && on_disk.stamp.digest == digest
                {
                    Arc::make_mut(on_disk).facts = Some(facts);
                    touched.add(path);
                }
            }
            Change::ReadInFull => self.snapshot.edit().set_read(true),
        }
    }

    fn set_saved(&mut self, path: Arc<Path>, saved: Option<Saved>, touched: &mut Touched) {
        self.inputs.entry(path.clone()).or_default().saved = saved;
        touched.add(path);
    }

    fn configure(&mut self, config: Arc<Config>, touched: &mut Touched) {
        if *self.snapshot.config() == *config {
            return;
        }
        self.roles = Roles::new(&config);
        let state = self.snapshot.edit();
        state.set_config(config);
        state.set_ready(false);
        state.set_read(false);
        for (path, input) in &mut self.inputs {
            input.saved = None;
            touched.add(path.clone());
        }
    }

    /// The identity of the file at a path. A path keeps its id for the life of the host.
    fn identify(&mut self, absolute: Arc<Path>) -> Identity {
        let next = FileId(self.ids.len() as u32);
        let id = *self.ids.entry(absolute.clone()).or_insert(next);
        let role = match self.inputs.get(&absolute).and_then(|input| input.saved.as_ref()) {
            Some(Saved::Bytes(role, _) | Saved::OnDisk(role, ..)) => *role,
            Some(Saved::Read(file)) => file.role,
            Some(Saved::Unreadable(_)) | None => self.roles.of(&absolute),
        };
        let path = relative(&self.snapshot.config().root, &absolute);
        Identity { id, path, absolute, role }
    }

    /// Whether the text that counts at a path has not been parsed yet.
    fn needs_parsing(&self, identity: &Identity) -> bool {
        let input = self.inputs.get(&identity.absolute);
        input.is_some_and(|input| input.open.is_some() || matches!(input.saved, Some(Saved::Bytes(..))))
    }

    /// Combines disk and editor for one path and parses the text if necessary. Depends on no other path.
    fn outcome(&self, identity: &Identity) -> Outcome {
        let Some(input) = self.inputs.get(&identity.absolute) else { return Outcome::Nothing };
        let bytes = match (&input.open, &input.saved) {
            (Some(open), _) => open.text.as_bytes(),
            (None, Some(Saved::Bytes(_, bytes))) => bytes,
            (None, Some(Saved::Read(file))) => return self.in_memory(file.clone()),
            (None, Some(Saved::OnDisk(_, on_disk, postings))) => {
                return self.on_disk(identity, on_disk, postings.as_ref());
            }
            (None, Some(Saved::Unreadable(reason))) => return Outcome::Unreadable(reason.clone()),
            (None, None) => return Outcome::Nothing,
        };
        if let Some(same) = self.snapshot.file(identity.id).filter(|file| file.is(identity, bytes)) {
            return Outcome::File(same.clone(), None);
        }
        match File::read(identity.clone(), bytes) {
            Ok(file) => self.in_memory(Arc::new(file)),
            Err(error) => Outcome::Unreadable(error.to_string()),
        }
    }

    /// A file whose text is in memory.
    fn in_memory(&self, file: Arc<File>) -> Outcome {
        let is_known = self.snapshot.file(file.id).is_some_and(|known| Arc::ptr_eq(known, &file));
        let page = file.page().filter(|_| file.is_source() && !is_known);
        let postings = page.map(|page| Postings::of(Segment::of(page.readable())));
        Outcome::File(file, postings)
    }

    fn on_disk(&self, identity: &Identity, on_disk: &Arc<OnDisk>, postings: Option<&Postings>) -> Outcome {
        let file = File::on_disk(identity.clone(), self.store.clone(), on_disk.clone());
        let held = self.snapshot.file(identity.id).filter(|held| held.is_same_text(&file));
        let is_new = |postings: &&Postings| !self.snapshot.index().holds(identity.id, postings);
        let new = postings.filter(is_new).cloned();
        match held {
            Some(held) if held.facts == file.facts && new.is_none() => Outcome::File(held.clone(), None),
            _ => Outcome::File(Arc::new(file), new),
        }
    }

    /// Puts an outcome into the snapshot, and in the inputs in place of the bytes it was read from.
    fn install(&mut self, identity: &Identity, outcome: Outcome) {
        let path = &*identity.absolute;
        if let Some(input) = self.inputs.get_mut(path) {
            match (&outcome, &input.open) {
                (Outcome::File(..), None) if matches!(input.saved, Some(Saved::OnDisk(..))) => {}
                (Outcome::File(file, _), None) => input.saved = Some(Saved::Read(file.clone())),
                (Outcome::Unreadable(reason), None) => input.saved = Some(Saved::Unreadable(reason.clone())),
                (Outcome::Nothing, None) => drop(self.inputs.remove(path)),
                (_, Some(_)) => {}
            }
        }
        let was_skipped = self.skipped.remove(path);
        let is_skipped = match &outcome {
            Outcome::Unreadable(reason) => Some(Skipped { path: path.to_owned(), reason: reason.clone() }),
            _ => None,
        };
        self.skipped.extend(is_skipped.clone().map(|skipped| (path.to_owned(), skipped)));
        let state = self.snapshot.edit();
        if was_skipped != is_skipped {
            state.set_skipped(self.skipped.values().cloned().collect());
        }
        match outcome {
            Outcome::File(file, postings) => state.set_file(file, postings),
            Outcome::Unreadable(_) | Outcome::Nothing => state.remove_file(identity.id),
        }
    }
}

fn is_extracted(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.and_then(Format::of_name).is_some_and(Format::is_extracted)
}

/// Paths that changes touched: each once, in order.
#[derive(Default)]
struct Touched {
    in_order: Vec<Arc<Path>>,
    seen: FxHashSet<Arc<Path>>,
}

impl Touched {
    fn add(&mut self, path: Arc<Path>) {
        if self.seen.insert(path.clone()) {
            self.in_order.push(path);
        }
    }
}

#[cfg(test)]
mod tests;
