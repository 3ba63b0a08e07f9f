use std::sync::Arc;

use ibid_text::Mapped;
use serde::{Deserialize, Serialize};

use crate::{
    Comment, Metadata, Passage, Requotation, docx,
    encoding::decode,
    epub, extracted, html, markdown, mhtml,
    passage::{Discourse, parted},
    pdf, txt,
};

/// A document of the corpus, read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Which reader made it.
    pub format: Format,
    /// What the document says of itself.
    pub metadata: Metadata,
    /// Its passages in reading order; page furniture is in none.
    pub passages: Vec<Passage>,
    /// Words of a passage that another passage of the same source repeats in quotation marks.
    pub requotations: Vec<Requotation>,
    /// The comments of a thread below the page, in order.
    pub comments: Vec<Comment>,
    /// The readable text, mapped to the file's bytes.
    pub content: Arc<Mapped>,
}

impl Source {
    /// The readable text; spans of passages are bytes into it.
    pub fn text(&self) -> &str {
        self.content.text()
    }
}

/// A document as far as it is indexed: what is read of it, not yet who says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skim {
    /// Which reader made it.
    pub format: Format,
    /// What the document says of itself.
    pub metadata: Metadata,
    /// The readable text, mapped to the file's bytes.
    pub content: Arc<Mapped>,
}

impl Skim {
    /// The readable text.
    pub fn text(&self) -> &str {
        self.content.text()
    }

    /// Reads the rest: passages, their voices, re-quotations. `original` is the text of the file that was skimmed; it
    /// is a defect of the caller to give another, and may panic.
    pub fn read(&self, original: &str) -> Source {
        let Self { format, metadata, content } = self.clone();
        let Discourse { passages, requotations, comments } = match format {
            Format::Text => txt::passages(content.text()),
            Format::Markdown => markdown::passages(original, &content, &metadata),
            Format::Html | Format::Mhtml => html::passages(original, &content, &metadata),
            Format::Pdf | Format::Epub | Format::Docx => extracted::passages(original, &content, &metadata),
        };
        let passages = parted(content.text(), passages);
        Source { format, metadata, passages, requotations, comments, content }
    }
}

/// A kind of document.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Format {
    /// Plain text: pages saved as `.txt`.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// HTML: pages saved from the web.
    Html,
    /// MHTML: pages saved from the web as one file. What is read of it is the page that [`extract`] takes out of it, as HTML.
    Mhtml,
    /// PDF. What is read of it is the text that [`extract`] takes out of it.
    Pdf,
    /// EPUB: books. As PDF.
    Epub,
    /// DOCX: documents of word processors (Office Open XML). As PDF.
    Docx,
}

impl Format {
    const ALL: [Self; 7] = [Self::Text, Self::Markdown, Self::Html, Self::Mhtml, Self::Pdf, Self::Epub, Self::Docx];

    /// The format of a file by its name, or `None` when there is no reader for it.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "mhtml" | "mht" => Some(Self::Mhtml),
            "pdf" => Some(Self::Pdf),
            "epub" => Some(Self::Epub),
            "docx" => Some(Self::Docx),
            _ => None,
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Pdf => "pdf",
            Self::Epub => "epub",
            Self::Docx => "docx",
        }
    }

    /// The format called `name`, as by [`Format::name`].
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether what is read of it is HTML.
    pub const fn is_web_page(self) -> bool {
        matches!(self, Self::Html | Self::Mhtml)
    }

    /// Whether a file of this format has no text of its own: [`extract`] takes one out of it, which then is read in its
    /// stead.
    pub const fn is_extracted(self) -> bool {
        matches!(self, Self::Mhtml | Self::Pdf | Self::Epub | Self::Docx)
    }
}

/// Why a document could not be read. The message says what to do about it; the caller adds the file's name.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it.
    #[error("is empty: save the page's text in it")]
    Empty,
    /// The bytes are not UTF-8.
    #[error("not valid UTF-8 at byte {at}: convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`")]
    NotUtf8 {
        /// Offset of the first bad byte.
        at: usize,
    },
    /// It declares an encoding that is not known, or that it is not in.
    #[error("declares the encoding {name} and cannot be read in it: convert it to UTF-8, for example with `iconv`")]
    Encoded {
        /// The name of the encoding, as declared.
        name: String,
    },
    /// A NUL byte: this is no text.
    #[error("holds a NUL byte at {at}: not a text file; convert it to text or leave it out of `sources`")]
    Binary {
        /// Offset of the first NUL.
        at: usize,
    },
    /// Over the limit on size.
    #[error("{size} bytes, over the limit of {limit}: split it")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
}

/// Why no text could be taken out of a document. The message says what to do about it; the caller adds the file's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ExtractError {
    /// It is not what its name says, or broken.
    #[error("damaged, or no such document at all: open it in a viewer and save it anew")]
    Damaged,
    /// It opens with a password.
    #[error("locked by a password: save a copy without one, of a PDF for example with `qpdf --decrypt`")]
    Locked,
    /// It is encrypted in a way that is not known.
    #[error("encrypted in a way that cannot be read: save a copy that is not, for example with `qpdf --decrypt`")]
    Encrypted,
    /// Its pages are pictures.
    #[error("no text in it, only pictures of its pages: have the text recognised, for example with `ocrmypdf`")]
    NoText,
    /// Its fonts do not tell which letters they draw.
    #[error(
        "its fonts do not say which letters they draw: have the text recognised, for example with `ocrmypdf --force-ocr`"
    )]
    Unnamed,
    /// It is encrypted for whoever has bought it, and for the programs of who sold it.
    #[error(
        "protected against copying (DRM), so that only its seller's programs can read it: add its text as .txt, or leave it out of `sources`"
    )]
    Protected,
    /// There are no words in it.
    #[error("no words in it: leave it out of `sources`, or have the text of its pictures recognised")]
    Wordless,
    /// What is packed in it is out of proportion to its size.
    #[error("unpacks to far more than a document of its size holds: open it in a viewer and save it anew, or split it")]
    Unpacks,
    /// It is a file of text itself.
    #[error("is text already")]
    Text,
}

/// Takes the text out of a document of a format that [`Format::is_extracted`]. What comes back is what [`read()`] and
/// [`skim()`] read in its stead, and what an editor shows. This may take long, and much memory, where the document means
/// harm: run it where that does no damage.
pub fn extract(format: Format, bytes: &[u8]) -> Result<String, ExtractError> {
    match format {
        Format::Mhtml => mhtml::extract(bytes),
        Format::Pdf => pdf::extract(bytes),
        Format::Epub => epub::extract(bytes),
        Format::Docx => docx::extract(bytes),
        Format::Text | Format::Markdown | Format::Html => Err(ExtractError::Text),
    }
}

/// Largest document that is read, in bytes: offsets are `u32`, and an index over more than this would not fit beside it.
pub const LARGEST: usize = 1 << 30;

/// Reads a document of a known format from its bytes, or from those of the text that was taken out of it. Takes time linear
/// in their number.
pub fn read(format: Format, bytes: &[u8]) -> Result<Source, ReadError> {
    let text = decode(format, bytes)?;
    Ok(skim_text(format, &text).read(&text))
}

/// Reads of a document only what an index needs. Takes a fraction of the time of [`read()`].
pub fn skim(format: Format, bytes: &[u8]) -> Result<Skim, ReadError> {
    Ok(skim_text(format, &decode(format, bytes)?))
}

fn skim_text(format: Format, text: &str) -> Skim {
    let (metadata, content) = match format {
        Format::Text => txt::skim(text),
        Format::Markdown => markdown::skim(text),
        Format::Html | Format::Mhtml => html::skim(text),
        Format::Pdf | Format::Epub | Format::Docx => extracted::skim(text),
    };
    Skim { format, metadata, content: Arc::new(content) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_the_name() {
        assert_eq!(Format::of_name("a.b/page.TXT"), Some(Format::Text));
        assert_eq!(Format::of_name("note.markdown"), Some(Format::Markdown));
        assert_eq!(Format::of_name("paper.pdf"), Some(Format::Pdf));
        assert_eq!(Format::of_name("Bleak House.epub"), Some(Format::Epub));
        assert_eq!(Format::of_name("draft.DOCX"), Some(Format::Docx));
        assert_eq!(Format::of_name("thread.MHT"), Some(Format::Mhtml));
        assert_eq!(Format::of_name("paper.ps"), None);
        assert_eq!(Format::of_name("LICENSE"), None);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let error = |bytes: &[u8]| read(Format::Text, bytes).unwrap_err();
        assert_eq!(error(b"caf\xe9"), ReadError::NotUtf8 { at: 3 });
        assert_eq!(error(b"ab\0c"), ReadError::Binary { at: 2 });
        assert!(error(b"caf\xe9").to_string().contains("iconv"));
    }

    #[test]
    fn a_byte_order_mark_is_in_no_passage() {
        for format in [Format::Text, Format::Markdown] {
            let source = read(format, "\u{feff}A first paragraph.\r\n\r\nA second.\r\n".as_bytes()).unwrap();
            let passages: Vec<&str> = source.passages.iter().map(|passage| passage.span.of(source.text())).collect();
            assert_eq!(passages, ["A first paragraph.", "A second."]);
            assert_eq!(source.content.to_original(source.passages[0].span).start, 3);
        }
    }
}
