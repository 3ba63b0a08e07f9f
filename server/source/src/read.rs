use std::sync::Arc;

use ibid_language::Language;
use ibid_text::Mapped;
use serde::{Deserialize, Serialize};

use crate::{
    Comment, Extent, Metadata, Passage, Requotation, captions, docx,
    encoding::decode,
    epub, extracted, html, mail, markdown, mhtml,
    passage::{Discourse, merge_repeats, split_long},
    pdf, txt,
    voice::{marked::name_signers, transcript::name_speakers},
};

/// A document of the corpus with its passages.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Source {
    /// The document's format.
    pub format: Format,
    /// The document's metadata.
    pub metadata: Metadata,
    /// The passages in reading order. Page furniture is in none.
    pub passages: Vec<Passage>,
    /// Text of a passage that another passage quotes.
    pub requotations: Vec<Requotation>,
    /// The comments of the thread below the page, in order.
    pub comments: Vec<Comment>,
    /// The readable text, mapped to the file's text.
    pub content: Arc<Mapped>,
}

impl Source {
    /// The readable text. All spans of a source refer to it.
    pub fn text(&self) -> &str {
        self.content.text()
    }
}

/// The readable text and metadata of a document: what an index needs, without passages and voices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadableText {
    /// The document's format.
    pub format: Format,
    /// The document's metadata.
    pub metadata: Metadata,
    /// The readable text, mapped to the file's text.
    pub content: Arc<Mapped>,
}

impl ReadableText {
    /// The readable text.
    pub fn text(&self) -> &str {
        self.content.text()
    }

    /// Reads the passages, voices and re-quotations. `original` must be the text that this was made from; for another
    /// text the result is meaningless and the call may panic. `language` is the language of the document.
    pub fn read(&self, original: &str, language: Language) -> Source {
        let Self { format, metadata, content } = self.clone();
        let Discourse { mut passages, requotations, comments } = match format {
            Format::Text => txt::passages(content.text(), language),
            Format::Markdown => markdown::passages(original, &content, &metadata, language),
            Format::Html | Format::Mhtml | Format::Mail => html::passages(original, &content, &metadata, language),
            Format::Pdf | Format::Epub | Format::Docx | Format::Captions => {
                extracted::passages(original, &content, &metadata, language)
            }
        };
        // The notes of an export are labelled like turns.
        if metadata.extent != Extent::Highlights {
            name_signers(content.text(), &mut passages, &metadata.authors, language);
            passages = name_speakers(content.text(), passages, &metadata.authors, language);
        }
        let passages = split_long(content.text(), merge_repeats(content.text(), passages), language);
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
    /// MHTML: pages saved from the web as one file. [`extract`] returns the page in it as HTML.
    Mhtml,
    /// Mail: messages and mailboxes. [`extract`] returns them as HTML.
    Mail,
    /// PDF. [`extract`] returns its text.
    Pdf,
    /// EPUB: books. [`extract`] returns their text.
    Epub,
    /// DOCX: word-processor documents (Office Open XML). [`extract`] returns their text.
    Docx,
    /// Subtitles and captions. [`extract`] returns their text.
    Captions,
}

impl Format {
    const ALL: [Self; 9] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Mhtml,
        Self::Mail,
        Self::Pdf,
        Self::Epub,
        Self::Docx,
        Self::Captions,
    ];

    /// The format of a file by the extension of its name; `None` if there is no reader for it.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "mhtml" | "mht" => Some(Self::Mhtml),
            "eml" | "mbox" => Some(Self::Mail),
            "pdf" => Some(Self::Pdf),
            "epub" => Some(Self::Epub),
            "docx" => Some(Self::Docx),
            "srt" | "vtt" | "sbv" | "ass" | "ssa" => Some(Self::Captions),
            _ => None,
        }
    }

    /// The name of the format.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Mail => "mail",
            Self::Pdf => "pdf",
            Self::Epub => "epub",
            Self::Docx => "docx",
            Self::Captions => "captions",
        }
    }

    /// The format with this [`Format::name`].
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether its text is HTML.
    pub const fn is_web_page(self) -> bool {
        matches!(self, Self::Html | Self::Mhtml | Self::Mail)
    }

    /// Whether files of this format are not text: [`extract`] takes the text out of them, which is then read instead.
    pub const fn is_extracted(self) -> bool {
        matches!(self, Self::Mhtml | Self::Mail | Self::Pdf | Self::Epub | Self::Docx | Self::Captions)
    }
}

/// The reason why a document cannot be read. The message says what to do; the caller adds the file's name.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is empty.
    #[error("is empty: save the page's text in it")]
    Empty,
    /// A page has no visible text.
    #[error("has no text that can be read: save the page once it has loaded, or save its text as .txt")]
    Wordless,
    /// The bytes are not UTF-8.
    #[error("not valid UTF-8 at byte {at}: convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`")]
    NotUtf8 {
        /// Offset of the first bad byte.
        at: usize,
    },
    /// The declared encoding is unknown, or the bytes are not valid in it.
    #[error("declares the encoding {name} and cannot be read in it: convert it to UTF-8, for example with `iconv`")]
    Encoded {
        /// The declared name of the encoding.
        name: String,
    },
    /// The file contains a NUL byte, so it is not text.
    #[error("contains a NUL byte at {at}, so it is not a text file: convert it to text, or leave it out of `sources`")]
    Binary {
        /// Offset of the first NUL byte.
        at: usize,
    },
    /// The file is larger than the limit.
    #[error("{size} bytes, over the limit of {limit}: split it")]
    TooLarge {
        /// The size in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
}

/// The reason why no text can be extracted from a document. The message says what to do; the caller adds the file's
/// name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ExtractError {
    /// The file is damaged or not of its format.
    #[error("damaged, or not a document of this format: open it in a viewer and save it again")]
    Damaged,
    /// A password is needed to open it.
    #[error("locked by a password: save a copy without one, for a PDF with `qpdf --decrypt`")]
    Locked,
    /// It is encrypted in an unknown way.
    #[error("encrypted in an unknown way: save a copy without encryption, for example with `qpdf --decrypt`")]
    Encrypted,
    /// Its pages are pictures.
    #[error("contains only pictures of its pages: recognise the text, for example with `ocrmypdf`")]
    NoText,
    /// Its fonts do not map their shapes to characters.
    #[error(
        "its fonts do not say which letters they draw: recognise the text, for example with `ocrmypdf --force-ocr`"
    )]
    Unnamed,
    /// It is copy-protected, so only the seller's programs can open it.
    #[error(
        "protected against copying (DRM), so that only its seller's programs can read it: add its text as .txt, or leave it out of `sources`"
    )]
    Protected,
    /// It contains no words.
    #[error("contains no words: leave it out of `sources`, or recognise the text of its pictures")]
    Wordless,
    /// It unpacks to far more than a document of its size should.
    #[error(
        "unpacks to far more than a document of its size should: open it in a viewer and save it again, or split it"
    )]
    Unpacks,
    /// The file is text, so there is nothing to extract.
    #[error("is text already")]
    Text,
}

/// The language of the labels that extraction looks for, such as page numbers. A document is extracted once, before the
/// language of a workspace applies to it.
pub(crate) const LABELS: Language = Language::ENGLISH;

/// Extracts the text of a document whose format [`Format::is_extracted`]. [`read()`] and [`readable_text()`] take this
/// text instead of the document, and an editor shows it. A hostile document can use much time and memory: call this in
/// a process with limits.
pub fn extract(format: Format, bytes: &[u8]) -> Result<String, ExtractError> {
    match format {
        Format::Mhtml => mhtml::extract(bytes),
        Format::Mail => mail::extract(bytes),
        Format::Pdf => pdf::extract(bytes),
        Format::Epub => epub::extract(bytes),
        Format::Docx => docx::extract(bytes),
        Format::Captions => captions::extract(bytes),
        Format::Text | Format::Markdown | Format::Html => Err(ExtractError::Text),
    }
}

/// The largest document that is read, in bytes. Offsets are `u32`, and an index over a larger file would not fit beside
/// them.
pub const LARGEST: usize = 1 << 30;

/// Reads a document from its bytes, or from the bytes of its extracted text. `language` is the language of the
/// document. Takes linear time.
pub fn read(format: Format, bytes: &[u8], language: Language) -> Result<Source, ReadError> {
    let text = decode(format, bytes)?;
    Ok(readable_text_of(format, &text, language).read(&text, language))
}

/// Reads only the readable text and the metadata, in a fraction of the time that [`read()`] takes.
pub fn readable_text(format: Format, bytes: &[u8], language: Language) -> Result<ReadableText, ReadError> {
    Ok(readable_text_of(format, &decode(format, bytes)?, language))
}

fn readable_text_of(format: Format, text: &str, language: Language) -> ReadableText {
    let (metadata, content) = match format {
        Format::Text => txt::readable_text(text, language),
        Format::Markdown => markdown::readable_text(text),
        Format::Html | Format::Mhtml | Format::Mail => html::readable_text(text, language),
        Format::Pdf | Format::Epub | Format::Docx | Format::Captions => extracted::readable_text(text),
    };
    ReadableText { format, metadata, content: Arc::new(content) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::VoiceKind;

    #[test]
    fn formats_follow_from_the_extension() {
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
    fn unreadable_files_are_errors() {
        let error = |bytes: &[u8]| read(Format::Text, bytes, Language::ENGLISH).unwrap_err();
        assert_eq!(error(b"caf\xe9"), ReadError::NotUtf8 { at: 3 });
        assert_eq!(error(b"ab\0c"), ReadError::Binary { at: 2 });
        assert!(error(b"caf\xe9").to_string().contains("iconv"));
    }

    #[test]
    fn without_a_language_pack_only_structure_gives_voices() {
        let voices = |format: Format, text: &str| {
            let source = read(format, text.as_bytes(), Language::NONE).expect("it is text");
            let voices = source.passages.into_iter().map(|passage| (passage.voice.kind, passage.voice.name));
            voices.collect::<Vec<_>>()
        };
        let page = "Ada Moreau argues:\nThe engine weaves patterns.\nI disagree.\n";
        assert_eq!(voices(Format::Text, page), vec![(VoiceKind::Unknown, None); 3]);
        let note = "Ada Moreau writes:\n\n> The engine weaves patterns.\n";
        assert_eq!(voices(Format::Markdown, note), [(VoiceKind::Author, None), (VoiceKind::Quoted, None)]);
        let comment = "<div class=comment id=comment-1><a class=author>Ada</a><time datetime=2024></time>\
                       <div class=comment-body>The engine weaves patterns.</div></div>";
        assert_eq!(voices(Format::Html, comment), [(VoiceKind::Commenter, Some("Ada".to_owned()))]);
    }

    #[test]
    fn a_byte_order_mark_is_in_no_passage() {
        for format in [Format::Text, Format::Markdown] {
            let source =
                read(format, "\u{feff}A first paragraph.\r\n\r\nA second.\r\n".as_bytes(), Language::ENGLISH).unwrap();
            let passages: Vec<&str> = source.passages.iter().map(|passage| passage.span.of(source.text())).collect();
            assert_eq!(passages, ["A first paragraph.", "A second."]);
            assert_eq!(source.content.to_original(source.passages[0].span).start, 3);
        }
    }
}
