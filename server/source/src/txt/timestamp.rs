//! Times in bylines: "3 years ago", "2y", "on Jan 3, 2022", "March 3, 2015 at 5:04 pm".

use ibid_language::{Class, Classes, Language, List};

/// The number of words at the start of `words` that form a time; `None` if they do not begin with one. A bare "2y"
/// counts only if `short` is set.
pub(super) fn length(words: &[&str], short: bool, language: Language) -> Option<usize> {
    age(words, short, language).or_else(|| {
        let on =
            usize::from(words.first().is_some_and(|word| language.is(&word.to_lowercase(), Class::DayPreposition)));
        let day = day(words.get(on..)?, language)?;
        Some(on + day + hour(&words[on + day..], language))
    })
}

/// Splits a name from the age glued to it in a copied page: "Ada Moreau3y20" is by Ada Moreau, three years old, with 20
/// points.
pub(super) fn glued(line: &str, language: Language) -> Option<(&str, String)> {
    let (head, last) = line.rsplit_once(char::is_whitespace).map_or(("", line), |(head, last)| (head, last));
    let digit = |c: char| c.is_ascii_digit();
    let unscored = last.trim_end_matches(digit);
    let unit = language.words(List::AgeSuffix).iter().find(|unit| unscored.ends_with(**unit))?;
    let name = unscored.strip_suffix(*unit)?.trim_end_matches(digit);
    let age = &unscored[name.len()..];
    let end = if head.is_empty() { name.len() } else { line.len() - last.len() + name.len() };
    (age.len() > unit.len() && name.ends_with(char::is_alphabetic)).then(|| (&line[..end], age.to_owned()))
}

fn age(words: &[&str], short: bool, language: Language) -> Option<usize> {
    let (first, rest) = words.split_first()?;
    let ago = |word: Option<&&str>| word.is_some_and(|word| language.is(word.trim_end_matches([',', '*']), Class::Ago));
    let is_count = is_digits(first) || language.is(first, Class::SingleCount);
    if is_count && rest.first().is_some_and(|unit| is_unit(unit, language)) && ago(rest.get(1)) {
        return Some(3);
    }
    let unit = first.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_short = unit.len() < first.len()
        && Classes::of(&[Class::ShortTimeUnit, Class::YearAbbreviation])
            .intersects(language.classes(unit.trim_end_matches('.')));
    let length = if ago(rest.first()) { 2 } else { 1 };
    (is_short && (short || length == 2)).then_some(length)
}

fn is_unit(word: &str, language: Language) -> bool {
    const UNITS: Classes = Classes::of(&[Class::TimeUnit, Class::TimeUnitAbbreviation]);
    language.classes(word.trim_end_matches('.')).intersects(UNITS)
}

/// "Jan 3, 2022", "3rd January 2022", "2022-01-03".
fn day(words: &[&str], language: Language) -> Option<usize> {
    let bare = |at: usize| words.get(at).map_or("", |word| word.trim_matches([',', '(', ')']));
    let is_year = |word: &str| word.len() == 4 && is_digits(word);
    let is_date = |word: &str| {
        let number = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        (1..=2).contains(&number.len()) && is_digits(number)
    };
    let mut parts = bare(0).split('-');
    if parts.next().is_some_and(is_year)
        && parts.clone().count() == 2
        && parts.all(|part| part.len() == 2 && is_digits(part))
    {
        return Some(1);
    }
    let is_dated = is_month(bare(0), language) && is_date(bare(1)) || is_date(bare(0)) && is_month(bare(1), language);
    (is_dated && is_year(bare(2))).then_some(3)
}

/// The number of words at the start of `words` that form a time of day and a time zone.
fn hour(words: &[&str], language: Language) -> usize {
    let at = usize::from(words.first().is_some_and(|word| *word == "@" || language.is(word, Class::HourPreposition)));
    let Some(time) = words.get(at) else { return 0 };
    let lower = time.trim_end_matches(',').to_lowercase();
    let halves = language.words(List::DayHalf);
    let clock = halves.iter().find_map(|half| lower.strip_suffix(half)).unwrap_or(&lower);
    let is_clock = clock.contains(':') && clock.split(':').all(|part| (1..=2).contains(&part.len()) && is_digits(part));
    if !is_clock {
        return 0;
    }
    let mut taken = at + 1;
    let is_half = |word: &&str| halves.contains(&&*word.to_lowercase());
    taken += usize::from(words.get(taken).is_some_and(is_half));
    let is_zone = |word: &&str| {
        (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
            || word.starts_with(['+', '-']) && is_digits(&word[1..])
    };
    taken + usize::from(words.get(taken).is_some_and(is_zone))
}

fn is_month(word: &str, language: Language) -> bool {
    const NAMES: Classes = Classes::of(&[Class::Month, Class::MonthAbbreviation]);
    language.classes(&word.trim_end_matches('.').to_lowercase()).intersects(NAMES)
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: usize) {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(length(&words, false, Language::ENGLISH).unwrap_or(0), expected, "{line}");
    }

    #[test]
    fn times_are_read_up_to_their_end() {
        check("3 years ago | parent", 3);
        check("an hour ago", 3);
        check("2y ago", 2);
        check("on Jan 3, 2022 | prev", 4);
        check("March 3rd, 2015 at 5:04 pm", 6);
        check("12 Feb 2024 14:02 UTC", 5);
        check("2024-02-12", 1);
        check("2024-02-12 10:20:30", 2);
    }

    #[test]
    fn other_words_are_no_times() {
        for line in ["3 years of it", "2y", "Jan 3", "May I ask 3 things", "2022", "12:30", "years ago", "-1:2"] {
            check(line, 0);
        }
    }

    #[test]
    fn ages_are_split_from_names() {
        assert_eq!(glued("Ada Moreau3y", Language::ENGLISH), Some(("Ada Moreau", "3y".to_owned())));
        assert_eq!(glued("habryka2mo20", Language::ENGLISH), Some(("habryka", "2mo".to_owned())));
        assert_eq!(glued("Ada Moreau", Language::ENGLISH), None);
        assert_eq!(glued("3y", Language::ENGLISH), None);
        assert_eq!(glued("", Language::ENGLISH), None);
    }
}
