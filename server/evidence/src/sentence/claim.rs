//! Does the sentence assert something checkable that is not the writer's own view?

use std::sync::LazyLock;

use super::features;
use crate::{model::Model, tokens::Token};

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../../weights/claim.tsv")));

/// The probability that the sentence asserts something checkable.
pub(super) fn judge(tokens: &[Token<'_>]) -> f32 {
    MODEL.probability(|sink| features::claim(tokens, sink))
}
