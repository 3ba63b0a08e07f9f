//! The words of a passage, prepared for finding cues.

use ibid_language::{Class, Classes, Language, Phrase, PhraseList};
use ibid_text::{Word, words};

use crate::quoted::quoted;

/// The words at the start of a passage, with those in quotation marks distinguished.
pub(super) struct Utterance<'t> {
    /// The start of the passage.
    pub(super) text: &'t str,
    /// Its words; spans are bytes into `text`.
    pub(super) words: Vec<Word<'t>>,
    in_marks: Vec<bool>,
    /// The classes of the words; empty for words in quotation marks.
    classes: Vec<Classes>,
    /// The language of the passage.
    pub(super) language: Language,
    /// Whether the speaker says "I" or "my" in their own words.
    pub(super) says_i: bool,
}

impl<'t> Utterance<'t> {
    /// Reads a passage. Cues come early, so only the start of a very long passage is read, which keeps reading a page
    /// linear.
    pub(super) fn new(passage: &'t str, language: Language) -> Self {
        const HEAD: usize = 4096;
        /// Fewer bytes per word than nearly any passage has.
        const BYTES_A_WORD: usize = 4;
        let end = (0..=HEAD.min(passage.len())).rev().find(|&end| passage.is_char_boundary(end)).unwrap_or(0);
        let text = &passage[..end];
        let mut said: Vec<Word> = Vec::with_capacity(text.len() / BYTES_A_WORD);
        said.extend(words(text));
        let mut in_marks = vec![false; said.len()];
        for mark in quoted(text) {
            let first = said.partition_point(|word| word.span.end <= mark.start);
            let marked = said[first..].iter().take_while(|word| word.span.overlaps(mark)).count();
            in_marks[first..first + marked].fill(true);
        }
        let class_of =
            |(word, marked): (&Word, &bool)| if *marked { Classes::default() } else { language.classes(&word.folded) };
        let classes: Vec<Classes> = said.iter().zip(&in_marks).map(class_of).collect();
        let says_i = classes.iter().any(|classes| classes.has(Class::FirstPersonSingular));
        Self { text, words: said, in_marks, classes, language, says_i }
    }

    /// The folded word at `at`, if it is outside quotation marks.
    pub(super) fn own(&self, at: usize) -> Option<&str> {
        let word = self.words.get(at)?;
        (!self.in_marks[at]).then_some(&*word.folded)
    }

    /// The folded words inside quotation marks.
    pub(super) fn marked_words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().zip(&self.in_marks).filter(|(_, marked)| **marked).map(|(word, _)| &*word.folded)
    }

    /// The folded word at `at`, inside or outside quotation marks.
    pub(super) fn word(&self, at: usize) -> Option<&str> {
        self.words.get(at).map(|word| &*word.folded)
    }

    /// The words outside quotation marks, with their indices.
    pub(super) fn own_words(&self) -> impl Iterator<Item = (usize, &str)> {
        (0..self.words.len()).filter_map(|at| Some((at, self.own(at)?)))
    }

    /// Whether the word at `at` is outside quotation marks and of `class`.
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.classes.get(at).is_some_and(|classes| classes.has(class))
    }

    /// The longest phrase of `list` at `at`, outside quotation marks, and the index after it.
    pub(super) fn phrase_at(&self, list: PhraseList, at: usize) -> Option<(&'static Phrase, usize)> {
        self.language.phrases(list).longest_at(|at| self.own(at).unwrap_or_default(), at)
    }

    /// Whether a phrase of `list` occurs outside quotation marks.
    pub(super) fn has_phrase(&self, list: PhraseList) -> bool {
        (0..self.words.len()).any(|at| self.phrase_at(list, at).is_some())
    }

    /// Whether the word occurs anywhere, in the singular or plural.
    pub(super) fn mentions(&self, word: &str) -> bool {
        let bare = |word: &str| word.trim_end_matches("'s").trim_end_matches('s').to_owned();
        let wanted = bare(word);
        self.words.iter().any(|other| bare(&other.folded) == wanted)
    }
}
