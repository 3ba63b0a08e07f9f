//! Numbers by value: "10,000", "ten thousand" and "10 000" are the same quantity.

use ibid_language::{Class, Language, List};
use ibid_text::Span;

use crate::tokens::Token;

/// A number with its unit.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Quantity {
    /// Its span, including a unit that is a mark or a word of magnitude.
    pub(crate) span: Span,
    /// Its value.
    pub(crate) value: f64,
    /// Its kind.
    pub(crate) unit: Unit,
    /// Whether it is approximate: "about", "nearly", "more than".
    pub(crate) rough: bool,
    /// Index of its first token.
    pub(crate) first: usize,
    /// One past its last token.
    pub(crate) end: usize,
}

/// The kind of a number. Numbers of different kinds never contradict each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unit {
    /// A year from 1500 to 2099 without a unit.
    Year,
    /// A place in an order: third, 95th.
    Ordinal,
    /// A percentage.
    Percent,
    /// An amount of money, whatever the currency.
    Money,
    /// A count or measure.
    Plain,
}

impl Quantity {
    /// Whether both have the same value, or one is the other rounded to the digits that it has.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let is = |unit| self.unit == unit || other.unit == unit;
        if self.unit != other.unit && (is(Unit::Ordinal) || !is(Unit::Plain)) {
            return false;
        }
        let (a, b) = (self.value, other.value);
        let exact = (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
        let digits = if self.rough || other.rough { 1.0 } else { 2.0 };
        let rounded = !is(Unit::Year) && !is(Unit::Ordinal) && (rounds_to(a, b, digits) || rounds_to(b, a, digits));
        exact || rounded
    }
}

/// Whether `exact` is `round` when rounded to as many leading digits as `round` has, at least `least`.
fn rounds_to(exact: f64, round: f64, least: f64) -> bool {
    if exact <= 0.0 || round <= 0.0 {
        return false;
    }
    let digits = significant(round).max(least);
    let size = 10_f64.powf(exact.log10().floor() - digits + 1.0);
    ((exact / size).round() * size - round).abs() < 1e-6 * round
}

/// The number of significant digits: two for 1200, three for 4.05.
fn significant(value: f64) -> f64 {
    let shown = format!("{value}");
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').trim_end_matches('0').len() as f64
}

/// The numbers among `tokens`, in digits or words.
pub(crate) fn quantities(tokens: &[Token<'_>], text: &str, language: Language) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let found_here = ordinal(tokens, text, language, at)
            .or_else(|| share(tokens, text, language, at))
            .or_else(|| quantity(tokens, text, language, at));
        match found_here {
            Some(quantity) => {
                at = quantity.end;
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

fn quantity(tokens: &[Token<'_>], text: &str, language: Language, first: usize) -> Option<Quantity> {
    let token = &tokens[first];
    if ends_name(tokens, first) {
        return None;
    }
    let form = |at: usize| tokens.get(at).map_or("", |token: &Token<'_>| &token.form);
    let Factor { mut value, mut size, mut end } = part(tokens, text, language, first)?;
    // "Twenty-five".
    if size <= 1.0 && value >= 20.0 && value % 10.0 == 0.0 && !tokens[first].is_number() {
        let next = if form(end) == "-" { end + 1 } else { end };
        if let Some(unit) = tokens.get(next).and_then(|token| unit_in_words(&token.form, language)) {
            (value, end) = (value + unit, next + 1);
        }
    }
    // "Four thousand one hundred": each part is smaller than the size before it.
    while size > 1.0 {
        let next = if form(end) == "and" { end + 1 } else { end };
        let Some(more) = part(tokens, text, language, next).filter(|more| more.value < size) else { break };
        value += more.value;
        (size, end) = (more.size, more.end);
    }
    let before = first.checked_sub(1).map_or("", form);
    let unit = match form(end) {
        "%" => Unit::Percent,
        word if language.is(word, Class::PercentWord) => Unit::Percent,
        "per" if form(end + 1) == "cent" => Unit::Percent,
        word if language.is(word, Class::MoneyNoun) => Unit::Money,
        _ if ["$", "€", "£", "¥"].contains(&before) => Unit::Money,
        _ if &*token.form == "<year>" && end == first + 1 => Unit::Year,
        _ => Unit::Plain,
    };
    if unit == Unit::Percent {
        end += 1;
    }
    let span = token.span.cover(tokens[end - 1].span);
    let rough = tokens[..first]
        .last()
        .is_some_and(|token| token.classes.has(Class::Approximation) || token.classes.has(Class::BoundWord));
    Some(Quantity { span, value, unit, rough, first, end })
}

/// An ordinal in digits or words: "95th", "ninety-fifth".
fn ordinal(tokens: &[Token<'_>], text: &str, language: Language, first: usize) -> Option<Quantity> {
    let value_of = |at: usize| -> Option<f64> {
        let token = tokens.get(at)?;
        if token.is_number() {
            let written = token.span.of(text);
            let digits = written.trim_end_matches(char::is_alphabetic);
            let ends = language.words(List::OrdinalEnding).contains(&written.get(digits.len()..)?);
            return if ends { digits.parse().ok() } else { None };
        }
        language.value(List::Ordinal, &token.form)?.parse().ok()
    };
    let tens = in_words(&tokens[first].form, language).filter(|tens| tens % 10.0 == 0.0);
    let last = first + 1 + usize::from(tokens.get(first + 1).is_some_and(|token| &*token.form == "-"));
    let (value, last) = match tens {
        Some(tens) => (tens + value_of(last).filter(|&unit| unit < 10.0)?, last),
        None => (value_of(first)?, first),
    };
    let span = tokens[first].span.cover(tokens[last].span);
    Some(Quantity { span, value, unit: Unit::Ordinal, rough: false, first, end: last + 1 })
}

/// A share in words or as a fraction: "half of", "a third of", "two thirds", "one in five", "nine out of ten", "1/10,000".
fn share(tokens: &[Token<'_>], text: &str, language: Language, first: usize) -> Option<Quantity> {
    let form = |at: usize| tokens.get(at).map_or("", |token: &Token<'_>| &token.form);
    let count = |at: usize| -> Option<f64> {
        let token = tokens.get(at)?;
        let digits = || digits(token.span.of(text));
        let value =
            if token.is_number() { digits() } else { language.value(List::Cardinal, &token.form)?.parse().ok() };
        value.filter(|value| (1.0..1000.0).contains(value))
    };
    let percent = |at: usize| -> Option<f64> { language.value(List::Fraction, form(at))?.parse().ok() };
    let counted = count(first).or_else(|| (form(first) == "a").then_some(1.0));
    let behind = first + 1 + usize::from(form(first + 1) == "-");
    let (value, end) = match counted {
        Some(count) if percent(behind).is_some_and(|_| count > 1.0 || form(behind + 1) == "of") => {
            (count * percent(behind)?, behind + 1)
        }
        Some(some) if form(first + 1) == "/" => {
            let all = tokens.get(first + 2).and_then(|token| digits(token.span.of(text))).filter(|&all| all > some)?;
            (100.0 * some / all, first + 3)
        }
        Some(some) => {
            let of = if form(first + 1) == "out" { first + 3 } else { first + 2 };
            let all =
                count(of).filter(|&all| all > some && form(of - 1) == if of == first + 3 { "of" } else { "in" })?;
            (100.0 * some / all, of + 1)
        }
        None => {
            let halves = percent(first).filter(|&value| value > 40.0)?;
            let follows = form(first + 1) == "of" || form(first + 1) == "the" || form(first + 1) == "a";
            (follows.then_some(halves)?, first + 1)
        }
    };
    let span = tokens[first].span.cover(tokens[end - 1].span);
    let rough = form(first + 1) != "/";
    (value < 100.0).then_some(Quantity { span, value, unit: Unit::Percent, rough, first, end })
}

/// Whether a number is part of a name, as in "COVID-19". A year is not.
fn ends_name(tokens: &[Token<'_>], at: usize) -> bool {
    let [.., word, hyphen] = &tokens[..at] else { return false };
    let tied = word.span.end == hyphen.span.start && hyphen.span.end == tokens[at].span.start;
    let is_letters = word.form.starts_with(char::is_alphabetic);
    &*tokens[at].form == "<number>" && matches!(&*hyphen.form, "-" | "‐" | "‑") && tied && is_letters
}

/// A number in digits or words, with the words of magnitude after it.
struct Factor {
    value: f64,
    /// The product of the words of magnitude; 1 if there is none.
    size: f64,
    end: usize,
}

fn part(tokens: &[Token<'_>], text: &str, language: Language, first: usize) -> Option<Factor> {
    let token = tokens.get(first)?;
    let sizes = tokens[first + 1..].iter().map_while(|token| size(&token.form, language));
    let (count, size) = sizes.fold((0, 1.0), |(count, product), size| (count + 1, product * size));
    let value = match &*token.form {
        "one" | "a" if size > 1.0 => 1.0,
        _ if token.is_number() => digits(token.span.of(text))?,
        word => in_words(word, language)?,
    };
    Some(Factor { value: value * size, size, end: first + 1 + count })
}

/// The value of a number in digits: "10,000", "1.5", "3rd", "90s".
fn digits(word: &str) -> Option<f64> {
    let number = word.trim_end_matches(|c: char| c.is_alphabetic());
    let number: String = number.chars().filter(|&c| c != ',').collect();
    number.parse().ok()
}

/// The value of a number word. "Zero" and "one" have none: "one" is a pronoun more often than a number.
fn in_words(word: &str, language: Language) -> Option<f64> {
    language.value(List::Cardinal, word)?.parse().ok().filter(|&value| value >= 2.0)
}

/// The value of a number word below ten.
fn unit_in_words(word: &str, language: Language) -> Option<f64> {
    language.value(List::Cardinal, word)?.parse().ok().filter(|value| (1.0..10.0).contains(value))
}

/// The factor of a word of magnitude, such as "million".
fn size(word: &str, language: Language) -> Option<f64> {
    language.value(List::Magnitude, word)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    fn check(text: &str, expected: &[(f64, Unit)]) {
        let tokens = tokens(text, Span::from(0..text.len()), Language::ENGLISH);
        let found: Vec<(f64, Unit)> =
            quantities(&tokens, text, Language::ENGLISH).iter().map(|q| (q.value, q.unit)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_are_read_in_digits_and_words() {
        check("It sold 10,000 copies in 1998.", &[(10_000.0, Unit::Plain), (1998.0, Unit::Year)]);
        check("about ten thousand copies", &[(10_000.0, Unit::Plain)]);
        check("four thousand one hundred households", &[(4_100.0, Unit::Plain)]);
        check("two million and thirty people, one house", &[(2_000_030.0, Unit::Plain)]);
        check("12.5 % of it, or 30 per cent", &[(12.5, Unit::Percent), (30.0, Unit::Percent)]);
        check("$1.5 billion", &[(1.5e9, Unit::Money)]);
        check("a chance of 1/10,000", &[(0.01, Unit::Percent)]);
        check("no number at all", &[]);
        check("COVID-19 and SARS-CoV-2 since mid-1990", &[(1990.0, Unit::Year)]);
    }

    #[test]
    fn rounding_agrees_and_another_value_does_not() {
        let of = |text: &'static str| {
            quantities(&tokens(text, Span::from(0..text.len()), Language::ENGLISH), text, Language::ENGLISH).remove(0)
        };
        assert!(of("12,000 people").agrees(&of("11,987 people")));
        assert!(of("about 4,000 people").agrees(&of("4,100 people")));
        assert!(!of("4,000 people").agrees(&of("4,100 people")));
        assert!(of("two people").agrees(&of("2 people")));
        assert!(!of("30 percent").agrees(&of("40 percent")));
        assert!(!of("in 1999").agrees(&of("in 2000")), "years are never rounded");
    }
}
