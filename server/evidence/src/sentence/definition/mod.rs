//! Does the sentence define a term?

use ibid_text::{Span, sentences};
use serde::{Deserialize, Serialize};

/// A sentence's definition of a term.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Definition {
    /// The sentence that gives it.
    pub sentence: Span,
    /// Probability that this is a definition.
    pub score: f32,
    /// The term defined.
    pub term: Span,
    /// The words that give its sense; for [`SenseKind::Asked`], the question.
    pub sense: Span,
    /// How the sense is given.
    pub kind: SenseKind,
    /// Whose sense it is, when the sentence says so ("Carlsmith defines it as …"; "by X you mean …"): where it says it.
    pub holder: Option<Span>,
}

/// How a sense is given (ARCHITECTURE.md has an example of each).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SenseKind {
    /// "X is …", "X refers to …".
    Stated,
    /// "call these X", "when I say X I mean …", "by X you mean …".
    Stipulated,
    /// "X (a later round of …)".
    Parenthetical,
    /// An acronym and its expansion.
    Acronym,
    /// "X, formerly Y", "fka".
    Alias,
    /// "A defines X as …".
    Reported,
    /// An entry of a note's glossary.
    Glossary,
    /// "X in the colloquial sense", "an unusual use of the term".
    Contrasted,
    /// "what is the definition of X?" — an open question, not a sense.
    Asked,
}

/// The best definition in the sentence under `span`, if it may give one.
pub(super) fn judge(text: &str, span: Span) -> Option<Definition> {
    definitions(text, span).into_iter().max_by(|a, b| a.score.total_cmp(&b.score))
}

/// Every definition the sentence under `span` may give: one sentence can define several terms.
pub fn definitions(_text: &str, _span: Span) -> Vec<Definition> {
    Vec::new()
}

/// Every definition a passage may give, in order. A pronoun is resolved to the term that was spoken of before it.
pub fn definitions_in(passage: &str) -> Vec<Definition> {
    sentences(passage).into_iter().flat_map(|span| definitions(passage, span)).collect()
}
