use ibid_corpus::{File, FileId, Resolution, Snapshot};
use ibid_note::Note;

use crate::judgment::{Judged, judge};

/// What the rules share about one note, worked out once.
pub struct Context<'a> {
    /// The workspace.
    pub snapshot: &'a Snapshot,
    /// The note's file.
    pub file: &'a File,
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
        let file = snapshot.file(file)?;
        let note = file.note.as_ref()?;
        let resolutions = resolutions(snapshot, file, note);
        let judge = |quotation| judge(snapshot, file, note, &resolutions, quotation);
        let quotations = note.quotations.iter().map(judge).collect();
        Some(Self { snapshot, file, note, resolutions, quotations })
    }
}

/// Where each citation of a note leads.
pub(crate) fn resolutions(snapshot: &Snapshot, file: &File, note: &Note) -> Vec<Resolution> {
    note.citations.iter().map(|citation| snapshot.resolve(file.id, citation)).collect()
}
