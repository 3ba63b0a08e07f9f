use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use ibid_source::Format;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Config, File, FileId, Reading, Role, Roles, Shelved, Skipped, Snapshot,
    file::Identity,
    index::{Postings, Segment},
    roles::relative,
    shelf::Shelf,
};

/// The single owner of mutable state.
///
/// For every path it keeps what is on disk and what an editor has open; the open text takes precedence. A [`Snapshot`]
/// depends on these inputs only: any sequence of changes gives the same state as a fresh host with the final files.
#[derive(Default)]
pub struct Host {
    snapshot: Snapshot,
    roles: Roles,
    ids: FxHashMap<Arc<Path>, FileId>,
    inputs: FxHashMap<Arc<Path>, Input>,
    skipped: BTreeMap<PathBuf, Skipped>,
    shelf: Arc<Shelf>,
}

/// A change to the workspace; paths are absolute.
#[derive(Clone, Debug)]
pub enum Change {
    /// A file on disk has these bytes now. While it is open in an editor, they take effect only when it is closed.
    Set {
        /// Its path.
        path: PathBuf,
        /// Its role.
        role: Role,
        /// Its raw bytes; the reader decodes them.
        bytes: Arc<[u8]>,
    },
    /// A source or note on disk, whose text is not kept in memory.
    Shelve {
        /// Its path.
        path: PathBuf,
        /// Its role; not a bibliography.
        role: Role,
        /// The facts known without its text.
        shelved: Arc<Shelved>,
        /// The postings of its words, if it is a source.
        postings: Option<Postings>,
    },
    /// A file on disk, or a folder with everything in it, was removed. Files open in an editor stay.
    Remove {
        /// Its path.
        path: PathBuf,
    },
    /// A file was opened or edited in an editor and has this text. The text on disk no longer counts.
    Open {
        /// Its path.
        path: PathBuf,
        /// The editor's version number; a change that does not increase it is ignored.
        version: i32,
        /// The whole text.
        text: Arc<str>,
    },
    /// A file was closed in the editor; the text on disk counts again.
    Close {
        /// Its path.
        path: PathBuf,
    },
    /// Sets the configuration. If it differs from the current one, all files on disk are forgotten, because their roles may
    /// change: discovery starts again.
    Configure(Arc<Config>),
    /// These files on disk cannot be read.
    Skip(Vec<Skipped>),
    /// Discovery has finished; a file that is not known now does not exist.
    Ready,
    /// A file whose text is not kept in memory has been read in full.
    Learn {
        /// Its path.
        path: Arc<Path>,
        /// The digest of the bytes that were read. If the file has other bytes by now, the change is ignored.
        digest: u128,
        /// The facts read from it.
        reading: Arc<Reading>,
    },
    /// All files known when discovery finished have been read in full.
    Learned,
}

/// The inputs for one path.
#[derive(Default)]
struct Input {
    disk: Option<Disk>,
    open: Option<Open>,
}

/// The state of a path on disk.
enum Disk {
    /// Bytes that have not been parsed yet.
    Bytes(Role, Arc<[u8]>),
    /// A parsed file.
    Read(Arc<File>),
    /// A source or note whose text is not kept in memory, with postings if it is a source.
    Shelved(Role, Arc<Shelved>, Option<Postings>),
    /// A file that cannot be read, with the reason.
    Unreadable(String),
}

/// A file that is open in an editor.
struct Open {
    version: i32,
    text: Arc<str>,
}

/// The result of combining disk and editor for one path.
enum Outcome {
    /// A file, with postings if it is a source and its text is new.
    File(Arc<File>, Option<Postings>),
    Unreadable(String),
    Nothing,
}

impl Host {
    /// Applies changes in order. Files are parsed in parallel; structures over all files are updated incrementally.
    pub fn apply(&mut self, changes: Vec<Change>) {
        let mut touched = Touched::default();
        for change in changes {
            self.record(change, &mut touched);
        }
        let jobs: Vec<Identity> = touched.in_order.into_iter().map(|path| self.identify(path)).collect();
        // A single file, as after a keystroke, is read on this thread, which avoids waiting for another one.
        let outcomes: Vec<Outcome> = if jobs.iter().filter(|identity| self.needs_parsing(identity)).nth(1).is_some() {
            jobs.par_iter().map(|identity| self.outcome(identity)).collect()
        } else {
            jobs.iter().map(|identity| self.outcome(identity)).collect()
        };
        for (identity, outcome) in jobs.into_iter().zip(outcomes) {
            self.install(&identity, outcome);
        }
    }

    /// Reserves memory for this many additional files.
    pub fn expect(&mut self, files: usize) {
        self.ids.reserve(files);
        self.inputs.reserve(files);
    }

    /// The current state. Cheap.
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot.clone()
    }

    /// Records one change in the inputs and marks the paths it affects.
    fn record(&mut self, change: Change, touched: &mut Touched) {
        match change {
            Change::Set { path, role, bytes } => self.set_disk(path.into(), Some(Disk::Bytes(role, bytes)), touched),
            Change::Shelve { path, role, shelved, postings } => {
                self.set_disk(path.into(), Some(Disk::Shelved(role, shelved, postings)), touched);
            }
            Change::Remove { path } if self.inputs.contains_key(&*path) => self.set_disk(path.into(), None, touched),
            Change::Remove { path: folder } => {
                let inside: Vec<_> = self.inputs.keys().filter(|path| path.starts_with(&folder)).cloned().collect();
                for path in inside {
                    self.set_disk(path, None, touched);
                }
            }
            // For a format whose text is extracted, such as PDF, the editor's text is not what is read.
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
                    self.set_disk(path.into(), Some(Disk::Unreadable(reason)), touched);
                }
            }
            Change::Ready => self.snapshot.edit().set_ready(true),
            Change::Learn { path, digest, reading } => {
                let disk = self.inputs.get_mut(&*path).and_then(|input| input.disk.as_mut());
                if let Some(Disk::Shelved(_, shelved, _)) = disk
                    && shelved.stamp.digest == digest
                {
                    Arc::make_mut(shelved).reading = Some(reading);
                    touched.add(path);
                }
            }
            Change::Learned => self.snapshot.edit().set_read(true),
        }
    }

    fn set_disk(&mut self, path: Arc<Path>, disk: Option<Disk>, touched: &mut Touched) {
        self.inputs.entry(path.clone()).or_default().disk = disk;
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
            input.disk = None;
            touched.add(path.clone());
        }
    }

    /// The identity of the file at a path. A path keeps its id for the life of the host.
    fn identify(&mut self, absolute: Arc<Path>) -> Identity {
        let next = FileId(self.ids.len() as u32);
        let id = *self.ids.entry(absolute.clone()).or_insert(next);
        let role = match self.inputs.get(&absolute).and_then(|input| input.disk.as_ref()) {
            Some(Disk::Bytes(role, _) | Disk::Shelved(role, ..)) => *role,
            Some(Disk::Read(file)) => file.role,
            Some(Disk::Unreadable(_)) | None => self.roles.of(&absolute),
        };
        let path = relative(&self.snapshot.config().root, &absolute);
        Identity { id, path, absolute, role }
    }

    /// Whether the text that counts at a path has not been parsed yet.
    fn needs_parsing(&self, identity: &Identity) -> bool {
        let input = self.inputs.get(&identity.absolute);
        input.is_some_and(|input| input.open.is_some() || matches!(input.disk, Some(Disk::Bytes(..))))
    }

    /// Combines disk and editor for one path and parses the text if necessary. Depends on this path only.
    fn outcome(&self, identity: &Identity) -> Outcome {
        let Some(input) = self.inputs.get(&identity.absolute) else { return Outcome::Nothing };
        let bytes = match (&input.open, &input.disk) {
            (Some(open), _) => open.text.as_bytes(),
            (None, Some(Disk::Bytes(_, bytes))) => bytes,
            (None, Some(Disk::Read(file))) => return self.held(file.clone()),
            (None, Some(Disk::Shelved(_, shelved, postings))) => {
                return self.shelved(identity, shelved, postings.as_ref());
            }
            (None, Some(Disk::Unreadable(reason))) => return Outcome::Unreadable(reason.clone()),
            (None, None) => return Outcome::Nothing,
        };
        if let Some(same) = self.snapshot.file(identity.id).filter(|file| file.is(identity, bytes)) {
            return Outcome::File(same.clone(), None);
        }
        match File::read(identity.clone(), bytes) {
            Ok(file) => self.held(Arc::new(file)),
            Err(error) => Outcome::Unreadable(error.to_string()),
        }
    }

    /// The outcome for a file whose text is in memory.
    fn held(&self, file: Arc<File>) -> Outcome {
        let is_known = self.snapshot.file(file.id).is_some_and(|known| Arc::ptr_eq(known, &file));
        let page = file.page().filter(|_| file.is_source() && !is_known);
        let postings = page.map(|page| Postings::of(Segment::of(page.readable())));
        Outcome::File(file, postings)
    }

    /// The outcome for a file whose text is not kept in memory.
    fn shelved(&self, identity: &Identity, shelved: &Arc<Shelved>, postings: Option<&Postings>) -> Outcome {
        let file = File::shelved(identity.clone(), self.shelf.clone(), shelved.clone());
        let held = self.snapshot.file(identity.id).filter(|held| held.is_same_text(&file));
        let is_new = |postings: &&Postings| !self.snapshot.index().holds(identity.id, postings);
        let new = postings.filter(is_new).cloned();
        match held {
            Some(held) if held.reading == file.reading && new.is_none() => Outcome::File(held.clone(), None),
            _ => Outcome::File(Arc::new(file), new),
        }
    }

    /// Stores an outcome in the snapshot, and in the inputs in place of the bytes it was parsed from.
    fn install(&mut self, identity: &Identity, outcome: Outcome) {
        let path = &*identity.absolute;
        if let Some(input) = self.inputs.get_mut(path) {
            match (&outcome, &input.open) {
                (Outcome::File(..), None) if matches!(input.disk, Some(Disk::Shelved(..))) => {}
                (Outcome::File(file, _), None) => input.disk = Some(Disk::Read(file.clone())),
                (Outcome::Unreadable(reason), None) => input.disk = Some(Disk::Unreadable(reason.clone())),
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

/// The paths affected by changes, without duplicates, in order of their first change.
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
