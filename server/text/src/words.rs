//! Words by UAX 29, folded so that the same word set differently compares equal.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

use crate::Span;

/// One word of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word<'a> {
    /// Where it stands, without underscores around it (Markdown emphasis, which UAX 29 counts to the word).
    pub span: Span,
    /// Its folded form: see [`fold`].
    pub folded: Cow<'a, str>,
}

/// The words of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.unicode_word_indices().filter_map(|(at, word)| {
        let start = at + word.len() - word.trim_start_matches('_').len();
        let word = word.trim_matches('_');
        let span = Span::from(start..start + word.len());
        (!word.is_empty()).then(|| Word { span, folded: fold(word) })
    })
}

/// Folds one word. Exactly this is folded, and it never equates different words:
/// - case, to lower case;
/// - combining sequences, to their composed form (NFC; never NFKC, which would make `x²` of `x2`);
/// - apostrophes, to `'`;
/// - the ligatures ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ and the long ſ, to their letters;
/// - soft hyphens and the invisible joiners, to nothing.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'\'') {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{FF07}' => folded.push('\''),
            '\u{FB00}' => folded.push_str("ff"),
            '\u{FB01}' => folded.push_str("fi"),
            '\u{FB02}' => folded.push_str("fl"),
            '\u{FB03}' => folded.push_str("ffi"),
            '\u{FB04}' => folded.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => folded.push_str("st"),
            'ſ' => folded.push('s'),
            '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
            c => folded.extend(c.to_lowercase()),
        }
    }
    if is_nfc_quick(folded.chars()) == IsNormalized::Yes {
        return Cow::Owned(folded);
    }
    Cow::Owned(folded.nfc().collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded.into_owned()).collect()
    }

    #[test]
    fn typography_folds_away() {
        assert_eq!(folded("Don’t DON'T don\u{2018}t"), ["don't"; 3]);
        assert_eq!(folded("ex\u{AD}ample eﬃcient oﬀ"), ["example", "efficient", "off"]);
        assert_eq!(folded("cafe\u{301} café"), ["café", "café"]);
        assert_eq!(folded("_very_ _much so_"), ["very", "much", "so"]);
    }

    #[test]
    fn different_words_stay_different() {
        for (a, b) in [("x²", "x2"), ("½", "1/2"), ("naïve", "naive"), ("colour", "color"), ("ℌ", "H"), ("ß", "ss")]
        {
            assert_ne!(folded(a), folded(b), "{a} {b}");
        }
    }

    #[test]
    fn every_script_has_words() {
        assert_eq!(folded("知识 שלום world 😀!"), ["知", "识", "שלום", "world"]);
    }

    proptest! {
        #[test]
        fn spans_hold_the_words_in_order(text in ".{0,80}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.span.start >= end && !word.span.is_empty());
                end = word.span.end;
                prop_assert_eq!(fold(word.span.of(&text)), word.folded.clone());
            }
        }

        #[test]
        fn folding_twice_changes_nothing(word in "\\PC{0,12}") {
            let once = fold(&word).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once.clone());
        }
    }
}
