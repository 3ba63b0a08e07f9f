use std::{path::PathBuf, sync::Arc};

use ibid_evidence::Annotation;
use ibid_note::Note;
use ibid_source::Source;
use ibid_text::LineIndex;

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
    /// What each sentence of a source says (spans into [`Source::text`]).
    pub sentences: Vec<Annotation>,
}

/// What a file is to the workspace. One file can be both.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Role {
    /// It may be quoted and cited.
    pub source: bool,
    /// It is written by the person and checked.
    pub note: bool,
}
