//! How certain does the sentence sound?

use std::sync::LazyLock;

use ibid_language::Language;

use super::features;
use crate::{model::Model, tokens::Token};

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../../weights/certainty.tsv")));

/// How certain the sentence sounds, 0..1, given the indices of its hedging words.
pub(super) fn judge(tokens: &[Token<'_>], hedges: &[usize], language: Language) -> f32 {
    MODEL.clamped_sum(|sink| features::certainty(tokens, hedges, language, sink))
}
