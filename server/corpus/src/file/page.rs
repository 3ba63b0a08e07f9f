use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use ibid_evidence::{Annotation, annotate_sentence};
use ibid_language::Language;
use ibid_note::Note;
use ibid_source::{Format, Metadata, ReadError, ReadableText, Source};
use ibid_text::{LineIndex, PackedMap, Span, sentences};

use super::ReadableFrom;
use crate::{Role, retrieve::StemIndex};

/// The text of a file and everything that follows from it alone, derived on first use.
#[derive(Debug)]
pub struct Page {
    text: Arc<str>,
    /// Whether the text was decoded: it is not the bytes of the file.
    is_decoded: bool,
    /// Its readable text and metadata, if it is a source.
    readable: Option<ReadableText>,
    /// Whether it is a note.
    is_note: bool,
    /// The language that its words are judged in.
    language: Language,
    source: OnceLock<Option<Source>>,
    note: OnceLock<Option<Arc<Note>>>,
    lines: OnceLock<LineIndex>,
    sentences: OnceLock<Vec<Annotation>>,
    stem_index: OnceLock<Option<StemIndex>>,
}

impl Page {
    /// Reads a file from its bytes. Fails if they are not text; never because of what the text says.
    pub(crate) fn read(path: &str, role: Role, bytes: &[u8], language: Language) -> Result<Self, ReadError> {
        if role.source && bytes.trim_ascii().is_empty() {
            return Err(ReadError::Empty);
        }
        let format = Format::of_name(path).unwrap_or(Format::Text);
        let text = ibid_source::decode(format, bytes)?;
        let is_decoded = matches!(text, Cow::Owned(_));
        let readable =
            if role.source { Some(ibid_source::readable_text(format, text.as_bytes(), language)?) } else { None };
        // Such a page has its text elsewhere: a script would fetch it.
        let is_wordless = |readable: &ReadableText| !readable.text().contains(char::is_alphanumeric);
        if format.is_web_page() && readable.as_ref().is_some_and(is_wordless) {
            return Err(ReadError::Wordless);
        }
        let text: Arc<str> = text.into();
        Ok(Self {
            text,
            is_decoded,
            readable,
            is_note: role.note,
            language,
            source: OnceLock::new(),
            note: OnceLock::new(),
            lines: OnceLock::new(),
            sentences: OnceLock::new(),
            stem_index: OnceLock::new(),
        })
    }

    /// Where a span of the readable text of a source is in its own text; in any other file, the span itself.
    pub fn to_own(&self, readable: Span) -> Span {
        self.readable.as_ref().map_or(readable, |text| text.content.to_original(readable))
    }

    /// Where a byte of the own text of a source is in its readable text; `None` if it is not part of that.
    pub(crate) fn to_readable(&self, own: u32) -> Option<u32> {
        self.readable.as_ref().map_or(Some(own), |readable| readable.content.to_plain(own))
    }

    /// The file's own text: what editors show and positions refer to.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text was decoded from another encoding: offsets in it are not offsets in the file.
    pub fn is_decoded(&self) -> bool {
        self.is_decoded
    }

    /// Its lines.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Read as a source, if it is one.
    pub fn source(&self) -> Option<&Source> {
        self.source
            .get_or_init(|| self.readable.as_ref().map(|readable| readable.read(&self.text, self.language)))
            .as_ref()
    }

    /// Whether it is a note.
    pub(crate) const fn is_note(&self) -> bool {
        self.is_note
    }

    /// Parsed as a note, if it is one.
    pub fn note(&self) -> Option<&Arc<Note>> {
        self.note.get_or_init(|| self.is_note.then(|| Arc::new(ibid_note::parse(&self.text, self.language)))).as_ref()
    }

    /// The language that its words are judged in.
    pub(crate) const fn language(&self) -> Language {
        self.language
    }

    /// How the readable text is made from the file's own text.
    pub(crate) fn readable_from(&self) -> ReadableFrom {
        if self.is_decoded {
            return ReadableFrom::WholeFile;
        }
        let Some(readable) = &self.readable else { return ReadableFrom::Unchanged };
        if readable.content.is_whole(self.text.len() as u32) {
            return ReadableFrom::Unchanged;
        }
        PackedMap::of(&readable.content).map_or(ReadableFrom::WholeFile, ReadableFrom::Parts)
    }

    /// The metadata that a source states about itself.
    pub(crate) fn metadata(&self) -> Option<&Metadata> {
        self.readable.as_ref().map(|readable| &readable.metadata)
    }

    /// The readable text of a source, to which spans of passages and quotations refer; the own text of any other file.
    pub fn readable(&self) -> &str {
        self.readable.as_ref().map_or(&self.text, ReadableText::text)
    }

    /// The judgment on each sentence of a source, in order (spans into [`Page::readable`]); none for any other file. No sentence
    /// crosses a passage.
    pub fn sentences(&self) -> &[Annotation] {
        self.sentences.get_or_init(|| self.source().map_or_else(Vec::new, |source| annotations(source, self.language)))
    }

    /// The sentences of a source by the stems in them; `None` for any other file.
    pub(crate) fn stem_index(&self) -> Option<&StemIndex> {
        self.stem_index.get_or_init(|| self.source().map(|source| StemIndex::new(source, self.language))).as_ref()
    }
}

fn annotations(source: &Source, language: Language) -> Vec<Annotation> {
    let text = source.text();
    let in_passage = |passage: &ibid_source::Passage| {
        let start = passage.span.start;
        let sentences = sentences(passage.span.of(text), language.abbreviations()).into_iter();
        sentences.map(move |sentence| annotate_sentence(text, sentence.shift(start), language))
    };
    source.passages.iter().flat_map(in_passage).collect()
}
