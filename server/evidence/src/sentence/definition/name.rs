//! Whether a phrase can be the name of a concept.

use ibid_language::{Class, Classes, Language, List};
use ibid_text::Span;

use super::tagged_sentence::{ends_noun_phrase, with_adverb};
use crate::tokens::{Token, tokens};

/// Whether `name` can name a concept, judged by its words alone. A name is a noun phrase that neither refers to something
/// in the text ("these cases", "the main reason") nor judges ("better way", "weaker notion", "plainest case").
#[must_use]
pub fn names_a_concept(name: &str, language: Language) -> bool {
    let tokens = tokens(name, Span::from(0..name.len()), language);
    let classes = |token: &Token<'_>| with_adverb(&token.form, token.classes, language);
    let words: Vec<(&str, Classes)> =
        tokens.iter().filter(|token| token.is_word()).map(|token| (&*token.form, classes(token))).collect();
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return false };
    let inside = &words[1..words.len().max(2) - 1];
    let is_free = |(_, classes): &(&str, Classes)| !ends_noun_phrase(*classes);
    let may_link = |&(form, classes): &(&str, Classes)| is_free(&(form, classes)) || classes.has(Class::NameLink);
    let is_judgment = words.len() > 1 && (judges(first) || first.1.has(Class::PointingAdjective));
    let head_refers = last.1.has(Class::JudgmentNoun) || last.1.has(Class::TermLabel);
    is_free(&first)
        && is_free(&last)
        && inside.iter().all(may_link)
        && !is_judgment
        && !(head_refers && words.len() > 1 || words.len() == 1 && is_no_noun(first, language))
}

/// Whether a word judges the noun after it: an adjective of judgment, a comparative or a superlative.
fn judges((form, classes): (&str, Classes)) -> bool {
    let compared = classes.has(Class::SenseQualifier) && form.ends_with("er");
    classes.has(Class::JudgmentAdjective) || compared || form.len() > 5 && form.ends_with("est")
}

/// Whether a word alone is no noun: an adjective, adverb or participle, by its class or ending.
fn is_no_noun((form, classes): (&str, Classes), language: Language) -> bool {
    let by_ending = form.len() > 5 && language.words(List::NoNounEnding).iter().any(|ending| form.ends_with(ending));
    by_ending
        || classes.has(Class::JudgmentAdjective)
        || classes.has(Class::JudgmentNoun)
        || classes.has(Class::TermLabel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_phrase_can_name_a_concept() {
        for name in
            ["schemer", "Series B", "future updates", "theory of mind", "fuzzy / non-fuzzy concepts", "steering vector"]
        {
            assert!(names_a_concept(name, Language::ENGLISH), "{name}");
        }
    }

    #[test]
    fn a_phrase_that_refers_or_judges_cannot() {
        for name in
            ["plainest case", "weaker notion", "Nearly no data", "might", "According to the comments", "plausible", ""]
        {
            assert!(!names_a_concept(name, Language::ENGLISH), "{name}");
        }
    }
}
