//! Voices on pages that mark whose words they have: a block set off is somebody else's, all the rest the author's own.

use ibid_text::Span;

use super::frame::{Speaker, speaker, trailing_name};
use crate::{Passage, Standing, Voice};

/// How sure it is that a blockquote holds the words of whom the words around it name.
pub(crate) const NAMED: f32 = 0.95;
/// How sure it is that a blockquote which nobody is named for holds somebody else's words: people quote themselves.
pub(crate) const UNNAMED: f32 = 0.85;
/// How sure it is that an unmarked paragraph holds the author's own words.
const UNMARKED: f32 = 0.8;

/// The voice of a passage that no mark gives to somebody else.
pub(crate) const fn own_voice() -> Voice {
    Voice { standing: Standing::Author, name: None, confidence: UNMARKED, told_by: None }
}

/// Gives the passages from `first` on, which a blockquote holds, to whom the words around them name.
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

/// Gives the author's own passages the author's name, where there is one author.
pub(crate) fn name_author<'p>(passages: impl IntoIterator<Item = &'p mut Passage>, authors: &[String]) {
    let [author] = authors else { return };
    let own = |passage: &&mut Passage| passage.voice.standing == Standing::Author;
    for passage in passages.into_iter().filter(own) {
        passage.voice.name = Some(author.clone());
    }
}

/// What the words around a blockquote tell of it.
pub(crate) struct Around {
    /// To whom the passage before hands over.
    pub(crate) framed: Option<Speaker>,
    /// That passage, if it does.
    pub(crate) told_by: Option<Span>,
    /// Who has signed it.
    pub(crate) signed: Option<String>,
}

/// What there is around the blockquote that holds the passages from `first` on.
pub(crate) fn around(text: &str, passages: &[Passage], first: usize) -> Around {
    let before = first.checked_sub(1).map(|before| passages[before].span);
    let framed = before.and_then(|before| speaker(before.of(text)));
    let signed = passages[first..].last().and_then(|last| signature(last.span.of(text)));
    Around { told_by: before.filter(|_| framed.is_some()), framed, signed }
}

/// Whether `name` may be that of one of the authors: they share a word.
fn is_author(name: &str, authors: &[String]) -> bool {
    let mut words = authors.iter().flat_map(|author| author.split_whitespace());
    words.any(|word| name.split_whitespace().any(|part| part == word))
}

/// The name in the last line of a quotation that is signed: "— Joe Carlsmith, 2023".
fn signature(quotation: &str) -> Option<String> {
    let line = quotation.lines().next_back()?.trim_start_matches(['>', ' ']);
    let signed = line.strip_prefix('—').or_else(|| line.strip_prefix('–')).or_else(|| line.strip_prefix("--"))?;
    let words: Vec<&str> = signed.split([',', '(']).next()?.split_whitespace().collect();
    trailing_name(&words)
}
