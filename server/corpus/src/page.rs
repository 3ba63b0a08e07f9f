use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use ibid_evidence::{Annotation, annotate_sentence};
use ibid_language::Language;
use ibid_note::Note;
use ibid_source::{Format, Metadata, ReadError, ReadableText, Source};
use ibid_text::{LineIndex, PackedMap, Span, sentences};

use crate::{Role, excerpt::ReadableFrom, retrieve::Spoken};

/// The text of a file with everything that follows from it alone.
#[derive(Debug)]
pub struct Page {
    text: Arc<str>,
    /// Whether the text is what the bytes of the file stand for, and not the bytes themselves.
    is_decoded: bool,
    /// The file as far as it is indexed, when its role says it is a source.
    skim: Option<ReadableText>,
    /// Whether the role of the file says it is a note.
    is_note: bool,
    /// Worked out on first use, as is what follows: most questions are about few files.
    source: OnceLock<Option<Source>>,
    note: OnceLock<Option<Arc<Note>>>,
    lines: OnceLock<LineIndex>,
    sentences: OnceLock<Vec<Annotation>>,
    spoken: OnceLock<Option<Spoken>>,
}

impl Page {
    /// Reads a file from its bytes. Fails where they are no text; never on what the text says.
    pub(crate) fn read(path: &str, role: Role, bytes: &[u8]) -> Result<Self, ReadError> {
        if role.source && bytes.trim_ascii().is_empty() {
            return Err(ReadError::Empty);
        }
        let format = Format::of_name(path).unwrap_or(Format::Text);
        let text = ibid_source::decode(format, bytes)?;
        let is_decoded = matches!(text, Cow::Owned(_));
        let skim = if role.source {
            Some(ibid_source::readable_text(format, text.as_bytes(), Language::ENGLISH)?)
        } else {
            None
        };
        let text: Arc<str> = text.into();
        Ok(Self {
            text,
            is_decoded,
            skim,
            is_note: role.note,
            source: OnceLock::new(),
            note: OnceLock::new(),
            lines: OnceLock::new(),
            sentences: OnceLock::new(),
            spoken: OnceLock::new(),
        })
    }

    /// What a span of the readable text of a source is in the file's own; the span itself in another file.
    pub fn to_own(&self, readable: Span) -> Span {
        self.skim.as_ref().map_or(readable, |skim| skim.content.to_original(readable))
    }

    /// Where a byte of the file's own text stands in the readable text of a source; `None` if it left no trace there.
    pub(crate) fn to_readable(&self, own: u32) -> Option<u32> {
        self.skim.as_ref().map_or(Some(own), |skim| skim.content.to_plain(own))
    }

    /// The file's own text: what editors show and all positions refer to.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text is what the bytes of the file stand for in their encoding: the places of words in the file are others.
    pub fn is_decoded(&self) -> bool {
        self.is_decoded
    }

    /// Its lines.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Read as a source, when the file's role says so.
    pub fn source(&self) -> Option<&Source> {
        self.source.get_or_init(|| self.skim.as_ref().map(|skim| skim.read(&self.text, Language::ENGLISH))).as_ref()
    }

    /// Whether the file's role says that it is a note.
    pub(crate) const fn is_note(&self) -> bool {
        self.is_note
    }

    /// Read as a note, when the file's role says so.
    pub fn note(&self) -> Option<&Arc<Note>> {
        self.note.get_or_init(|| self.is_note.then(|| Arc::new(ibid_note::parse(&self.text)))).as_ref()
    }

    /// How the readable text is made of the file's own.
    pub(crate) fn readable_from(&self) -> ReadableFrom {
        if self.is_decoded {
            return ReadableFrom::Reading;
        }
        let Some(skim) = &self.skim else { return ReadableFrom::AsItIs };
        if skim.content.is_whole(self.text.len() as u32) {
            return ReadableFrom::AsItIs;
        }
        PackedMap::of(&skim.content).map_or(ReadableFrom::Reading, ReadableFrom::Parts)
    }

    /// What a source says of itself.
    pub(crate) fn metadata(&self) -> Option<&Metadata> {
        self.skim.as_ref().map(|skim| &skim.metadata)
    }

    /// The readable text of a source, which spans of passages and quotations count in; the text itself of another file.
    pub fn readable(&self) -> &str {
        self.skim.as_ref().map_or(&self.text, ReadableText::text)
    }

    /// What each sentence of a source says, in order (spans into [`Page::readable`]); none for a file that is no source.
    /// No sentence crosses a passage.
    pub fn sentences(&self) -> &[Annotation] {
        self.sentences.get_or_init(|| self.source().map_or_else(Vec::new, annotations))
    }

    /// In which sentences of a source each stem stands; `None` for a file that is no source.
    pub(crate) fn spoken(&self) -> Option<&Spoken> {
        self.spoken.get_or_init(|| self.source().map(Spoken::new)).as_ref()
    }
}

fn annotations(source: &Source) -> Vec<Annotation> {
    let text = source.text();
    let in_passage = |passage: &ibid_source::Passage| {
        let start = passage.span.start;
        sentences(passage.span.of(text)).into_iter().map(move |sentence| annotate_sentence(text, sentence.shift(start)))
    };
    source.passages.iter().flat_map(in_passage).collect()
}
