//! A file of the workspace, and what follows from its text alone.
//!
//! Reading a file gives a [`Page`]: its text, from which source, note and sentences are derived on first use. What others ask
//! of a file without its text is worked out once, as [`FileFacts`]: its terms, who speaks in it, its [layout] and its
//! [`NoteSummary`]. With these kept, the text of a source or note stays on disk, as an [`OnDisk`], and the [page store](
//! page_store) reads it, or an [`Excerpt`] of it, when its words are asked for.

mod excerpt;
mod facts;
mod layout;
mod note_summary;
mod on_disk;
mod page;
mod page_store;
mod place;
mod text;

use std::{borrow::Cow, ops::Deref, path::Path, sync::Arc};

use ibid_note::{Citation, Heading, Note};
use ibid_source::{Extent, Metadata, ReadError, Voice};
use ibid_text::Span;

pub use excerpt::{Excerpt, ReadableFrom};
pub use facts::FileFacts;
pub(crate) use layout::Layout;
pub use note_summary::NoteSummary;
pub use on_disk::OnDisk;
pub use page::Page;
pub(crate) use page_store::{PageStore, bytes_at};
use text::FileText;

use crate::{Bibliography, Extracted, Identity, lists::Mentioned, resolve::stem, terms::FileTerms};

/// A file of the workspace: what is known of it without its text. Its text is its [`Page`], which is on disk until somebody
/// asks for it, unless an editor has it open.
#[derive(Clone, Debug)]
pub struct File {
    identity: Identity,
    /// The metadata it states about itself, if it is a source.
    pub metadata: Option<Arc<Metadata>>,
    /// Its works, if it is a bibliography.
    pub bibliography: Option<Arc<Bibliography>>,
    /// `None` for a source or note on disk that is not read in full yet.
    pub(crate) facts: Option<Arc<FileFacts>>,
    text: FileText,
}

/// A file's id, path and role are fields of its identity.
impl Deref for File {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.identity
    }
}

impl File {
    /// Reads a file from its bytes and keeps its text in memory. Fails if they are not text; never because of what the text
    /// says.
    pub(crate) fn read(identity: Identity, bytes: &[u8]) -> Result<Self, ReadError> {
        let page = Page::read(&identity.path, identity.role, bytes, identity.language)?;
        let is_bibliography = identity.role.bibliography;
        let bibliography = is_bibliography.then(|| Arc::new(Bibliography::read(&identity.path, page.text())));
        let facts = Some(Arc::new(FileFacts::of(&page)));
        let metadata = page.metadata().cloned().map(Arc::new);
        let text = FileText::InMemory(Arc::new(page));
        Ok(Self { identity, metadata, bibliography, facts, text })
    }

    /// A source or note whose text stays on disk.
    pub(crate) fn on_disk(identity: Identity, store: Arc<PageStore>, on_disk: Arc<OnDisk>) -> Self {
        let metadata = identity.role.source.then(|| on_disk.metadata.clone());
        let facts = on_disk.facts.clone();
        Self { identity, metadata, bibliography: None, facts, text: FileText::OnDisk { store, on_disk } }
    }

    /// What it mentions as a note; `None` also if it is not read in full.
    pub(crate) fn mentioned(&self) -> Option<&Mentioned> {
        self.facts.as_ref()?.summary.as_ref().map(|summary| &summary.mentioned)
    }

    /// Whether it may be quoted and cited.
    pub const fn is_source(&self) -> bool {
        self.metadata.is_some()
    }

    /// Whether the person writes it, and it is checked.
    pub const fn is_note(&self) -> bool {
        self.identity.role.note
    }

    /// Parsed as a note, if it is one; `None` also as for [`File::page`].
    pub fn note(&self) -> Option<Arc<Note>> {
        if self.is_note() { self.page()?.note().cloned() } else { None }
    }

    /// Its summary as a note. If it is not read in full yet, its text is parsed now.
    pub fn summary(&self) -> Option<Arc<NoteSummary>> {
        match &self.facts {
            Some(facts) => facts.summary.clone(),
            None => Some(Arc::new(NoteSummary::of(&*self.note()?))),
        }
    }

    /// Its headings as a note, in order.
    pub fn headings(&self) -> Vec<Heading> {
        self.summary().map_or_else(Vec::new, |summary| summary.headings())
    }

    /// Its citations as a note, in order.
    pub fn citations(&self) -> Vec<Citation> {
        self.summary().map_or_else(Vec::new, |summary| summary.citations())
    }

    /// One of its citations as a note. No other is decoded.
    pub fn citation(&self, at: u32) -> Option<Citation> {
        self.summary()?.citation(at)
    }

    /// Whether it has the whole text of its work: of some works a person has only highlights.
    pub fn is_whole(&self) -> bool {
        self.metadata.as_ref().is_none_or(|metadata| metadata.extent == Extent::Whole)
    }

    /// Whether it states titles and authors: a source its own, a bibliography those of its works.
    pub(crate) fn has_byline(&self) -> bool {
        self.is_source() || self.bibliography.is_some()
    }

    /// Whether it states the same titles and authors as another state of itself.
    pub(crate) fn has_byline_of(&self, other: &Self) -> bool {
        let bibliography = |file: &Self| file.bibliography.as_ref().map(Arc::as_ptr);
        self.metadata == other.metadata && bibliography(self) == bibliography(other) && self.path == other.path
    }

    /// Whether it and `other`, an earlier state of it, are notes, say the same about terms and define the same labels: judgments
    /// on other notes depend on nothing else in it.
    pub(crate) fn is_alike_to_others(&self, other: &Self) -> bool {
        let is_note = |file: &Self| file.is_note() && !file.is_source() && file.bibliography.is_none();
        let says_same = || match (self.terms(), other.terms()) {
            (Some(own), Some(others)) => own.says_same(others),
            (own, others) => own.is_none() && others.is_none(),
        };
        is_note(self) && is_note(other) && self.path == other.path && self.labels() == other.labels() && says_same()
    }

    /// The labels that it defines for its own parts; none if it is not read in full.
    fn labels(&self) -> &[Box<str>] {
        self.facts.as_ref().and_then(|facts| facts.summary.as_ref()).map_or(&[], |summary| &summary.labels)
    }

    /// Its name without folders and extension.
    pub fn stem(&self) -> &str {
        stem(&self.path)
    }

    /// The names of its voices; none if it is not read in full.
    pub fn speakers(&self) -> &[String] {
        self.facts.as_ref().map_or(&[], |facts| &facts.speakers)
    }

    /// The extracted text that takes the place of its own, if it has none.
    pub fn extracted(&self) -> Option<&Extracted> {
        self.text.extracted()
    }

    /// The file in which its own text can be opened: itself, or its extracted text.
    pub fn text_path(&self) -> &Path {
        self.extracted().map_or(&self.absolute, Extracted::path)
    }

    /// Its text and what follows from it. This may read the file from disk; `None` if it is not there any more or has changed,
    /// which the watcher of the workspace will report.
    pub fn page(&self) -> Option<Arc<Page>> {
        self.text.page(self)
    }

    /// [`File::page`] for a caller that reads many files once each: the page is not kept.
    pub(crate) fn page_once(&self) -> Option<Arc<Page>> {
        self.text.page_once(self)
    }

    /// Its readable text from one byte to another; `None` as for [`File::page`]. Hardly more than that is read.
    pub fn excerpt(&self, from: i64, to: i64) -> Option<Excerpt> {
        self.text.excerpt(self, from, to)
    }

    /// Where a span of its readable text is in its own text; `None` as for [`File::page`].
    pub fn to_own(&self, readable: Span) -> Option<Span> {
        self.text.to_own(self, readable)
    }

    /// Where a byte of its own text is in its readable text; `None` if it is not part of that, and as for [`File::page`].
    pub fn to_readable(&self, own: u32) -> Option<u32> {
        self.text.to_readable(self, own)
    }

    /// The place of a passage of a source that contains a byte of its readable text, and the passage's voice; `None` if there
    /// is none, and as for [`File::page`]. If the source is read in full, this reads nothing.
    pub fn passage_at(&self, offset: u32) -> Option<(Span, Voice)> {
        self.laid_out()?.passage_at(offset).map(|place| (place.span, place.voice.clone()))
    }

    /// The passages of a source that overlap some stretches of its readable text, ascending; a passage that repeats another is
    /// given as the first place of that. If the source is read in full, this reads nothing.
    pub(crate) fn passages_near(&self, stretches: &[Span]) -> Vec<Span> {
        self.laid_out().map_or_else(Vec::new, |layout| layout.passages_near(stretches))
    }

    /// Whether it may be a source with separate comments; also if that is not known.
    pub fn may_have_comments(&self) -> bool {
        self.layout().is_none_or(|layout| layout.has_comments)
    }

    /// Where its lines and passages are, if that is known and its text is what is on disk, byte for byte.
    pub(crate) fn layout(&self) -> Option<&Layout> {
        let layout = self.facts.as_ref()?.layout.as_ref()?;
        Some(layout).filter(|layout| self.text.has_layout(layout))
    }

    /// Where its lines and passages are, worked out now if that is not known; `None` as for [`File::page`].
    pub(crate) fn laid_out(&self) -> Option<Cow<'_, Layout>> {
        let of_page = || Some(Cow::Owned(Layout::of(&*self.page()?)));
        self.layout().map(Cow::Borrowed).or_else(of_page)
    }

    /// Its own text; `None` as for [`File::page`].
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        match (self.text.in_memory(), self.layout()) {
            (Some(page), _) => Some(Cow::Borrowed(page.text())),
            (None, Some(layout)) => self.text.whole(self, layout),
            (None, None) => Some(Cow::Owned(self.page()?.text().to_owned())),
        }
    }

    /// The words under a span of its text; empty if the text is gone.
    pub fn words_at(&self, span: Span) -> String {
        let words = if self.text.in_memory().is_none() && self.layout().is_some() {
            self.text.bytes(self, span).and_then(|bytes| String::from_utf8(bytes).ok())
        } else {
            self.page().and_then(|page| page.text().get(span.range()).map(str::to_owned))
        };
        words.unwrap_or_default()
    }

    /// Whether it is this file, in memory, with this text.
    pub(crate) fn is(&self, identity: &Identity, bytes: &[u8]) -> bool {
        self.identity == *identity && self.text.in_memory().is_some_and(|page| page.text().as_bytes() == bytes)
    }

    /// Whether it is the same file with the same text, both on disk.
    pub(crate) fn is_same_text(&self, other: &Self) -> bool {
        let stamp = |file: &Self| file.text.on_disk().map(|on_disk| on_disk.stamp);
        self.id == other.id
            && self.path == other.path
            && self.role == other.role
            && stamp(self).is_some_and(|own| stamp(other) == Some(own))
    }

    /// The digest of the bytes of a source or note that is not read in full yet.
    pub(crate) fn unread(&self) -> Option<u128> {
        let on_disk = self.text.on_disk().filter(|_| self.facts.is_none());
        on_disk.map(|on_disk| on_disk.stamp.digest)
    }

    /// What it says about terms; `None` if it is not read in full.
    pub(crate) fn terms(&self) -> Option<&Arc<FileTerms>> {
        self.facts.as_ref().map(|facts| &facts.terms)
    }
}

/// The bytes of `text` under a span, as far as there are any.
fn within(text: &[u8], span: Span) -> &[u8] {
    let (start, end) = (span.start as usize, span.end as usize);
    &text[start.min(text.len())..end.clamp(start.min(text.len()), text.len())]
}
