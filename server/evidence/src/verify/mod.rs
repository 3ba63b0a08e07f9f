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
mod side;
pub mod similarity;
mod strength;

use std::sync::LazyLock;

use ibid_language::Language;
use ibid_text::{Span, sentences};
use serde::{Deserialize, Serialize};

pub use demand::{Demand, DemandKind};
pub use idf::is_everyday;

use self::{
    demand::Demands,
    mismatch::{Mismatches, mismatches, shared},
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
        let shown = coverage.near.iter().map(|&at| assertion(&evidence[at], &shared(&evidence[at], &claim)));
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(claim: &str, evidence: &str, verdict: Support, mismatch: Option<(MismatchKind, &str, &str)>) {
        let found = verify(claim, evidence, Language::ENGLISH);
        let shown = found.mismatches.first().map(|m| (m.kind, m.claim.of(claim), m.evidence.of(evidence)));
        assert_eq!((found.verdict, shown), (verdict, mismatch), "{claim} / {evidence}: {found:?}");
    }

    #[test]
    fn an_assumption_is_weaker_than_a_statement() {
        check(
            "Half of recent AI progress comes from using more compute.",
            "We simulate progress. We assume that half of recent AI progress comes from using more compute in AI \
             development and the other half comes from improved software. Compute is constant.",
            Support::Overstated,
            Some((MismatchKind::Hedge, "", "We assume")),
        );
    }

    #[test]
    fn a_correlation_is_weaker_than_a_cause() {
        check(
            "Coffee prevents headaches among adults.",
            "Coffee is associated with fewer headaches among adults.",
            Support::Overstated,
            Some((MismatchKind::Causal, "", "associated")),
        );
    }

    #[test]
    fn what_is_only_related_to_a_thing_is_no_correlation() {
        check(
            "Closing schools prevents symptoms among adults in cold countries.",
            "Closing schools prevents symptoms related to the virus among adults in cold countries.",
            Support::Supported,
            None,
        );
    }

    #[test]
    fn another_number_of_the_same_thing_contradicts() {
        check(
            "The survey covered 41,000 households in twelve regions.",
            "The survey covered 4,100 households in twelve regions.",
            Support::Contradicted,
            Some((MismatchKind::Number, "41,000", "4,100")),
        );
    }

    #[test]
    fn a_number_is_of_the_same_thing_if_the_same_words_lead_to_it() {
        let evidence = "The share of leaking boats fell from 0.42 to 0.35, and the crews slept better.";
        check(
            "The share of leaking boats fell from 0.42 to 0.31.",
            evidence,
            Support::Contradicted,
            Some((MismatchKind::Number, "0.31", "0.35")),
        );
        check(
            "The brewer sells 60 percent of the barrels.",
            "The brewer sells 80 percent of the barrels, and he gives the rest away.",
            Support::Contradicted,
            Some((MismatchKind::Number, "60 percent", "80 percent")),
        );
        let other = verify("The share of leaking boats in the north was 0.31.", evidence, Language::ENGLISH);
        assert_ne!(other.verdict, Support::Contradicted, "{other:?}");
    }

    #[test]
    fn any_negation_of_a_shared_word_counts() {
        check(
            "The proposed repair needs a second mast.",
            "We show that the rig never held in a gale, and the proposed repair needs no second mast.",
            Support::Contradicted,
            Some((MismatchKind::Negation, "mast", "no")),
        );
    }

    #[test]
    fn another_name_in_the_same_place_contradicts() {
        let evidence = "The survey of fishing villages was led by Grace Holm in the winter of 1952.";
        check(
            "The survey of fishing villages was led by Ada Berg in the winter of 1952.",
            evidence,
            Support::Contradicted,
            Some((MismatchKind::Name, "Ada Berg", "Grace Holm")),
        );
        check(
            "The survey of fishing villages was led by Holm in the winter of 1952.",
            evidence,
            Support::Supported,
            None,
        );
    }

    #[test]
    fn two_names_of_one_thing_do_not() {
        check(
            "The treaty on fishing grounds was signed by the United Nations after nine years of talks.",
            "The treaty on fishing grounds was signed by the UN after nine years of talks.",
            Support::Supported,
            None,
        );
    }

    #[test]
    fn another_month_is_another_date() {
        check(
            "The committee published its report on housing in March and closed the inquiry.",
            "The committee published its report on housing in October and closed the inquiry.",
            Support::Contradicted,
            Some((MismatchKind::Date, "March", "October")),
        );
    }

    #[test]
    fn less_for_more_contradicts() {
        let evidence = "Rents in the old town increased by a third after the new bridge was opened.";
        check(
            "Rents in the old town decreased by a third after the new bridge was opened.",
            evidence,
            Support::Contradicted,
            Some((MismatchKind::Causal, "decreased", "increased")),
        );
        check(
            "Rents in the old town rose by a third after the new bridge was opened.",
            evidence,
            Support::Supported,
            None,
        );
    }

    #[test]
    fn another_ordinal_contradicts() {
        let evidence = "The harbour office moved in the fourteenth week of the strike.";
        check(
            "The harbour office moved in the 15th week of the strike.",
            evidence,
            Support::Contradicted,
            Some((MismatchKind::Number, "15th", "fourteenth")),
        );
        check("The harbour office moved in the 14th week of the strike.", evidence, Support::Supported, None);
    }

    #[test]
    fn a_share_in_words_is_a_figure() {
        let evidence = "After a year 75% of the lanterns were still lit.";
        check("After a year three quarters of the lanterns were still lit.", evidence, Support::Supported, None);
        check(
            "After a year half of the lanterns were still lit.",
            evidence,
            Support::Contradicted,
            Some((MismatchKind::Number, "half", "75%")),
        );
    }

    #[test]
    fn a_lost_quantifier_overstates() {
        for (claim, evidence, here, there) in [
            ("All weavers left the valley.", "Most of the weavers left the valley.", "All", "Most"),
            ("The weavers left the valley.", "Some weavers left the valley.", "weavers", "Some"),
            ("The mill is the oldest in town.", "The mill is one of the oldest in town.", "the oldest", "one of"),
        ] {
            check(claim, evidence, Support::Overstated, Some((MismatchKind::Quantifier, here, there)));
        }
        check(
            "No weavers left the valley.",
            "Most weavers left the valley.",
            Support::Contradicted,
            Some((MismatchKind::Quantifier, "No", "Most")),
        );
        let found = verify("Some weavers left.", "Most weavers left.", Language::ENGLISH);
        assert!(found.mismatches.is_empty(), "{found:?}");
    }

    #[test]
    fn a_lost_limit_or_view_overstates() {
        for (claim, evidence) in [
            ("A deeper keel steadies the barge.", "A deeper keel can in some cases steady the barge."),
            ("The keel lasts for ninety years.", "Under good conditions, the keel lasts for ninety years."),
            ("The keel is the best of its century.", "The keel is regarded by many as the best of its century."),
            ("The keel was decisive for the race.", "Many consider the keel to be decisive for the race."),
            ("A keel is a promise to the wind.", "A shipwright told me: a keel is a promise to the wind."),
            ("The keel steadies the barge in a storm.", "I doubt that the keel steadies the barge in a storm."),
        ] {
            let found = verify(claim, evidence, Language::ENGLISH);
            assert_eq!(found.verdict, Support::Overstated, "{claim} / {evidence}: {found:?}");
        }
        for (claim, evidence) in [
            (
                "If conditions are good, the keel lasts for ninety years.",
                "Under good conditions, the keel lasts for ninety years.",
            ),
            (
                "Some regard the keel as the best of its century.",
                "The keel is regarded by many as the best of its century.",
            ),
        ] {
            let found = verify(claim, evidence, Language::ENGLISH);
            assert!(found.mismatches.is_empty(), "{claim} / {evidence}: {found:?}");
        }
    }

    #[test]
    fn what_is_not_in_the_passage_is_not_supported() {
        let evidence = "The crew rinsed the filters four times, and the water was clear after one month.";
        for (claim, kind) in [
            ("The crew of Tolm rinsed the filters four times, and the water was clear.", DemandKind::Name),
            ("The crew always rinsed the filters four times.", DemandKind::Quantifier),
            ("The crew must rinse the filters four times.", DemandKind::Modality),
            ("The crew argues that it rinsed the filters four times.", DemandKind::Attribution),
        ] {
            let found = verify(claim, evidence, Language::ENGLISH);
            let has = found.unmet.iter().any(|demand| demand.kind == kind);
            assert!(has && found.verdict != Support::Supported, "{claim}: {found:?}");
        }
    }

    #[test]
    fn a_hedge_of_something_else_weakens_nothing() {
        for (claim, evidence) in [
            ("The tax had less effect on bread.", "The tax had less effect on bread than one might have feared."),
            (
                "Neither baker answered the letter.",
                "It may be that the guild agreed; neither baker answered the letter.",
            ),
            ("Weak rules do not lead to fines.", "Weak rules like “paid in part by the parish” do not lead to fines."),
        ] {
            let found = verify(claim, evidence, Language::ENGLISH);
            assert!(found.mismatches.is_empty(), "{claim} / {evidence}: {found:?}");
        }
    }

    #[test]
    fn other_holders_hold_another_view() {
        let found = verify("Proponents say that it is slow.", "Critics say that it is slow.", Language::ENGLISH);
        assert_ne!(found.verdict, Support::Supported, "{found:?}");
    }

    #[test]
    fn two_reversals_are_none() {
        let found = verify(
            "Barges without a keel took more time on the river.",
            "Barges with a keel took less time on the river.",
            Language::ENGLISH,
        );
        assert!(found.mismatches.is_empty(), "{found:?}");
    }

    #[test]
    fn a_comparison_told_from_its_other_end_is_the_same() {
        let found = verify(
            "The cost of storage is lower than the cost of training a model.",
            "The cost of training a model is higher than the cost of storage.",
            Language::ENGLISH,
        );
        assert_ne!(found.verdict, Support::Contradicted, "{found:?}");
    }

    #[test]
    fn a_correlation_is_enough_for_a_correlation() {
        check(
            "Coffee is linked with fewer headaches among adults in cold countries.",
            "Coffee is associated with fewer headaches among adults in cold countries.",
            Support::Supported,
            None,
        );
    }

    #[test]
    fn what_is_set_either_way_is_not_asked() {
        let claim = "The flag sets the checks of iterators in the linked library.";
        for evidence in [
            "The flag sets whether the checks of iterators in the linked library are on.",
            "The flag tells whether or not the command sets the checks of iterators in the linked library.",
        ] {
            let found = verify(claim, evidence, Language::ENGLISH);
            assert!(found.mismatches.is_empty(), "{evidence}: {found:?}");
        }
        check(
            "Rain helps the growth of mushrooms in the northern forests.",
            "It is not known whether rain helps the growth of mushrooms in the northern forests.",
            Support::Overstated,
            Some((MismatchKind::Hedge, "", "known whether")),
        );
    }

    #[test]
    fn what_ought_to_be_is_not_denied() {
        check(
            "A class template needs a definition before its use in a return type.",
            "The class template had not a definition before its use in a return type.",
            Support::Unchecked,
            None,
        );
    }

    #[test]
    fn a_short_passage_may_say_it_in_other_words() {
        check("Cats eat fish.", "Our pet likes salmon.", Support::Unchecked, None);
    }

    #[test]
    fn a_short_passage_of_other_matters_does_not() {
        check(
            "The committee raised the price of bread in the winter.",
            "The violin is tuned in fifths.",
            Support::Unsupported,
            None,
        );
    }

    #[test]
    fn the_same_words_support() {
        let words = "The survey covered 4,100 households in twelve regions of Norway.";
        check(words, words, Support::Supported, None);
    }

    #[test]
    fn other_matters_do_not() {
        check(
            "The parliament of Norway moved to a new building on Karl Johans gate in 1866.",
            "Tomatoes want sun and water.",
            Support::Unsupported,
            None,
        );
    }

    proptest! {
        /// Any two texts can be compared, and every span that comes back lies in its text.
        #[test]
        fn never_panics(claim in "[\\PC\n]{0,60}", evidence in "[\\PC\n]{0,200}") {
            let found = verify(&claim, &evidence, Language::ENGLISH);
            for mismatch in &found.mismatches {
                prop_assert!(claim.get(mismatch.claim.range()).is_some());
                prop_assert!(evidence.get(mismatch.evidence.range()).is_some());
            }
            prop_assert!(found.missing.iter().all(|span| claim.get(span.range()).is_some()));
            prop_assert!((0.0..=1.0).contains(&found.support));
        }

        /// A claim made of words and numbers never panics either.
        #[test]
        fn never_panics_on_numbers(claim in "([0-9]{1,9}|[$%,.]|may|not|half|[A-Z][a-z]{1,5}| ){0,20}", evidence in "([0-9]{1,9}|[$%,.]|may|not|half|[A-Z][a-z]{1,5}| ){0,40}") {
            verify(&claim, &evidence, Language::ENGLISH);
        }
    }
}
