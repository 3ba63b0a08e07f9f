//! Judgments of single sentences: claim, hedge, certainty, definition.

mod certainty;
mod certainty_signs;
mod check_worthiness;
mod claim;
mod definition;
pub mod features;
mod hedge;

use ibid_language::Language;
use ibid_text::{Span, sentences};
use serde::{Deserialize, Serialize};

use crate::tokens::{Token, tokens};

pub use check_worthiness::{CheckWorthiness, Sign, check_worthiness};
pub use definition::{Definition, SenseKind, definitions, definitions_in, names_a_concept};

/// The result of [`annotate`] for one sentence. Spans are bytes of the annotated text.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Annotation {
    /// The sentence.
    pub span: Span,
    /// Probability that it asserts something checkable that is not the writer's own view.
    pub claim: f32,
    /// Probability that it is hedged.
    pub hedge: f32,
    /// How certain it sounds, from 0 (not at all) to 1 (plainly asserted).
    pub certainty: f32,
    /// The hedging words.
    pub hedges: Vec<Span>,
    /// Its most likely definition, if it has a candidate.
    pub definition: Option<Definition>,
}

/// Annotates every sentence of `text`. Without a language pack all scores are 0.
pub fn annotate(text: &str, language: Language) -> Vec<Annotation> {
    sentences(text, language.abbreviations()).into_iter().map(|span| annotate_sentence(text, span, language)).collect()
}

/// Annotates the sentence of `text` under `span` (bytes).
pub fn annotate_sentence(text: &str, span: Span, language: Language) -> Annotation {
    if !language.has_pack() {
        return Annotation { span, claim: 0.0, hedge: 0.0, certainty: 0.0, hedges: Vec::new(), definition: None };
    }
    let tokens = tokens(text, span, language);
    let (hedge, hedges) = hedge::judge(&tokens);
    Annotation {
        span,
        claim: claim::judge(&tokens),
        hedge,
        certainty: certainty::judge(&tokens, &hedges, language),
        hedges: hedges.into_iter().map(|at| tokens[at].span).collect(),
        definition: definition::judge(text, span, &tokens, language),
    }
}

/// How certain the sentence with these tokens sounds, 0..1.
pub(crate) fn certainty(tokens: &[Token<'_>], language: Language) -> f32 {
    certainty::judge(tokens, &hedges(tokens), language)
}

/// The indices of the tokens that hedge.
pub fn hedges(tokens: &[Token<'_>]) -> Vec<usize> {
    hedge::judge(tokens).1
}
