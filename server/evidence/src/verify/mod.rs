//! Whether a passage supports a claim.

mod attribution;
mod demand;
mod direction;
mod extent;
mod features;
mod idf;
mod mismatch;
mod name;
mod nearest;
mod quantity;
mod reading;
mod side;
pub mod similarity;
mod strength;

use std::sync::LazyLock;

use ibid_language::Language;
use ibid_text::{Span, sentences};
use serde::{Deserialize, Serialize};

pub use demand::{Demand, DemandKind};
pub use idf::is_everyday;
pub use reading::{Reading, readings};

use self::{
    demand::Demands,
    mismatch::{Mismatches, mismatches, said_by_both, shared},
    nearest::{Coverage, coverage},
    quantity::Quantity,
    side::Side,
    strength::{Assertion, Frame, assertion},
};
use crate::model::{Model, Sink};

/// The result of [`verify`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Verification {
    /// The verdict.
    pub verdict: Support,
    /// Probability that the evidence supports the claim.
    pub support: f32,
    /// How strongly each side asserts.
    pub strength: Strength,
    /// The differences, most serious first.
    pub mismatches: Vec<Mismatch>,
    /// The sentence of the evidence nearest to the claim; `None` if none shares a word with it.
    pub nearest: Option<Span>,
    /// Share of the claim's content that this sentence has, 0..1.
    pub coverage: f32,
    /// The claim's names, numbers and content words that this sentence lacks.
    pub missing: Vec<Span>,
    /// What the claim demands and the evidence does not have; [`Support::Supported`] needs none.
    pub unmet: Vec<Demand>,
}

impl Verification {
    /// The result if nothing was compared.
    const fn unchecked() -> Self {
        Self {
            verdict: Support::Unchecked,
            support: 0.0,
            strength: Strength { claim: 0.0, evidence: 0.0 },
            mismatches: Vec::new(),
            nearest: None,
            coverage: 0.0,
            missing: Vec::new(),
            unmet: Vec::new(),
        }
    }
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
    /// The passage is about something else.
    Unsupported,
    /// Could not be decided.
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

/// Compares `claim`, one sentence, with `evidence`, text of any length.
///
/// The nearest sentence of the evidence is compared word by word. A model trained on `WiCE` (Kamoi et al. 2023) weighs how
/// much of the claim that sentence, its neighbours and the whole evidence have. What cannot be decided is
/// [`Support::Unchecked`], as is everything in a language without a pack.
pub fn verify(claim: &str, evidence: &str, language: Language) -> Verification {
    if !language.has_pack() {
        return Verification::unchecked();
    }
    let comparison = Comparison::new(claim, evidence, language);
    let support = MODEL.probability(|sink| comparison.features(sink));
    Verification {
        verdict: comparison.verdict(support),
        support,
        strength: Strength { claim: comparison.said.strength, evidence: comparison.shown.strength },
        nearest: comparison.coverage.nearest.map(|at| comparison.evidence[at].span),
        coverage: comparison.coverage.sentence,
        missing: comparison.missing(),
        unmet: comparison.unmet(),
        mismatches: comparison.found.all,
    }
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../../weights/support.tsv")));

/// A claim and its evidence, compared.
pub struct Comparison<'a> {
    claim: Side<'a>,
    evidence: Vec<Side<'a>>,
    coverage: Coverage,
    said: Assertion,
    shown: Assertion,
    found: Mismatches,
}

impl<'a> Comparison<'a> {
    /// Reads and compares both texts.
    pub fn new(claim: &'a str, evidence: &'a str, language: Language) -> Self {
        let claim = Side::new(claim, Span::from(0..claim.len()), language);
        let evidence: Vec<Side<'_>> = sentences(evidence, language.abbreviations())
            .into_iter()
            .map(|span| Side::new(evidence, span, language))
            .collect();
        let coverage = coverage(&claim, &evidence);
        let Some(at) = coverage.nearest else {
            let said = assertion(&claim, &[]);
            return Self { shown: said.clone(), said, claim, evidence, coverage, found: Mismatches::default() };
        };
        let nearest = &evidence[at];
        let said = assertion(&claim, &shared(&claim, nearest));
        // Of the sentences that are about as near, the one that asserts most counts.
        let shown = coverage.near.iter().map(|&at| assertion(&evidence[at], &said_by_both(&evidence[at], &claim)));
        let shown = shown.max_by_key(|shown| shown.frame).unwrap_or_else(|| said.clone());
        let found = mismatches(&claim, &evidence, &coverage, &said, &shown);
        Self { claim, evidence, coverage, said, shown, found }
    }

    /// Adds the features of the support model.
    pub fn features(&self, sink: &mut impl Sink) {
        features::support(&self.claim, &self.coverage, &self.found, sink);
    }

    /// What the claim demands and the evidence does not have.
    fn unmet(&self) -> Vec<Demand> {
        let Some(at) = self.coverage.nearest else { return Vec::new() };
        let Self { claim, evidence, coverage, said, shown, .. } = self;
        Demands { claim, evidence, nearest: &evidence[at], coverage, said, shown }.unmet()
    }

    /// The words and numbers of the claim that the nearest sentence lacks.
    fn missing(&self) -> Vec<Span> {
        let nearest = self.coverage.nearest.map(|at| &self.evidence[at]);
        let has_stem = |stem: &str| nearest.is_some_and(|side| side.words.iter().any(|word| word.stem == stem));
        let words = self.claim.words.iter().filter(|word| !has_stem(&word.stem));
        let words = words.map(|word| self.claim.tokens[word.token].span);
        let counts = |wanted: &Quantity| {
            nearest.is_some_and(|side| side.quantities.iter().any(|quantity| quantity.agrees(wanted)))
        };
        let numbers = self.claim.quantities.iter().filter(|quantity| !counts(quantity)).map(|quantity| quantity.span);
        let mut missing: Vec<Span> = words.chain(numbers).collect();
        missing.sort_unstable();
        missing
    }

    /// Whether the evidence is about something else. Missing words mean more in a long text than in a short one, so a short one
    /// is judged by words of similar meaning.
    fn is_elsewhere(&self, support: f32) -> bool {
        match self.coverage.length {
            0..=SHORT => self.coverage.meaning < UNRELATED,
            length if length < LONG => support < ELSEWHERE,
            _ => support < ELSEWHERE_IN_LONG,
        }
    }

    /// Whether the evidence is a single sentence about the same matter.
    fn is_picked(&self) -> bool {
        self.evidence.len() == 1 && self.coverage.meaning >= UNRELATED
    }

    /// The verdict. What cannot be decided is unchecked.
    fn verdict(&self, support: f32) -> Support {
        use MismatchKind::{Causal, Date, Hedge, Name, Negation, Number, Quantifier};
        let near = self.coverage.sentence;
        let has = |kinds: &[MismatchKind]| self.found.has(kinds);
        let differs = has(&[Name])
            || self.found.is_reversed
            || self.found.is_opposite && near >= COVERED_FOR_NUMBER
            || has(&[Number, Date]) && near >= COVERED_FOR_NUMBER;
        if differs || has(&[Negation]) && near >= COVERED_FOR_HEDGE {
            Support::Contradicted
        } else if has(&[Causal]) && (near >= COVERED_FOR_CAUSE || self.is_picked())
            || has(&[Quantifier]) && near >= COVERED_FOR_HEDGE
            || has(&[Hedge])
                && near >= if self.shown.frame == Frame::Hedged { COVERED_FOR_HEDGE } else { COVERED_FOR_FRAME }
        {
            Support::Overstated
        } else if support >= LIKELY && self.unmet().is_empty() && self.found.all.is_empty() {
            Support::Supported
        } else if self.said.frame.is_weak() && self.shown.frame == Frame::Asserted {
            Support::Understated
        } else if self.is_elsewhere(support) {
            Support::Unsupported
        } else {
            Support::Unchecked
        }
    }
}

/// The least probability of support at which what meets every demand is supported.
const LIKELY: f32 = 0.5;
/// The share of a claim that the nearest sentence must have so that a different number of the same thing contradicts it.
const COVERED_FOR_NUMBER: f32 = 0.3;
/// The share it must have so that an assumption, a question or a report is a weaker assertion of the same.
const COVERED_FOR_FRAME: f32 = 0.6;
/// The share it must have so that a correlation is, unless the evidence is a single sentence about the same matter.
const COVERED_FOR_CAUSE: f32 = 0.5;
/// The share it must have so that a hedge or quantifier is, or a negation contradicts.
const COVERED_FOR_HEDGE: f32 = 0.75;
/// Below this probability, evidence that is not short is about something else.
const ELSEWHERE: f32 = 0.25;
/// Below this probability, long evidence is about something else.
const ELSEWHERE_IN_LONG: f32 = 0.42;
/// Below this share of the claim's meaning, short evidence is about something else.
const UNRELATED: f32 = 0.16;
/// The most content words of short evidence, about four sentences.
const SHORT: usize = 60;
/// The fewest content words of long evidence, about a page.
const LONG: usize = 200;

#[cfg(test)]
mod tests;
