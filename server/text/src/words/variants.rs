//! Letters and marks that a script writes in more than one way without making another word of it.
//!
//! | written | folds to | why it is the same word |
//! |---|---|---|
//! | ё | е | Russian prints the dots only to prevent a misreading |
//! | a stress mark on a Cyrillic vowel | nothing | it is for learners and dictionaries |
//! | Hebrew points and accents | nothing | text is printed with or without them |
//! | Arabic vowel marks, tatweel | nothing | the vowels are optional, and the tatweel only stretches a line |
//! | Arabic ي ى ك | Persian ی ک | keyboards give either code point for the letter |
//! | accents and breathings on Greek vowels | nothing | capitals have none, and spelling before 1982 has more; a diaeresis stays |
//! | ς | σ | the form at the end of a word |
//! | ı, and the dot of i̇ | i | what other languages' capitals make of the Turkish letters |
//! | ĳ | ij | one code point or two letters |
//! | full-width and half-width forms | the usual width | East Asian typesetting |
//! | decimal digits of other scripts | 0 to 9 | the same numbers |
//! | lowered digits | 0 to 9 | N2O is what a keyboard makes of N₂O |

use unicode_normalization::{UnicodeNormalization, char::decompose_canonical, char::decompose_compatible};

/// Whether a character, in lower case, may have to be folded by [`unify`].
pub(super) const fn is_variant(c: char) -> bool {
    matches!(c,
        'ё' | 'ı' | 'ĳ' | 'ς'
        | '\u{0300}' | '\u{0301}' | '\u{0307}'
        | '\u{0384}'..='\u{03CE}'
        | '\u{0591}'..='\u{05C7}'
        | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{0643}' | '\u{0649}'..='\u{0652}' | '\u{0660}'..='\u{0669}' | '\u{0670}'
        | '\u{06F0}'..='\u{06F9}'
        | '₀'..='₉'
        | '\u{0966}'..='\u{096F}' | '\u{09E6}'..='\u{09EF}' | '\u{0E50}'..='\u{0E59}'
        | '\u{1F00}'..='\u{1FFF}'
        | '\u{FF10}'..='\u{FFDC}')
}

/// A word in lower case with each variant in its usual form.
pub(super) fn unify(word: &str) -> String {
    let mut unified = String::with_capacity(word.len());
    let mut last = '\0';
    for c in word.chars() {
        let before = last;
        last = c;
        match c {
            'ё' => unified.push('е'),
            'ı' => unified.push('i'),
            'ĳ' => unified.push_str("ij"),
            'ς' => unified.push('σ'),
            '\u{0300}' | '\u{0301}' if is_cyrillic_vowel(before) => {}
            '\u{0307}' if before == 'i' => {}
            '\u{0384}'..='\u{03CE}' | '\u{1F00}'..='\u{1FFF}' => push_greek(c, &mut unified),
            c if is_optional(c) => {}
            '\u{0649}' | '\u{064A}' => unified.push('\u{06CC}'),
            '\u{0643}' => unified.push('\u{06A9}'),
            // A prime of this width folds as an apostrophe does.
            '\u{FF10}'..='\u{FFDC}' => decompose_compatible(c, |part| unified.extend(part.to_lowercase())),
            _ => match digit(c) {
                Some(digit) => unified.push(digit),
                None => unified.push(c),
            },
        }
    }
    unified.nfc().collect()
}

/// Whether a mark may be left out: Hebrew points and accents, Arabic vowel marks, the tatweel.
const fn is_optional(c: char) -> bool {
    matches!(c,
        '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}'
        | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}')
}

const fn is_cyrillic_vowel(c: char) -> bool {
    matches!(c, 'а' | 'е' | 'ё' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'є' | 'і' | 'ї')
}

/// Adds a Greek letter without its accents and breathings. A diaeresis makes another syllable and stays.
fn push_greek(c: char, out: &mut String) {
    decompose_canonical(c, |part| match part {
        '\u{0300}'..='\u{0306}' | '\u{0313}' | '\u{0314}' | '\u{0342}' | '\u{0345}' => {}
        'ς' => out.push('σ'),
        part => out.push(part),
    });
}

/// The ASCII digit for a decimal digit of another script, or a lowered one.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 6] = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x2080];
    let value = ZEROS.iter().map(|zero| (c as u32).wrapping_sub(*zero)).find(|value| *value < 10)?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use crate::words::fold;

    #[test]
    fn one_word_in_two_forms() {
        for (a, b) in [
            ("ещё", "еще"),
            ("за\u{301}мок", "замок"),
            ("שָׁלוֹם", "שלום"),
            ("كَتَبَ", "کتب"),
            ("مـــي", "می"),
            ("ΟΔΟΣ", "οδός"),
            ("ὁδὸς", "οδός"),
            ("İSTANBUL", "istanbul"),
            ("ısı", "isi"),
            ("ĳsvrĳ", "ijsvrij"),
            ("１２０４", "1204"),
            ("Ａｂｃ", "abc"),
            ("ｶﾞｽ", "ガス"),
            ("١٢", "12"),
            ("۱۲", "12"),
            ("H₂SO₄", "h2so4"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
    }

    #[test]
    fn other_words_stay_different() {
        for (a, b) in [("мой", "мои"), ("ќе", "ке"), ("παΐδι", "παιδι"), ("ò", "o"), ("é", "e"), ("שׂ", "ס"), ("ż", "z")]
        {
            assert_ne!(fold(a), fold(b), "{a} {b}");
        }
    }
}
