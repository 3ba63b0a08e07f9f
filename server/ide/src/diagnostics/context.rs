use ibid_corpus::{File, FileId, Located, Resolution, Snapshot};
use ibid_evidence::Verdict;
use ibid_note::Note;

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

/// A quotation judged in its note: words, citations and voice together.
#[derive(Clone, PartialEq, Debug)]
pub struct Judged {
    /// The verdict with everything weighed.
    pub verdict: Verdict,
    /// Where its words stand; the matches that agree with the citation come first.
    pub located: Located,
}

impl<'a> Context<'a> {
    /// The context of a note; `None` if the file is none, or is switched off.
    pub fn new(snapshot: &'a Snapshot, file: FileId) -> Option<Self> {
        let file = snapshot.file(file)?;
        let note = file.note.as_ref()?;
        let resolutions = note.citations.iter().map(|citation| snapshot.resolve(file.id, &citation.target)).collect();
        Some(Self { snapshot, file, note, resolutions, quotations: Vec::new() })
    }
}
