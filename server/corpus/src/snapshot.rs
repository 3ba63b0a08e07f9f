use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use ibid_language::Language;
use rpds::{RedBlackTreeMapSync, VectorSync};

use crate::{
    Case, Config, Disk, File, FileId, Revision, Roles, Skipped, Terms,
    disk::EntryKind,
    index::{Index, Postings},
    lists::{Bylines, FileNames, Landmarks, Mentions, NoteWords, OrderedPath, RecentAnswers},
    resolve::{Names, Nearby},
};

/// The workspace at one moment. Immutable, and cheap to clone.
#[derive(Clone, Default)]
pub struct Snapshot {
    state: Arc<State>,
    /// Set when the reader is gone.
    abandoned: Option<Arc<AtomicBool>>,
}

/// For which notes a bibliography counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// For all: the configuration names it.
    EveryNote,
    /// For those that name it in their front matter.
    NotesThatNameIt,
}

/// The content of a snapshot. Every part is a persistent structure: a copy shares everything but what changed, so that an edit
/// costs the edited file, however many snapshots of however large a corpus are still being read.
#[derive(Clone, Default)]
pub(crate) struct State {
    revision: Revision,
    /// Answers worked out in states of this revision.
    recent: Arc<RecentAnswers>,
    config: Arc<Config>,
    /// Where the files are.
    disk: Disk,
    ready: bool,
    read: bool,
    /// By id.
    files: VectorSync<Option<Arc<File>>>,
    /// The files that exist, by absolute path.
    paths: RedBlackTreeMapSync<OrderedPath, FileId>,
    skipped: Arc<[Skipped]>,
    sources: usize,
    bibliographies: BTreeMap<FileId, Reach>,
    names: Names,
    nearby: Nearby,
    file_names: FileNames,
    landmarks: Landmarks,
    note_words: NoteWords,
    mentions: Mentions,
    terms: Terms,
    index: Index,
    /// Shared by all snapshots whose sources and bibliographies have the same titles and authors.
    bylines: Arc<OnceLock<Bylines>>,
}

impl Snapshot {
    /// This snapshot for a request that can be cancelled. Once `abandoned` is set, searches return nothing, so that work
    /// based on them ends early. The result must then be discarded.
    #[must_use]
    pub fn until(&self, abandoned: Arc<AtomicBool>) -> Self {
        Self { state: self.state.clone(), abandoned: Some(abandoned) }
    }

    /// Whether the request was cancelled. Searches through many files check this.
    pub fn is_abandoned(&self) -> bool {
        self.abandoned.as_ref().is_some_and(|abandoned| abandoned.load(Ordering::Relaxed))
    }

    /// Identifies this state, apart from the texts of notes.
    pub fn revision(&self) -> &Revision {
        &self.state.revision
    }

    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.state.config
    }

    /// The language of the workspace, as configured.
    pub fn language(&self) -> Language {
        self.config().language()
    }

    /// Whether anything is at a path on disk, also what has no role in the workspace.
    pub(crate) fn is_on_disk(&self, path: &Path) -> bool {
        self.state.disk.exists(path)
    }

    /// Whether a file is at a path on disk, also one that has no role in the workspace.
    pub(crate) fn is_file_on_disk(&self, path: &Path) -> bool {
        self.state.disk.is_file(path)
    }

    /// The paths of all files in the folder of the workspace, with or without a role, as a walk finds them now.
    pub(crate) fn paths_on_disk(&self) -> Vec<PathBuf> {
        let walked = self.state.disk.walk(&self.config().root, |_| true).filter_map(Result::ok);
        walked.filter(|entry| entry.kind == EntryKind::File).map(|entry| entry.path).collect()
    }

    /// A file that exists in this snapshot.
    pub fn file(&self, id: FileId) -> Option<&Arc<File>> {
        self.state.file(id)
    }

    /// The file at an absolute path.
    pub fn by_path(&self, absolute: &Path) -> Option<&Arc<File>> {
        self.file(*self.state.paths.get(absolute)?)
    }

    /// All files, ordered by absolute path.
    pub fn files(&self) -> impl Iterator<Item = &Arc<File>> {
        self.state.paths.values().filter_map(|&id| self.file(id))
    }

    /// Files that could not be read, with the reason, ordered by path.
    pub fn skipped(&self) -> &[Skipped] {
        &self.state.skipped
    }

    /// Whether discovery has ended.
    pub fn is_ready(&self) -> bool {
        self.state.ready
    }

    /// Whether all files are read in full: the terms and voices of sources are known, and not only their words.
    pub fn is_read(&self) -> bool {
        self.state.read
    }

    /// Whether the index on disk was found to be corrupt: what is not found may be there.
    pub fn is_corrupt(&self) -> bool {
        self.index().is_corrupt()
    }

    /// The files that are not read in full yet, with the digest of their bytes.
    pub(crate) fn unread(&self) -> impl Iterator<Item = (&Arc<File>, u128)> {
        self.state.files.iter().flatten().filter_map(|file| Some((file, file.unread()?)))
    }

    /// The number of sources.
    pub fn sources(&self) -> usize {
        self.state.sources
    }

    /// Whether notes are checked: there is a source, or an `ibid.toml` without errors. A README in a folder of code is not a
    /// research note.
    pub fn is_checked(&self) -> bool {
        let config = self.config();
        self.sources() > 0 || (config.written && config.problems.is_empty())
    }

    /// The terms of sources and notes with their senses.
    pub fn terms(&self) -> &Terms {
        &self.state.terms
    }

    /// The bibliographies, ordered by id, with those that only some notes name.
    pub fn bibliographies(&self) -> impl Iterator<Item = &File> {
        self.state.bibliographies.keys().filter_map(|&id| self.file(id)).map(|file| &**file)
    }

    /// The bibliographies that count for every note, because the configuration names them.
    pub(crate) fn shared_bibliographies(&self) -> impl Iterator<Item = &File> {
        let shared = self.state.bibliographies.iter().filter(|(_, reach)| **reach == Reach::EveryNote);
        shared.filter_map(|(&id, _)| self.file(id)).map(|file| &**file)
    }

    /// Answers that were worked out recently.
    pub(crate) fn recent(&self) -> &RecentAnswers {
        &self.state.recent
    }

    /// The titles and people of the workspace, if they were gathered already.
    pub(crate) fn kept_bylines(&self) -> &OnceLock<Bylines> {
        &self.state.bylines
    }

    /// The names by which files can be cited.
    pub(crate) fn names(&self) -> &Names {
        &self.state.names
    }

    /// Names to suggest for one that is not found.
    pub(crate) fn nearby(&self) -> &Nearby {
        &self.state.nearby
    }

    /// Files by the words of their names.
    pub(crate) fn file_names(&self) -> &FileNames {
        &self.state.file_names
    }

    /// Makes all lists over files that are otherwise made on first use: of the words of notes, of what notes mention, of the
    /// names of files and headings, and of the authors of sources. Reads every note.
    pub fn make_lists(&self) {
        self.bylines();
        self.notes_that_may_have(&[], Case::Any);
        drop(self.mentioning(0));
        self.each_name(crate::Letters::of(""), |_| false);
    }

    /// Notes by the words they may contain.
    pub(crate) fn note_words(&self) -> &NoteWords {
        &self.state.note_words
    }

    /// The names of files and headings.
    pub(crate) fn landmarks(&self) -> &Landmarks {
        &self.state.landmarks
    }

    /// Notes by the files they mention.
    pub(crate) fn mentions(&self) -> &Mentions {
        &self.state.mentions
    }

    /// The index over the words of all sources.
    pub(crate) fn index(&self) -> &Index {
        &self.state.index
    }

    /// The state, for the host to change. Snapshots taken earlier are not affected.
    pub(crate) fn edit(&mut self) -> &mut State {
        Arc::make_mut(&mut self.state)
    }
}

impl State {
    /// Starts a new revision, because something other than the text of a note changed.
    fn advance(&mut self) {
        self.revision.advance();
        self.recent = Arc::default();
    }

    pub(crate) fn set_config(&mut self, config: Arc<Config>) {
        self.advance();
        self.config = config;
    }

    /// To be called before there are files.
    pub(crate) fn set_disk(&mut self, disk: Disk) {
        self.disk = disk;
    }

    pub(crate) fn set_ready(&mut self, ready: bool) {
        self.advance();
        self.ready = ready;
    }

    pub(crate) fn set_read(&mut self, read: bool) {
        self.advance();
        self.read = read;
        self.bylines = Arc::default();
    }

    pub(crate) fn set_skipped(&mut self, skipped: Arc<[Skipped]>) {
        self.advance();
        self.skipped = skipped;
    }

    /// Adds a file or replaces the one with its id, here and in every structure over all files. `postings` are those of its
    /// text as a source; `None` if it is not a source or its text did not change.
    pub(crate) fn set_file(&mut self, file: Arc<File>, postings: Option<Postings>) {
        if self.file(file.id).is_some_and(|held| Arc::ptr_eq(held, &file)) {
            return;
        }
        let held = self.take(file.id);
        let held = held.as_deref();
        if !held.is_some_and(|held| held.is_alike_to_others(&file)) {
            self.advance();
        }
        let has_byline = file.has_byline() || held.is_some_and(File::has_byline);
        // Until all sources have been read in full, the speakers are incomplete anyway.
        let is_unchanged = |held: &File| file.has_byline_of(held) && (!self.read || file.speakers() == held.speakers());
        if has_byline && !held.is_some_and(is_unchanged) {
            self.bylines = Arc::default();
        }
        if held.is_none_or(|held| held.terms() != file.terms() || held.absolute != file.absolute) {
            self.terms.set_language(self.config.language());
            self.terms.set_file(file.id, &file.absolute, file.terms());
        }
        self.mentions.change(file.id, held, Some(&file));
        self.nearby.change(file.id, held, Some(&file));
        self.file_names.change(file.id, held, Some(&file));
        self.landmarks.change(file.id, held, Some(&file));
        if file.is_note() || held.is_some_and(File::is_note) {
            self.note_words.change(file.id);
        }
        self.sources += usize::from(file.is_source());
        match postings {
            Some(postings) => self.index.set(file.id, postings),
            None if !file.is_source() => self.index.remove(file.id),
            None => {}
        }
        self.paths.insert_mut(OrderedPath(file.absolute.clone()), file.id);
        self.names.insert(&file);
        if file.bibliography.is_some() {
            let is_shared = Roles::new(&self.config).of(&file.absolute).bibliography;
            let reach = if is_shared { Reach::EveryNote } else { Reach::NotesThatNameIt };
            self.bibliographies.insert(file.id, reach);
        }
        self.put(file.id, Some(file));
    }

    fn file(&self, id: FileId) -> Option<&Arc<File>> {
        self.files.get(id.0 as usize)?.as_ref()
    }

    /// Removes a file, here and from every structure over all files. Does nothing if there is no such file.
    pub(crate) fn remove_file(&mut self, id: FileId) {
        if let Some(held) = self.take(id) {
            self.advance();
            self.index.remove(id);
            if held.has_byline() {
                self.bylines = Arc::default();
            }
            self.terms.remove(id);
            self.mentions.change(id, Some(&held), None);
            self.nearby.change(id, Some(&held), None);
            self.file_names.change(id, Some(&held), None);
            self.landmarks.change(id, Some(&held), None);
            self.note_words.change(id);
        }
    }

    /// Removes a file from the structures that are cheap to add it to again, and returns it.
    fn take(&mut self, id: FileId) -> Option<Arc<File>> {
        let file = self.files.get(id.0 as usize)?.clone()?;
        self.sources -= usize::from(file.is_source());
        self.paths.remove_mut(&*file.absolute);
        self.names.remove(&file);
        self.bibliographies.remove(&id);
        self.put(id, None);
        Some(file)
    }

    fn put(&mut self, id: FileId, file: Option<Arc<File>>) {
        while self.files.len() <= id.0 as usize {
            self.files.push_back_mut(None);
        }
        self.files.set_mut(id.0 as usize, file);
    }
}
