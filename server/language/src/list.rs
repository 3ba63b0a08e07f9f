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
    AgeSuffix = "age-suffix": "Abbreviated units of time glued to a number and a name in copied pages: \"Ada Moreau3y\".";
    Amount = "amount": "Quantifiers of things, each with its rank from 0 (none) to 6 (all).";
    BeforeInitial = "before-initial": "Lower-case words that an initial may follow: and, by.";
    BylineBadge = "byline-badge": "Badges beside the name in a byline: OP.";
    BylinePreposition = "byline-preposition": "Words before an author's name: \"By Ada Moreau\".";
    BylineVerb = "byline-verb": "Verbs after the name in the byline of a comment, with or without their colon.";
    Cardinal = "cardinal": "Cardinal numbers from zero to ninety, each with its value.";
    CountedLabel = "counted-label": "Labels of a count on a page: \"12 comments\". Each entry is a stem, which may be followed by \"s\", \"y\" or \"ies\".";
    DayHalf = "day-half": "The halves of the day: am, p.m.";
    DerivedEnding = "derived-ending": "Endings that may replace each other, or be missing, without changing what a name refers to.";
    DisciplineEnding = "discipline-ending": "Endings of nouns for a branch of knowledge.";
    EditorialNote = "editorial-note": "Beginnings of the notes that writers put in round brackets inside a quotation.";
    EverydayAcronym = "everyday-acronym": "Acronyms that need no explanation, as written: AI, PDF.";
    Fraction = "fraction": "Fractions, each with its value in percent.";
    Frequency = "frequency": "Adverbs for how often something is so, each with its rank from 0 (never) to 6 (always).";
    GlossaryHeading = "glossary-heading": "Headings under which a note lists its terms: glossary.";
    GluedButton = "glued-button": "Labels of buttons that a copied page glues to the words after them.";
    HeadField = "head-field": "Labels of the fields at the head of a page, each with its field.";
    Inflection = "inflection": "Endings that may follow a stem.";
    InterfaceLabel = "interface-label": "Labels of the user interface that are alone on a line of a saved page. Labels that also title a section of prose (\"About\", \"Home\", \"Contents\") are left out.";
    Magnitude = "magnitude": "Words of size after a number, each with its factor.";
    MailOpening = "mail-opening": "Words that open the line above a quoted message: \"On Mon, Jan 3, Ada wrote:\".";
    MailVerb = "mail-verb": "Verbs that end the line above a quoted message.";
    NameAbbreviation = "name-abbreviation": "Abbreviations in names, whose full stop ends no sentence.";
    NameConjunction = "name-conjunction": "Words between the names of two authors: \"Ada and Ben\".";
    NegativeEnding = "negative-ending": "Endings of negated verbs.";
    NegativePrefix = "negative-prefix": "Prefixes that turn a word into its opposite: unsafe, impossible.";
    NoNounEnding = "no-noun-ending": "Endings of adjectives, adverbs and participles.";
    NotPluralEnding = "not-plural-ending": "Endings of singular nouns in s: ss, us.";
    NoteLabel = "note-label": "Words before the number in the mark of a footnote: \"[note 4]\".";
    NounEnding = "noun-ending": "Endings of nouns that an ending of other-ending would exclude.";
    NounInflection = "noun-inflection": "Endings of the forms of a noun, each with the ending of the singular that they replace.";
    Opposite = "opposite": "Stems for a direction, each line with the stems for the opposite direction: a|b, tab, c|d.";
    Ordinal = "ordinal": "Ordinal numbers, each with its value.";
    OrdinalEnding = "ordinal-ending": "Endings of an ordinal in digits: 3rd, 95th.";
    OtherEnding = "other-ending": "Endings of words that are seldom nouns.";
    PageLabel = "page-label": "Words before a page number: \"Page 5\".";
    PageLocator = "page-locator": "Labels of pages in the locator of a citation: \"pp. 33-35\".";
    PageNumberWord = "page-number-word": "Words that may be beside a page number at the edge of a page: \"page 3 of 12\".";
    ParagraphLabel = "paragraph-label": "Bold words that label a paragraph rather than name a term: note, tl;dr.";
    PeopleEnding = "people-ending": "Endings of plural nouns for people by their occupation.";
    PluralForm = "plural-form": "Endings of singular nouns, each with the ending of its plural. The longest that fits counts; otherwise regular-plural applies.";
    ProfileLabel = "profile-label": "Labels of a person's profile page. The head of such a page is the person's name.";
    ReferenceLabel = "reference-label": "Labels before a number in the reference of a blockquote: \"(location 120)\", \"p. 14:\".";
    RegularPlural = "regular-plural": "The ending of a regular plural.";
    RelayStem = "relay-stem": "Stems of words that say that somebody quotes, answers or reports somebody else.";
    SentenceOpener = "sentence-opener": "Words that begin many sentences and no name: the, however.";
    SignatureOpening = "signature-opening": "Beginnings of a signature without a name; `whole` excludes longer words.";
    SingleLetterWord = "single-letter-word": "Words of one capital letter that are no initials: I.";
    SingularEnding = "singular-ending": "Endings of plurals, each with the ending of the singular. They apply to words of at least five letters.";
    SourceLabel = "source-label": "Labels before a colon that name the source of a blockquote: source.";
    SpellingFinal = "spelling-final": "Word endings that two habits of spelling write differently, each with the form they are compared in.";
    SpellingHabit = "spelling-habit": "Letters that two habits of spelling write differently, each with the form they are compared in.";
    TextLabel = "text-label": "Words in a label that says what a text is rather than who speaks it: note, next steps.";
    WorkLabel = "work-label": "Labels of the work that a page is about, at its head: \"Source: …\".";
}
