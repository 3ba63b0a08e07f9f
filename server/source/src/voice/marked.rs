//! Voices on pages that mark quotations: a blockquote is somebody else's, all other text the author's own.

use ibid_language::Language;
use ibid_text::Span;

use super::frame::{self, Speaker, trailing_name};
use crate::{Passage, Voice, VoiceKind};

/// The confidence that a blockquote contains the words of the person named around it.
pub(crate) const NAMED: f32 = 0.95;
/// The confidence that a blockquote without a name contains somebody else's words. People also quote themselves.
pub(crate) const UNNAMED: f32 = 0.85;
/// The confidence that an unmarked paragraph is the author's own.
const UNMARKED: f32 = 0.8;

/// The voice of a passage that is not marked as somebody else's.
pub(crate) const fn own_voice() -> Voice {
    Voice { kind: VoiceKind::Author, name: None, confidence: UNMARKED, evidence: None }
}

/// Gives the passages of a blockquote, from `first` to the end, the voice that the words around them name.
pub(crate) fn attribute(text: &str, passages: &mut [Passage], first: usize, authors: &[String], language: Language) {
    let QuoteContext { speaker, frame, signature } = quote_context(text, passages, first, language);
    let name = speaker.as_ref().and_then(Speaker::name).map(str::to_owned).or(signature);
    if speaker == Some(Speaker::Writer) || name.as_deref().is_some_and(|name| is_author(name, authors)) {
        return;
    }
    let confidence = if name.is_some() { NAMED } else { UNNAMED };
    for passage in &mut passages[first..] {
        let evidence = frame.or(Some(passage.span));
        passage.voice = Voice { kind: VoiceKind::Quoted, name: name.clone(), confidence, evidence };
    }
}

/// Adds the author's name to the author's own passages, if there is exactly one author.
pub(crate) fn name_author<'p>(passages: impl IntoIterator<Item = &'p mut Passage>, authors: &[String]) {
    let [author] = authors else { return };
    let own = |passage: &&mut Passage| passage.voice.kind == VoiceKind::Author;
    for passage in passages.into_iter().filter(own) {
        passage.voice.name = Some(author.clone());
    }
}

/// The evidence around a blockquote about whose words it contains.
pub(crate) struct QuoteContext {
    /// The speaker that the passage before introduces.
    pub(crate) speaker: Option<Speaker>,
    /// The span of that passage, if it introduces a speaker.
    pub(crate) frame: Option<Span>,
    /// The name in the signature of the quotation.
    pub(crate) signature: Option<String>,
}

/// Collects the evidence around a blockquote whose passages are those from `first` to the end.
pub(crate) fn quote_context(text: &str, passages: &[Passage], first: usize, language: Language) -> QuoteContext {
    let before = first.checked_sub(1).map(|before| passages[before].span);
    let speaker = before.and_then(|before| frame::speaker(before.of(text), language));
    let signature = passages[first..].last().and_then(|last| self::signature(last.span.of(text), language));
    QuoteContext { frame: before.filter(|_| speaker.is_some()), speaker, signature }
}

/// Whether `name` can be one of the authors: they share a word.
fn is_author(name: &str, authors: &[String]) -> bool {
    let mut words = authors.iter().flat_map(|author| author.split_whitespace());
    words.any(|word| name.split_whitespace().any(|part| part == word))
}

/// The name in the last line of a signed quotation: "— Joe Carlsmith, 2023".
fn signature(quotation: &str, language: Language) -> Option<String> {
    let line = quotation.lines().next_back()?.trim_start_matches(['>', ' ']);
    let signed = line.strip_prefix('—').or_else(|| line.strip_prefix('–')).or_else(|| line.strip_prefix("--"))?;
    let words: Vec<&str> = signed.split([',', '(']).next()?.split_whitespace().collect();
    trailing_name(&words, language)
}
