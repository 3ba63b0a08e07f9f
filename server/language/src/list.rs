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
    Cardinal = "cardinal": "Cardinal numbers from zero to ninety, each with its value.";
}
