//! Lists of entries that a rule iterates over, or looks up a value in.

use rustc_hash::FxHashMap;

use crate::file::{self, word_files};

/// An entry of a [`List`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The word, stem or ending.
    pub word: &'static str,
    /// The value in the file; empty if the list has none.
    pub value: &'static str,
}

/// The contents of one [`List`] in one language.
#[derive(Default, Debug)]
pub struct Entries {
    /// The entries in the order of the file.
    pub(crate) all: Vec<Entry>,
    /// The words alone, in the same order.
    pub(crate) words: Vec<&'static str>,
    by_word: FxHashMap<&'static str, &'static str>,
}

impl Entries {
    pub(crate) fn read(text: &'static str) -> Self {
        let all: Vec<Entry> = file::entries(text).map(|(word, value)| Entry { word, value }).collect();
        let words = all.iter().map(|entry| entry.word).collect();
        let by_word = all.iter().map(|entry| (entry.word, entry.value)).collect();
        Self { all, words, by_word }
    }

    pub(crate) fn value(&self, word: &str) -> Option<&'static str> {
        self.by_word.get(word).copied()
    }
}

word_files! {
    /// A list of words, stems or endings. Prefer a [`Class`](crate::Class) where a rule only asks whether a word belongs.
    pub enum List in "lists";
    AbbreviationAnywhere = "abbreviation-anywhere": "Abbreviations that may end a sentence: inc, u.s, al.";
    AbbreviationBeforeNumber = "abbreviation-before-number": "Abbreviations only before a number: no, p.";
    AbbreviationWithinSentence = "abbreviation-within-sentence": "Abbreviations that end no sentence: dr, e.g.";
    AdverbEnding = "adverb-ending": "Endings of adverbs.";
    BeforeInitial = "before-initial": "Lower-case words that an initial may follow: and, by.";
    Cardinal = "cardinal": "Cardinal numbers from zero to ninety, each with its value.";
    DisciplineEnding = "discipline-ending": "Endings of nouns for a branch of knowledge.";
    EditorialNote = "editorial-note": "Beginnings of the notes that writers put in round brackets inside a quotation.";
    GlossaryHeading = "glossary-heading": "Headings under which a note lists its terms: glossary.";
    Magnitude = "magnitude": "Words of size behind a number, each with its factor.";
    NegativeEnding = "negative-ending": "Endings of negated verbs.";
    NoNounEnding = "no-noun-ending": "Endings of adjectives, adverbs and participles.";
    NounEnding = "noun-ending": "Endings of nouns that would else look like other words.";
    Opposite = "opposite": "Stems of a way, each line with the stems of the opposite way: a|b, tab, c|d.";
    OtherEnding = "other-ending": "Endings of words that are seldom nouns.";
    ParagraphLabel = "paragraph-label": "Bold words that label a paragraph rather than name a term: note, tl;dr.";
    PeopleEnding = "people-ending": "Endings of plural nouns for people by what they do.";
    SentenceOpener = "sentence-opener": "Words that begin many sentences and no name: the, however.";
    SignatureOpening = "signature-opening": "Beginnings of a signature without a name; `whole` excludes longer words.";
    SingleLetterWord = "single-letter-word": "Words of one capital letter that are no initials: I.";
    SourceLabel = "source-label": "Labels before a colon that name the source of a blockquote: source.";
    SpellingFinal = "spelling-final": "Word endings that two habits of spelling write differently, each with the form they are compared in.";
    SpellingHabit = "spelling-habit": "Letters that two habits of spelling write differently, each with the form they are compared in.";
}
