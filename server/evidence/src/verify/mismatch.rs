//! Differences between a claim and the sentence nearest to it.

use ibid_language::Class;
use rustc_hash::FxHashSet;

use super::{
    Mismatch, MismatchKind, attribution,
    direction::direction,
    extent,
    name::name,
    nearest::Coverage,
    quantity::{Quantity, Unit},
    side::{Content, Side},
    strength::{Assertion, Frame, asserts_cause},
};
use crate::tokens::Token;

/// The differences between a claim and its evidence.
#[derive(Clone, Default, Debug)]
pub(crate) struct Mismatches {
    /// The mismatches, most serious first.
    pub(crate) all: Vec<Mismatch>,
    /// Whether a quantifier says the opposite: none and most.
    pub(crate) is_opposite: bool,
    /// Whether one side has the opposite of a word of the other: more and less.
    pub(crate) is_reversed: bool,
}

impl Mismatches {
    /// Whether there is a mismatch of one of these kinds.
    pub(crate) fn has(&self, kinds: &[MismatchKind]) -> bool {
        self.all.iter().any(|mismatch| kinds.contains(&mismatch.kind))
    }
}

/// Compares the claim with the sentence of the evidence that is nearest to it.
pub(crate) fn mismatches(
    claim: &Side<'_>,
    evidence: &[Side<'_>],
    coverage: &Coverage,
    said: &Assertion,
    shown: &Assertion,
) -> Mismatches {
    let Some(at) = coverage.nearest else { return Mismatches::default() };
    let nearest = &evidence[at];
    let around = &evidence[at.saturating_sub(2)..(at + 3).min(evidence.len())];
    let turned = direction(claim, nearest);
    let is_turned = turned.is_some();
    let turned = turned.filter(|turn| !turn.is_denied).map(|turn| turn.mismatch);
    let mut found = Mismatches { is_reversed: turned.is_some(), ..Mismatches::default() };
    found.all.extend(numbers(claim, nearest, around));
    found.all.extend(name(claim, nearest, evidence));
    found.all.extend(turned);
    let disagreement = extent::disagreement(claim, nearest);
    found.is_opposite = disagreement.as_ref().is_some_and(|(_, opposite)| *opposite);
    let quantifier = disagreement.map(|(mismatch, _)| mismatch);
    let quantifier =
        quantifier.or_else(|| extent::one_of_several(claim, nearest)).or_else(|| extent::lost(claim, nearest));
    found.all.extend(quantifier);
    found.all.extend(if is_turned || found.is_opposite { None } else { negation(claim, nearest) });
    found.all.extend(weaker(claim, nearest, said, shown));
    found
}

/// Numbers of the claim that no sentence around has, if the nearest sentence has another number of the same thing.
fn numbers<'a>(claim: &'a Side<'_>, nearest: &'a Side<'_>, around: &'a [Side<'_>]) -> impl Iterator<Item = Mismatch> {
    let is_around =
        |wanted: &Quantity| around.iter().flat_map(|side| &side.quantities).any(|other| other.agrees(wanted));
    let says_the_same = share_of_words(claim, nearest) >= SAID_OTHERWISE;
    claim.quantities.iter().filter(move |wanted| !is_around(wanted)).filter_map(move |wanted| {
        let rival = nearest.quantities.iter().find(|other| {
            other.unit == wanted.unit
                && !claim.quantities.iter().any(|mine| mine.agrees(other))
                && (counted(claim, wanted).is_some_and(|thing| counted(nearest, other) == Some(thing))
                    || says_the_same
                        && (is_led_alike(claim, wanted, nearest, other)
                            || wanted.unit == Unit::Year && are_only_years(claim, nearest)))
        })?;
        let kind = if wanted.unit == Unit::Year { MismatchKind::Date } else { MismatchKind::Number };
        Some(Mismatch { kind, claim: wanted.span, evidence: rival.span })
    })
}

/// The share of its words that a claim has in common with a sentence that says the same but for a number.
const SAID_OTHERWISE: f32 = 0.75;
/// The most tokens between a number and the word that leads to it: "fell from 0.21 to".
const LEAD_REACH: usize = 4;

/// The share of the claim's content words that the sentence has.
fn share_of_words(claim: &Side<'_>, nearest: &Side<'_>) -> f32 {
    shared(claim, nearest).len() as f32 / claim.words.len().max(1) as f32
}

/// Whether the same word, and the same content word, lead to both numbers: "fell from 0.21 to 0.17".
fn is_led_alike(claim: &Side<'_>, mine: &Quantity, nearest: &Side<'_>, theirs: &Quantity) -> bool {
    fn lead<'a>(side: &'a Side<'_>, number: &Quantity) -> Option<(&'a str, &'a str)> {
        let word =
            side.words.iter().rfind(|word| word.token < number.first && word.token + LEAD_REACH >= number.first)?;
        let is_direct = word.token + 1 == number.first;
        Some((&word.stem, if is_direct { "" } else { side.form(number.first - 1) }))
    }
    mine.unit != Unit::Year && lead(claim, mine).is_some_and(|mine| lead(nearest, theirs) == Some(mine))
}

/// Whether each side has one year.
fn are_only_years(claim: &Side<'_>, nearest: &Side<'_>) -> bool {
    [claim, nearest].iter().all(|side| side.quantities.iter().filter(|number| number.unit == Unit::Year).count() == 1)
}

/// The stem of what a quantity counts: the next content word within three tokens; for a year, the word before.
fn counted<'a>(side: &'a Side<'_>, quantity: &Quantity) -> Option<&'a str> {
    let word = match quantity.unit {
        Unit::Year => side.words.iter().rfind(|word| word.token < quantity.first),
        _ => side.words.iter().find(|word| (quantity.end..quantity.end + 3).contains(&word.token)),
    };
    word.map(|word| word.stem.as_str())
}

/// A negation that only one side has, of a word that both have.
fn negation(claim: &Side<'_>, nearest: &Side<'_>) -> Option<Mismatch> {
    let negated = |side: &Side<'_>| -> Vec<(usize, Content)> {
        // "I don't think that it is so" denies that it is so.
        let is_view = |at: usize| side.is(at, Class::ViewVerb) && !side.is(at, Class::FunctionWord);
        let behind = |at: usize| {
            let view = (at + 1..at + 3).find(|&at| is_view(at));
            side.words.iter().find(|word| word.token > view.unwrap_or(at) && word.token <= view.unwrap_or(at) + 3)
        };
        (0..side.tokens.len())
            .filter(|&at| side.tokens[at].classes.has(Class::Negation) && !is_no_negation(side, at))
            .filter_map(|at| behind(at).map(|word| (at, word.clone())))
            .collect()
    };
    // "It is not so" does not deny "it should be so".
    if claim.has(Class::Obligation) && !nearest.has(Class::Obligation) {
        return None;
    }
    let (mine, theirs) = (negated(claim), negated(nearest));
    let has = |side: &Side<'_>, stem: &str| side.words.iter().position(|word| word.stem == stem);
    let shared = |negations: &[(usize, Content)], side: &Side<'_>, other: &Side<'_>| {
        let mut here = negations.iter().filter(|(_, word)| is_clause_shared(side, word.token, other));
        here.find_map(|(at, word)| Some((*at, other.words[has(other, &word.stem)?].token)))
    };
    let (here, there) = match (mine.as_slice(), theirs.as_slice()) {
        ([], theirs) => shared(theirs, nearest, claim).map(|(there, here)| (here, there))?,
        (mine, []) => shared(mine, claim, nearest)?,
        _ => return None,
    };
    let (claim, evidence) = (claim.tokens[here].span, nearest.tokens[there].span);
    Some(Mismatch { kind: MismatchKind::Negation, claim, evidence })
}

/// Whether the other sentence has at least half of the other content words of the clause around a word.
fn is_clause_shared(side: &Side<'_>, at: usize, other: &Side<'_>) -> bool {
    let clause = side.clause(at);
    let is_negation = |word: &Content| side.is(word.token, Class::Negation) || side.is(word.token, Class::ViewVerb);
    let clause =
        || side.words.iter().filter(|word| clause.contains(&word.token) && word.token != at && !is_negation(word));
    let shared = clause().filter(|word| other.words.iter().any(|known| known.stem == word.stem)).count();
    2 * shared >= clause().count()
}

/// Whether a "not" belongs to "whether or not" or "not only", which negate nothing.
fn is_no_negation(side: &Side<'_>, at: usize) -> bool {
    side.form(at + 1) == "only"
        || at >= 2 && side.form(at - 1) == "or" && (0..at - 1).any(|at| side.is(at, Class::AlternativeOpener))
}

/// The words by which the evidence asserts less than the claim.
fn weaker(claim: &Side<'_>, nearest: &Side<'_>, said: &Assertion, shown: &Assertion) -> Option<Mismatch> {
    if shown.frame >= said.frame {
        return None;
    }
    // To call an assumption a possibility claims no more.
    if said.frame != Frame::Asserted && shown.frame != Frame::Correlational {
        return None;
    }
    // What is denied, or said of a possible cause by both, claims no more than a correlation.
    let doubts = |side: &Side<'_>| side.has(Class::PossibilityModal);
    let is_denied = || claim.has(Class::Negation) || asserts_cause(nearest) || doubts(claim) && doubts(nearest);
    let keeps = match shown.frame {
        Frame::Correlational => is_denied(),
        Frame::Reported => attribution::tells_a_view(claim),
        Frame::Hedged => is_limited(claim) || is_told_as_a_view(claim, nearest, shown),
        Frame::Assumed => attribution::is_of_a_scenario(claim) || is_told_as_a_view(claim, nearest, shown),
        Frame::Asked | Frame::Asserted => false,
    };
    if keeps {
        return None;
    }
    if shown.frame == Frame::Correlational && !asserts_cause(claim) {
        return None;
    }
    let kind = if shown.frame == Frame::Correlational { MismatchKind::Causal } else { MismatchKind::Hedge };
    Some(Mismatch { kind, claim: said.words, evidence: shown.words })
}

/// Whether the sentence gives its writer's own view, and the claim tells it as somebody's view.
fn is_told_as_a_view(claim: &Side<'_>, nearest: &Side<'_>, shown: &Assertion) -> bool {
    attribution::is_own_view(nearest, shown.words) && attribution::tells_a_view(claim)
}

/// Whether the claim has a condition or a limit of its own.
fn is_limited(claim: &Side<'_>) -> bool {
    let classes =
        [Class::Conditional, Class::Possibility, Class::PossibilityModal, Class::Probability, Class::Frequency];
    let limits = |token: &Token<'_>| classes.iter().any(|&class| token.classes.has(class));
    claim.tokens.iter().enumerate().any(|(at, token)| limits(token) && (at == 0 || !token.capital))
}

/// Indices of the tokens of `side` that say what `other` says: shared words and numbers, those of one clause if it has nearly all
/// of them.
pub(crate) fn said_by_both(side: &Side<'_>, other: &Side<'_>) -> Vec<usize> {
    let agrees = |wanted: &&Quantity| other.quantities.iter().any(|known| known.agrees(wanted));
    let numbers = side.quantities.iter().filter(agrees).map(|number| number.first);
    let mut all: Vec<usize> = shared(side, other).into_iter().chain(numbers).collect();
    all.sort_unstable();
    let best =
        all.chunk_by(|&a, &b| side.are_in_one_clause(a, b)).max_by_key(|clause| clause.len()).unwrap_or_default();
    if best.len() as f32 >= NEARLY_ALL * all.len() as f32 { best.to_vec() } else { all }
}

/// The share of the common words that a clause must have so that only its own hedges count.
const NEARLY_ALL: f32 = 0.7;

/// Indices of the tokens of `side` whose stems `other` has too.
pub(crate) fn shared(side: &Side<'_>, other: &Side<'_>) -> Vec<usize> {
    let stems: FxHashSet<&str> = other.words.iter().map(|word| word.stem.as_str()).collect();
    side.words.iter().filter(|word| stems.contains(word.stem.as_str())).map(|word| word.token).collect()
}
