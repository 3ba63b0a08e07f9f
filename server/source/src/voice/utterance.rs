//! The words of a passage, prepared for finding cues.

use ibid_text::{Word, words};

use crate::quoted::quoted;

/// The words at the start of a passage, with those in quotation marks distinguished.
pub(super) struct Utterance<'t> {
    /// The start of the passage.
    pub(super) text: &'t str,
    /// Its words; spans are bytes into `text`.
    pub(super) words: Vec<Word<'t>>,
    in_marks: Vec<bool>,
    /// Whether the speaker says "I" or "my" in their own words.
    pub(super) says_i: bool,
}

impl<'t> Utterance<'t> {
    /// Reads a passage. Cues come early, so only the start of a very long passage is read, which keeps reading a page
    /// linear.
    pub(super) fn new(passage: &'t str) -> Self {
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
        let mut own = said.iter().zip(&in_marks).filter(|(_, marked)| !**marked);
        let says_i = own.any(|(word, _)| is_first_person(&word.folded));
        Self { text, words: said, in_marks, says_i }
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

    pub(super) fn follows(&self, at: usize, sequence: &[&str]) -> bool {
        sequence.iter().enumerate().all(|(offset, word)| self.own(at + offset) == Some(word))
    }

    /// Whether the word occurs anywhere, in the singular or plural.
    pub(super) fn mentions(&self, word: &str) -> bool {
        let bare = |word: &str| word.trim_end_matches("'s").trim_end_matches('s').to_owned();
        let wanted = bare(word);
        self.words.iter().any(|other| bare(&other.folded) == wanted)
    }
}

fn is_first_person(word: &str) -> bool {
    matches!(word, "i" | "i'm" | "i've" | "i'd" | "i'll" | "my" | "me" | "mine")
}
