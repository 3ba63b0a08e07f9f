//! Opposites: the claim has "more" where the evidence has "less".

use ibid_language::{Class, Language, List};
use rustc_hash::FxHashSet;

use super::{Mismatch, MismatchKind, side::Side};

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
/// Returned only if no side has both words, and the shared words are in the same order ("A is higher than B" and "B is lower
/// than A" say the same). A negation that only one side has reverses the meaning once more; see [`negations_differ`].
pub(super) fn direction(claim: &Side<'_>, nearest: &Side<'_>) -> Option<Mismatch> {
    if !in_one_order(claim, nearest) {
        return None;
    }
    let (mine, theirs) = (stems(claim), stems(nearest));
    let (has, shows): (FxHashSet<&str>, FxHashSet<&str>) =
        (mine.iter().map(|(_, stem)| stem.as_str()).collect(), theirs.iter().map(|(_, stem)| stem.as_str()).collect());
    let others = |at: usize| -> f32 {
        let rest = claim.words.iter().filter(|word| word.token != at);
        let shared = rest.clone().filter(|word| shows.contains(word.stem.as_str())).count();
        shared as f32 / rest.count().max(FEWEST_OTHERS) as f32
    };
    let turned = mine.iter().filter(|(_, stem)| !shows.contains(stem.as_str()));
    turned.filter(|(at, _)| others(*at) >= OTHERWISE_SAME).find_map(|(at, stem)| {
        let rivals =
            theirs.iter().filter(|(_, other)| opposed(stem, other, claim.language) && !has.contains(other.as_str()));
        let (there, _) = rivals.clone().find(|(there, _)| neighbours_meet(claim, *at, nearest, *there))?;
        Some(Mismatch {
            kind: MismatchKind::Causal,
            claim: claim.tokens[*at].span,
            evidence: nearest.tokens[*there].span,
        })
    })
}

/// Whether one side has a negation more than the other.
pub(super) fn negations_differ(claim: &Side<'_>, nearest: &Side<'_>) -> bool {
    let count = |side: &Side<'_>| side.tokens.iter().filter(|token| token.classes.has(Class::Negation)).count();
    count(claim) != count(nearest)
}

/// The stem of each word with the index of its token.
fn stems(side: &Side<'_>) -> Vec<(usize, String)> {
    let words = side.tokens.iter().enumerate().filter(|(_, token)| token.is_word());
    words.map(|(at, token)| (at, ibid_text::stem(&token.form).into_owned())).collect()
}

/// Whether the shared content words have the same order in both.
fn in_one_order(claim: &Side<'_>, nearest: &Side<'_>) -> bool {
    fn shared<'a>(side: &'a Side<'_>, other: &Side<'_>) -> Vec<&'a str> {
        let mut seen = FxHashSet::default();
        let both = side.words.iter().filter(|word| other.words.iter().any(|known| known.stem == word.stem));
        both.map(|word| word.stem.as_str()).filter(|stem| seen.insert(*stem)).collect()
    }
    shared(claim, nearest) == shared(nearest, claim)
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
