use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{
    segments::Spelling,
    variants::{is_variant, unify},
};

/// Folds one word. Different words stay different. These are folded, and nothing else:
/// - case, to lower case;
/// - combining sequences, to their composed form (NFC; never NFKC, which would make `x²` of `x2`);
/// - apostrophes, to `'`;
/// - the ligatures ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ and the long ſ, to their letters;
/// - letters and marks that a script writes in more than one way, to one of them: see the table in `variants.rs`;
/// - soft hyphens and the invisible joiners, to nothing.
pub fn fold(word: &str) -> Cow<'_, str> {
    fold_spelt(word, Spelling::of(word))
}

/// Folds a word whose spelling is known.
pub(super) fn fold_spelt(word: &str, spelling: Spelling) -> Cow<'_, str> {
    match spelling {
        Spelling::Lower => Cow::Borrowed(word),
        Spelling::Ascii => Cow::Owned(word.to_ascii_lowercase()),
        Spelling::Unicode => {
            let mut folded = String::with_capacity(word.len());
            fold_unicode(word, &mut folded);
            Cow::Owned(folded)
        }
    }
}

/// Folds a word whose spelling is known; `scratch` is overwritten unless the word is folded already.
#[inline]
pub(super) fn fold_into<'a>(word: &'a str, spelling: Spelling, scratch: &'a mut String) -> &'a str {
    if spelling == Spelling::Lower {
        return word;
    }
    scratch.clear();
    if spelling == Spelling::Ascii {
        scratch.push_str(word);
        scratch.make_ascii_lowercase();
    } else {
        fold_unicode(word, scratch);
    }
    scratch
}

/// Fills the empty `folded` with the folded form of any word.
fn fold_unicode(word: &str, folded: &mut String) {
    let (mut is_composed, mut has_variant) = (true, false);
    for c in word.chars() {
        is_composed &= is_composed_alone(c);
        match c {
            // Most letters, without a search in the tables of Unicode.
            'a'..='z' | '0'..='9' | 'à'..='ö' | 'ø'..='ÿ' | 'а'..='я' | '\u{4E00}'..='\u{9FFF}' => folded.push(c),
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{FF07}' => folded.push('\''),
            '\u{FB00}' => folded.push_str("ff"),
            '\u{FB01}' => folded.push_str("fi"),
            '\u{FB02}' => folded.push_str("fl"),
            '\u{FB03}' => folded.push_str("ffi"),
            '\u{FB04}' => folded.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => folded.push_str("st"),
            'ſ' => folded.push('s'),
            '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
            c => {
                has_variant |= is_variant(c) || c.is_uppercase();
                folded.extend(c.to_lowercase());
            }
        }
    }
    if !is_composed && is_nfc_quick(folded.chars()) != IsNormalized::Yes {
        *folded = folded.nfc().collect();
    }
    // A mark may meet the letter that is left and make a variant again.
    has_variant |= !is_composed;
    while has_variant && folded.contains(is_variant) {
        let unified = unify(folded);
        has_variant = unified != *folded;
        *folded = unified;
    }
}

/// Whether NFC changes neither the character nor its lower case, whatever precedes them. Covers only the most frequent
/// such characters.
const fn is_composed_alone(c: char) -> bool {
    matches!(c, '\0'..='ÿ' | 'А'..='я' | '\u{2010}'..='\u{2027}' | '\u{4E00}'..='\u{9FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every such character, against the tables of Unicode.
    #[test]
    fn short_cuts_fold_as_the_tables_do() {
        for c in ('\0'..=char::MAX).filter(|&c| is_composed_alone(c)) {
            let lower: String = c.to_lowercase().collect();
            let is_kept = !matches!(c, '\u{AD}' | '‘' | '’' | '‛');
            assert!(!is_kept || fold(&c.to_string()) == lower, "{c:?}");
            assert_eq!(is_nfc_quick(format!("a{lower}").chars()), IsNormalized::Yes, "{c:?}");
        }
    }
}
