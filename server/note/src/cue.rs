//! Verbs that report words, and the subjects that agree with them.

use ibid_language::{Class, PhraseList};

use crate::token::{self, Token};

/// The form of a verb, which decides what subject it can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum VerbForm {
    /// "say": with a plural subject.
    Base,
    /// "says": with a singular subject.
    Singular,
    /// "said".
    Past,
    /// "saying".
    Gerund,
}

/// The form of the verb at `at`, if it is one that reports words.
pub(crate) fn reporting(tokens: &[Token<'_>], at: usize) -> Option<VerbForm> {
    let form = verb_form(&tokens[at])?;
    let passive = form == VerbForm::Past && tokens.get(at + 1).is_some_and(|next| next.is(Class::PassiveAgent));
    (is_complete(&tokens[at..]) && !passive).then_some(form)
}

/// Whether the verb that `tokens` begin with reports without another word, or that word follows: "point out".
fn is_complete(tokens: &[Token<'_>]) -> bool {
    let needs_word = tokens[0].begins_phrase(PhraseList::TwoWordQuotationVerb);
    !needs_word || token::begin_with(tokens, PhraseList::TwoWordQuotationVerb).is_some()
}

fn verb_form(verb: &Token<'_>) -> Option<VerbForm> {
    let forms = [
        (Class::QuotationVerbPast, VerbForm::Past),
        (Class::QuotationVerbBase, VerbForm::Base),
        (Class::QuotationVerbSingular, VerbForm::Singular),
        (Class::QuotationVerbGerund, VerbForm::Gerund),
    ];
    forms.into_iter().find(|(class, _)| verb.is(*class)).map(|(_, form)| form)
}

/// Whether "to say" after the tokens is a report: "goes on", "went on", "continues".
pub(crate) fn continues(before: &[Token<'_>]) -> bool {
    before.iter().rev().take(2).any(|token| token.is(Class::ContinuingVerb))
}

/// Whether a word can occur between a subject and its verb: an adverb, auxiliary or relative pronoun.
pub(crate) fn is_filler(token: &Token<'_>) -> bool {
    token.is(Class::FrameFiller) || token.is_adverb()
}

/// Whether the words before a verb can be the subject of its plural form.
pub(crate) fn is_plural(subject: &[Token<'_>]) -> bool {
    let Some(last) = subject.last() else { return false };
    subject.iter().any(|token| token.is(Class::PluralSubject)) || last.is(Class::SourceNounPlural)
}

/// Whether "the post", "one commenter" or the like is among the words. "This post" is the note itself.
pub(crate) fn mentions_source(tokens: &[Token<'_>]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        token.possessor_is(Class::SourceNoun)
            && tokens[at.saturating_sub(3)..at].iter().any(|before| before.is(Class::SourceDeterminer))
    })
}

/// Whether the words begin with a name in the possessive and a noun for what somebody says: "Kwa's complaint", "Carlsmith's 2023 report".
pub(crate) fn owns_words(tokens: &[Token<'_>]) -> bool {
    let speech = |token: &Token<'_>| token.is(Class::SourceNoun) || token.is(Class::SpeechNoun);
    tokens.first().is_some_and(Token::is_possessive_name) && tokens.iter().skip(1).take(3).any(speech)
}
