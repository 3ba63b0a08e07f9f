//! The signs that belong to a number and change what it says: currency, a minus, section, per cent, degrees, less or more
//! than.
//!
//! They are not words (UAX 29), so an alignment of words does not see them.

use ibid_text::{Span, words};

/// The span of a number with its signs; `word` itself if it is not a number.
pub(super) fn with_signs(text: &str, word: Span) -> Span {
    if !is_number(word.of(text)) {
        return word;
    }
    Span::new(word.start - leading(text, word), word.end + trailing(text, word))
}

/// The end of `span`, with the signs that belong to a number at its end.
pub(super) fn behind_signs(text: &str, span: Span) -> u32 {
    if span.of(text).ends_with(char::is_numeric) { span.end + trailing(text, span) } else { span.end }
}

/// Whether a number that quotation and source share has different signs in them. Signs that can be written in two ways do
/// not count: a dash that may not be a minus, a sign that is an entity (`&pound;`) on one side.
pub(super) fn signs_differ(quoted: &str, quote: Span, source_text: &str, source: Span) -> bool {
    if !is_number(quote.of(quoted)) || !is_number(source.of(source_text)) {
        return false;
    }
    let (mut ours, mut theirs) = (signs(quoted, quote), signs(source_text, source));
    if ours == theirs || is_behind_entity(quoted, quote) || is_behind_entity(source_text, source) {
        return false;
    }
    if has_dash(quoted, quote) && has_dash(source_text, source) {
        ours.retain(|sign| sign != '-');
        theirs.retain(|sign| sign != '-');
    }
    ours != theirs
}

/// The folded words of `span`, numbers with their signs: `£5`, `5%`.
pub(super) fn signed_words(text: &str, span: Span) -> Vec<String> {
    let signed = |word: ibid_text::Word<'_>| {
        let at = word.span.shift(span.start);
        let all = signs(text, at);
        let (behind, before): (String, String) = all.chars().partition(|&sign| is_trailing(sign));
        format!("{before}{}{behind}", word.folded)
    };
    words(span.of(text)).map(signed).collect()
}

fn is_number(word: &str) -> bool {
    word.starts_with(char::is_numeric)
}

/// The signs of a number, normalised; empty for a word.
fn signs(text: &str, word: Span) -> String {
    let all = with_signs(text, word);
    let around = [Span::new(all.start, word.start), Span::new(word.end, all.end)];
    let usual = |c: char| match c {
        '\u{2212}' | '\u{2013}' => '-',
        '\u{BA}' => '°',
        c => c,
    };
    let all = around.iter().flat_map(|span| span.of(text).chars()).filter(|c| !c.is_whitespace()).map(usual);
    all.collect::<String>().replace("<=", "\u{2264}").replace(">=", "\u{2265}")
}

const fn is_currency(c: char) -> bool {
    matches!(c, '$' | '\u{A2}'..='\u{A5}' | '\u{20A0}'..='\u{20CF}')
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

const fn is_trailing(c: char) -> bool {
    matches!(c, '%' | '‰' | '°' | '\u{BA}')
}

/// The length in bytes of the signs before a number: `−£5`, `§ 5`.
fn leading(text: &str, word: Span) -> u32 {
    let before = &text[..word.start as usize];
    let mut rest = before;
    if let Some(section) = rest.trim_end_matches([' ', '\u{A0}', '\u{202F}']).strip_suffix('§') {
        return (before.len() - section.trim_end_matches('§').len()) as u32;
    }
    // A dollar on both sides is mathematics.
    let is_formula = text[word.end as usize..].starts_with('$');
    while let Some(c) = rest.chars().next_back() {
        let front = &rest[..rest.len() - c.len_utf8()];
        let is_minus = matches!(c, '-' | '\u{2212}' | '\u{2013}')
            && !front.ends_with(|c: char| c.is_alphanumeric() || is_dash(c) || is_trailing(c));
        if !(is_minus || (is_currency(c) && !(c == '$' && is_formula))) {
            break;
        }
        rest = front;
    }
    (before.len() - without_comparison(rest).len()) as u32
}

/// A text without the comparison sign at its end: `<`, `≥ `, `~`. An arrow, a tag and the marks of a quoted line and of deleted
/// text are not comparison signs.
fn without_comparison(text: &str) -> &str {
    let spaced = text.trim_end_matches([' ', '\u{A0}', '\u{202F}']);
    let (sign, front) = match spaced.strip_suffix('=') {
        Some(front) => (front, front.strip_suffix(['<', '>'])),
        None => (spaced, spaced.strip_suffix(['<', '>', '~', '\u{2264}', '\u{2265}', '\u{2248}', '\u{B1}'])),
    };
    let Some(front) = front else { return text };
    let is_arrow = front.ends_with(['<', '>', '~', '-', '=', '\u{2013}', '/']);
    let is_tag = sign.ends_with('>') && front.rfind(['<', ' ', '\n']).is_some_and(|at| front[at..].starts_with('<'));
    let is_line_mark = sign.ends_with('>') && front.trim_end_matches(' ').chars().next_back().is_none_or(|c| c == '\n');
    let is_space = sign.ends_with('~') && front.chars().next_back().is_some_and(|c| !c.is_whitespace() && c != '(');
    if is_arrow || is_tag || is_line_mark || is_space { text } else { front }
}

/// The length in bytes of the signs after a number: `5%`, `5 °C`, `5 €`.
fn trailing(text: &str, word: Span) -> u32 {
    let behind = &text[word.end as usize..];
    let space = behind.chars().next().filter(|c| matches!(c, ' ' | '\u{A0}' | '\u{202F}')).map_or(0, char::len_utf8);
    let sign = behind[space..].chars().next().filter(|&c| is_trailing(c) || (c == '€' && !is_price(&behind[space..])));
    sign.map_or(0, |sign| (space + sign.len_utf8()) as u32)
}

/// Whether a currency sign belongs to the number after it.
fn is_price(from_sign: &str) -> bool {
    from_sign.chars().nth(1).is_some_and(char::is_numeric)
}

fn is_behind_entity(text: &str, word: Span) -> bool {
    let before = text[..word.start as usize].trim_end().strip_suffix(';');
    let name = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#').ends_with('&');
    before.is_some_and(name) || text[word.end as usize..].starts_with('&')
}

/// Whether a dash is before a word, with or without spaces between.
fn has_dash(text: &str, word: Span) -> bool {
    let signs = (word.start - leading(text, word)) as usize;
    text[signs..word.start as usize].contains(is_dash) || text[..signs].trim_end().ends_with(is_dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the number in `quote` has other signs than the one in `source`.
    fn differ(quote: &str, source: &str) -> bool {
        let number = |text| words(text).map(|word| word.span).find(|span| is_number(span.of(text))).unwrap();
        signs_differ(quote, number(quote), source, number(source))
    }

    #[test]
    fn a_sign_changes_a_number() {
        for (quote, source) in [
            ("paid $5", "paid £5"),
            ("paid 5", "paid £5"),
            ("by 5 of", "by 5% of"),
            ("by 5‰", "by 5 %"),
            ("at 3 degrees", "at −3 degrees"),
            ("at 3 degrees", "at (-3 degrees"),
            ("-3", "3"),
            ("under 12", "under § 12"),
            ("of 5", "of 5°"),
            ("of 5", "of 5 €"),
            ("p > 0.05", "p < 0.05"),
            ("p 0.05", "p < 0.05"),
            ("n>=5", "n<=5"),
            ("of ~5 men", "of 5 men"),
            ("\u{B1}2", "2"),
        ] {
            assert!(differ(quote, source) && differ(source, quote), "{quote} / {source}");
        }
    }

    #[test]
    fn the_same_sign_may_be_set_in_several_ways() {
        for (quote, source) in [
            ("5%", "5 %"),
            ("at -3", "at \u{2212}3"),
            ("at \u{2013}3", "at \u{2014}3"),
            ("at - 3", "at -3"),
            ("pages 3", "pages-3"),
            ("§12", "§\u{A0}12"),
            ("5 º", "5°"),
            ("of 5", "of &pound;5"),
            ("n is 5", "n is $5$"),
            ("p<0.05", "p < 0.05"),
            ("n \u{2264} 5", "n <= 5"),
            ("of &lt; 5", "of < 5"),
            ("5 men", "> 5 men"),
            ("so 5 men", "so\n> 5 men"),
            ("so 5 men", "so <b>5 men"),
            ("so 5 men", "so -> 5 men"),
            ("Fig. 5", "Fig.~5"),
            ("so 5", "so ~~5~~"),
        ] {
            assert!(!differ(quote, source) && !differ(source, quote), "{quote} / {source}");
        }
    }

    #[test]
    fn numbers_are_spelled_with_their_signs() {
        let words = |text: &str| signed_words(text, Span::from(0..text.len()));
        assert_eq!(words("(−£5 or 20 %)"), ["-£5", "or", "20%"]);
    }
}
