//! A different name in the same place: "led by Ada" where the evidence says "led by Grace".

use ibid_language::Class;
use ibid_text::Span;

use super::{Mismatch, MismatchKind, side::Side};
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
    let new = |name: &NameTokens, side: &Side<'_>, is_known: &dyn Fn(&Token<'_>) -> bool| {
        !name.words(side).iter().any(is_known)
    };
    let mine = |word: &Token<'_>| claim.tokens.iter().any(|other| other.form == word.form);
    let rivals: Vec<NameTokens> = names(nearest).into_iter().filter(|rival| new(rival, nearest, &mine)).collect();
    names(claim).into_iter().filter(|name| new(name, claim, &known)).find_map(|name| {
        let rival = *rivals.iter().find(|rival| {
            let dates = name.is_date(claim) == rival.is_date(nearest);
            dates && same_place(claim, name, nearest, **rival) && !may_be_one(name.words(claim), rival.words(nearest))
        })?;
        let kind = if name.is_date(claim) { MismatchKind::Date } else { MismatchKind::Name };
        Some(Mismatch { kind, claim: name.span(claim), evidence: rival.span(nearest) })
    })
}

/// The names, each a run of tokens.
fn names(side: &Side<'_>) -> Vec<NameTokens> {
    let mut names: Vec<NameTokens> = Vec::new();
    for word in side.words.iter().filter(|word| word.name) {
        match names.last_mut().filter(|name| name.end == word.token) {
            Some(name) => name.end += 1,
            None => names.push(NameTokens { first: word.token, end: word.token + 1 }),
        }
    }
    names
}

/// Whether both names are between the same neighbours, of which the left one is a word.
fn same_place(claim: &Side<'_>, name: NameTokens, nearest: &Side<'_>, rival: NameTokens) -> bool {
    let before = |side: &Side<'_>, name: NameTokens| name.first.checked_sub(1).map(|at| side.form(at).to_owned());
    let (left, right) = (before(claim, name), claim.form(name.end));
    let meets = left == before(nearest, rival) && right == nearest.form(rival.end);
    let is_word = |form: &str| form.starts_with(char::is_alphabetic);
    meets && left.is_some_and(|left| is_word(&left)) && (is_word(right) || right == "." || right.is_empty())
}

/// Whether two names may be of the same: one is the initials of the other, or they begin alike.
fn may_be_one(mine: &[Token<'_>], theirs: &[Token<'_>]) -> bool {
    let initials =
        |words: &[Token<'_>]| -> String { words.iter().filter_map(|word| word.form.chars().next()).collect() };
    let stands_for = |one: &[Token<'_>], all: &[Token<'_>]| {
        let [only] = one else { return false };
        all.len() > 1 && only.form.chars().filter(|c| c.is_alphanumeric()).eq(initials(all).chars())
    };
    let alike = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= ALIKE;
    let begin_alike = mine.iter().any(|a| theirs.iter().any(|b| alike(&a.form, &b.form)));
    stands_for(mine, theirs) || stands_for(theirs, mine) || begin_alike
}

/// Names that share this many first letters may be forms of the same: "Norway", "Norwegian".
const ALIKE: usize = 3;
