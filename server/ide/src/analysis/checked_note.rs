//! One note with everything that is worked out about it.

use std::{borrow::Cow, cell::OnceCell, sync::Arc};

use ibid_corpus::{File, FileId, Page, Resolution, Snapshot};
use ibid_language::Language;
use ibid_note::{Citation, Note, Target};

use super::{
    cite::{Style, cite},
    judged::Judged,
    memo::{Memo, MemoView},
    place::Place,
};

/// A note in a snapshot, with its citations resolved and its quotations judged, each when first asked for.
pub(crate) struct CheckedNote<'a> {
    /// The workspace.
    pub(crate) snapshot: &'a Snapshot,
    /// The note's file.
    pub(crate) file: &'a File,
    /// The text of the file.
    pub(crate) page: Arc<Page>,
    /// The parsed note.
    pub(crate) note: Arc<Note>,
    /// Results kept from earlier requests.
    pub(crate) memo: MemoView<'a>,
    /// By index into [`Note::citations`].
    resolutions: Vec<OnceCell<Resolution>>,
    /// By index into [`Note::quotations`]; filled by the `judgment` module.
    pub(super) judged: Vec<OnceCell<Arc<Judged>>>,
}

impl<'a> CheckedNote<'a> {
    /// Opens a note; `None` if the file is not a note or its text is gone. `memo` is that of the file.
    pub(crate) fn open(snapshot: &'a Snapshot, file: FileId, memo: &'a Memo) -> Option<Self> {
        let file: &File = snapshot.file(file)?;
        let page = file.page()?;
        let note = page.note()?.clone();
        let resolutions = note.citations.iter().map(|_| OnceCell::new()).collect();
        let judged = note.quotations.iter().map(|_| OnceCell::new()).collect();
        Some(Self { snapshot, file, page, note, memo: memo.at(snapshot), resolutions, judged })
    }

    /// The language that the note's words are judged in.
    pub(crate) fn language(&self) -> Language {
        self.file.language
    }

    /// Where a citation leads, by its index into [`Note::citations`]. If it leads to a note, the place in that note is
    /// left out; [`CheckedNote::citations_with_places`] has it.
    pub(crate) fn resolution(&self, citation: u32) -> Option<&Resolution> {
        let at = citation as usize;
        let citation = self.note.citations.get(at)?;
        Some(self.resolutions.get(at)?.get_or_init(|| self.resolve(citation)))
    }

    /// Every citation of the note and where it leads.
    pub(crate) fn citations(&self) -> impl Iterator<Item = (&Citation, &Resolution)> {
        let resolved = |(at, citation)| Some((citation, self.resolution(at as u32)?));
        self.note.citations.iter().enumerate().filter_map(resolved)
    }

    /// Every citation in the text of the note, without the links of its front matter, where nothing is reported.
    pub(crate) fn citations_in_text(&self) -> impl Iterator<Item = (&Citation, &Resolution)> {
        self.citations().filter(|(citation, _)| !self.note.is_property(citation))
    }

    /// Every citation of the note and where it leads, with the place where it leads into a note. Such a place moves when
    /// that note is edited, so it is resolved each time.
    pub(crate) fn citations_with_places(&self) -> impl Iterator<Item = (&Citation, Cow<'_, Resolution>)> {
        self.citations().map(|(citation, resolution)| match resolution {
            Resolution::Note { .. } if citation.target.fragment().is_some() => {
                (citation, Cow::Owned(self.snapshot.resolve(self.file.id, citation)))
            }
            _ => (citation, Cow::Borrowed(resolution)),
        })
    }

    /// A citation of a place, as this note would write it in the given style.
    pub(crate) fn cite(&self, place: Place, style: Style) -> Option<String> {
        let cite = || cite(self.snapshot, self.file, place, style);
        // Places in notes move when these are edited, so only citations of sources are kept.
        let is_kept = self.snapshot.file(place.file).is_some_and(|file| file.is_source());
        if is_kept { self.memo.get_or(|kept| &mut kept.citations, &(place, style), cite) } else { cite() }
    }

    /// Whether the note names works or bibliographies in its front matter: where keys lead changes with that.
    fn has_own_works(&self) -> bool {
        let front = self.note.front_matter.as_ref();
        front.is_some_and(|front| !front.bibliographies.is_empty() || !front.references.is_empty())
    }

    fn resolve(&self, citation: &Citation) -> Resolution {
        let target = &citation.target;
        let lead = |citation: &Citation| self.snapshot.resolve(self.file.id, citation);
        let resolve = || {
            let whole = Citation { target: target.without_fragment(), ..citation.clone() };
            match lead(&whole) {
                Resolution::Source { .. } if target.fragment().is_some() => lead(citation),
                whole => whole,
            }
        };
        if citation.bare || target.is_within_note() || matches!(target, Target::NoFootnote(_)) {
            return resolve();
        }
        if matches!(target, Target::Key(_)) && self.has_own_works() {
            return resolve();
        }
        // Whether a file outside the workspace exists is read from the disk, and may change without a new revision.
        let asks_disk = matches!(target, Target::Path { .. } | Target::Url { .. });
        let is_known = |found: &Resolution| !matches!(found, Resolution::Dead { .. } | Resolution::NoCitation);
        self.memo.get_or_if(|kept| &mut kept.resolutions, target, resolve, |found| !asks_disk || is_known(found))
    }
}
