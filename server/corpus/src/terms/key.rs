//! How names are compared: ignoring case, plural, hyphens and spaces.

use std::borrow::Cow;

use ibid_language::{Class, Language, List};
use ibid_text::words;
use serde::{Deserialize, Serialize};

/// The key of a name: its folded words in the singular, joined without spaces. "fine-tuning", "fine tuning" and
/// "finetuning" have the same key, and so have "Schemers" and "schemer".
pub(super) fn key(name: &str, language: Language) -> String {
    words(name).fold(String::new(), |key, word| key + &part(word.span.of(name), &word.folded, language))
}

/// The contribution of one word, given as written and folded, to a key. After capitals only a lower-case s is an ending:
/// "AIs" is the plural of AI, but AIS is another acronym.
pub(super) fn part<'a>(written: &str, folded: &'a str, language: Language) -> Cow<'a, str> {
    if !is_acronym(written) {
        return singular(folded, language);
    }
    let bare = folded.strip_suffix("'s").unwrap_or(folded);
    let is_plural = bare.len() == folded.len() && written.ends_with('s');
    Cow::Borrowed(if is_plural { bare.strip_suffix('s').unwrap_or(bare) } else { bare })
}

/// The key prefix of a partly typed name: its folded words, joined, without removing plural endings.
pub(super) fn prefix(typed: &str) -> String {
    words(typed).map(|word| word.folded).collect()
}

/// A folded word without its plural or possessive ending. Irregular plurals stay as they are.
pub(super) fn singular(word: &str, language: Language) -> Cow<'_, str> {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    let is_singular = |word: &str| language.is(word, Class::SingularLikePlural);
    if is_singular(word) {
        return Cow::Borrowed(word);
    }
    if let Some(word) = word.strip_suffix("es").filter(|word| is_singular(word)) {
        return Cow::Borrowed(word);
    }
    let mut endings = language.entries(List::SingularEnding).iter();
    let changed = || endings.find_map(|ending| Some(format!("{}{}", word.strip_suffix(ending.word)?, ending.value)));
    if let Some(changed) = (word.len() > 4).then(changed).flatten() {
        return Cow::Owned(changed);
    }
    let has = |list| language.words(list).iter().any(|ending| word.ends_with(ending));
    let bare = language.words(List::RegularPlural).iter().find_map(|ending| word.strip_suffix(ending));
    let bare = bare.filter(|bare| bare.len() > 1 && !has(List::NotPluralEnding));
    Cow::Borrowed(bare.unwrap_or(word))
}

/// How a use of a term must be written to count. "Coefficient", a foundation, is not a use of "coefficient".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Case {
    /// In any case.
    #[default]
    Any,
    /// With a capital: a proper name.
    Capital,
    /// In capitals: an acronym.
    Upper,
}

impl Case {
    /// The case that uses of `name` must have. `opens` means that the name is where any word would be capitalised.
    pub(super) fn of(name: &str, opens: bool) -> Self {
        if is_acronym(name) {
            Self::Upper
        } else if !opens && name.chars().next().is_some_and(char::is_uppercase) {
            Self::Capital
        } else {
            Self::Any
        }
    }

    /// Whether a use written like this counts.
    pub(super) fn admits(self, written: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Capital => written.chars().next().is_some_and(char::is_uppercase),
            Self::Upper => is_acronym(written),
        }
    }
}

/// Whether a word is written as an acronym: at least two capitals, and otherwise only digits, dots, hyphens, ampersands and
/// a plural s. Roman numerals are not acronyms.
pub fn is_acronym(word: &str) -> bool {
    // Rejects nearly all words early.
    if word.starts_with(|c: char| c.is_ascii_lowercase()) {
        return false;
    }
    let body = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let body = body.strip_suffix('s').unwrap_or(body);
    let capitals = body.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2
        && body.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '&'))
        && !body.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

#[cfg(test)]
mod tests {
    use super::{key as key_in, *};

    fn key(name: &str) -> String {
        key_in(name, Language::ENGLISH)
    }

    #[test]
    fn case_plural_and_hyphen_do_not_change_the_key() {
        for (a, b) in [
            ("Schemers", "schemer"),
            ("fine-tuning", "finetuning"),
            ("fuzzy concepts", "Fuzzy concept"),
            ("Goodhart’s law", "Goodhart's laws"),
            ("theories", "theory"),
            ("SAEs", "SAE"),
        ] {
            assert_eq!(key(a), key(b), "{a} and {b}");
        }
        assert_eq!(key("biases"), "bias");
        assert_eq!(key("AIs’"), key("AI’s"));
        assert_ne!(key("AIS"), key("AIs"));
        assert_ne!(key("class"), key("clas"));
    }

    #[test]
    fn acronyms_are_recognised_by_their_form() {
        for word in ["EUM", "LLMs", "GPT-4", "R&D", "MIRI’s"] {
            assert!(is_acronym(word), "{word}");
        }
        for word in ["I", "Eum", "XIV", "A", "o1", ""] {
            assert!(!is_acronym(word), "{word}");
        }
    }

    #[test]
    fn a_proper_name_needs_its_capital() {
        let case = Case::of("Coefficient", false);
        assert!(case.admits("Coefficient") && !case.admits("coefficient"));
        assert!(Case::of("Software", true).admits("software"));
        assert!(!Case::of("WHO", false).admits("who"));
    }
}
