use std::sync::Arc;

use ibid_source::Metadata;

use super::{FileFacts, Page, ReadableFrom};
use crate::{Extracted, Stamp};

/// What is known of a source or note whose text stays on disk.
#[derive(Clone, Debug)]
pub struct OnDisk {
    /// Identifies this state of the file.
    pub stamp: Stamp,
    /// The metadata it states about itself.
    pub metadata: Arc<Metadata>,
    /// How its readable text is made from its own text.
    pub readable: ReadableFrom,
    /// The extracted text that takes the place of its own, if it has none.
    pub extracted: Option<Box<Extracted>>,
    /// Its facts; `None` until it is read in full.
    pub facts: Option<Arc<FileFacts>>,
}

impl OnDisk {
    /// A file with this text, not read in full.
    pub(crate) fn of(stamp: Stamp, page: &Page, extracted: Option<Box<Extracted>>) -> Self {
        let metadata = Arc::new(page.metadata().cloned().unwrap_or_default());
        Self { stamp, metadata, readable: page.readable_from(), extracted, facts: None }
    }

    /// The stamp of its own text: of the extracted one if it has none.
    pub(crate) fn own_stamp(&self) -> &Stamp {
        self.extracted.as_ref().map_or(&self.stamp, |text| text.stamp())
    }
}
