use ibid_text::Span;
use serde::{Deserialize, Serialize};

/// The smallest addressable unit of a source.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands in [`crate::Source::text`], bytes.
    pub span: Span,
    /// What it is.
    pub kind: PassageKind,
    /// Who speaks in it.
    pub voice: Voice,
    /// Further places of the same words in this source: a repeated passage is one with several places.
    pub repeats: Vec<Span>,
}

/// What a passage is on its page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PassageKind {
    /// A heading; it titles what follows.
    Heading,
    /// A paragraph, or a line of its own.
    Paragraph,
    /// One item of a list, without its nested items.
    ListItem,
    /// A block the author set off as someone's words.
    Blockquote,
}

/// Who speaks in a passage, and how sure that is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Voice {
    /// The source's author, somebody the author quotes, or not known.
    pub standing: Standing,
    /// The speaker's name, where the page gives it.
    pub name: Option<String>,
    /// How sure, 0..1; [`Standing::Unknown`] has 0.
    pub confidence: f32,
}

/// A speaker's relation to the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Standing {
    /// The source's own author.
    Author,
    /// Somebody the author quotes.
    Quoted,
    /// Nothing on the page tells.
    Unknown,
}

impl Voice {
    /// A voice that nothing on the page tells.
    pub const UNKNOWN: Self = Self { standing: Standing::Unknown, name: None, confidence: 0.0 };
}
