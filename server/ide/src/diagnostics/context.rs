use std::{borrow::Cow, cell::OnceCell, sync::Arc};

use ibid_corpus::{File, FileId, Page, Resolution, Snapshot};
use ibid_note::{Citation, Note, Quotation};

use crate::{
    Place,
    cite::{Style, cite},
    judgment::{Judge, Judged},
    memo::Recall,
};

/// What the rules share about one note, each part worked out once, when first asked for.
pub struct Context<'a> {
    /// The workspace.
    pub snapshot: &'a Snapshot,
    /// The note's file.
    pub file: &'a File,
    /// Its text.
    pub page: Arc<Page>,
    /// The note.
    pub note: Arc<Note>,
    judge: Judge<'a>,
    /// By index into [`Note::quotations`].
    judged: Vec<OnceCell<Arc<Judged>>>,
}

impl<'a> Context<'a> {
    /// The context of a note; `None` if the file is none.
    pub fn new(snapshot: &'a Snapshot, file: FileId) -> Option<Self> {
        Self::recalling(snapshot, file, Recall::nothing(snapshot))
    }

    /// The same, with what was found out before.
    pub(crate) fn recalling(snapshot: &'a Snapshot, file: FileId, recall: Recall<'a>) -> Option<Self> {
        let judge = Judge::recalling(snapshot, file, recall)?;
        let judged = judge.note.quotations.iter().map(|_| OnceCell::new()).collect();
        Some(Self { snapshot, file: judge.file, page: judge.page.clone(), note: judge.note.clone(), judge, judged })
    }

    /// What is kept of the note.
    pub(crate) fn recall(&self) -> Recall<'a> {
        self.judge.recall()
    }

    /// A citation of a place, for the note to have.
    pub(crate) fn cite(&self, place: Place, style: Style) -> Option<String> {
        let cite = || cite(self.snapshot, self.file, place, style);
        // What other notes say may change without notice.
        let is_kept = self.snapshot.file(place.file).is_some_and(|file| file.is_source());
        if is_kept { self.recall().or_else(|kept| &mut kept.cited, &(place, style), cite) } else { cite() }
    }

    /// Where a citation of the note leads, by its index there.
    pub fn resolution(&self, citation: u32) -> Option<&Resolution> {
        self.judge.resolution(citation)
    }

    /// Every citation of the note, and where it leads.
    pub fn citations(&self) -> impl Iterator<Item = (&Citation, &Resolution)> {
        self.judge.citations()
    }

    /// The same, and where in a note it leads.
    pub(crate) fn leads(&self) -> impl Iterator<Item = (&Citation, Cow<'_, Resolution>)> {
        self.judge.leads()
    }

    /// The verdict on a quotation of the note, by its index there.
    pub fn judged(&self, quotation: u32) -> Option<&Arc<Judged>> {
        let at = quotation as usize;
        Some(self.judged.get(at)?.get_or_init(|| self.judge.judged(&self.note.quotations[at])))
    }

    /// Every quotation of the note, and the verdict on it.
    pub fn quotations(&self) -> impl Iterator<Item = (&Quotation, &Arc<Judged>)> {
        let judged = |(at, quotation)| Some((quotation, self.judged(at as u32)?));
        self.note.quotations.iter().enumerate().filter_map(judged)
    }
}
