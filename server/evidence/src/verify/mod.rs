//! Does the passage bear the claim?

use ibid_text::Span;
use serde::{Deserialize, Serialize};

/// What [`verify`] finds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Verification {
    /// The verdict.
    pub verdict: Support,
    /// Probability that the evidence supports the claim.
    pub support: f32,
    /// How strongly each side asserts.
    pub strength: Strength,
    /// What does not match, gravest first.
    pub mismatches: Vec<Mismatch>,
}

/// A verdict on a claim against a passage.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Support {
    /// The passage says it.
    Supported,
    /// The claim asserts more than the passage.
    Overstated,
    /// The claim asserts less.
    Understated,
    /// The passage says otherwise.
    Contradicted,
    /// The passage does not speak to it.
    Unsupported,
    /// Could not be told.
    Unchecked,
}

/// How strongly a claim and its evidence assert, each 0..1.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Strength {
    /// The claim.
    pub claim: f32,
    /// The evidence sentence nearest to it.
    pub evidence: f32,
}

/// One thing in which claim and evidence differ.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mismatch {
    /// What differs.
    pub kind: MismatchKind,
    /// In the claim; empty when the claim lacks it.
    pub claim: Span,
    /// In the evidence; empty when the evidence lacks it.
    pub evidence: Span,
}

/// Kinds of mismatch.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MismatchKind {
    /// A number or its unit.
    Number,
    /// A proper name.
    Name,
    /// A date.
    Date,
    /// Negated on one side only.
    Negation,
    /// all/some/none.
    Quantifier,
    /// Assumed, hedged, asked or reported on one side only.
    Hedge,
    /// Cause against correlation, or more against less.
    Causal,
}

/// Weighs `claim`, one sentence, against `evidence`, any length of text.
pub fn verify(_claim: &str, _evidence: &str) -> Verification {
    Verification {
        verdict: Support::Unchecked,
        support: 0.0,
        strength: Strength { claim: 1.0, evidence: 1.0 },
        mismatches: Vec::new(),
    }
}
