use std::sync::Arc;

use ibid_corpus::{File, FileId, Page, Resolution, Snapshot};
use ibid_note::Note;

use crate::judgment::{Judge, Judged};

/// What the rules share about one note, worked out once.
pub struct Context<'a> {
    /// The workspace.
    pub snapshot: &'a Snapshot,
    /// The note's file.
    pub file: &'a File,
    /// Its text.
    pub page: Arc<Page>,
    /// The note.
    pub note: &'a Note,
    /// Where each citation leads, by index into [`Note::citations`].
    pub resolutions: Vec<Resolution>,
    /// The verdict on each quotation, by index into [`Note::quotations`].
    pub quotations: Vec<Judged>,
}

impl<'a> Context<'a> {
    /// The context of a note; `None` if the file is none.
    pub fn new(snapshot: &'a Snapshot, file: FileId) -> Option<Self> {
        let judge = Judge::of(snapshot, file)?;
        let quotations = judge.note.quotations.iter().map(|quotation| judge.judge(quotation)).collect();
        let Judge { file, page, note, resolutions, .. } = judge;
        Some(Self { snapshot, file, page, note, resolutions, quotations })
    }
}
