//! A language and its words.

use std::sync::LazyLock;

use ibid_text::Abbreviations;
use rustc_hash::FxHashMap;

use crate::{
    class::{self, Class, Classes},
    list::{Entries, Entry, List},
    phrase::{PhraseList, Phrases},
};

/// The language of a text: one that has a pack of words, or [`Language::NONE`].
///
/// Without a pack no word has a class and every list is empty, so rules about words report nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Language(Option<Supported>);

/// The languages that have a pack.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Supported {
    English,
}

/// The words of one language.
struct Pack {
    classes: FxHashMap<&'static str, Classes>,
    /// In the order of [`PhraseList::ALL`].
    phrases: Vec<Phrases>,
    /// In the order of [`List::ALL`].
    lists: Vec<Entries>,
}

impl Pack {
    fn read(classes: &[&'static str], phrases: &[&'static str], lists: &[&'static str]) -> Self {
        Self {
            classes: class::table(classes),
            phrases: phrases.iter().map(|text| Phrases::read(text)).collect(),
            lists: lists.iter().map(|text| Entries::read(text)).collect(),
        }
    }
}

static ENGLISH: LazyLock<Pack> = LazyLock::new(|| Pack::read(Class::ENGLISH, PhraseList::ENGLISH, List::ENGLISH));

/// The phrases of a language without a pack.
static NO_PHRASES: LazyLock<Phrases> = LazyLock::new(Phrases::default);

impl Language {
    /// A language without a pack.
    pub const NONE: Self = Self(None);
    /// English.
    pub const ENGLISH: Self = Self(Some(Supported::English));

    /// The language of a BCP 47 tag (`en-GB`), by its primary subtag; [`Language::NONE`] if it has no pack.
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") { Self::ENGLISH } else { Self::NONE }
    }

    /// The primary subtag of the language; empty without a pack.
    pub const fn code(self) -> &'static str {
        match self.0 {
            Some(Supported::English) => "en",
            None => "",
        }
    }

    /// Whether there is a pack of words for the language.
    pub const fn has_pack(self) -> bool {
        self.0.is_some()
    }

    /// The classes of a folded word.
    pub fn classes(self, word: &str) -> Classes {
        self.pack().and_then(|pack| pack.classes.get(word)).copied().unwrap_or_default()
    }

    /// Whether a folded word is of `class`.
    pub fn is(self, word: &str, class: Class) -> bool {
        self.classes(word).has(class)
    }

    /// The phrases of a list; none without a pack.
    pub fn phrases(self, list: PhraseList) -> &'static Phrases {
        self.pack().map_or(&NO_PHRASES, |pack| &pack.phrases[list as usize])
    }

    /// The words of a list, in the order of the file; none without a pack.
    pub fn words(self, list: List) -> &'static [&'static str] {
        self.list(list).map_or(&[], |entries| &entries.words)
    }

    /// The entries of a list with their values, in the order of the file; none without a pack.
    pub fn entries(self, list: List) -> &'static [Entry] {
        self.list(list).map_or(&[], |entries| &entries.all)
    }

    /// The value of a word in a list.
    pub fn value(self, list: List, word: &str) -> Option<&'static str> {
        self.list(list)?.value(word)
    }

    /// The words that sentence splitting needs; none without a pack.
    pub fn abbreviations(self) -> Abbreviations {
        Abbreviations {
            within_sentence: self.words(List::AbbreviationWithinSentence),
            before_number: self.words(List::AbbreviationBeforeNumber),
            anywhere: self.words(List::AbbreviationAnywhere),
            sentence_openers: self.words(List::SentenceOpener),
            before_initial: self.words(List::BeforeInitial),
            single_letter_words: self.words(List::SingleLetterWord),
        }
    }

    fn list(self, list: List) -> Option<&'static Entries> {
        self.pack().map(|pack| &pack.lists[list as usize])
    }

    fn pack(self) -> Option<&'static Pack> {
        self.0.map(|language| match language {
            Supported::English => &*ENGLISH,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_selects_its_pack() {
        for tag in ["en", "en-GB", "EN_us"] {
            assert_eq!(Language::of_tag(tag), Language::ENGLISH, "{tag}");
        }
        for tag in ["", "de", "xx", "eng", "e"] {
            assert_eq!(Language::of_tag(tag), Language::NONE, "{tag}");
        }
    }

    #[test]
    fn a_word_has_the_classes_of_all_files_that_list_it() {
        let english = Language::ENGLISH;
        assert!(english.is("may", Class::Hedge) && english.is("may", Class::Calendar));
        assert!(!english.is("may", Class::Negation));
        assert_eq!(english.classes("xyzzy"), Classes::default());
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        let text = "Wang et al. Published no. 5, e.g. in the U.S. Then Dr. Smith wrote it for A. B. Other Inc. The answer is no. We left.";
        let found = ibid_text::sentences(text, Language::ENGLISH.abbreviations());
        let found: Vec<&str> = found.into_iter().map(|span| span.of(text)).collect();
        assert_eq!(
            found,
            [
                "Wang et al. Published no. 5, e.g. in the U.S.",
                "Then Dr. Smith wrote it for A. B. Other Inc.",
                "The answer is no.",
                "We left.",
            ]
        );
    }

    #[test]
    fn without_a_pack_no_word_is_known() {
        let none = Language::NONE;
        assert!(!none.has_pack() && !none.is("may", Class::Hedge));
        assert!(none.phrases(PhraseList::DefiningVerb).is_empty());
        assert!(none.words(List::Cardinal).is_empty());
        assert_eq!(none.value(List::Cardinal, "one"), None);
        assert_eq!(Language::ENGLISH.value(List::Cardinal, "one"), Some("1"));
    }
}
