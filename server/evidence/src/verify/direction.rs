//! Opposites: the claim has "more" where the evidence has "less".

use std::ops::Range;

use ibid_language::{Class, Language, List};
use rustc_hash::FxHashSet;

use super::{Mismatch, MismatchKind, quantity::Quantity, side::Side};

/// Whether two stems are opposites.
fn opposed(mine: &str, theirs: &str, language: Language) -> bool {
    let has = |stems: &str, stem: &str| stems.split('|').any(|one| one == stem);
    let entries = language.entries(List::Opposite);
    let one_way = |a: &str, b: &str| entries.iter().any(|entry| has(entry.word, a) && has(entry.value, b));
    one_way(mine, theirs) || one_way(theirs, mine) || is_negated(mine, theirs, language)
}

/// The shortest stem of which a prefix makes the opposite: "safe" and "unsafe".
const SHORTEST: usize = 4;

/// Whether one word is the other behind a prefix that negates.
fn is_negated(mine: &str, theirs: &str, language: Language) -> bool {
    let (short, long) = if mine.len() < theirs.len() { (mine, theirs) } else { (theirs, mine) };
    let prefix = long.strip_suffix(short).filter(|_| short.len() >= SHORTEST);
    prefix.is_some_and(|prefix| language.words(List::NegativePrefix).contains(&prefix))
}

/// A word of the claim whose opposite the evidence says of the same thing.
///
/// Returned only if no side has both words, and what is compared has not changed places ("A is higher than B" and "B is lower
/// than A" say the same). A negation that only one side has reverses the meaning once more; see [`Turn`].
pub(super) fn direction(claim: &Side<'_>, nearest: &Side<'_>) -> Option<Turn> {
    let (mine, theirs) = (stems(claim), stems(nearest));
    let (has, shows): (FxHashSet<&str>, FxHashSet<&str>) =
        (mine.iter().map(|(_, stem)| stem.as_str()).collect(), theirs.iter().map(|(_, stem)| stem.as_str()).collect());
    let others = |at: usize| -> f32 {
        let rest = claim.words.iter().filter(|word| word.token != at);
        let counts = |wanted: &&Quantity| nearest.quantities.iter().any(|other| other.agrees(wanted));
        let shared = rest.clone().filter(|word| shows.contains(word.stem.as_str())).count()
            + claim.quantities.iter().filter(counts).count();
        shared as f32 / (rest.count() + claim.quantities.len()).max(FEWEST_OTHERS) as f32
    };
    let turned = mine.iter().filter(|(_, stem)| !shows.contains(stem.as_str()));
    turned.filter(|(at, _)| others(*at) >= OTHERWISE_SAME).find_map(|(at, stem)| {
        let rivals =
            theirs.iter().filter(|(_, other)| opposed(stem, other, claim.language) && !has.contains(other.as_str()));
        let (there, _) = rivals.clone().find(|(there, _)| {
            neighbours_meet(claim, *at, nearest, *there) && !is_turned_round(claim, *at, nearest, *there)
        })?;
        let mismatch = Mismatch {
            kind: MismatchKind::Causal,
            claim: claim.tokens[*at].span,
            evidence: nearest.tokens[*there].span,
        };
        let negations = negations_in(claim, claim.clause(*at)) != negations_in(nearest, nearest.clause(*there));
        Some(Turn { mismatch, is_denied: negations })
    })
}

/// An opposite word.
pub(super) struct Turn {
    pub(super) mismatch: Mismatch,
    /// Whether one of the clauses has a negation more, so that both may say the same: "without ropes they took longer", "with
    /// ropes they took less long".
    pub(super) is_denied: bool,
}

fn negations_in(side: &Side<'_>, tokens: Range<usize>) -> usize {
    side.tokens[tokens].iter().filter(|token| token.classes.has(Class::Negation)).count()
}

/// Whether one side has a negation more than the other.
pub(super) fn negations_differ(claim: &Side<'_>, nearest: &Side<'_>) -> bool {
    negations_in(claim, 0..claim.tokens.len()) != negations_in(nearest, 0..nearest.tokens.len())
}

/// The stem of each word with the index of its token.
fn stems(side: &Side<'_>) -> Vec<(usize, String)> {
    let words = side.tokens.iter().enumerate().filter(|(_, token)| token.is_word());
    words.map(|(at, token)| (at, ibid_text::stem(&token.form).into_owned())).collect()
}

/// Whether what stands before and behind a word of the claim changes places around the word of the evidence: "A is higher than
/// B", "B is lower than A".
fn is_turned_round(claim: &Side<'_>, at: usize, nearest: &Side<'_>, there: usize) -> bool {
    let clause = nearest.clause(there);
    let place = |stem: &str| {
        let mut words = nearest.words.iter().filter(|word| clause.contains(&word.token));
        words.find(|word| word.stem == stem).map(|word| word.token)
    };
    let around = claim.clause(at);
    let words = || claim.words.iter().filter(|word| around.contains(&word.token));
    let mut before = words().filter(|word| word.token < at).filter_map(|word| place(&word.stem));
    let mut behind = words().filter(|word| word.token > at).filter_map(|word| place(&word.stem));
    before.any(|place| place > there) && behind.any(|place| place < there)
}

/// The share of the other words of a claim that a sentence must have so that it is about the same.
const OTHERWISE_SAME: f32 = 0.6;
/// The fewest other words by which two sentences can be about the same.
const FEWEST_OTHERS: usize = 2;
/// The most tokens between a word and what it is about.
const REACH: usize = 3;

/// Whether a content word is near both tokens.
fn neighbours_meet(claim: &Side<'_>, at: usize, nearest: &Side<'_>, there: usize) -> bool {
    let near = |side: &Side<'_>, at: usize| -> FxHashSet<String> {
        let words = side.words.iter().filter(|word| word.token != at && word.token.abs_diff(at) <= REACH);
        words.map(|word| word.stem.clone()).collect()
    };
    !near(claim, at).is_disjoint(&near(nearest, there))
}
