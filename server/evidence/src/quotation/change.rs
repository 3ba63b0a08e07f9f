//! What an edit changes: the gravest of the kinds its words belong to.

use ibid_text::{Span, words};

use super::{Change, sign::signed_words};
use crate::lexicon::{Class, TENS, UNITS, classes};

/// Words that say may, will or must.
const MODALS: &[&str] = &[
    "may", "might", "can", "could", "will", "would", "shall", "should", "must", "ought", "cannot", "can't", "won't",
    "i'll", "you'll", "he'll", "she'll", "it'll", "we'll", "they'll", "i'd", "you'd", "he'd", "she'd", "we'd",
    "they'd",
];

/// Sizes, shares and ranks in words; the cardinals are [`UNITS`] and [`TENS`].
const NUMBERS: &[&str] = &[
    "hundred", "thousand", "million", "billion", "trillion", "dozen", "half", "twice", "thrice", "first", "second",
    "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "double", "triple",
];

/// Says what was changed between `quote` in the quotation `quoted` and `source` in the text `source_text`; either may
/// be empty.
pub(super) fn change(quoted: &str, quote: Span, source_text: &str, source: Span) -> Change {
    let (ours, theirs) = (signed_words(quoted, quote), signed_words(source_text, source));
    if negations(quoted, quote) != negations(source_text, source) {
        return Change::Negation;
    }
    if is_spelling(&ours, &theirs) {
        return Change::Spelling;
    }
    // What both sides have was not changed.
    let touches = |is: &dyn Fn(&str) -> bool| {
        let only = |here: &[String], there: &[String]| here.iter().any(|word| is(word) && !there.contains(word));
        only(&ours, &theirs) || only(&theirs, &ours)
    };
    if touches(&is_number) {
        Change::Number
    } else if touches(&|word| MODALS.contains(&word)) {
        Change::Modal
    } else if touches(&|word| classes(word).has(Class::Part) || classes(word).has(Class::Whole)) {
        Change::Quantifier
    } else if has_name(quoted, quote) || has_name(source_text, source) {
        Change::Name
    } else if touches(&|word| classes(word).has(Class::Hedge)) {
        Change::Hedge
    } else {
        Change::Wording
    }
}

/// How many words under `span` negate.
pub(super) fn negations(text: &str, span: Span) -> usize {
    words(span.of(text)).filter(|word| is_negation(&word.folded)).count()
}

fn is_negation(word: &str) -> bool {
    word.ends_with("n't") || word == "cannot" || word == "nor" || classes(word).has(Class::Negate)
}

fn is_number(word: &str) -> bool {
    word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_numeric)
        || [UNITS, TENS, NUMBERS].iter().any(|known| known.contains(&word))
}

/// Whether a capitalised word stands under `span` that does not begin a sentence.
fn has_name(text: &str, span: Span) -> bool {
    words(span.of(text)).any(|word| {
        let at = word.span.shift(span.start);
        let begins = text[..at.start as usize]
            .trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | '?' | '\n' | ':'));
        let begins_sentence = begins.is_empty() || !begins.ends_with(char::is_alphanumeric);
        let capital = at.of(text).starts_with(char::is_uppercase);
        capital && !begins_sentence && !matches!(&*word.folded, "i" | "i'm" | "i've")
    })
}

/// Whether two words are one, spelled by two habits: British and American, joined and apart, accents and apostrophes,
/// `5%` and `5 per cent`.
fn is_spelling(ours: &[String], theirs: &[String]) -> bool {
    if ours.is_empty() || theirs.is_empty() {
        return false;
    }
    let [ours, theirs] = [ours, theirs].map(|words| words.concat().replace('%', "percent"));
    ours == theirs || skeleton(&ours) == skeleton(&theirs)
}

/// A word with the habits of spelling taken out. Short words are left as they are: too many differ by one letter.
fn skeleton(word: &str) -> String {
    const HABITS: &[(&str, &str)] = &[
        ("isation", "ization"),
        ("ise", "ize"),
        ("ising", "izing"),
        ("yse", "yze"),
        ("ysing", "yzing"),
        ("our", "or"),
        ("ae", "e"),
        ("oe", "e"),
        ("ogue", "og"),
        ("gement", "gment"),
        ("ence", "ense"),
        ("ll", "l"),
        ("shew", "show"),
        ("connexion", "connection"),
        ("grey", "gray"),
        ("'", ""),
    ];
    if word.chars().count() < 4 {
        return word.to_owned();
    }
    let mut skeleton = HABITS.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to));
    if let Some(stem) = skeleton.strip_suffix("re").filter(|stem| stem.ends_with(['t', 'b'])) {
        skeleton = format!("{stem}er");
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, quote: &str, expected: Change) {
        let whole = |text: &str| Span::from(2..text.len());
        let (source, quote) = (format!("a {source}"), format!("a {quote}"));
        assert_eq!(change(&quote, whole(&quote), &source, whole(&source)), expected, "{source} / {quote}");
    }

    #[test]
    fn the_gravest_kind_is_told() {
        check("not", "", Change::Negation);
        check("don't", "do", Change::Negation);
        check("cannot", "can not", Change::Spelling);
        check("12", "21", Change::Number);
        check("two", "nine", Change::Number);
        check("£5", "$5", Change::Number);
        check("5%", "5", Change::Number);
        check("5%", "5 per cent", Change::Spelling);
        check("may", "will", Change::Modal);
        check("often", "always", Change::Quantifier);
        check("Vivek", "Thomas", Change::Name);
        check("perhaps", "", Change::Hedge);
        check("colour", "color", Change::Spelling);
        check("organisation", "organization", Change::Spelling);
        check("to-day", "today", Change::Spelling);
        check("house", "home", Change::Wording);
    }
}
