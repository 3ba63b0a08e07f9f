//! A different name in the same place: "led by Ada" where the evidence says "led by Grace".

use ibid_language::Class;
use ibid_text::Span;
use rustc_hash::FxHashSet;

use super::{
    Mismatch, MismatchKind,
    idf::is_everyday,
    side::{Content, Side},
};
use crate::tokens::Token;

/// The words of one name: tokens `first..end` of a side.
#[derive(Clone, Copy)]
struct NameTokens {
    first: usize,
    end: usize,
}

impl NameTokens {
    fn span(self, side: &Side<'_>) -> Span {
        side.tokens[self.first].span.cover(side.tokens[self.end - 1].span)
    }

    fn words<'s, 'a>(self, side: &'s Side<'a>) -> &'s [Token<'a>] {
        &side.tokens[self.first..self.end]
    }

    /// Its words without an everyday noun for its kind at the end: "Good Regulator" of "Good Regulator Theorem".
    fn without_kind<'s, 'a>(self, side: &'s Side<'a>) -> &'s [Token<'a>] {
        let words = self.words(side);
        match words.split_last() {
            Some((kind, own)) if !own.is_empty() && is_everyday(&kind.form, side.language) => own,
            _ => words,
        }
    }

    /// Whether it is a month or a day.
    fn is_date(self, side: &Side<'_>) -> bool {
        self.words(side).iter().any(|token| token.classes.has(Class::Calendar))
    }
}

/// A name of the claim that the evidence does not have, if the nearest sentence has another between the same words.
///
/// A different month or day is a mismatch of dates. Two names for the same (an initialism, a part, a spelling) are not a mismatch.
pub(super) fn name(claim: &Side<'_>, nearest: &Side<'_>, evidence: &[Side<'_>]) -> Option<Mismatch> {
    let known = |word: &Token<'_>| evidence.iter().flat_map(|side| &side.tokens).any(|other| other.form == word.form);
    // "Theorem" is no part of what tells two theorems apart.
    let new = |name: &NameTokens, side: &Side<'_>, is_known: &dyn Fn(&Token<'_>) -> bool| {
        let own = name.without_kind(side);
        !own.is_empty() && !own.iter().any(is_known)
    };
    let mine = |word: &Token<'_>| claim.tokens.iter().any(|other| other.form == word.form);
    if plain_share(claim, nearest) < OTHERWISE_SAME {
        return None;
    }
    let rivals: Vec<NameTokens> = names(nearest).into_iter().filter(|rival| new(rival, nearest, &mine)).collect();
    names(claim).into_iter().filter(|name| new(name, claim, &known)).find_map(|name| {
        let rival = *rivals.iter().find(|rival| {
            let dates = name.is_date(claim) == rival.is_date(nearest);
            let [mine, theirs] = [name.without_kind(claim), rival.without_kind(nearest)];
            dates
                && same_place(claim, name, nearest, **rival)
                && !may_be_one(mine, theirs)
                && !is_abbreviation(name.words(claim), rival.words(nearest))
        })?;
        let kind = if name.is_date(claim) { MismatchKind::Date } else { MismatchKind::Name };
        Some(Mismatch { kind, claim: name.span(claim), evidence: rival.span(nearest) })
    })
}

/// The names, each a run of tokens.
fn names(side: &Side<'_>) -> Vec<NameTokens> {
    let mut names: Vec<NameTokens> = Vec::new();
    for word in side.words.iter().filter(|word| word.name || is_rare_opening(side, word.token)) {
        match names.last_mut().filter(|name| name.end == word.token) {
            Some(name) => name.end += 1,
            None => names.push(NameTokens { first: with_particle(side, word.token), end: word.token + 1 }),
        }
    }
    names
}

/// The first token of a name, with a particle before it: "von Neumann".
fn with_particle(side: &Side<'_>, at: usize) -> usize {
    let is_particle = |before: &usize| side.is(*before, Class::NameParticle) && side.form(*before) != "and";
    at.checked_sub(1).filter(is_particle).unwrap_or(at)
}

/// Whether a word that opens a sentence with a capital is too rare to be anything but a name.
fn is_rare_opening(side: &Side<'_>, at: usize) -> bool {
    at == 0 && side.tokens[at].capital && !is_everyday(&side.tokens[at].form, side.language)
}

/// The share of the claim's content words other than names that the sentence has.
fn plain_share(claim: &Side<'_>, nearest: &Side<'_>) -> f32 {
    let plain: Vec<&Content> = claim.words.iter().filter(|word| !word.name).collect();
    let has = |word: &&&Content| nearest.words.iter().any(|other| other.stem == word.stem);
    plain.iter().filter(has).count() as f32 / plain.len().max(FEWEST_PLAIN) as f32
}

/// The share of the other words of a claim that a sentence must have so that it is about the same.
const OTHERWISE_SAME: f32 = 0.6;
/// The fewest other words by which two sentences can be about the same.
const FEWEST_PLAIN: usize = 2;

/// Whether both names are between the same neighbours: a word on the left, or the beginning of the sentence; on the right the
/// same word, or a mark.
fn same_place(claim: &Side<'_>, name: NameTokens, nearest: &Side<'_>, rival: NameTokens) -> bool {
    let before = |side: &Side<'_>, name: NameTokens| name.first.checked_sub(1).map(|at| side.form(at).to_owned());
    let is_word = |form: &str| form.starts_with(char::is_alphabetic);
    let (left, right, other) = (before(claim, name), claim.form(name.end), nearest.form(rival.end));
    let left_meets = left == before(nearest, rival) && left.as_deref().is_none_or(is_word);
    let right_meets = if is_word(right) { right == other } else { left.is_some() && !is_word(other) && other != "-" };
    left_meets && right_meets
}

/// The stems of the claim's names that the evidence has as initials, or the other way round: "UN", "United Nations".
pub(super) fn initialled(claim: &Side<'_>, evidence: &[Side<'_>]) -> FxHashSet<String> {
    let is_known = |name: &NameTokens| {
        let mine = name.words(claim);
        let meets = |other: &[Token<'_>]| stands_for(mine, other) || stands_for(other, mine);
        evidence.iter().any(|side| names(side).into_iter().any(|other| meets(other.words(side))))
    };
    let known: Vec<NameTokens> = names(claim).into_iter().filter(is_known).collect();
    let within = |token: usize| known.iter().any(|name| (name.first..name.end).contains(&token));
    claim.words.iter().filter(|word| within(word.token)).map(|word| word.stem.clone()).collect()
}

/// Whether a name is the initials of another.
fn stands_for(one: &[Token<'_>], all: &[Token<'_>]) -> bool {
    let initials: String = all.iter().filter_map(|word| word.form.chars().next()).collect();
    let [only] = one else { return false };
    all.len() > 1 && only.form.chars().filter(|c| c.is_alphanumeric()).eq(initials.chars())
}

/// Whether two names may be of the same: one is the initials of the other, or they begin alike.
fn may_be_one(mine: &[Token<'_>], theirs: &[Token<'_>]) -> bool {
    let alike = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= ALIKE;
    let begin_alike = mine.iter().any(|a| theirs.iter().any(|b| alike(&a.form, &b.form)));
    is_abbreviation(mine, theirs) || begin_alike
}

/// Whether one of two names is the initials of the other.
fn is_abbreviation(mine: &[Token<'_>], theirs: &[Token<'_>]) -> bool {
    stands_for(mine, theirs) || stands_for(theirs, mine)
}

/// Names that share this many first letters may be forms of the same: "Norway", "Norwegian".
const ALIKE: usize = 3;
