use std::{borrow::Cow, path::Path, sync::Arc};

use ibid_language::Language;
use ibid_note::{Citation, Heading, Note};
use ibid_source::{Extent, Metadata, ReadError, Voice};
use ibid_text::{Encoding, Position, Span, width};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    Card, Extracted,
    backlinks::Mentioned,
    bibliography::{self, Entry, Problem},
    directory,
    excerpt::{Excerpt, ReadableFrom},
    layout::{Layout, line_starts},
    page::Page,
    reading::Reading,
    resolve::{Name, names_of_work, stem},
    shelf::{KEPT_BLOCKS, Shelf, Shelved},
    terms::FileTerms,
};

/// A file of the workspace; stays the same while the host lives, also when the file vanishes and comes back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// A file of the workspace: what is known of it without looking at its text. What its text says is its [`Page`], which
/// lies on disk until somebody asks unless an editor has it open.
#[derive(Clone, Debug)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// Path from the workspace root with `/`; absolute for files outside.
    pub path: String,
    /// Where it lies on disk.
    pub absolute: Arc<Path>,
    /// What it is to the workspace.
    pub role: Role,
    /// The language that its words are judged in.
    pub language: Language,
    /// What it says of itself, if it is a source.
    pub metadata: Option<Arc<Metadata>>,
    /// Read as a bibliography, when its role says so.
    pub bibliography: Option<Arc<Bibliography>>,
    /// What it says; `None` for a source or note on disk that was not read in full yet.
    pub(crate) reading: Option<Arc<Reading>>,
    body: Body,
}

/// Where a file's text is.
#[derive(Clone, Debug)]
enum Body {
    /// Here.
    Held(Arc<Page>),
    /// On disk.
    Shelved { shelf: Arc<Shelf>, shelved: Arc<Shelved> },
}

/// A bibliography, read.
#[derive(Default, Debug)]
pub struct Bibliography {
    /// Its works, in order.
    pub entries: Vec<Entry>,
    /// Entries that were skipped.
    pub problems: Vec<Problem>,
    by_name: FxHashMap<Name, u32>,
    /// By the folded words of a work's names, in order.
    pub(crate) by_word: Vec<(Box<str>, u32)>,
}

impl Bibliography {
    pub(crate) fn read(path: &str, text: &str) -> Self {
        let (entries, problems) = bibliography::parse(path, text);
        let mut by_name = FxHashMap::default();
        for (at, entry) in entries.iter().enumerate() {
            for name in names_of_work(entry) {
                by_name.entry(name).or_insert(at as u32);
            }
        }
        let by_word = directory::by_word(&entries);
        Self { entries, problems, by_name, by_word }
    }

    /// The entry that answers to a name.
    pub(crate) fn entry(&self, name: &Name) -> Option<&Entry> {
        self.entries.get(*self.by_name.get(name)? as usize)
    }
}

/// What a file is to the workspace. One file can be several.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Role {
    /// It may be quoted and cited.
    pub source: bool,
    /// It is written by the person and checked.
    pub note: bool,
    /// It lists works that notes cite by key.
    pub bibliography: bool,
}

/// Where a file lies and what it is: all of it but its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Identity {
    pub(crate) id: FileId,
    pub(crate) path: String,
    pub(crate) absolute: Arc<Path>,
    pub(crate) role: Role,
    pub(crate) language: Language,
}

impl File {
    /// Reads a file from its bytes and holds its text. Fails where they are no text; never on what the text says.
    pub(crate) fn read(identity: Identity, bytes: &[u8]) -> Result<Self, ReadError> {
        let Identity { id, path, absolute, role, language } = identity;
        let page = Page::read(&path, role, bytes, language)?;
        let bibliography = role.bibliography.then(|| Arc::new(Bibliography::read(&path, page.text())));
        let reading = Some(Arc::new(Reading::of(&page)));
        let metadata = page.metadata().cloned().map(Arc::new);
        let body = Body::Held(Arc::new(page));
        Ok(Self { id, path, absolute, role, language, metadata, bibliography, reading, body })
    }

    /// A source or note whose text stays on disk.
    pub(crate) fn shelved(identity: Identity, shelf: Arc<Shelf>, shelved: Arc<Shelved>) -> Self {
        let Identity { id, path, absolute, role, language } = identity;
        Self {
            id,
            path,
            absolute,
            role,
            language,
            metadata: role.source.then(|| shelved.metadata.clone()),
            bibliography: None,
            reading: shelved.reading.clone(),
            body: Body::Shelved { shelf, shelved },
        }
    }

    /// What it mentions as a note, as far as it was read.
    pub(crate) fn mentioned(&self) -> Option<&Mentioned> {
        self.reading.as_ref()?.card.as_ref().map(|card| &card.mentioned)
    }

    /// Whether it may be quoted and cited.
    pub const fn is_source(&self) -> bool {
        self.metadata.is_some()
    }

    /// Whether the person writes it, and it is checked.
    pub const fn is_note(&self) -> bool {
        self.role.note
    }

    /// Read as a note, when its role says so; `None` also as with [`File::page`].
    pub fn note(&self) -> Option<Arc<Note>> {
        if self.is_note() { self.page()?.note().cloned() } else { None }
    }

    /// What is known of it as a note without its text; worked out now where it was not read yet.
    pub fn card(&self) -> Option<Arc<Card>> {
        match &self.reading {
            Some(reading) => reading.card.clone(),
            None => Some(Arc::new(Card::of(&*self.note()?))),
        }
    }

    /// Its headings as a note, in order.
    pub fn headings(&self) -> Vec<Heading> {
        self.card().map_or_else(Vec::new, |card| card.headings())
    }

    /// Its citations as a note, in order.
    pub fn citations(&self) -> Vec<Citation> {
        self.card().map_or_else(Vec::new, |card| card.citations())
    }

    /// One of its citations as a note. No other is read.
    pub fn citation(&self, at: u32) -> Option<Citation> {
        self.card()?.citation(at)
    }

    /// Whether all of the work is here that it is the text of: of some only highlights are.
    pub fn is_whole(&self) -> bool {
        self.metadata.as_ref().is_none_or(|metadata| metadata.extent == Extent::Whole)
    }

    /// Whether it tells of titles and people: a source of itself, a bibliography of others.
    pub(crate) fn has_byline(&self) -> bool {
        self.is_source() || self.bibliography.is_some()
    }

    /// Whether it tells the same of titles and authors as another state of itself.
    pub(crate) fn has_byline_of(&self, other: &Self) -> bool {
        let bibliography = |file: &Self| file.bibliography.as_ref().map(Arc::as_ptr);
        self.metadata == other.metadata && bibliography(self) == bibliography(other) && self.path == other.path
    }

    /// Whether it is a note as `other` is, an earlier state of it, and says the same of terms: what is judged in other notes
    /// does not rest on the rest of it.
    pub(crate) fn is_alike_to_others(&self, other: &Self) -> bool {
        let is_note = |file: &Self| file.is_note() && !file.is_source() && file.bibliography.is_none();
        let says_same = || match (self.terms(), other.terms()) {
            (Some(own), Some(others)) => own.says_same(others),
            (own, others) => own.is_none() && others.is_none(),
        };
        is_note(self) && is_note(other) && self.path == other.path && says_same()
    }

    /// Its name without folders and extension.
    pub fn stem(&self) -> &str {
        stem(&self.path)
    }

    /// The names of those who speak in it, as far as it was read in full.
    pub fn speakers(&self) -> &[String] {
        self.reading.as_ref().map_or(&[], |reading| &reading.speakers)
    }

    /// Where its own text can be opened: the file itself, or the text that was taken out of it.
    pub fn text_path(&self) -> &Path {
        self.extracted().map_or(&self.absolute, Extracted::path)
    }

    /// The text that was taken out of it and stands for its own, where it has none.
    pub fn extracted(&self) -> Option<&Extracted> {
        match &self.body {
            Body::Held(_) => None,
            Body::Shelved { shelved, .. } => shelved.extracted.as_deref(),
        }
    }

    /// The number of the page on which a byte of its own text stands, counted from 1, where it has pages.
    pub fn page_number(&self, offset: u32) -> Option<u32> {
        self.extracted()?.page_of(offset)
    }

    /// The page on which a byte of its own text stands as it is numbered, where it has pages: also those of a book's print.
    pub fn page_label(&self, offset: u32) -> Option<String> {
        self.extracted()?.page_label(offset)
    }

    /// The title of the chapter in which a byte of its own text stands, where it has chapters.
    pub fn chapter(&self, offset: u32) -> Option<&str> {
        self.extracted()?.chapter_of(offset)
    }

    /// The part of it in which a byte of its own text stands, as people name it: "p. 5", or "“In Chancery”" of a book.
    pub fn part(&self, offset: u32) -> Option<String> {
        let page = self.page_label(offset).map(|page| format!("p. {page}"));
        page.or_else(|| Some(format!("“{}”", self.chapter(offset)?)))
    }

    /// Its place for a person, by a byte of its own text: "paper.pdf, p. 5" or "book.epub, “In Chancery”" where it has such
    /// parts, else "page.txt:12".
    pub fn place(&self, offset: u32) -> String {
        self.place_in(&self.path, offset)
    }

    /// The same where the file goes by another name than its path: "Small Groups, p. 5", "Small Groups:12".
    pub fn place_in(&self, name: &str, offset: u32) -> String {
        match self.part(offset) {
            Some(part) => format!("{name}, {part}"),
            None => format!("{name}:{}", self.line_of(offset) + 1),
        }
    }

    /// Its text with what follows from it. This may read the file from disk; `None` if it is not there any more,
    /// or is another by now: whoever watches the workspace will hear of that.
    pub fn page(&self) -> Option<Arc<Page>> {
        match &self.body {
            Body::Held(page) => Some(page.clone()),
            Body::Shelved { shelf, shelved } => shelf.take(self, shelved),
        }
    }

    /// The same for who reads one file after the other and comes back to none: what is read is not kept.
    pub(crate) fn page_in_passing(&self) -> Option<Arc<Page>> {
        match &self.body {
            Body::Held(page) => Some(page.clone()),
            Body::Shelved { shelf, shelved } => shelf.look_at(self, shelved),
        }
    }

    /// Its readable text around a place, from one byte to another; as [`File::page`] otherwise, but hardly more is read than
    /// that.
    pub fn excerpt(&self, from: i64, to: i64) -> Option<Excerpt> {
        match &self.body {
            Body::Held(page) => Some(Excerpt::of(page.readable(), from, to)),
            Body::Shelved { shelf, shelved } => shelf.excerpt(self, shelved, from, to),
        }
    }

    /// Where a span of its readable text stands in its own text; `None` as with [`File::page`].
    pub fn to_own(&self, readable: Span) -> Option<Span> {
        match &self.body {
            Body::Held(page) => Some(page.to_own(readable)),
            Body::Shelved { shelf, shelved } => match &shelved.readable {
                ReadableFrom::AsItIs => Some(readable),
                ReadableFrom::Parts(map) => Some(map.to_original(readable)),
                ReadableFrom::Reading => Some(shelf.take(self, shelved)?.to_own(readable)),
            },
        }
    }

    /// Where a byte of its own text stands in its readable text; `None` if it left no trace there, and as with [`File::page`].
    pub fn to_readable(&self, own: u32) -> Option<u32> {
        match &self.body {
            Body::Shelved { shelved, .. } => match &shelved.readable {
                ReadableFrom::AsItIs => Some(own),
                ReadableFrom::Parts(map) => map.to_plain(own),
                ReadableFrom::Reading => self.page()?.to_readable(own),
            },
            Body::Held(page) => page.to_readable(own),
        }
    }

    /// The line in which a byte of its text stands, counted from 0; 0 if the text is gone.
    pub fn line_of(&self, offset: u32) -> u32 {
        match &self.body {
            Body::Held(page) => page.lines().line_of(offset),
            Body::Shelved { .. } => self.line_to(offset).map_or(0, |(line, _)| line),
        }
    }

    /// The position of a byte of its text; `None` as with [`File::page`]. Of a source that was read in full hardly more is
    /// read than the line.
    pub fn position(&self, offset: u32, encoding: Encoding) -> Option<Position> {
        if let Body::Held(page) = &self.body {
            return Some(page.lines().position(page.text(), offset, encoding));
        }
        let (line, head) = self.line_to(offset)?;
        Some(Position { line, column: width(&head, encoding) })
    }

    /// The positions of the ends of a span of its text; `None` as with [`File::page`]. Of a note that was read in full mostly
    /// nothing is read.
    pub fn range(&self, span: Span, encoding: Encoding) -> Option<[Position; 2]> {
        let Some((layout, Body::Shelved { .. })) = self.layout().map(|layout| (layout, &self.body)) else {
            return Some([self.position(span.start, encoding)?, self.position(span.end, encoding)?]);
        };
        let ends = [span.start, span.end].map(|end| end.min(layout.len()));
        if let [Some(start), Some(end)] = ends.map(|end| layout.position(end)) {
            return Some([start, end]);
        }
        let (from, line) = layout.line_before(ends[0]);
        let near = self.bytes_at(Span::new(from, ends[1] + 1))?;
        let place = |end: u32| {
            let (line, head) = self.line_near(layout, end, (from, line), &near)?;
            Some(Position { line, column: width(&head, encoding) })
        };
        Some([place(ends[0])?, place(ends[1])?])
    }

    /// The line of a byte of a text that lies on disk, and what stands before it there; `None` if the text is gone.
    fn line_to(&self, offset: u32) -> Option<(u32, String)> {
        let Some(layout) = self.layout() else {
            let page = self.page()?;
            let place = page.lines().position(page.text(), offset, Encoding::Utf8);
            let start = page.lines().start_of(place.line);
            return Some((place.line, Span::new(start, start + place.column).of(page.text()).to_owned()));
        };
        let offset = offset.min(layout.len());
        let (from, line) = layout.line_before(offset);
        // With the byte itself, which may end a line that the byte before it seems to end.
        let near = self.bytes_at(Span::new(from, offset + 1))?;
        self.line_near(layout, offset, (from, line), &near)
    }

    /// The same, given the text `near` from a byte on whose line is known.
    fn line_near(&self, layout: &Layout, offset: u32, known: (u32, u32), near: &[u8]) -> Option<(u32, String)> {
        let (from, line) = known;
        let upto = (offset - from) as usize;
        if let Some((nth, start)) = line_starts(near, upto).enumerate().last() {
            return Some((line + nth as u32 + 1, text_of(near.get(start..upto)?)));
        }
        let from = layout.before_line(line);
        let all = self.bytes_at(Span::new(from, offset))?;
        let start = line_starts(&all, all.len()).last().unwrap_or_default();
        Some((line, text_of(&all[start..])))
    }

    /// The place of a passage of a source that holds a byte of its readable text, and whose words they are; `None` if there
    /// is none, and as with [`File::page`]. Of a source that was read in full nothing is read.
    pub fn passage_at(&self, offset: u32) -> Option<(Span, Voice)> {
        self.laid_out()?.passage_at(offset).map(|place| (place.span, place.voice.clone()))
    }

    /// The passages of a source that lie near some stretches of its readable text, ascending; of one that it repeats the first
    /// place stands for all. Nothing is read of a source that was read in full.
    pub(crate) fn passages_near(&self, stretches: &[Span]) -> Vec<Span> {
        self.laid_out().map_or_else(Vec::new, |layout| layout.passages_near(stretches))
    }

    /// Whether it is a source with comments that are known apart; also where that is not known.
    pub fn may_have_comments(&self) -> bool {
        self.layout().is_none_or(|layout| layout.has_comments)
    }

    /// Where its lines and passages stand, if that is known and its text is what lies on disk, byte for byte.
    pub(crate) fn layout(&self) -> Option<&Layout> {
        let layout = self.reading.as_ref()?.layout.as_ref()?;
        match &self.body {
            Body::Held(_) => Some(layout),
            Body::Shelved { shelved, .. } => {
                let is_own = u64::from(layout.len()) == shelved.own_stamp().size;
                Some(layout).filter(|_| is_own && shelved.readable != ReadableFrom::Reading)
            }
        }
    }

    /// Where its lines and passages stand, worked out now where that is not known; `None` as with [`File::page`].
    pub(crate) fn laid_out(&self) -> Option<Cow<'_, Layout>> {
        let of_page = || Some(Cow::Owned(Layout::of(&*self.page()?)));
        self.layout().map(Cow::Borrowed).or_else(of_page)
    }

    /// Bytes of its text; fewer where the text ends, `None` as with [`File::page`].
    fn bytes_at(&self, span: Span) -> Option<Vec<u8>> {
        match &self.body {
            Body::Held(page) => Some(within(page.text().as_bytes(), span).to_owned()),
            Body::Shelved { shelf, shelved } => shelf.part(self, shelved, span),
        }
    }

    /// Its own text alone; that of a source of some length at most is kept for a while, of which somebody will ask the line of
    /// a place. `None` as with [`File::page`].
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        match &self.body {
            Body::Held(page) => Some(Cow::Borrowed(page.text())),
            Body::Shelved { shelf, shelved } => match self.layout() {
                Some(layout) => {
                    let whole = Span::new(0, layout.len());
                    let is_kept = self.is_source() && layout.len() as usize <= KEPT_BLOCKS;
                    let bytes = if is_kept { shelf.part(self, shelved, whole) } else { shelf.whole(self, shelved) };
                    String::from_utf8(bytes?).ok().map(Cow::Owned)
                }
                None => Some(Cow::Owned(self.page()?.text().to_owned())),
            },
        }
    }

    /// What stands under a span of its text; nothing if the text is gone.
    pub fn words_at(&self, span: Span) -> String {
        let words = match &self.body {
            Body::Held(page) => page.text().get(span.range()).map(str::to_owned),
            Body::Shelved { .. } if self.layout().is_some() => {
                self.bytes_at(span).and_then(|bytes| String::from_utf8(bytes).ok())
            }
            Body::Shelved { .. } => self.page().and_then(|page| page.text().get(span.range()).map(str::to_owned)),
        };
        words.unwrap_or_default()
    }

    /// Whether it is this file with this text already.
    pub(crate) fn is(&self, identity: &Identity, bytes: &[u8]) -> bool {
        self.id == identity.id
            && self.path == identity.path
            && self.role == identity.role
            && self.language == identity.language
            && matches!(&self.body, Body::Held(page) if page.text().as_bytes() == bytes)
    }

    /// Whether it is the same file with the same text, both on disk.
    pub(crate) fn is_same_text(&self, other: &Self) -> bool {
        let stamp = |file: &Self| match &file.body {
            Body::Held(_) => None,
            Body::Shelved { shelved, .. } => Some(shelved.stamp),
        };
        self.id == other.id
            && self.path == other.path
            && self.role == other.role
            && stamp(self).is_some_and(|own| stamp(other) == Some(own))
    }

    /// The digest of the bytes of a source or note that was not read in full yet.
    pub(crate) fn unread(&self) -> Option<u128> {
        match &self.body {
            Body::Shelved { shelved, .. } if self.reading.is_none() => Some(shelved.stamp.digest),
            _ => None,
        }
    }

    /// What it says of terms, as far as it was read.
    pub(crate) fn terms(&self) -> Option<&Arc<FileTerms>> {
        self.reading.as_ref().map(|reading| &reading.terms)
    }
}

/// The bytes of `text` under a span, as far as there are any.
pub(crate) fn within(text: &[u8], span: Span) -> &[u8] {
    let (start, end) = (span.start as usize, span.end as usize);
    &text[start.min(text.len())..end.clamp(start.min(text.len()), text.len())]
}

/// The text of bytes whose last character may be cut.
fn text_of(bytes: &[u8]) -> String {
    let whole = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    String::from_utf8_lossy(&bytes[..whole]).into_owned()
}
