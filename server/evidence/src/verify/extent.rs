//! How much of a thing, and how often, a sentence is about: all, most, some, none; always, often, never.

use ibid_language::{Class, List};

use super::{Mismatch, MismatchKind, side::Side};
use crate::tokens::Token;

/// What a quantifier counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Counted {
    Things,
    Times,
}

/// A quantifier with what it is said of.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Extent {
    /// Index of its token.
    pub(super) token: usize,
    counted: Counted,
    /// From 0 (none, never) to 6 (all, always).
    rank: u8,
    /// Stems of the content words that it may be said of.
    stems: Vec<String>,
}

/// The rank of "none".
const NONE: u8 = 0;
/// The rank of "few".
const FEW: u8 = 1;
/// The rank of "some".
const SOME: u8 = 2;
/// The rank of "many".
const MANY: u8 = 3;
/// The rank of "most".
const MOST: u8 = 4;

/// The most tokens from a quantifier to what it is said of: "most of the old bakers".
const REACH: usize = 5;
/// The most content words among these.
const FIRST: usize = 2;

/// The quantifiers of a sentence that are followed by a content word.
pub(super) fn extents(side: &Side<'_>) -> Vec<Extent> {
    (0..side.tokens.len()).filter_map(|at| extent(side, at)).collect()
}

fn extent(side: &Side<'_>, at: usize) -> Option<Extent> {
    let form = side.form(at);
    let rank = |list| side.language.value(list, form)?.parse::<u8>().ok();
    let (counted, mut rank) = match rank(List::Amount) {
        Some(rank) => (Counted::Things, rank),
        None => (Counted::Times, rank(List::Frequency)?),
    };
    let before = at.checked_sub(1).map_or("", |before| side.form(before));
    // "The most expensive", "a few", "not all", "at all", "after all".
    if is_superlative(side, at) || rank > MOST && side.language.is(before, Class::UniversalIdiomWord) {
        return None;
    }
    if before == "a" && rank == FEW {
        rank = SOME;
    }
    if rank > MOST && side.is(at.saturating_sub(1), Class::PlainNegation) {
        rank = SOME;
    }
    let words = side.words.iter().filter(|word| word.token > at && word.token <= at + REACH);
    let stems: Vec<String> = words.take(FIRST).map(|word| word.stem.clone()).collect();
    (!stems.is_empty()).then_some(Extent { token: at, counted, rank, stems })
}

/// Whether "some" stands before one thing, as an article does: "some good evidence".
fn is_vague(side: &Side<'_>, at: usize) -> bool {
    let behind = side.tokens[at + 1..].iter().take(REACH).take_while(|token| token.is_word() || &*token.form == "-");
    let is_plural = |token: &Token<'_>| {
        token.form.ends_with('s') && !token.form.ends_with("ss") || token.classes.has(Class::IrregularPlural)
    };
    side.form(at) == "some" && side.form(at + 1) != "of" && !behind.into_iter().any(is_plural)
}

/// Whether "most" is a degree: "the most expensive", "at most three", "most likely".
fn is_superlative(side: &Side<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| side.form(before));
    side.form(at) == "most"
        && (side.language.is(before, Class::SuperlativeDeterminer) || {
            let behind = side.form(at + 1);
            behind.ends_with("ly") || behind.ends_with("ful") || behind.ends_with("ive") || behind.ends_with("ant")
        })
}

/// A quantifier by which the claim says more than the sentence, or the opposite. The flag is true for the opposite.
pub(super) fn disagreement(claim: &Side<'_>, nearest: &Side<'_>) -> Option<(Mismatch, bool)> {
    let (mine, theirs) = (extents(claim), extents(nearest));
    let mismatch = |mine: &Extent, theirs: &Extent| Mismatch {
        kind: MismatchKind::Quantifier,
        claim: claim.tokens[mine.token].span,
        evidence: nearest.tokens[theirs.token].span,
    };
    let pairs = mine.iter().filter_map(|mine| Some((mine, theirs.iter().find(|theirs| theirs.is_of_same(mine))?)));
    pairs.into_iter().find_map(|(mine, theirs)| match (mine.rank, theirs.rank) {
        (claimed, shown) if claimed == shown => None,
        (NONE, SOME..) | (SOME.., NONE) | (FEW, MANY..) | (MANY.., FEW) => Some((mismatch(mine, theirs), true)),
        (claimed, shown) if claimed > shown && shown >= FEW || (claimed, shown) == (NONE, FEW) => {
            Some((mismatch(mine, theirs), false))
        }
        _ => None,
    })
}

/// A quantifier for a part of a thing that the sentence has and the claim, about the same thing, has not: "some of the
/// chimneys" told as "the chimneys".
pub(super) fn lost(claim: &Side<'_>, nearest: &Side<'_>) -> Option<Mismatch> {
    let mine = extents(claim);
    let is_limited = |extent: &&Extent| {
        let limits = matches!(extent.rank, FEW | SOME | MOST) && extent.counted == Counted::Things;
        limits && !is_vague(nearest, extent.token)
    };
    let of_claim = |extent: &Extent| claim.words.iter().find(|word| extent.stems.contains(&word.stem));
    let counts = |token: usize| {
        let number = claim.quantities.iter().any(|number| number.end <= token && token <= number.end + 2);
        number || (token.saturating_sub(3)..token).any(|at| claim.is(at, Class::PartialQuantifier))
    };
    extents(nearest).iter().filter(is_limited).find_map(|theirs| {
        let word = of_claim(theirs)?;
        let limits = |mine: &Extent| mine.is_of_same(theirs) || (SOME..=theirs.rank).contains(&mine.rank);
        let kept = mine.iter().any(limits) || counts(word.token);
        (!kept).then(|| Mismatch {
            kind: MismatchKind::Quantifier,
            claim: claim.tokens[word.token].span,
            evidence: nearest.tokens[theirs.token].span,
        })
    })
}

/// The claim's "the oldest" where the sentence has "one of the oldest".
pub(super) fn one_of_several(claim: &Side<'_>, nearest: &Side<'_>) -> Option<Mismatch> {
    let opens = |side: &Side<'_>, at: usize| side.form(at) == "one" && side.form(at + 1) == "of";
    let at = (0..nearest.tokens.len()).find(|&at| opens(nearest, at) && nearest.form(at + 2) == "the")?;
    let ranked = nearest.form(at + 3);
    let is_kept = (0..claim.tokens.len()).any(|at| opens(claim, at) || claim.form(at) == "among");
    let there = (1..claim.tokens.len()).find(|&at| claim.form(at) == ranked && claim.form(at - 1) == "the")?;
    (!is_kept).then(|| Mismatch {
        kind: MismatchKind::Quantifier,
        claim: claim.tokens[there - 1].span.cover(claim.tokens[there].span),
        evidence: nearest.tokens[at].span.cover(nearest.tokens[at + 1].span),
    })
}

/// The claim's quantifiers that the sentence does not have in the same strength.
pub(super) fn unmet(claim: &Side<'_>, nearest: &Side<'_>) -> Vec<usize> {
    let theirs = extents(nearest);
    let has = |mine: &Extent| theirs.iter().any(|theirs| theirs.counted == mine.counted && theirs.rank == mine.rank);
    extents(claim).iter().filter(|mine| !has(mine)).map(|mine| mine.token).collect()
}

impl Extent {
    fn is_of_same(&self, other: &Self) -> bool {
        self.counted == other.counted && self.stems.iter().any(|stem| other.stems.contains(stem))
    }
}
