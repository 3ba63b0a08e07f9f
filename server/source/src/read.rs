use ibid_text::Mapped;
use serde::{Deserialize, Serialize};

use crate::{Metadata, Passage, markdown, txt};

/// A document of the corpus, read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Which reader made it.
    pub format: Format,
    /// What the document says of itself.
    pub metadata: Metadata,
    /// Its passages in reading order; page furniture is in none.
    pub passages: Vec<Passage>,
    /// The readable text, mapped to the file's bytes.
    pub content: Mapped,
}

impl Source {
    /// The readable text; spans of passages are bytes into it.
    pub fn text(&self) -> &str {
        self.content.text()
    }
}

/// A kind of document.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Format {
    /// Plain text: pages saved as `.txt`.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
}

impl Format {
    /// The format of a file by its name, or `None` when there is no reader for it.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// Why a document could not be read. The message says what to do about it; the caller adds the file's name.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReadError {
    /// The bytes are not UTF-8.
    #[error("not valid UTF-8 at byte {at}: convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`")]
    NotUtf8 {
        /// Offset of the first bad byte.
        at: usize,
    },
    /// A NUL byte: this is no text.
    #[error("holds a NUL byte at {at}: not a text file")]
    Binary {
        /// Offset of the first NUL.
        at: usize,
    },
    /// Over the limit on size.
    #[error("{size} bytes: larger than the limit of {limit}; split it")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
}

/// Reads a document of a known format from its bytes.
pub fn read(format: Format, bytes: &[u8]) -> Result<Source, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 { at: error.valid_up_to() })?;
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(ReadError::Binary { at });
    }
    Ok(match format {
        Format::Text => txt::read(text),
        Format::Markdown => markdown::read(text),
    })
}
