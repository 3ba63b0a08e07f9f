//! Raised and lowered digits. They are read as the characters that Unicode has for them, so that 10³ is not read as 103.

use std::borrow::Cow;

use crate::Span;

const RAISED: [&str; 10] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];

/// A digit, raised.
pub fn raised(digit: char) -> Option<&'static str> {
    digit.to_digit(10).map(|value| RAISED[value as usize])
}

/// The characters of a text that a page raises, with their digits raised; `None` if it has more than figures, as the letters
/// of 19th are. Several figures are the marks of notes: "2,3".
pub fn raised_figure(text: &str) -> Option<impl Iterator<Item = (usize, &str)>> {
    let is_figure = text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | '−' | '+' | ' '));
    let shown = |(at, c): (usize, char)| (at, raised(c).unwrap_or_else(|| &text[at..at + c.len_utf8()]));
    is_figure.then(|| text.char_indices().map(shown))
}

/// The digits that a text raises or lowers with the marks of pandoc, 10^6^ and H~2~O: each with its marks, and as they are
/// read.
pub fn marked_digits(text: &str) -> Vec<(Span, Cow<'_, str>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['^', '~']).map(|open| at + open) {
        let mark = &text[open..=open];
        let digits = text[open + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let inside = &text[open + 1..open + 1 + digits];
        at = open + 1 + digits;
        let follows_word = text[..open].ends_with(|c: char| c.is_alphanumeric() || c == ')');
        if digits > 0 && follows_word && text[at..].starts_with(mark) {
            at += mark.len();
            let shown = if mark == "^" {
                Cow::Owned(inside.chars().filter_map(raised).collect())
            } else {
                Cow::Borrowed(inside)
            };
            found.push((Span::from(open..at), shown));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_pandoc_raise_and_lower_digits() {
        let found =
            |text| marked_digits(text).into_iter().map(|(span, shown)| (span.of(text), shown)).collect::<Vec<_>>();
        assert_eq!(found("10^6^ m^2^"), [("^6^", "⁶".into()), ("^2^", "²".into())]);
        assert_eq!(found("H~2~O, (a)^12^"), [("~2~", "2".into()), ("^12^", "¹²".into())]);
        for none in ["2^6 and 3^2", "a ~2~ b", "a^n^", "~~2~~", "^6^", "x^^", "é^"] {
            assert!(found(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn only_figures_are_raised() {
        let shown = |text| raised_figure(text).map(|parts| parts.map(|(_, shown)| shown).collect::<String>());
        assert_eq!(shown("2,3").as_deref(), Some("²,³"));
        assert_eq!(shown("−12").as_deref(), Some("−¹²"));
        assert!([shown("th"), shown("[6]"), shown(""), shown("n+1"), shown("–")].iter().all(Option::is_none));
    }
}
