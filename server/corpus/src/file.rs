use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use ibid_evidence::{Annotation, annotate_sentence};
use ibid_note::Note;
use ibid_source::{Format, ReadError, Source};
use ibid_text::{LineIndex, sentences};

use rustc_hash::FxHashMap;

use crate::{
    bibliography::{self, Entry, Problem},
    resolve::{Name, names_of_work},
    retrieve::Spoken,
    terms::FileTerms,
};

/// A file of the workspace; stays the same while the host lives, also when the file vanishes and comes back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// A file with everything that follows from its own text alone.
#[derive(Debug)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// Path from the workspace root with `/`; absolute for files outside.
    pub path: String,
    /// Where it lies on disk.
    pub absolute: PathBuf,
    /// What it is to the workspace.
    pub role: Role,
    /// The file's own text: what editors show and all positions refer to.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: LineIndex,
    /// Read as a source, when its role says so.
    pub source: Option<Source>,
    /// Read as a note, when its role says so.
    pub note: Option<Note>,
    /// Read as a bibliography, when its role says so.
    pub bibliography: Option<Bibliography>,
    /// What it says of terms.
    pub(crate) terms: Arc<FileTerms>,
    /// Judged on first use: most questions are about few files.
    sentences: OnceLock<Vec<Annotation>>,
    /// What may speak to a claim; read on first use too.
    spoken: OnceLock<Option<Spoken>>,
}

/// A bibliography, read.
#[derive(Default, Debug)]
pub struct Bibliography {
    /// Its works, in order.
    pub entries: Vec<Entry>,
    /// Entries that were skipped.
    pub problems: Vec<Problem>,
    by_name: FxHashMap<Name, u32>,
}

impl Bibliography {
    fn read(path: &str, text: &str) -> Self {
        let (entries, problems) = bibliography::parse(path, text);
        let mut by_name = FxHashMap::default();
        for (at, entry) in entries.iter().enumerate() {
            for name in names_of_work(entry) {
                by_name.entry(name).or_insert(at as u32);
            }
        }
        Self { entries, problems, by_name }
    }

    /// The entry that answers to a name.
    pub(crate) fn entry(&self, name: &Name) -> Option<&Entry> {
        self.entries.get(*self.by_name.get(name)? as usize)
    }
}

/// What a file is to the workspace. One file can be several.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Role {
    /// It may be quoted and cited.
    pub source: bool,
    /// It is written by the person and checked.
    pub note: bool,
    /// It lists works that notes cite by key.
    pub bibliography: bool,
}

/// Where a file lies and what it is: all of it but its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Identity {
    pub(crate) id: FileId,
    pub(crate) path: String,
    pub(crate) absolute: PathBuf,
    pub(crate) role: Role,
}

impl File {
    /// Reads a file from its bytes. Fails where they are no text; never on what the text says.
    pub(crate) fn read(identity: Identity, bytes: &[u8]) -> Result<Self, ReadError> {
        let Identity { id, path, absolute, role } = identity;
        let format = Format::of_name(&path).unwrap_or(Format::Text);
        let source = if role.source { Some(ibid_source::read(format, bytes)?) } else { None };
        let text: Arc<str> =
            std::str::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 { at: error.valid_up_to() })?.into();
        if let Some(at) = memchr::memchr(0, bytes) {
            return Err(ReadError::Binary { at });
        }
        let note = role.note.then(|| ibid_note::parse(&text));
        let lines = LineIndex::new(&text);
        let bibliography = role.bibliography.then(|| Bibliography::read(&path, &text));
        let terms = Arc::new(FileTerms::of(&text, source.as_ref(), note.as_ref()));
        Ok(Self {
            id,
            path,
            absolute,
            role,
            text,
            lines,
            source,
            note,
            bibliography,
            terms,
            sentences: OnceLock::new(),
            spoken: OnceLock::new(),
        })
    }

    /// Whether it is this file with this text already.
    pub(crate) fn is(&self, identity: &Identity, bytes: &[u8]) -> bool {
        self.id == identity.id
            && self.path == identity.path
            && self.role == identity.role
            && self.text.as_bytes() == bytes
    }

    /// What each sentence of a source says, in order (spans into [`Source::text`]); none for a file that is no source.
    /// No sentence crosses a passage. Worked out on first use and kept.
    pub fn sentences(&self) -> &[Annotation] {
        self.sentences.get_or_init(|| self.source.as_ref().map_or_else(Vec::new, annotations))
    }

    /// In which sentences of a source each stem stands; `None` for a file that is no source.
    pub(crate) fn spoken(&self) -> Option<&Spoken> {
        self.spoken.get_or_init(|| self.source.as_ref().map(Spoken::new)).as_ref()
    }
}

fn annotations(source: &Source) -> Vec<Annotation> {
    let text = source.text();
    let in_passage = |passage: &ibid_source::Passage| {
        let start = passage.span.start;
        sentences(passage.span.of(text)).into_iter().map(move |sentence| annotate_sentence(text, sentence.shift(start)))
    };
    source.passages.iter().flat_map(in_passage).collect()
}
