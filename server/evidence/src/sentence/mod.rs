//! Judging one sentence at a time: claim, hedge, certainty, definition.

mod certainty;
mod claim;
mod definition;
pub mod features;
mod hedge;
mod need;
mod signs;

use ibid_language::Language;
use ibid_text::{Span, sentences};
use serde::{Deserialize, Serialize};

use crate::tokens::{Token, tokens};

pub use definition::{Definition, SenseKind, definitions, definitions_in, names_a_concept};
pub use need::{Need, Sign, need};

/// What [`annotate`] says of one sentence. Spans are bytes into the annotated text.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Annotation {
    /// The sentence.
    pub span: Span,
    /// Probability that it asserts something checkable that is not the writer's own view.
    pub claim: f32,
    /// Probability that it is hedged.
    pub hedge: f32,
    /// How certain it sounds, 0 (not at all) to 1 (flatly asserted).
    pub certainty: f32,
    /// The hedging words.
    pub hedges: Vec<Span>,
    /// The definition it gives, if it may give one.
    pub definition: Option<Definition>,
}

/// Judges every sentence of `text`.
pub fn annotate(text: &str) -> Vec<Annotation> {
    sentences(text, Language::ENGLISH.abbreviations()).into_iter().map(|span| annotate_sentence(text, span)).collect()
}

/// Judges the one sentence of `text` under `span`; what stands around it may be read for context.
pub fn annotate_sentence(text: &str, span: Span) -> Annotation {
    let tokens = tokens(text, span);
    let (hedge, hedges) = hedge::judge(&tokens);
    Annotation {
        span,
        claim: claim::judge(&tokens),
        hedge,
        certainty: certainty::judge(&tokens, &hedges),
        hedges: hedges.into_iter().map(|at| tokens[at].span).collect(),
        definition: definition::judge(text, span, &tokens),
    }
}

/// How certain the sentence of these tokens sounds, 0..1.
pub(crate) fn certainty(tokens: &[Token<'_>]) -> f32 {
    certainty::judge(tokens, &hedges(tokens))
}

/// Indices of the tokens that hedge.
pub fn hedges(tokens: &[Token<'_>]) -> Vec<usize> {
    hedge::judge(tokens).1
}
