use std::{
    collections::BTreeSet,
    path::Path,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use ibid_language::Language;
use rpds::{RedBlackTreeMapSync, VectorSync};

use crate::{
    Case, Config, File, FileId, Revision, Skipped, Terms,
    backlinks::Mentions,
    bylines::Bylines,
    directory::Directory,
    index::{Index, Postings},
    landmarks::Landmarks,
    ordered::Ordered,
    recent::Recent,
    resolve::{Names, Nearby},
    vocabulary::Vocabulary,
};

/// The workspace at one moment. Cloning is cheap; nothing in it ever changes.
#[derive(Clone, Default)]
pub struct Snapshot {
    state: Arc<State>,
    /// Set when nobody waits any more for what is read here.
    abandoned: Option<Arc<AtomicBool>>,
}

/// What a snapshot holds. Every part is persistent: a copy shares all but what changed, so that an edit costs the edited
/// file however many snapshots of however large a corpus are still being read.
#[derive(Clone, Default)]
pub(crate) struct State {
    revision: Revision,
    /// What was worked out in a state of this revision.
    recent: Arc<Recent>,
    config: Arc<Config>,
    ready: bool,
    read: bool,
    /// By id.
    files: VectorSync<Option<Arc<File>>>,
    /// Files that exist, by absolute path.
    paths: RedBlackTreeMapSync<Ordered, FileId>,
    skipped: Arc<[Skipped]>,
    sources: usize,
    bibliographies: BTreeSet<FileId>,
    names: Names,
    nearby: Nearby,
    directory: Directory,
    landmarks: Landmarks,
    vocabulary: Vocabulary,
    mentions: Mentions,
    terms: Terms,
    index: Index,
    /// Shared by all snapshots in which sources and bibliographies say the same of themselves.
    bylines: Arc<OnceLock<Bylines>>,
}

impl Snapshot {
    /// The same moment for a reader who may go away: once `abandoned` is set, no search finds anything any more, so that
    /// whatever rests on it ends soon. What it then comes to is to be thrown away.
    #[must_use]
    pub fn until(&self, abandoned: Arc<AtomicBool>) -> Self {
        Self { state: self.state.clone(), abandoned: Some(abandoned) }
    }

    /// Whether the reader has gone away. Every search through all files asks.
    pub fn is_abandoned(&self) -> bool {
        self.abandoned.as_ref().is_some_and(|abandoned| abandoned.load(Ordering::Relaxed))
    }

    /// Tells this state from others in all but the texts of notes.
    pub fn revision(&self) -> &Revision {
        &self.state.revision
    }

    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.state.config
    }

    /// The language of the workspace, as configured.
    pub fn language(&self) -> Language {
        Language::of_tag(&self.config().language)
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

    /// Files that could not be read and why, ordered by path.
    pub fn skipped(&self) -> &[Skipped] {
        &self.state.skipped
    }

    /// Whether discovery has come to its end.
    pub fn is_ready(&self) -> bool {
        self.state.ready
    }

    /// Whether all that is said in the sources is known, besides where their words stand: terms and who speaks.
    pub fn is_read(&self) -> bool {
        self.state.read
    }

    /// Whether what the index keeps on disk was met damaged: what is not found may be there.
    pub fn is_torn(&self) -> bool {
        self.index().is_torn()
    }

    /// The sources that were not read in full yet, with the digest of their bytes.
    pub(crate) fn unread(&self) -> impl Iterator<Item = (&Arc<File>, u128)> {
        self.state.files.iter().flatten().filter_map(|file| Some((file, file.unread()?)))
    }

    /// How many sources are held.
    pub fn sources(&self) -> usize {
        self.state.sources
    }

    /// Whether notes are checked here: there is a source, or an `ibid.toml` without fault. A README in a folder of code is
    /// no research note.
    pub fn is_checked(&self) -> bool {
        let config = self.config();
        self.sources() > 0 || (config.written && config.problems.is_empty())
    }

    /// The terms of sources and notes with their senses.
    pub fn terms(&self) -> &Terms {
        &self.state.terms
    }

    /// The bibliographies, ordered by id.
    pub fn bibliographies(&self) -> impl Iterator<Item = &File> {
        self.state.bibliographies.iter().filter_map(|&id| self.file(id)).map(|file| &**file)
    }

    /// What was asked lately.
    pub(crate) fn recent(&self) -> &Recent {
        &self.state.recent
    }

    /// What was gathered of titles and people, if it was.
    pub(crate) fn kept_bylines(&self) -> &OnceLock<Bylines> {
        &self.state.bylines
    }

    /// The names that files answer to.
    pub(crate) fn names(&self) -> &Names {
        &self.state.names
    }

    /// Names to be offered for one that leads nowhere.
    pub(crate) fn nearby(&self) -> &Nearby {
        &self.state.nearby
    }

    /// Files by the words they are called.
    pub(crate) fn directory(&self) -> &Directory {
        &self.state.directory
    }

    /// Makes now the lists over all files that are else made when somebody first asks: of the words of notes, of whom they
    /// mention, of what files and headings are called, and of who wrote the sources. Reads every note.
    pub fn make_lists(&self) {
        self.bylines();
        self.notes_that_may_have(&[], Case::Any);
        drop(self.mentioning(0));
        self.each_name(crate::Letters::of(""), |_| false);
    }

    /// Which notes may have which word.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.state.vocabulary
    }

    /// What files and headings are called.
    pub(crate) fn landmarks(&self) -> &Landmarks {
        &self.state.landmarks
    }

    /// Notes by what they mention.
    pub(crate) fn mentions(&self) -> &Mentions {
        &self.state.mentions
    }

    /// Where the words of all sources stand.
    pub(crate) fn index(&self) -> &Index {
        &self.state.index
    }

    /// The state, to be changed by the host; snapshots taken before keep theirs.
    pub(crate) fn edit(&mut self) -> &mut State {
        Arc::make_mut(&mut self.state)
    }
}

impl State {
    /// Takes in that something changed besides the texts of notes.
    fn advance(&mut self) {
        self.revision.advance();
        self.recent = Arc::default();
    }

    pub(crate) fn set_config(&mut self, config: Arc<Config>) {
        self.advance();
        self.config = config;
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

    /// Puts a file in the place of the one with its id, here and in every structure over all files. `postings` are those of
    /// its text as a source; none if it is no source, or the text is the one that is held.
    pub(crate) fn set_file(&mut self, file: Arc<File>, postings: Option<Postings>) {
        if self.file(file.id).is_some_and(|held| Arc::ptr_eq(held, &file)) {
            return;
        }
        let held = self.take(file.id);
        let held = held.as_deref();
        if !held.is_some_and(|held| held.is_alike_to_others(&file)) {
            self.advance();
        }
        let tells = file.has_byline() || held.is_some_and(File::has_byline);
        // Until all sources were read in full nobody counts on knowing all who speak in them.
        let is_as_before = |held: &File| file.has_byline_of(held) && (!self.read || file.speakers() == held.speakers());
        if tells && !held.is_some_and(is_as_before) {
            self.bylines = Arc::default();
        }
        if held.is_none_or(|held| held.terms() != file.terms()) {
            self.terms.set_file(file.id, file.terms());
        }
        self.mentions.change(file.id, held, Some(&file));
        self.nearby.change(file.id, held, Some(&file));
        self.directory.change(file.id, held, Some(&file));
        self.landmarks.change(file.id, held, Some(&file));
        if file.is_note() || held.is_some_and(File::is_note) {
            self.vocabulary.change(file.id);
        }
        self.sources += usize::from(file.is_source());
        match postings {
            Some(postings) => self.index.set(file.id, postings),
            None if !file.is_source() => self.index.remove(file.id),
            None => {}
        }
        self.paths.insert_mut(Ordered(file.absolute.clone()), file.id);
        self.names.insert(&file);
        if file.bibliography.is_some() {
            self.bibliographies.insert(file.id);
        }
        self.put(file.id, Some(file));
    }

    fn file(&self, id: FileId) -> Option<&Arc<File>> {
        self.files.get(id.0 as usize)?.as_ref()
    }

    /// Takes a file out, here and of every structure over all files. Does nothing if it is not there.
    pub(crate) fn remove_file(&mut self, id: FileId) {
        if let Some(held) = self.take(id) {
            self.advance();
            self.index.remove(id);
            if held.has_byline() {
                self.bylines = Arc::default();
            }
            self.terms.set_file(id, None);
            self.mentions.change(id, Some(&held), None);
            self.nearby.change(id, Some(&held), None);
            self.directory.change(id, Some(&held), None);
            self.landmarks.change(id, Some(&held), None);
            self.vocabulary.change(id);
        }
    }

    /// Takes a file out of what is cheap to put back.
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
