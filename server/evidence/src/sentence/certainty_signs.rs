//! Phrases that make a sentence sound more or less certain: gaps in knowledge, modals, rough figures, absolutes.

use ibid_language::{Class, Language, PhraseList};

use crate::tokens::Token;

/// The names of the signs in a sentence, each once, in the order of [`PHRASES`] and [`PAIRS`].
pub(super) fn signs(tokens: &[Token<'_>], language: Language) -> impl Iterator<Item = &'static str> + Clone {
    let mut found = [false; COUNT];
    let phrases = language.phrases(PhraseList::CertaintySign);
    for (at, token) in tokens.iter().enumerate() {
        let form = |at: usize| tokens.get(at).map_or("", |token| &*token.form);
        for phrase in phrases.beginning_with(&token.form).filter(|phrase| phrase.matches_at(form, at).is_some()) {
            if let Some(sign) = PHRASES.iter().position(|name| *name == phrase.value) {
                found[sign] = true;
            }
        }
        for (nth, pair) in PAIRS.iter().enumerate() {
            found[PHRASES.len() + nth] |= pair.opens(token) && pair.closes(&tokens[at + 1..]);
        }
    }
    let names = PHRASES.iter().copied().chain(PAIRS.iter().map(|pair| pair.name));
    names.zip(found).filter(|(_, found)| *found).map(|(name, _)| name)
}

/// Whether the sign always makes the sentence less certain.
pub(super) fn weakens(sign: &str) -> bool {
    WEAKENING.contains(&sign)
}

/// The sign with the least certainty: a chain is as strong as its weakest link.
pub(super) fn weakest(signs: &[&'static str]) -> Option<&'static str> {
    WEAKEST_FIRST.iter().find(|sign| signs.contains(sign)).copied()
}

const COUNT: usize = PHRASES.len() + PAIRS.len();

/// A sign of two words. The second is one of the `reach` tokens after the first.
struct Pair {
    name: &'static str,
    first: Class,
    second: Class,
    reach: usize,
}

impl Pair {
    fn opens(&self, token: &Token<'_>) -> bool {
        token.classes.has(self.first)
    }

    fn closes(&self, following: &[Token<'_>]) -> bool {
        following.iter().take(self.reach).any(|token| token.classes.has(self.second))
    }
}

const PAIRS: &[Pair] = &[
    Pair { name: "more research", first: Class::MoreResearchFirst, second: Class::MoreResearchSecond, reach: 3 },
    Pair { name: "not known", first: Class::NotKnownFirst, second: Class::NotKnownSecond, reach: 2 },
    Pair { name: "another likely", first: Class::AnotherLikelyFirst, second: Class::AnotherLikelySecond, reach: 2 },
    Pair { name: "these results", first: Class::TheseResultsFirst, second: Class::TheseResultsSecond, reach: 1 },
    Pair { name: "comparison", first: Class::ComparisonFirst, second: Class::ComparisonSecond, reach: 4 },
    Pair { name: "not significant", first: Class::NotSignificantFirst, second: Class::NotSignificantSecond, reach: 2 },
];

const WEAKENING: &[&str] = &[
    "more research",
    "not known",
    "unknown",
    "limited",
    "may",
    "might",
    "could",
    "can",
    "would",
    "should",
    "possible",
    "potential",
    "likely",
    "suggest",
    "indicate",
    "seem",
    "believe",
    "expect",
    "if",
];

/// The signs that express a degree of certainty, from unknown to beyond doubt.
const WEAKEST_FIRST: &[&str] = &[
    "unknown",
    "not known",
    "more research",
    "need for research",
    "might",
    "may",
    "could",
    "possible",
    "likely",
    "seem",
    "believe",
    "suggest",
    "if",
    "limited",
    "potential",
    "expect",
    "can",
    "would",
    "should",
    "indicate",
    "could not",
    "not possible",
    "need",
    "aim",
    "association",
    "tend",
    "rough",
    "not all",
    "reported",
    "help",
    "concession",
    "not significant",
    "find",
    "strong",
    "significant",
    "absolute",
    "negation",
];

/// The signs that are phrases of [`PhraseList::CertaintySign`]. The weight file of the certainty model uses these names.
const PHRASES: &[&str] = &[
    "need for research",
    "unknown",
    "limited",
    "may",
    "might",
    "could",
    "could not",
    "can",
    "cannot",
    "would",
    "should",
    "must",
    "will",
    "possible",
    "not possible",
    "potential",
    "likely",
    "suggest",
    "indicate",
    "seem",
    "believe",
    "expect",
    "if",
    "tend",
    "rough",
    "not all",
    "significant",
    "absolute",
    "find",
    "strong",
    "negation",
    "concession",
    "association",
    "past",
    "present",
    "reported",
    "help",
    "need",
    "aim",
    "share",
    "break",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ibid_text::Span;

    use super::*;
    use crate::tokens::tokens;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            signs(&tokens(text, Span::from(0..text.len()), Language::ENGLISH), Language::ENGLISH).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_and_phrases_are_signs() {
        check("Tea might help.", &["might", "help"]);
        check("It remains to be seen.", &["unknown"]);
        check("It remains.", &[]);
        check("Not all of it.", &["not all", "absolute", "negation"]);
    }

    #[test]
    fn a_chain_is_as_strong_as_its_weakest_link() {
        assert_eq!(weakest(&["find", "may", "association"]), Some("may"));
        assert_eq!(weakest(&["past"]), None);
        let known = |sign: &&str| PHRASES.contains(sign) || PAIRS.iter().any(|pair| pair.name == *sign);
        assert!(WEAKEST_FIRST.iter().all(known), "every name belongs to a sign");
    }

    #[test]
    fn the_words_of_a_pair_are_close_together() {
        check("Further clinical research.", &["more research"]);
        check("Further north lies a town of research.", &[]);
        check("The cause has not yet been known.", &["negation", "concession", "present", "not known"]);
    }

    #[test]
    fn the_phrase_list_names_the_signs() {
        let listed: BTreeSet<&str> =
            Language::ENGLISH.phrases(PhraseList::CertaintySign).iter().map(|phrase| phrase.value).collect();
        assert_eq!(listed, PHRASES.iter().copied().collect());
    }
}
