//! The kind of a change: the most serious one that its words belong to.

use ibid_language::{Class, Classes, Language, List};
use ibid_text::{Span, words};

use super::{
    Change,
    letters::{uniform, without_accents},
    number_sign::signed_words,
    slip::is_slip,
};

const QUANTIFIERS: Classes = Classes::of(&[Class::PartialQuantifier, Class::UniversalQuantifier]);

/// The kind of the change between the span `quote` of the quotation `quoted` and the span `source` of `source_text`. Either
/// span may be empty.
pub(super) fn change(quoted: &str, quote: Span, source_text: &str, source: Span, language: Language) -> Change {
    let (ours, theirs) = (signed_words(quoted, quote), signed_words(source_text, source));
    if negations(quoted, quote, language) != negations(source_text, source, language) {
        return Change::Negation;
    }
    if is_slip(quoted, quote, source_text, source, language) {
        return Change::Slip;
    }
    if is_spelling(&ours, &theirs, language) {
        return Change::Spelling;
    }
    // A word that both sides have was not changed.
    let touches = |is: &dyn Fn(&str) -> bool| {
        let only = |here: &[String], there: &[String]| here.iter().any(|word| is(word) && !there.contains(word));
        only(&ours, &theirs) || only(&theirs, &ours)
    };
    if touches(&|word| is_number(word, language)) {
        Change::Number
    } else if touches(&|word| language.is(word, Class::Modal)) {
        Change::Modal
    } else if touches(&|word| language.classes(word).intersects(QUANTIFIERS)) {
        Change::Quantifier
    } else if has_name(quoted, quote, language) || has_name(source_text, source, language) {
        Change::Name
    } else if touches(&|word| language.is(word, Class::Hedge)) {
        Change::Hedge
    } else {
        Change::Wording
    }
}

/// The number of negations in `span`.
pub(super) fn negations(text: &str, span: Span, language: Language) -> usize {
    words(span.of(text)).filter(|word| is_negation(&word.folded, language)).count()
}

fn is_negation(word: &str, language: Language) -> bool {
    language.is(word, Class::Negation) || language.words(List::NegativeEnding).iter().any(|end| word.ends_with(end))
}

fn is_number(word: &str, language: Language) -> bool {
    word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_numeric)
        || language.value(List::Cardinal, word).is_some()
        || language.is(word, Class::NumberWord)
}

/// Whether `span` has a capitalised word that does not begin a sentence.
fn has_name(text: &str, span: Span, language: Language) -> bool {
    words(span.of(text)).any(|word| {
        let at = word.span.shift(span.start);
        let begins = text[..at.start as usize]
            .trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | '?' | '\n' | ':'));
        let begins_sentence = begins.is_empty() || !begins.ends_with(char::is_alphanumeric);
        let capital = at.of(text).starts_with(char::is_uppercase);
        capital && !begins_sentence && !language.is(&word.folded, Class::CapitalPronoun)
    })
}

/// Whether both are spellings of the same word: British and American, joined and apart, accents and apostrophes,
/// `5%` and `5 per cent`.
fn is_spelling(ours: &[String], theirs: &[String], language: Language) -> bool {
    if ours.is_empty() || theirs.is_empty() {
        return false;
    }
    let [ours, theirs] = [ours, theirs].map(|words| {
        let letters: String = words.iter().map(|word| uniform(word)).collect();
        letters.replace('%', "percent")
    });
    ours == theirs
        || without_accents(&ours) == without_accents(&theirs)
        || skeleton(&ours, language) == skeleton(&theirs, language)
}

/// A word with variations of spelling removed. Short words are unchanged, because too many differ by one letter.
fn skeleton(word: &str, language: Language) -> String {
    if word.chars().count() < 4 {
        return word.to_owned();
    }
    let habits = language.entries(List::SpellingHabit).iter();
    let skeleton = habits.fold(word.to_owned(), |word, habit| word.replace(habit.word, habit.value)).replace('\'', "");
    let mut finals = language.entries(List::SpellingFinal).iter();
    let with_final = finals.find_map(|last| Some(format!("{}{}", skeleton.strip_suffix(last.word)?, last.value)));
    with_final.unwrap_or(skeleton)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, quote: &str, expected: Change) {
        let whole = |text: &str| Span::from(2..text.len());
        let (source, quote) = (format!("a {source}"), format!("a {quote}"));
        assert_eq!(
            change(&quote, whole(&quote), &source, whole(&source), Language::ENGLISH),
            expected,
            "{source} / {quote}"
        );
    }

    #[test]
    fn the_most_serious_kind_counts() {
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
        check("manœuvre", "manoeuvre", Change::Spelling);
        check("Straße", "Strasse", Change::Spelling);
        check("cliché", "cliche", Change::Spelling);
        check("où", "ou", Change::Wording);
        check("1,204,000", "1204000", Change::Spelling);
        check("1,204", "1,240", Change::Number);
        check("12,04", "1204", Change::Number);
    }
}
