use std::sync::{Arc, OnceLock};

use ibid_evidence::{Annotation, annotate_sentence};
use ibid_source::{Format, ReadError, Source};
use ibid_text::{LineIndex, sentences};

use crate::{Role, retrieve::Spoken};

/// The text of a file with everything that follows from it alone.
#[derive(Debug)]
pub struct Page {
    text: Arc<str>,
    source: Option<Source>,
    /// Worked out on first use, as is what follows: most questions are about few files.
    lines: OnceLock<LineIndex>,
    sentences: OnceLock<Vec<Annotation>>,
    spoken: OnceLock<Option<Spoken>>,
}

impl Page {
    /// Reads a file from its bytes. Fails where they are no text; never on what the text says.
    pub(crate) fn read(path: &str, role: Role, bytes: &[u8]) -> Result<Self, ReadError> {
        let format = Format::of_name(path).unwrap_or(Format::Text);
        let source = if role.source { Some(ibid_source::read(format, bytes)?) } else { None };
        let text: Arc<str> =
            std::str::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 { at: error.valid_up_to() })?.into();
        if let Some(at) = memchr::memchr(0, bytes) {
            return Err(ReadError::Binary { at });
        }
        Ok(Self { text, source, lines: OnceLock::new(), sentences: OnceLock::new(), spoken: OnceLock::new() })
    }

    /// The file's own text: what editors show and all positions refer to.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its lines.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Read as a source, when the file's role says so.
    pub fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }

    /// The readable text of a source, which spans of passages and quotations count in; the text itself of another file.
    pub fn readable(&self) -> &str {
        self.source.as_ref().map_or(&self.text, Source::text)
    }

    /// What each sentence of a source says, in order (spans into [`Page::readable`]); none for a file that is no source.
    /// No sentence crosses a passage.
    pub fn sentences(&self) -> &[Annotation] {
        self.sentences.get_or_init(|| self.source.as_ref().map_or_else(Vec::new, annotations))
    }

    /// In which sentences of a source each stem stands; `None` for a file that is no source.
    pub(crate) fn spoken(&self) -> Option<&Spoken> {
        self.spoken.get_or_init(|| self.source.as_ref().map(Spoken::new)).as_ref()
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
