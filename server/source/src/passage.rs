use ibid_text::Span;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{Comment, Requotation};

/// What is read of a document beyond its text.
#[derive(Default)]
pub(crate) struct Discourse {
    pub(crate) passages: Vec<Passage>,
    pub(crate) requotations: Vec<Requotation>,
    pub(crate) comments: Vec<Comment>,
}

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
    /// One comment of a thread, or the part of it between two quotations.
    Comment,
}

/// Who speaks in a passage, and how sure that is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Voice {
    /// The source's author, somebody the author quotes, a commenter, or not known.
    pub standing: Standing,
    /// The speaker's name, where the page gives it.
    pub name: Option<String>,
    /// How sure, 0..1; [`Standing::Unknown`] has 0.
    pub confidence: f32,
    /// The passage, frame or mark that tells most of it, in the source's text.
    pub told_by: Option<Span>,
}

/// A speaker's relation to the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Standing {
    /// The source's own author.
    Author,
    /// Somebody the author quotes.
    Quoted,
    /// Somebody who comments on the source, on the same page.
    Commenter,
    /// Nothing on the page tells.
    Unknown,
}

impl Voice {
    /// A voice that nothing on the page tells.
    pub const UNKNOWN: Self = Self { standing: Standing::Unknown, name: None, confidence: 0.0, told_by: None };
}

/// Makes one passage of those with the same text: the first, with the places of the others. The voice is the surest
/// that any of the places has, unknown where they contradict each other. Headings and comments stay as they are: each titles
/// something else, or is somebody else's.
pub(crate) fn merge_repeats(text: &str, passages: Vec<Passage>) -> Vec<Passage> {
    let mut first_at: FxHashMap<&str, usize> = FxHashMap::default();
    let mut merged: Vec<Passage> = Vec::new();
    for passage in passages {
        let words = passage.span.of(text);
        if matches!(passage.kind, PassageKind::Heading | PassageKind::Comment) {
            merged.push(passage);
        } else if let Some(&at) = first_at.get(words) {
            let first = &mut merged[at];
            first.repeats.push(passage.span);
            first.voice = surer(std::mem::replace(&mut first.voice, Voice::UNKNOWN), passage.voice);
        } else {
            first_at.insert(words, merged.len());
            merged.push(passage);
        }
    }
    merged
}

fn surer(one: Voice, other: Voice) -> Voice {
    let told = |voice: &Voice| voice.standing != Standing::Unknown;
    if told(&one) && told(&other) && one.standing != other.standing {
        Voice::UNKNOWN
    } else if other.confidence > one.confidence {
        other
    } else {
        one
    }
}
