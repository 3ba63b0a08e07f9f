//! Text extracted from documents that are not plain text, such as PDF, EPUB and DOCX.
//!
//! Extraction is slow and the document may be hostile, so the text is cached by the document's content; a permanent failure
//! is cached too. Each text is a separate file that an editor can open.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use ibid_source::{Chapter, Format};
use ibid_text::Span;
use serde::{Deserialize, Serialize};
use tempfile::{NamedTempFile, TempPath};
use xxhash_rust::xxh3::xxh3_128;

use super::{Cache, temporary::temporary_file};
use crate::{Disk, Stamp, file::bytes_at};

/// Extracts the text of a document, given its format and bytes.
pub type Extractor = fn(Format, &[u8]) -> Result<String, ExtractionError>;

/// Why no text could be extracted from a document.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{reason}")]
pub struct ExtractionError {
    /// The reason for the user, with what to do about it.
    pub reason: String,
    /// Whether the cause is the document itself, so that another attempt would fail too.
    pub is_lasting: bool,
}

/// The version of the extraction. Increase it whenever a document may give another text, so that older texts are ignored.
const VERSION: u32 = 4;

/// The name of the file with the reason why there is no text.
const REFUSED: &str = "refused";

/// The name of the file with the digest of the text, which detects that the text was edited.
const SEAL: &str = "seal";

/// Extracted texts are files of the cache, for an editor to open, wherever the documents are.
const DISK: Disk = Disk::Real;

/// The file with the text extracted from a source.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Extracted {
    path: PathBuf,
    stamp: Stamp,
    /// The start of each page, in bytes of the text; empty if the document has no pages.
    pages: Arc<[u32]>,
    /// The page numbers as printed; empty if pages are counted from 1.
    labels: Arc<[String]>,
    /// Its chapters.
    chapters: Arc<[Chapter]>,
    /// Without a cache, deletes the temporary file when the last reference is dropped.
    #[serde(skip)]
    _temporary: Option<Arc<TempPath>>,
}

impl Extracted {
    fn of(path: &Path, text: &str) -> io::Result<Self> {
        let stamp = Stamp::of(text.as_bytes(), DISK.metadata(path)?.modified);
        let (pages, labels) = (ibid_source::pages(text).into(), ibid_source::page_labels(text).into());
        let chapters = ibid_source::chapters(text).into();
        Ok(Self { path: path.to_owned(), stamp, pages, labels, chapters, _temporary: None })
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its bytes; `None` if the file is missing or was changed.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        bytes_at(&DISK, &self.path, &self.stamp)
    }

    /// Reads a span of its bytes, cut off at the end of the file. Fails if the file is missing or was changed.
    pub(crate) fn read_part(&self, span: Span) -> io::Result<Vec<u8>> {
        DISK.read_part(&self.path, &self.stamp, span)
    }

    /// Identifies the text.
    pub(crate) const fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// Whether the file exists and is unchanged.
    pub(crate) fn is_there(&self) -> bool {
        DISK.has(&self.path, &self.stamp)
    }

    /// Whether the document has pages.
    pub(crate) fn has_pages(&self) -> bool {
        !self.pages.is_empty()
    }

    /// How many pages the document has.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Whether the document numbers its pages itself, rather than from 1.
    pub fn has_page_labels(&self) -> bool {
        !self.labels.is_empty()
    }

    /// The text of the page with a number, including its page mark.
    pub(crate) fn page(&self, number: u32) -> Option<Span> {
        let numbered = || self.labels.iter().position(|label| label.parse() == Ok(number));
        let at = if self.labels.is_empty() { (number as usize).checked_sub(1) } else { numbered() }?;
        let end = self.pages.get(at + 1).copied().unwrap_or(self.stamp.size as u32);
        Some(Span::new(*self.pages.get(at)?, end))
    }

    /// The number of the page that contains a byte of the text, counted from 1 as in viewers. `None` if the document has no
    /// pages or has page numbers of its own.
    pub fn page_of(&self, offset: u32) -> Option<u32> {
        let begun = self.pages.partition_point(|&begin| begin <= offset);
        (!self.pages.is_empty() && self.labels.is_empty()).then_some(begun.max(1) as u32)
    }

    /// The printed number of the page that contains a byte of the text: "5", "xii". `None` if the document has no pages, or
    /// before the first numbered page.
    pub fn page_label(&self, offset: u32) -> Option<String> {
        let begun = self.pages.partition_point(|&begin| begin <= offset);
        match self.page_of(offset) {
            Some(number) => Some(number.to_string()),
            None => self.labels.get(begun.checked_sub(1)?).cloned(),
        }
    }

    /// The text of the first chapter with a wanted title, including its chapter mark.
    pub(crate) fn chapter(&self, is_wanted: impl Fn(&str) -> bool) -> Option<Span> {
        let at = self.chapters.iter().position(|chapter| is_wanted(&chapter.title))?;
        let end = self.chapters.get(at + 1).map_or(self.stamp.size as u32, |next| next.begin);
        Some(Span::new(self.chapters[at].begin, end))
    }

    /// The title of the chapter that contains a byte of the text. `None` before the first chapter.
    pub fn chapter_of(&self, offset: u32) -> Option<&str> {
        let begun = self.chapters.partition_point(|chapter| chapter.begin <= offset);
        Some(&self.chapters[begun.checked_sub(1)?].title)
    }
}

/// Extracts the text in this process. A document from elsewhere may be hostile: a program that reads such documents extracts
/// them in another process, with limits.
pub fn extract_in_process(format: Format, bytes: &[u8]) -> Result<String, ExtractionError> {
    ibid_source::extract(format, bytes).map_err(|error| ExtractionError { reason: error.to_string(), is_lasting: true })
}

impl Cache {
    /// The text of a document with these bytes, as kept, else extracted now by `extractor`. `digest` is the digest of the
    /// bytes, `name` the name of the document's file.
    pub(crate) fn extracted(
        &self,
        extractor: Extractor,
        format: Format,
        name: &str,
        bytes: &[u8],
        digest: u128,
    ) -> Result<(Extracted, String), ExtractionError> {
        let folder =
            self.folder.as_ref().map(|folder| folder.join("extracted").join(format!("{digest:032x}-{VERSION}")));
        let path = folder.as_ref().map(|folder| folder.join(format!("{name}.txt")));
        if let (Some(folder), Some(path)) = (&folder, &path) {
            if let Ok(reason) = DISK.read_to_string(&folder.join(REFUSED)) {
                return Err(ExtractionError { reason, is_lasting: true });
            }
            if let Some(kept) = kept(path) {
                return Ok(kept);
            }
        }
        let text = extractor(format, bytes).inspect_err(|error| {
            if let Some(folder) = folder.filter(|_| error.is_lasting) {
                // If it cannot be written, the extraction is tried again next time.
                drop(write(&folder.join(REFUSED), &error.reason));
            }
        })?;
        let extracted = path.and_then(|path| keep(&path, &text).ok()).map_or_else(|| keep_temporarily(&text), Ok);
        let unsaved = |error| ExtractionError {
            reason: format!("the extracted text cannot be saved: {error}"),
            is_lasting: false,
        };
        Ok((extracted.map_err(unsaved)?, text))
    }
}

/// Reads a text from the cache; `None` if it is missing or was changed.
fn kept(path: &Path) -> Option<(Extracted, String)> {
    let text = String::from_utf8(DISK.read(path).ok()?).ok()?;
    let sealed = DISK.read_to_string(&path.with_file_name(SEAL)).ok()?;
    (sealed == seal(&text)).then(|| Some((Extracted::of(path, &text).ok()?, text)))?
}

fn seal(text: &str) -> String {
    format!("{:032x}", xxh3_128(text.as_bytes()))
}

/// Writes a text and its seal.
fn keep(path: &Path, text: &str) -> io::Result<Extracted> {
    write(&path.with_file_name(SEAL), &seal(text))?;
    write(path, text)?;
    Extracted::of(path, text)
}

/// Writes a file atomically and makes it read-only, which editors show.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    let mut permissions = file.as_file().metadata()?.permissions();
    permissions.set_readonly(true);
    file.as_file().set_permissions(permissions)?;
    file.persist(path)?;
    Ok(())
}

/// Writes a text to a temporary file, which is deleted when the last reference is dropped.
fn keep_temporarily(text: &str) -> io::Result<Extracted> {
    let mut file = temporary_file(".txt")?;
    file.write_all(text.as_bytes())?;
    let path = file.into_temp_path();
    let extracted = Extracted::of(&path, text)?;
    Ok(Extracted { _temporary: Some(Arc::new(path)), ..extracted })
}
