//! More where the evidence has less: words that turn a statement into its opposite.

use ibid_language::{Class, Language, List};
use rustc_hash::FxHashSet;

use super::{Mismatch, MismatchKind, side::Side};

/// Whether one stem says the opposite of the other.
fn opposed(mine: &str, theirs: &str, language: Language) -> bool {
    let has = |stems: &str, stem: &str| stems.split('|').any(|one| one == stem);
    let entries = language.entries(List::Opposite);
    let one_way = |a: &str, b: &str| entries.iter().any(|entry| has(entry.word, a) && has(entry.value, b));
    one_way(mine, theirs) || one_way(theirs, mine)
}

/// A word of the claim where the evidence has its opposite, of the same thing.
///
/// Told only where nothing else can have turned the sense: no negation on either side, neither word on both sides, and
/// what both have in the same order (what is higher than another is not lower than it).
pub(super) fn direction(claim: &Side<'_>, nearest: &Side<'_>) -> Option<Mismatch> {
    if claim.has(Class::Negation) || nearest.has(Class::Negation) || !in_one_order(claim, nearest) {
        return None;
    }
    let (mine, theirs) = (stems(claim), stems(nearest));
    let (has, shows): (FxHashSet<&str>, FxHashSet<&str>) =
        (mine.iter().map(|(_, stem)| stem.as_str()).collect(), theirs.iter().map(|(_, stem)| stem.as_str()).collect());
    mine.iter().filter(|(_, stem)| !shows.contains(stem.as_str())).find_map(|(at, stem)| {
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

/// The stem of each word with the index of its token.
fn stems(side: &Side<'_>) -> Vec<(usize, String)> {
    let words = side.tokens.iter().enumerate().filter(|(_, token)| token.is_word());
    words.map(|(at, token)| (at, ibid_text::stem(&token.form).into_owned())).collect()
}

/// Whether the content words that both have stand in the same order in both.
fn in_one_order(claim: &Side<'_>, nearest: &Side<'_>) -> bool {
    fn shared<'a>(side: &'a Side<'_>, other: &Side<'_>) -> Vec<&'a str> {
        let mut seen = FxHashSet::default();
        let both = side.words.iter().filter(|word| other.words.iter().any(|known| known.stem == word.stem));
        both.map(|word| word.stem.as_str()).filter(|stem| seen.insert(*stem)).collect()
    }
    shared(claim, nearest) == shared(nearest, claim)
}

/// How far off the word stands that both qualify.
const REACH: usize = 3;

/// Whether a content word near the one token stands near the other too.
fn neighbours_meet(claim: &Side<'_>, at: usize, nearest: &Side<'_>, there: usize) -> bool {
    let near = |side: &Side<'_>, at: usize| -> FxHashSet<String> {
        let words = side.words.iter().filter(|word| word.token != at && word.token.abs_diff(at) <= REACH);
        words.map(|word| word.stem.clone()).collect()
    };
    !near(claim, at).is_disjoint(&near(nearest, there))
}
