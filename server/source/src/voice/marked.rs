//! Voices on pages that mark quotations: a blockquote is somebody else's, all other text the author's own.

use ibid_language::Language;
use ibid_text::Span;

use super::frame::{self, Speaker, trailing_name};
use crate::{Passage, PassageKind, Voice, VoiceKind, quoted::quoted};

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
    let quotation = &passages[first..];
    let signature = quotation.last().and_then(|last| {
        let line = text[..last.span.start as usize].rsplit('\n').next().unwrap_or_default();
        let is_item = quotation.len() > 1 && line.ends_with("- ");
        let words = last.span.of(text);
        if is_item { signer(words, language) } else { self::signature(words, language) }
    });
    QuoteContext { frame: before.filter(|_| speaker.is_some()), speaker, signature }
}

/// Whether `name` can be one of the authors: they share a word.
fn is_author(name: &str, authors: &[String]) -> bool {
    let mut words = authors.iter().flat_map(|author| author.split_whitespace());
    words.any(|word| name.split_whitespace().any(|part| part == word))
}

/// Gives the paragraphs that are nothing but a signed quotation the voice of whoever signs it: "“The hive was full.” — Ida
/// Quill".
pub(crate) fn name_signers(text: &str, passages: &mut [Passage], authors: &[String], language: Language) {
    let is_own = |passage: &&mut Passage| {
        matches!(passage.kind, PassageKind::Paragraph | PassageKind::ListItem)
            && passage.voice.kind != VoiceKind::Quoted
    };
    for passage in passages.iter_mut().filter(is_own) {
        let words = passage.span.of(text);
        let signature = closing(words).and_then(|end| dashed(words[end..].trim_start()));
        let name = signature.and_then(|signed| signer(signed, language)).filter(|name| !is_author(name, authors));
        if let Some(name) = name {
            let evidence = Some(passage.span);
            passage.voice = Voice { kind: VoiceKind::Quoted, name: Some(name), confidence: NAMED, evidence };
        }
    }
}

/// The end of the quotation that a passage begins with, behind its mark.
fn closing(words: &str) -> Option<usize> {
    let opening = words.chars().next()?.len_utf8() as u32;
    let quotation = quoted(words).first().copied().filter(|quotation| quotation.start == opening)?;
    let mark = words[quotation.end as usize..].chars().next()?;
    Some(quotation.end as usize + mark.len_utf8())
}

/// The dashes that may stand before a signature.
const DASHES: [&str; 5] = ["—", "–", "―", "--", "-"];

/// The words behind the dash at the start of a text.
fn dashed(text: &str) -> Option<&str> {
    DASHES.iter().find_map(|dash| text.strip_prefix(dash))
}

/// The name in the signature of a quotation, on the last line of its own or at its end: "— Joe Carlsmith, 2023".
fn signature(quotation: &str, language: Language) -> Option<String> {
    let line = quotation.lines().next_back()?.trim_start_matches(['>', ' ']);
    match dashed(line) {
        Some(signed) => trailing_name(&signed_words(signed), language),
        None => closing_signature(line, language),
    }
}

/// The name behind the last dash of a line: "… to the winter — Jonas Reker". One word is a name only behind a sentence.
fn closing_signature(line: &str, language: Language) -> Option<String> {
    let behind = |dash: &&str| {
        let (before, signed) = line.rsplit_once(&*format!(" {dash} "))?;
        Some((before, signed))
    };
    let (before, signed) = DASHES.iter().filter_map(behind).min_by_key(|(_, signed)| signed.len())?;
    let name = signer(signed, language)?;
    let ends = before.trim_end_matches(['*', '_']).ends_with(['.', '!', '?', '…', '”', '"', '»']);
    (ends || name.contains(' ')).then_some(name)
}

/// The name that a signature consists of, apart from what stands behind a comma or in brackets.
fn signer(signed: &str, language: Language) -> Option<String> {
    const MOST: usize = 5;
    let words = signed_words(signed);
    let name = trailing_name(&words, language)?;
    (words.len() <= MOST && name.split(' ').count() == words.len()).then_some(name)
}

/// The words of a signature up to a comma or bracket, without signs of emphasis.
fn signed_words(signed: &str) -> Vec<&str> {
    let name = signed.split([',', '(', '[', '\n']).next().unwrap_or_default();
    name.split_whitespace().map(|word| word.trim_matches(['*', '_', '~'])).filter(|word| !word.is_empty()).collect()
}
