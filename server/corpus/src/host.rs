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

/// The one owner of what changes.
///
/// For every path it knows what is on disk and what an editor has open; the open text wins. A [`Snapshot`] follows from
/// these inputs alone: any sequence of changes gives the state that a fresh host gets from the final files.
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
    /// A file on disk has these bytes now. While it is open in an editor, they wait until it is closed.
    Set {
        /// Its path.
        path: PathBuf,
        /// What it is.
        role: Role,
        /// Its bytes, decoded by the reader.
        bytes: Arc<[u8]>,
    },
    /// A source or note on disk stays there, and this is known of it.
    Shelve {
        /// Its path.
        path: PathBuf,
        /// What it is: no bibliography.
        role: Role,
        /// What is known of it.
        shelved: Arc<Shelved>,
        /// Where its words stand, if it is a source.
        postings: Option<Postings>,
    },
    /// A file on disk, or a folder with all that was in it, is gone. What is open stays.
    Remove {
        /// Its path.
        path: PathBuf,
    },
    /// A file is open in an editor with this text: it was opened, or edited. From now on the text on disk does not count.
    Open {
        /// Its path.
        path: PathBuf,
        /// The editor's version; a change that does not raise it is passed over.
        version: i32,
        /// The whole text.
        text: Arc<str>,
    },
    /// A file was closed: what is on disk counts again.
    Close {
        /// Its path.
        path: PathBuf,
    },
    /// The configuration is this. If it is another than before, what is on disk is forgotten, because other files have
    /// other roles now: discovery starts again.
    Configure(Arc<Config>),
    /// These files on disk cannot be read.
    Skip(Vec<Skipped>),
    /// Discovery has come to its end: from now on what is missing is not there.
    Ready,
    /// This is what a shelved file says.
    Learn {
        /// Its path.
        path: Arc<Path>,
        /// The digest of the bytes that say so.
        digest: u128,
        /// What it says.
        reading: Arc<Reading>,
    },
    /// All files that were shelved when discovery came to its end have been read in full.
    Learned,
}

/// What is known of one path.
#[derive(Default)]
struct Input {
    disk: Option<Disk>,
    open: Option<Open>,
}

/// What lies on disk at a path.
enum Disk {
    /// These bytes, not looked into yet.
    Bytes(Role, Arc<[u8]>),
    /// This file, read.
    Read(Arc<File>),
    /// A source or note that stays there, with the postings of a source.
    Shelved(Role, Arc<Shelved>, Option<Postings>),
    /// Something that cannot be read, and why.
    Unreadable(String),
}

/// What an editor has open at a path.
struct Open {
    version: i32,
    text: Arc<str>,
}

/// What a path comes to, once disk and editor are weighed.
enum Outcome {
    /// A file, with its postings if it is a source and not the file that is held already.
    File(Arc<File>, Option<Postings>),
    Unreadable(String),
    Nothing,
}

impl Host {
    /// Applies changes in order. Files are read in parallel; structures over all files change by the changed files only.
    pub fn apply(&mut self, changes: Vec<Change>) {
        let mut touched = Touched::default();
        for change in changes {
            self.take_in(change, &mut touched);
        }
        let jobs: Vec<Identity> = touched.in_order.into_iter().map(|path| self.identify(path)).collect();
        // Where there is one file to be read, as at a keystroke, or none, no other thread is to be waited for.
        let outcomes: Vec<Outcome> = if jobs.iter().filter(|identity| self.is_to_be_read(identity)).nth(1).is_some() {
            jobs.par_iter().map(|identity| self.outcome(identity)).collect()
        } else {
            jobs.iter().map(|identity| self.outcome(identity)).collect()
        };
        for (identity, outcome) in jobs.into_iter().zip(outcomes) {
            self.install(&identity, outcome);
        }
    }

    /// Makes room for so many files more, which are to come.
    pub fn expect(&mut self, files: usize) {
        self.ids.reserve(files);
        self.inputs.reserve(files);
    }

    /// The state as it is now; cheap.
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot.clone()
    }

    /// Takes one change into the inputs and marks what it touches.
    fn take_in(&mut self, change: Change, touched: &mut Touched) {
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
            // What an editor shows of a file without text of its own is not what is read of it.
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

    /// Where the file lies and what it is. Its id is the one it always had.
    fn identify(&mut self, absolute: Arc<Path>) -> Identity {
        let next = FileId(self.ids.len() as u32);
        let id = *self.ids.entry(absolute.clone()).or_insert(next);
        let role = match self.inputs.get(&absolute).and_then(|input| input.disk.as_ref()) {
            Some(Disk::Bytes(role, _) | Disk::Shelved(role, ..)) => *role,
            Some(Disk::Read(file)) => file.role,
            Some(Disk::Unreadable(_)) | None => self.roles.of(&absolute),
        };
        let path = relative(&self.snapshot.config().root, &absolute);
        Identity { id, path, absolute, role, language: self.snapshot.language() }
    }

    /// Whether what counts at the path of a file is a text that was not looked into yet.
    fn is_to_be_read(&self, identity: &Identity) -> bool {
        let input = self.inputs.get(&identity.absolute);
        input.is_some_and(|input| input.open.is_some() || matches!(input.disk, Some(Disk::Bytes(..))))
    }

    /// Reads what counts at the path of a file; looks at nothing but this path.
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

    /// A file whose text is held.
    fn held(&self, file: Arc<File>) -> Outcome {
        let is_known = self.snapshot.file(file.id).is_some_and(|known| Arc::ptr_eq(known, &file));
        let page = file.page().filter(|_| file.is_source() && !is_known);
        let postings = page.map(|page| Postings::of(Segment::of(page.readable())));
        Outcome::File(file, postings)
    }

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

    /// Puts an outcome into the snapshot, and in place of the bytes it was read from.
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

/// Paths that changes touched: each once, in the order they came.
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
