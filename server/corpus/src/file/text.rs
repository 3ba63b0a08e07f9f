use std::{borrow::Cow, sync::Arc};

use ibid_text::Span;

use super::{
    Excerpt, Layout, OnDisk, Page, ReadableFrom,
    page_store::{KEPT_BLOCKS, PageStore},
    within,
};
use crate::{Extracted, Identity};

/// The text of a file and where it is. The file it belongs to is an argument of every method that may read it from disk;
/// such a method returns `None` if the file is not there any more, or has changed.
#[derive(Clone, Debug)]
pub(super) enum FileText {
    /// In memory: of a bibliography, or of a file that an editor has open.
    InMemory(Arc<Page>),
    /// On disk.
    OnDisk { store: Arc<PageStore>, on_disk: Arc<OnDisk> },
}

impl FileText {
    /// The page, if it is in memory.
    pub(super) fn in_memory(&self) -> Option<&Page> {
        match self {
            Self::InMemory(page) => Some(page),
            Self::OnDisk { .. } => None,
        }
    }

    /// What is known of the file on disk, if the text is there.
    pub(super) fn on_disk(&self) -> Option<&OnDisk> {
        match self {
            Self::InMemory(_) => None,
            Self::OnDisk { on_disk, .. } => Some(on_disk),
        }
    }

    /// The extracted text that takes the place of the file's own, if it has none.
    pub(super) fn extracted(&self) -> Option<&Extracted> {
        self.on_disk()?.extracted.as_deref()
    }

    /// Whether a layout of the file's text can be used without reading it: it is known to match, byte for byte.
    pub(super) fn has_layout(&self, layout: &Layout) -> bool {
        self.on_disk().is_none_or(|on_disk| {
            u64::from(layout.len()) == on_disk.own_stamp().size && on_disk.readable != ReadableFrom::WholeFile
        })
    }

    pub(super) fn page(&self, file: &Identity) -> Option<Arc<Page>> {
        match self {
            Self::InMemory(page) => Some(page.clone()),
            Self::OnDisk { store, on_disk } => store.take(file, on_disk),
        }
    }

    /// [`FileText::page`] for a caller that reads many files once each: the page is not kept.
    pub(super) fn page_once(&self, file: &Identity) -> Option<Arc<Page>> {
        match self {
            Self::InMemory(page) => Some(page.clone()),
            Self::OnDisk { store, on_disk } => store.look_at(file, on_disk),
        }
    }

    /// The readable text from one byte to another. Hardly more than that is read.
    pub(super) fn excerpt(&self, file: &Identity, from: i64, to: i64) -> Option<Excerpt> {
        match self {
            Self::InMemory(page) => Some(Excerpt::of(page.readable(), from, to)),
            Self::OnDisk { store, on_disk } => store.excerpt(file, on_disk, from, to),
        }
    }

    /// Where a span of the readable text is in the file's own text.
    pub(super) fn to_own(&self, file: &Identity, readable: Span) -> Option<Span> {
        match self.on_disk().map(|on_disk| &on_disk.readable) {
            Some(ReadableFrom::Unchanged) => Some(readable),
            Some(ReadableFrom::Parts(map)) => Some(map.to_original(readable)),
            Some(ReadableFrom::WholeFile) | None => Some(self.page(file)?.to_own(readable)),
        }
    }

    /// Where a byte of the file's own text is in the readable text; `None` also if it is not part of that.
    pub(super) fn to_readable(&self, file: &Identity, own: u32) -> Option<u32> {
        match self.on_disk().map(|on_disk| &on_disk.readable) {
            Some(ReadableFrom::Unchanged) => Some(own),
            Some(ReadableFrom::Parts(map)) => map.to_plain(own),
            Some(ReadableFrom::WholeFile) | None => self.page(file)?.to_readable(own),
        }
    }

    /// Some bytes of the file's own text, fewer where it ends.
    pub(super) fn bytes(&self, file: &Identity, span: Span) -> Option<Vec<u8>> {
        match self {
            Self::InMemory(page) => Some(within(page.text().as_bytes(), span).to_owned()),
            Self::OnDisk { store, on_disk } => store.part(file, on_disk, span),
        }
    }

    /// All of the file's own text, given its layout. The text of a source of moderate size is kept for a while: the line of a
    /// place in it will be asked for.
    pub(super) fn whole(&self, file: &Identity, layout: &Layout) -> Option<Cow<'_, str>> {
        match self {
            Self::InMemory(page) => Some(Cow::Borrowed(page.text())),
            Self::OnDisk { store, on_disk } => {
                let is_kept = file.role.source && layout.len() as usize <= KEPT_BLOCKS;
                let part = || store.part(file, on_disk, Span::new(0, layout.len()));
                let bytes = if is_kept { part() } else { store.whole(file, on_disk) };
                String::from_utf8(bytes?).ok().map(Cow::Owned)
            }
        }
    }
}
