//! Verbs of reporting and the subjects that agree with them.

use crate::{
    lexicon::{self, SOURCES},
    token::Token,
};

/// The form of a verb, as far as it bears on its subject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// "say": they do.
    Base,
    /// "says": one does.
    Singular,
    /// "said".
    Past,
    /// "saying".
    Gerund,
}

/// Whether the word at `at` is a verb by which words are reported, and in which form.
pub(crate) fn reporting(tokens: &[Token<'_>], at: usize) -> Option<Form> {
    let form = verb_form(&tokens[at].lower)?;
    let next = tokens.get(at + 1).map_or("", |next| next.lower.as_str());
    let complete = match tokens[at].lower.as_str() {
        "put" | "puts" => next == "it",
        "point" | "points" | "pointed" => next == "out",
        _ => true,
    };
    let passive = form == Form::Past && next == "by";
    (complete && !passive).then_some(form)
}

fn verb_form(lower: &str) -> Option<Form> {
    let known = |base: &str| lexicon::REPORTING.contains(&base);
    let with = |ending: &str, restored: &str| {
        lower.strip_suffix(ending).is_some_and(|stem| known(&format!("{stem}{restored}")))
    };
    if lexicon::REPORTED.contains(&lower) {
        return Some(Form::Past);
    }
    if known(lower) {
        return Some(Form::Base);
    }
    if with("s", "") || with("es", "") || with("ies", "y") {
        return Some(Form::Singular);
    }
    if with("ed", "") || with("d", "") || with("ied", "y") {
        return Some(Form::Past);
    }
    lexicon::REPORTING_NOW.contains(&lower).then_some(Form::Gerund)
}

/// Whether a modal verb or a negation.
pub(crate) fn is_modal(lower: &str) -> bool {
    lexicon::MODALS.contains(&lower) || lower.ends_with("n't") && lower != "didn't"
}

/// "goes on", "went on", "continues": before "to say", a report all the same.
pub(crate) fn goes_on(before: &[Token<'_>]) -> bool {
    before.iter().rev().take(2).any(|token| token.is_in(lexicon::ON))
}

/// Adverbs, auxiliaries and relative pronouns.
pub(crate) fn stands_between_subject_and_verb(lower: &str) -> bool {
    lower.ends_with("ly") || lexicon::BETWEEN.contains(&lower)
}

/// Whether the words before a verb can be the subject of its plural form.
pub(crate) fn is_plural(subject: &[Token<'_>]) -> bool {
    let Some(last) = subject.last() else { return false };
    subject.iter().any(|token| token.is_in(lexicon::SEVERAL)) || last.lower.ends_with('s') && last.is_in(SOURCES)
}

/// Whether "the post", "one commenter" or the like is among the words. "This post" is the note itself.
pub(crate) fn mentions_source(tokens: &[Token<'_>]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        SOURCES.contains(&token.lower.trim_end_matches("'s"))
            && tokens[at.saturating_sub(3)..at].iter().any(|before| before.is_in(lexicon::DETERMINERS))
    })
}

/// Whether the words begin with a name that owns what is said: "Kwa's complaint", "Carlsmith's 2023 report".
pub(crate) fn owns_words(tokens: &[Token<'_>]) -> bool {
    let speech = |token: &Token<'_>| token.is_in(SOURCES) || token.is_in(lexicon::SPEECH);
    tokens.first().is_some_and(Token::is_possessive_name) && tokens.iter().skip(1).take(3).any(speech)
}
