//! Voices on pages that mark quotations: a blockquote is somebody else's, all other text the author's own.

use ibid_text::Span;

use super::frame::{Speaker, speaker, trailing_name};
use crate::{Passage, Standing, Voice};

/// The confidence that a blockquote contains the words of the person named around it.
pub(crate) const NAMED: f32 = 0.95;
/// The confidence that a blockquote without a name contains somebody else's words. People also quote themselves.
pub(crate) const UNNAMED: f32 = 0.85;
/// The confidence that an unmarked paragraph is the author's own.
const UNMARKED: f32 = 0.8;

/// The voice of a passage that is not marked as somebody else's.
pub(crate) const fn own_voice() -> Voice {
    Voice { standing: Standing::Author, name: None, confidence: UNMARKED, told_by: None }
}

/// Gives the passages of a blockquote, from `first` to the end, the voice that the words around them name.
pub(crate) fn attribute(text: &str, passages: &mut [Passage], first: usize, authors: &[String]) {
    let Around { framed, told_by, signed } = around(text, passages, first);
    let name = framed.as_ref().and_then(Speaker::name).map(str::to_owned).or(signed);
    if framed == Some(Speaker::Writer) || name.as_deref().is_some_and(|name| is_author(name, authors)) {
        return;
    }
    let confidence = if name.is_some() { NAMED } else { UNNAMED };
    for passage in &mut passages[first..] {
        let told_by = told_by.or(Some(passage.span));
        passage.voice = Voice { standing: Standing::Quoted, name: name.clone(), confidence, told_by };
    }
}

/// Adds the author's name to the author's own passages, if there is exactly one author.
pub(crate) fn name_author<'p>(passages: impl IntoIterator<Item = &'p mut Passage>, authors: &[String]) {
    let [author] = authors else { return };
    let own = |passage: &&mut Passage| passage.voice.standing == Standing::Author;
    for passage in passages.into_iter().filter(own) {
        passage.voice.name = Some(author.clone());
    }
}

/// The evidence around a blockquote about whose words it contains.
pub(crate) struct Around {
    /// The speaker that the passage before introduces.
    pub(crate) framed: Option<Speaker>,
    /// The span of that passage, if it introduces a speaker.
    pub(crate) told_by: Option<Span>,
    /// The name in the signature of the quotation.
    pub(crate) signed: Option<String>,
}

/// Collects the evidence around a blockquote whose passages are those from `first` to the end.
pub(crate) fn around(text: &str, passages: &[Passage], first: usize) -> Around {
    let before = first.checked_sub(1).map(|before| passages[before].span);
    let framed = before.and_then(|before| speaker(before.of(text)));
    let signed = passages[first..].last().and_then(|last| signature(last.span.of(text)));
    Around { told_by: before.filter(|_| framed.is_some()), framed, signed }
}

/// Whether `name` can be one of the authors: they share a word.
fn is_author(name: &str, authors: &[String]) -> bool {
    let mut words = authors.iter().flat_map(|author| author.split_whitespace());
    words.any(|word| name.split_whitespace().any(|part| part == word))
}

/// The name in the last line of a signed quotation: "— Joe Carlsmith, 2023".
fn signature(quotation: &str) -> Option<String> {
    let line = quotation.lines().next_back()?.trim_start_matches(['>', ' ']);
    let signed = line.strip_prefix('—').or_else(|| line.strip_prefix('–')).or_else(|| line.strip_prefix("--"))?;
    let words: Vec<&str> = signed.split([',', '(']).next()?.split_whitespace().collect();
    trailing_name(&words)
}
