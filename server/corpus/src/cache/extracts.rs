//! The text of documents that have none of their own: PDF, books, word processors' files.
//!
//! Extracting it is slow, and a document may be hostile, so the text is cached by the content of the document, or the reason why
//! there is none. Each text is a file that an editor can open.

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

use super::Cache;
use crate::{Disk, Stamp, file::bytes_at};

/// Extracts the text of a document, given its format and its bytes.
pub type Extractor = fn(Format, &[u8]) -> Result<String, Unextracted>;

/// Why the text of a document could not be extracted.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{reason}")]
pub struct Unextracted {
    /// The reason, and what to do about it.
    pub reason: String,
    /// Whether the document is the reason: trying again would not help.
    pub is_lasting: bool,
}

/// Raised whenever the text of the same document changes: texts of older versions are not read.
const VERSION: u32 = 3;

/// The name of the file with the reason why there is no text.
const REFUSED: &str = "refused";

/// The name of the file with the digest of the text, by which a text that was edited is recognized.
const SEAL: &str = "seal";

/// Extracted texts are files of the cache, for an editor to open, wherever the documents are.
const DISK: Disk = Disk::Real;

/// The extracted text of a source, in a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Extracted {
    path: PathBuf,
    stamp: Stamp,
    /// Where each page begins, in bytes of the text; empty if the document has no pages.
    pages: Arc<[u32]>,
    /// The labels of the pages if they are not numbered from 1, as in a printed book.
    labels: Arc<[String]>,
    /// Its chapters.
    chapters: Arc<[Chapter]>,
    /// Without a cache: removes the file when the last clone is dropped.
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

    /// Its bytes, if the file has not changed.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        bytes_at(&DISK, &self.path, &self.stamp)
    }

    /// Some of its bytes, fewer where it ends. Fails if the file has changed.
    pub(crate) fn read_part(&self, span: Span) -> io::Result<Vec<u8>> {
        DISK.read_part(&self.path, &self.stamp, span)
    }

    /// Identifies this text.
    pub(crate) const fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// Whether the file exists and has not changed.
    pub(crate) fn is_there(&self) -> bool {
        DISK.has(&self.path, &self.stamp)
    }

    /// Whether the document has pages.
    pub(crate) fn has_pages(&self) -> bool {
        !self.pages.is_empty()
    }

    /// The text of a page by its number, with the mark at its beginning.
    pub(crate) fn page(&self, number: u32) -> Option<Span> {
        let numbered = || self.labels.iter().position(|label| label.parse() == Ok(number));
        let at = if self.labels.is_empty() { (number as usize).checked_sub(1) } else { numbered() }?;
        let end = self.pages.get(at + 1).copied().unwrap_or(self.stamp.size as u32);
        Some(Span::new(*self.pages.get(at)?, end))
    }

    /// The number of the page with a byte of the text, counted from 1, as viewers count; `None` if the document has no pages, or
    /// they have labels.
    pub fn page_of(&self, offset: u32) -> Option<u32> {
        let begun = self.pages.partition_point(|&begin| begin <= offset);
        (!self.pages.is_empty() && self.labels.is_empty()).then_some(begun.max(1) as u32)
    }

    /// The label of the page with a byte of the text: "5", "xii"; `None` if the document has no pages, or before the first that
    /// has a label.
    pub fn page_label(&self, offset: u32) -> Option<String> {
        let begun = self.pages.partition_point(|&begin| begin <= offset);
        match self.page_of(offset) {
            Some(number) => Some(number.to_string()),
            None => self.labels.get(begun.checked_sub(1)?).cloned(),
        }
    }

    /// The text of the first chapter whose title is wanted, with the mark at its beginning.
    pub(crate) fn chapter(&self, is_wanted: impl Fn(&str) -> bool) -> Option<Span> {
        let at = self.chapters.iter().position(|chapter| is_wanted(&chapter.title))?;
        let end = self.chapters.get(at + 1).map_or(self.stamp.size as u32, |next| next.begin);
        Some(Span::new(self.chapters[at].begin, end))
    }

    /// The title of the chapter with a byte of the text; `None` if the document has no chapters, or before the first.
    pub fn chapter_of(&self, offset: u32) -> Option<&str> {
        let begun = self.chapters.partition_point(|chapter| chapter.begin <= offset);
        Some(&self.chapters[begun.checked_sub(1)?].title)
    }
}

/// Extracts the text in this process. A document from elsewhere may be hostile: a program that reads such documents extracts
/// them in another process, with limits.
pub fn extract_in_process(format: Format, bytes: &[u8]) -> Result<String, Unextracted> {
    ibid_source::extract(format, bytes).map_err(|error| Unextracted { reason: error.to_string(), is_lasting: true })
}

impl Cache {
    /// The text of a document with these bytes, cached or extracted now by `extractor`. `digest` is the digest of the
    /// bytes, `name` the name of the document's file.
    pub(crate) fn extracted(
        &self,
        extractor: Extractor,
        format: Format,
        name: &str,
        bytes: &[u8],
        digest: u128,
    ) -> Result<(Extracted, String), Unextracted> {
        let folder =
            self.folder.as_ref().map(|folder| folder.join("extracted").join(format!("{digest:032x}-{VERSION}")));
        let path = folder.as_ref().map(|folder| folder.join(format!("{name}.txt")));
        if let (Some(folder), Some(path)) = (&folder, &path) {
            if let Ok(reason) = fs::read_to_string(folder.join(REFUSED)) {
                return Err(Unextracted { reason, is_lasting: true });
            }
            if let Some(kept) = kept(path) {
                return Ok(kept);
            }
        }
        let text = extractor(format, bytes).inspect_err(|error| {
            if let Some(folder) = folder.filter(|_| error.is_lasting) {
                // What cannot be cached is extracted again the next time.
                drop(write(&folder.join(REFUSED), &error.reason));
            }
        })?;
        let extracted = path.and_then(|path| keep(&path, &text).ok()).map_or_else(|| temporary(&text), Ok);
        let unkept = |error| Unextracted { reason: format!("its text cannot be kept: {error}"), is_lasting: false };
        Ok((extracted.map_err(unkept)?, text))
    }
}

/// A cached text; `None` if it is not there, or was edited.
fn kept(path: &Path) -> Option<(Extracted, String)> {
    let text = String::from_utf8(DISK.read(path).ok()?).ok()?;
    let sealed = fs::read_to_string(path.with_file_name(SEAL)).ok()?;
    (sealed == seal(&text)).then(|| Some((Extracted::of(path, &text).ok()?, text)))?
}

fn seal(text: &str) -> String {
    format!("{:032x}", xxh3_128(text.as_bytes()))
}

/// Caches a text with its seal.
fn keep(path: &Path, text: &str) -> io::Result<Extracted> {
    write(&path.with_file_name(SEAL), &seal(text))?;
    write(path, text)?;
    Extracted::of(path, text)
}

/// Writes a read-only file in one step.
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

/// A text in a temporary file.
fn temporary(text: &str) -> io::Result<Extracted> {
    let mut file = tempfile::Builder::new().prefix("ibid-").suffix(".txt").tempfile()?;
    file.write_all(text.as_bytes())?;
    let path = file.into_temp_path();
    let extracted = Extracted::of(&path, text)?;
    Ok(Extracted { _temporary: Some(Arc::new(path)), ..extracted })
}
