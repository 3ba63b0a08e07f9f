//! Is the sentence hedged, and by which words?

use std::sync::LazyLock;

use super::features;
use crate::{model::Model, tokens::Token};

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../../weights/hedge.tsv")));

/// The probability that the sentence is hedged, and the indices of the hedging words.
///
/// Every word that can hedge is judged in its context. The score of the sentence is that of its most likely hedge.
pub(super) fn judge(tokens: &[Token<'_>]) -> (f32, Vec<usize>) {
    let mut highest = 0.0_f32;
    let mut hedges = Vec::new();
    let may_hedge = |at: &usize| features::may_hedge(&tokens[*at]) && !is_name(tokens, *at);
    for at in (0..tokens.len()).filter(may_hedge) {
        let probability = MODEL.probability(|sink| features::cue(tokens, at, sink));
        highest = highest.max(probability);
        if probability >= 0.5 {
            hedges.push(at);
        }
    }
    (highest, hedges)
}

/// Whether a word is a name by its capital within a sentence: "Cecilia May", "in May".
fn is_name(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    tokens[at].capital && before.is_some_and(Token::is_word)
}
