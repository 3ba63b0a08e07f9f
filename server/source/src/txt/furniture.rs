//! Page furniture: labels of the user interface, which are nobody's words.

use ibid_language::{Class, Language, List};

/// The longest line that can be furniture, in bytes.
const LONGEST: usize = 40;

/// Whether `line` is only furniture.
pub(super) fn is_furniture(line: &str, language: Language) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let label = line.to_lowercase();
    let label = label.trim_end_matches(|c: char| c.is_ascii_digit() || " ()[]:…".contains(c));
    language.value(List::InterfaceLabel, label).is_some() || is_count(line, language) || is_age(line, language)
}

/// Whether `line` is a label of a profile page.
pub(super) fn is_profile_label(line: &str, language: Language) -> bool {
    line.len() <= LONGEST && language.value(List::ProfileLabel, &line.to_lowercase()).is_some()
}

/// The length of a button label glued to the first word of `line` (`Load MoreAppreciated …`), in bytes.
pub(super) fn glued(line: &str, language: Language) -> usize {
    let is_glued = |label: &&&str| line.strip_prefix(**label).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    language.words(List::GluedButton).iter().find(is_glued).map_or(0, |label| label.len())
}

/// "12 comments", "3 min read".
fn is_count(line: &str, language: Language) -> bool {
    let Some((number, unit)) = line.split_once(' ') else { return false };
    let unit = unit.to_lowercase();
    let is_counted = |stem: &&str| unit.strip_prefix(*stem).is_some_and(|end| matches!(end, "" | "s" | "y" | "ies"));
    number.bytes().all(|b| b.is_ascii_digit() || b == b',')
        && !number.is_empty()
        && language.words(List::CountedLabel).iter().any(is_counted)
}

/// "3mo", "2y", "5 days ago".
fn is_age(line: &str, language: Language) -> bool {
    let unit = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_long = |unit: &str| {
        let words = unit.strip_prefix(' ').and_then(|words| words.split_once(' '));
        words.is_some_and(|(unit, ago)| language.is(unit, Class::TimeUnit) && language.is(ago, Class::Ago))
    };
    unit.len() < line.len() && (language.is(unit, Class::ShortTimeUnit) || is_long(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_furniture_only_when_alone() {
        for line in [
            "Sequences",
            "Comments (12)",
            "LOAD MORE",
            "12 comments",
            "1,024 votes",
            "4 min read",
            "3mo",
            "2 years ago",
        ] {
            assert!(is_furniture(line, Language::ENGLISH), "{line}");
        }
        for line in [
            "Comments are welcome.",
            "Reply to Tom",
            "12 monkeys",
            "years ago",
            "5 a day ago",
            "Some thoughts:",
            "2024",
            "Share of jobs",
        ] {
            assert!(!is_furniture(line, Language::ENGLISH), "{line}");
        }
    }

    #[test]
    fn a_button_is_cut_from_the_words_it_is_glued_to() {
        assert_eq!(glued("Load MoreAppreciated this post.", Language::ENGLISH), "Load More".len());
        assert_eq!(glued("Load Moreover", Language::ENGLISH), 0);
        assert_eq!(glued("Load More", Language::ENGLISH), 0);
    }
}
