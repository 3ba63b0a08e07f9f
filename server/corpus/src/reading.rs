use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Card, Page, layout::Layout, terms::FileTerms};

/// What a file says once it is read in full: its terms, who speaks in it, and where. It follows from the file's own text alone.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Reading {
    /// What it says of terms.
    pub(crate) terms: Arc<FileTerms>,
    /// The names of the voices of a source, each once, in order.
    pub(crate) speakers: Vec<String>,
    /// Where its lines and passages stand, if it is a source or a note.
    pub(crate) layout: Option<Layout>,
    /// What is known of it without its text, if it is a note.
    pub(crate) card: Option<Arc<Card>>,
}

impl Reading {
    /// Reads a page.
    pub(crate) fn of(page: &Page) -> Self {
        let note = page.note().map(|note| &**note);
        let terms = Arc::new(FileTerms::of(page.text(), page.source(), note, page.language()));
        let passages = page.source().map_or(&[][..], |source| &source.passages);
        let mut speakers: Vec<String> = passages.iter().filter_map(|passage| passage.voice.name.clone()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        let layout = (page.source().is_some() || note.is_some()).then(|| Layout::of(page));
        let card = note.map(|note| Arc::new(Card::of(note)));
        Self { terms, speakers, layout, card }
    }
}
