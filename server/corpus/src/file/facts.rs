use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Layout, NoteSummary, Page};
use crate::terms::FileTerms;

/// What is known of a file once it is read in full. It follows from the file's own text alone.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct FileFacts {
    /// What it says about terms.
    pub(crate) terms: Arc<FileTerms>,
    /// The names of the voices of a source, each once, in order.
    pub(crate) speakers: Vec<String>,
    /// Where its lines and passages are, if it is a source or a note.
    pub(crate) layout: Option<Layout>,
    /// Its summary, if it is a note.
    pub(crate) summary: Option<Arc<NoteSummary>>,
}

impl FileFacts {
    /// Reads a page in full.
    pub(crate) fn of(page: &Page) -> Self {
        let note = page.note().map(|note| &**note);
        let terms = Arc::new(FileTerms::of(page.text(), page.source(), note));
        let passages = page.source().map_or(&[][..], |source| &source.passages);
        let mut speakers: Vec<String> = passages.iter().filter_map(|passage| passage.voice.name.clone()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        let layout = (page.source().is_some() || note.is_some()).then(|| Layout::of(page));
        let summary = note.map(|note| Arc::new(NoteSummary::of(note)));
        Self { terms, speakers, layout, summary }
    }
}
