//! The features of the sentence models. Training and judging call the same functions.

use ibid_language::{Class, Language};

use super::certainty_signs::{signs, weakens, weakest};
use crate::{model::Sink, tokens::Token};

/// Stands for a token before the first or after the last.
const EDGE: &str = "<edge>";

/// The form of the token `by` places from `at`.
fn near<'a>(tokens: &'a [Token<'_>], at: usize, by: isize) -> &'a str {
    at.checked_add_signed(by).and_then(|place| tokens.get(place)).map_or(EDGE, |token| &token.form)
}

/// Features for whether a sentence is a claim: words, pairs and triples of words, and how often each class occurs.
pub fn claim(tokens: &[Token<'_>], sink: &mut impl Sink) {
    shingles(tokens, sink);
    counts(tokens, sink);
}

/// Features for how certain a sentence sounds. `hedges` are the indices of its hedging words.
pub fn certainty(tokens: &[Token<'_>], hedges: &[usize], language: Language, sink: &mut impl Sink) {
    for (at, token) in tokens.iter().enumerate() {
        sink.add(&[&token.form]);
        sink.add(&[near(tokens, at, -1), &token.form]);
    }
    // "More likely than" compares; it does not hedge.
    let compares =
        |at: usize| at.checked_sub(1).is_some_and(|before| tokens[before].classes.has(Class::ComparisonDegree));
    let hedges: Vec<&Token<'_>> = hedges.iter().filter(|&&at| !compares(at)).map(|&at| &tokens[at]).collect();
    for hedge in &hedges {
        sink.add(&["hedged by", &hedge.form]);
    }
    sink.add(&["hedges", many(hedges.len())]);
    for (class, name) in [(Class::Possibility, "possible"), (Class::Probability, "probable")] {
        sink.add(&["hedges", name, many(hedges.iter().filter(|hedge| hedge.classes.has(class)).count())]);
    }
    for (class, name) in [(Class::Uncertainty, "doubt"), (Class::Approximation, "rough")] {
        sink.add(&["count", name, many(tokens.iter().filter(|token| token.classes.has(class)).count())]);
    }
    let signs: Vec<&str> = signs(tokens, language).collect();
    for (nth, sign) in signs.iter().enumerate() {
        sink.add(&["sign", sign]);
        // Two signs together do not have the sum of their effects.
        for other in &signs[nth + 1..] {
            sink.add(&["signs", sign, "and", other]);
        }
    }
    for step in ["1", "2", "3", "4"].iter().take(signs.iter().filter(|sign| weakens(sign)).count()) {
        sink.add(&["sign weaker", step]);
    }
    sink.add(&["sign weakest", weakest(&signs).unwrap_or("none")]);
    counts(tokens, sink);
}

/// Features for whether the word at `at` is a hedge: the word, its neighbours, and the words further away.
pub fn cue(tokens: &[Token<'_>], at: usize, sink: &mut impl Sink) {
    let word: &str = &tokens[at].form;
    let (before, after) = (near(tokens, at, -1), near(tokens, at, 1));
    sink.add(&[word]);
    sink.add(&[before, word]);
    sink.add(&[word, after]);
    sink.add(&[before, word, after]);
    sink.add(&[near(tokens, at, -2), before, word]);
    sink.add(&[word, after, near(tokens, at, 2)]);
    sink.add(&["-1", before]);
    sink.add(&["+1", after]);
    for by in [-3, -2, 2, 3] {
        sink.add(&[if by < 0 { "before" } else { "behind" }, word, near(tokens, at, by)]);
    }
    if tokens[at].classes.has(Class::Hedge) {
        sink.add(&["<hedge>"]);
    }
}

/// Whether the word can be a hedge in some context.
pub fn may_hedge(token: &Token<'_>) -> bool {
    token.classes.has(Class::Hedge) || token.classes.has(Class::PossibleHedge)
}

/// Adds words, pairs and triples.
fn shingles(tokens: &[Token<'_>], sink: &mut impl Sink) {
    sink.add(&[EDGE, near(tokens, 0, 0)]);
    sink.add(&[EDGE, near(tokens, 0, 0), near(tokens, 0, 1)]);
    for (at, token) in tokens.iter().enumerate() {
        let (next, second) = (near(tokens, at, 1), near(tokens, at, 2));
        sink.add(&[&token.form]);
        sink.add(&[&token.form, next]);
        sink.add(&[&token.form, next, second]);
    }
}

/// Adds the number of words of each class and the length of the sentence, both in steps.
fn counts(tokens: &[Token<'_>], sink: &mut impl Sink) {
    for (class, name) in COUNTED {
        let count = tokens.iter().filter(|token| token.classes.has(*class)).count();
        sink.add(&["count", name, many(count)]);
    }
    let numbers = tokens.iter().filter(|token| token.is_number()).count();
    let names = tokens.iter().skip(1).filter(|token| token.capital && token.form != "i").count();
    sink.add(&["count number", many(numbers)]);
    sink.add(&["count name", many(names)]);
    let length = tokens.iter().filter(|token| token.is_word()).count();
    sink.add(&["length", ["0", "4", "8", "12", "16", "20", "24", "28", "32", "36", "40"][(length / 4).min(10)]]);
}

/// The classes that are counted.
const COUNTED: &[(Class, &str)] = &[
    (Class::Hedge, "hedge"),
    (Class::PossibleHedge, "may-hedge"),
    (Class::Assumption, "assume"),
    (Class::ReportingVerb, "report"),
    (Class::Booster, "boost"),
    (Class::Negation, "negate"),
    (Class::PartialQuantifier, "part"),
    (Class::UniversalQuantifier, "whole"),
    (Class::Increase, "more"),
    (Class::Decrease, "less"),
    (Class::Causation, "cause"),
    (Class::Correlation, "correlate"),
    (Class::Conditional, "condition"),
    (Class::FirstPerson, "first"),
    (Class::SecondPerson, "second"),
    (Class::Evaluation, "judge"),
    (Class::Obligation, "ought"),
    (Class::Quantity, "quantity"),
];

/// The feature name of a count.
fn many(count: usize) -> &'static str {
    match count {
        0 => "none",
        1 => "one",
        2 => "two",
        _ => "many",
    }
}
