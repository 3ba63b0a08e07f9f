//! Words that differ in letters and are the same word: one letter set as two, an accent left off a capital, a number with and
//! without separators.

use std::borrow::Cow;

use ibid_text::words::{fold, spans};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Whether two words, as written, are the same but for the letters that they are set in. Neither is [`fold`]ed in the index:
/// in some language the letters tell words apart.
pub(super) fn is_same_word(ours: &str, theirs: &str) -> bool {
    let [own, other] = [ours, theirs].map(|word| uniform(&fold(word)));
    own == other
        || with_vowel_u(&own) == with_vowel_u(&other)
        || transcribed(&own) == transcribed(&other)
        || lacks_accents_of_capitals(ours, theirs)
}

/// A folded word without ligatures and separators.
pub(super) fn uniform(word: &str) -> String {
    without_separators(word).replace('œ', "oe").replace('æ', "ae").replace('ß', "ss")
}

/// A number without the separators of its thousands: "1,204" and "1'204" are 1204. A full stop may be a decimal point, so it
/// stays.
fn without_separators(word: &str) -> Cow<'_, str> {
    let is_number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    let mut groups = word.split([',', '\'']);
    let has_head = groups.next().is_some_and(|head| matches!(head.len(), 1..=3) && is_number(head));
    if has_head && groups.all(|group| group.len() == 3 && is_number(group)) {
        Cow::Owned(word.replace([',', '\''], ""))
    } else {
        Cow::Borrowed(word)
    }
}

/// Whether two figures differ only in full stops between thousands, "1.204" and "1204". In most languages with a decimal
/// comma a full stop parts thousands, so `text`, the quotation, must have a decimal comma.
pub(super) fn is_same_figure(ours: &str, theirs: &str, text: &str) -> bool {
    let commas = |word: &str| word.replace('.', ",");
    ours.contains('.') != theirs.contains('.')
        && without_separators(&commas(ours)) == without_separators(&commas(theirs))
        && spans(text).any(|word| is_decimal_comma(text, word.of(text)))
}

/// Whether a word is a number with a decimal comma. In brackets it is two numbers: `[3,5]`.
fn is_decimal_comma(text: &str, word: &str) -> bool {
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let start = word.as_ptr() as usize - text.as_ptr() as usize;
    let parts = word.split_once(',').filter(|(whole, part)| is_number(whole) && is_number(part) && part.len() != 3);
    parts.is_some() && !text[..start].ends_with(['[', '('])
}

/// A folded word with one letter for `u` and `v` and one for `i` and `j`, as editions of Latin differ: "vinum", "uinum".
fn with_vowel_u(word: &str) -> String {
    if word.chars().count() < 3 { word.to_owned() } else { word.replace('v', "u").replace('j', "i") }
}

/// A folded word as typewriters and addresses without umlauts have it: "Waerter" for "Wärter", "Aalborg" for "Ålborg".
fn transcribed(word: &str) -> String {
    let mut letters = String::with_capacity(word.len() + 2);
    for c in word.nfc() {
        match c {
            'ä' => letters.push_str("ae"),
            'ö' | 'ø' => letters.push_str("oe"),
            'ü' => letters.push_str("ue"),
            'å' => letters.push_str("aa"),
            c => letters.push(c),
        }
    }
    letters
}

/// Whether two words differ only in accents that a capital of one of them lacks: "Ecole", "École".
fn lacks_accents_of_capitals(ours: &str, theirs: &str) -> bool {
    let [ours, theirs] =
        [ours, theirs].map(|word| word.nfc().map(|c| if c == '’' { '\'' } else { c }).collect::<Vec<char>>());
    let is_same = |(&a, &b): (&char, &char)| {
        let lacks = |plain: char, accented: char| plain.is_uppercase() && letter(accented) == letter(plain);
        a.to_lowercase().eq(b.to_lowercase()) || lacks(a, b) || lacks(b, a)
    };
    ours.len() == theirs.len() && ours.iter().zip(&theirs).all(is_same)
}

/// A letter in lower case without its accents.
fn letter(c: char) -> Option<char> {
    c.to_lowercase().nfd().next()
}

/// A folded word without accents. Short words are unchanged: in many languages an accent alone tells them apart ("ou", "où").
pub(super) fn without_accents(word: &str) -> String {
    if word.chars().count() < 4 { word.to_owned() } else { word.nfd().filter(|&c| !is_combining_mark(c)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_stops_part_thousands_where_commas_are_decimal() {
        let german = "waren es 3,5 Zentimeter und 1204 Ablesungen";
        for (a, b) in [("1204", "1.204"), ("1.204.567", "1204567")] {
            assert!(is_same_figure(a, b, german) && is_same_figure(b, a, german), "{a} {b}");
        }
        assert!(!is_same_figure("1204", "1.205", german) && !is_same_figure("12", "1.2", german));
        for english in ["1204 gauges", "1,204 gauges and 1204", "[3,5] and 1204"] {
            assert!(!is_same_figure("1204", "1.204", english), "{english}");
        }
    }

    #[test]
    fn the_same_word_in_other_letters() {
        for (a, b) in [
            ("manœuvre", "Manoeuvre"),
            ("mediæval", "mediaeval"),
            ("Straße", "Strasse"),
            ("l’Ecole", "l'École"),
            ("ECOLE", "école"),
            ("1,204,000", "1204000"),
            ("1’204", "1204"),
            ("uidit", "vidit"),
            ("Waerter", "Wärter"),
            ("Aalborg", "Ålborg"),
            ("MUELLER", "Müller"),
        ] {
            assert!(is_same_word(a, b) && is_same_word(b, a), "{a} {b}");
        }
    }

    #[test]
    fn other_words() {
        for (a, b) in [
            ("ecole", "école"),
            ("12,04", "1204"),
            ("1.204", "1204"),
            ("1,204", "1,240"),
            ("us", "vs"),
            ("pate", "pâte"),
            ("Warter", "Wärter"),
            ("ueber", "uber"),
        ] {
            assert!(!is_same_word(a, b) && !is_same_word(b, a), "{a} {b}");
        }
    }
}
