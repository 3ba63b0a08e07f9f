use ibid_language::Language;
use ibid_text::{Span, sentences};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{Comment, Requotation};

/// The parts of a source beyond its text and metadata.
#[derive(Default)]
pub(crate) struct Discourse {
    pub(crate) passages: Vec<Passage>,
    pub(crate) requotations: Vec<Requotation>,
    pub(crate) comments: Vec<Comment>,
}

/// The smallest addressable unit of a source.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Passage {
    /// Its place in [`crate::Source::text`].
    pub span: Span,
    /// What it is on its page.
    pub kind: PassageKind,
    /// Whose words it contains.
    pub voice: Voice,
    /// Other places with the same words in this source.
    pub repeats: Vec<Span>,
}

impl Passage {
    /// Whether it is a heading of the passages that follow.
    pub fn is_heading(&self) -> bool {
        self.kind == PassageKind::Heading
    }
}

/// What a passage is on its page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PassageKind {
    /// A heading of the passages that follow.
    Heading,
    /// A paragraph, or a line of its own.
    Paragraph,
    /// One item of a list, without its nested items.
    ListItem,
    /// A block that the author set off as somebody else's words.
    Blockquote,
    /// A comment of a thread, or the part of one between two quotations.
    Comment,
}

/// Whose words a passage contains, and how certain that is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Voice {
    /// The speaker's relation to the source.
    pub kind: VoiceKind,
    /// The speaker's name, where the page gives it.
    pub name: Option<String>,
    /// The confidence, 0..1; 0 for [`VoiceKind::Unknown`].
    pub confidence: f32,
    /// The strongest evidence in the source's text: a passage, reporting frame or mark.
    pub evidence: Option<Span>,
}

/// A speaker's relation to the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum VoiceKind {
    /// The source's own author.
    Author,
    /// Somebody the author quotes.
    Quoted,
    /// Somebody who comments on the source, on the same page.
    Commenter,
    /// The page does not say.
    Unknown,
}

impl Voice {
    /// The voice of a passage about which the page says nothing.
    pub const UNKNOWN: Self = Self { kind: VoiceKind::Unknown, name: None, confidence: 0.0, evidence: None };
}

/// Merges passages with the same text into the first, which lists the places of the others. Their voice is the most
/// certain one, or unknown if they contradict each other. Headings and comments are not merged: each heading has its
/// own section and each comment its own author.
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

/// The longest passage, in bytes: far more than a paragraph, so only text without paragraphs is split.
const LONGEST: u32 = 1 << 15;

/// Splits passages that are too long, such as a book on a single line: between sentences if possible, otherwise between
/// words. This bounds the work per passage.
pub(crate) fn split_long(text: &str, passages: Vec<Passage>, language: Language) -> Vec<Passage> {
    if passages.iter().all(|passage| passage.span.len() <= LONGEST) {
        return passages;
    }
    let parts = |passage: Passage| {
        let spans = if passage.span.len() > LONGEST { parts(text, passage.span, language) } else { vec![passage.span] };
        spans.into_iter().map(move |span| {
            let from = span.start - passage.span.start;
            let repeats = passage.repeats.iter().map(|repeat| Span::new(0, span.len()).shift(repeat.start + from));
            Passage { span, repeats: repeats.collect(), ..passage.clone() }
        })
    };
    passages.into_iter().flat_map(parts).collect()
}

/// The parts of a long span in order, without surrounding white space.
fn parts(text: &str, whole: Span, language: Language) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut rest = whole.of(text);
    while !rest.is_empty() {
        let (part, behind) = rest.split_at(end_of_part(rest, language));
        let start = whole.end - rest.len() as u32;
        let words = part.trim();
        if !words.is_empty() {
            let lead = (part.len() - part.trim_start().len()) as u32;
            parts.push(Span::new(0, words.len() as u32).shift(start + lead));
        }
        rest = behind;
    }
    parts
}

/// The end of the first part of a text, in bytes.
fn end_of_part(text: &str, language: Language) -> usize {
    let longest = LONGEST as usize;
    if text.len() <= longest {
        return text.len();
    }
    let within = &text[..text.floor_char_boundary(longest)];
    // The last sentence may be cut off, so the part ends before it.
    let sentence = sentences(within, language.abbreviations()).last().map_or(0, |last| last.start as usize);
    let ends = [sentence, within.rfind(char::is_whitespace).unwrap_or_default()];
    ends.into_iter().find(|&end| end > longest / 2).unwrap_or(within.len())
}

fn surer(one: Voice, other: Voice) -> Voice {
    let is_known = |voice: &Voice| voice.kind != VoiceKind::Unknown;
    let are_named = matches!((&one.name, &other.name), (Some(one), Some(other)) if one != other);
    if is_known(&one) && is_known(&other) && (one.kind != other.kind || are_named) {
        Voice::UNKNOWN
    } else if other.confidence > one.confidence {
        other
    } else {
        one
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn passage(span: Span, repeats: Vec<Span>) -> Passage {
        Passage { span, kind: PassageKind::Paragraph, voice: Voice::UNKNOWN, repeats }
    }

    #[test]
    fn long_passages_are_split_between_sentences() {
        let sentence = "This is said once more, and it is not short. ";
        let text = sentence.repeat(1000);
        let parts =
            split_long(&text, vec![passage(Span::new(0, text.trim_end().len() as u32), Vec::new())], Language::ENGLISH);
        assert_eq!(parts.len(), 2);
        assert!(parts.iter().all(|part| {
            let words = part.span.of(&text);
            words.starts_with("This is") && words.ends_with("not short.")
        }));
        let short = vec![passage(Span::new(0, 44), Vec::new())];
        assert_eq!(split_long(&text, short.clone(), Language::ENGLISH), short);
    }

    proptest! {
        /// The parts contain all words in order, and so do the parts of the repeats.
        #[test]
        fn the_parts_contain_all_words(words in prop::collection::vec(("[a-zé知]{1,9}", "( |\\. |\u{a0}|)"), 1..40), times in 1_usize..800) {
            let once: String = words.iter().flat_map(|(word, end)| [&**word, &**end]).collect();
            let said = once.repeat(times).trim().to_owned();
            let text = format!("{said}\n{said}");
            let second = Span::new(said.len() as u32 + 1, text.len() as u32);
            let parts = split_long(&text, vec![passage(Span::new(0, said.len() as u32), vec![second])], Language::ENGLISH);
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let joined: String = parts.iter().map(|part| bare(part.span.of(&text))).collect();
            prop_assert_eq!(joined, bare(&said));
            for part in &parts {
                prop_assert!(part.span.len() <= LONGEST);
                prop_assert_eq!(part.repeats[0].of(&text), part.span.of(&text));
            }
        }
    }
}
