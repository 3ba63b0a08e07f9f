//! Comparison of names by their letters and digits alone.

use unicode_normalization::UnicodeNormalization;

/// The letters and digits of a text in lower case and composed (NFC), without anything else. Links compare headings by these;
/// a name keeps them whatever its case, hyphens and spaces.
pub fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[test]
fn case_and_punctuation_are_ignored() {
    assert!(letters("Slack-Days, ÜBER 2").eq("slackdaysüber2".chars()));
    assert!(letters("U\u{308}ber").eq("über".chars()));
}
