//! Phrases: words in a row, each with alternatives.

use std::ops::Deref;

use rustc_hash::FxHashMap;

use crate::file::{self, word_files};

/// Words in a row. Written as `is|are a|an`: spaces separate words, bars separate alternatives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phrase {
    words: Vec<Vec<&'static str>>,
    /// The value in the file, such as a weight or the name of a sign; empty if the list has none.
    pub value: &'static str,
}

impl Phrase {
    /// Reads a phrase without a value.
    pub fn parse(written: &'static str) -> Self {
        Self::with_value(written, "")
    }

    fn with_value(written: &'static str, value: &'static str) -> Self {
        Self { words: written.split(' ').map(|word| word.split('|').collect()).collect(), value }
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has no word. No phrase of a file is empty.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The value as a number; zero if it is none.
    pub fn weight(&self) -> f32 {
        self.value.parse().unwrap_or_default()
    }

    /// The alternatives of each word.
    pub fn words(&self) -> &[Vec<&'static str>] {
        &self.words
    }

    /// Whether the words stand at `at`, and the index behind the last one. `form` gives the folded word at an index, and
    /// the empty string beyond either end.
    pub fn matches_at<'f>(&self, form: impl Fn(usize) -> &'f str, at: usize) -> Option<usize> {
        let all = self.words.iter().zip(at..).all(|(word, at)| {
            let form = form(at);
            !form.is_empty() && word.contains(&form)
        });
        all.then_some(at + self.words.len())
    }
}

/// The contents of one [`PhraseList`] in one language: a slice of phrases in the order of the file, indexed by first word.
#[derive(Default, Debug)]
pub struct Phrases {
    all: Vec<Phrase>,
    /// The phrases that may begin with a word; the longest first.
    by_first: FxHashMap<&'static str, Vec<usize>>,
}

impl Deref for Phrases {
    type Target = [Phrase];

    fn deref(&self) -> &[Phrase] {
        &self.all
    }
}

impl Phrases {
    pub(crate) fn read(text: &'static str) -> Self {
        let all: Vec<Phrase> = file::entries(text).map(|(written, value)| Phrase::with_value(written, value)).collect();
        let mut by_first: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, phrase) in all.iter().enumerate() {
            for first in &phrase.words[0] {
                by_first.entry(first).or_default().push(at);
            }
        }
        for at in by_first.values_mut() {
            at.sort_by_key(|&at| std::cmp::Reverse(all[at].len()));
        }
        Self { all, by_first }
    }

    /// The phrases whose first word may be `first`, the longest first.
    pub fn beginning_with(&self, first: &str) -> impl Iterator<Item = &Phrase> {
        self.by_first.get(first).into_iter().flatten().map(|&at| &self.all[at])
    }

    /// The longest phrase that stands at `at`, and the index behind it. `form` is as for [`Phrase::matches_at`].
    pub fn longest_at<'f>(&self, form: impl Fn(usize) -> &'f str, at: usize) -> Option<(&Phrase, usize)> {
        self.beginning_with(form(at)).find_map(|phrase| Some((phrase, phrase.matches_at(&form, at)?)))
    }

    /// The index behind the longest phrase that stands at `at`.
    pub fn end_at<'f>(&self, form: impl Fn(usize) -> &'f str, at: usize) -> Option<usize> {
        self.longest_at(form, at).map(|(_, end)| end)
    }
}

word_files! {
    /// A list of phrases.
    pub enum PhraseList in "phrases";
    DefiningVerb = "defining-verb": "Verbs between a term and its sense, each with its weight.";
    FrameSource = "frame-source": "Introduces the source of reported words: \"according to\".";
    OwnWords = "own-words": "Says that words are the writer's own: \"as I said\".";
    ReplyOpening = "reply-opening": "Openings of a reply: \"thanks\", \"great post\".";
    SideTaking = "side-taking": "Openings that agree or disagree with the passage before.";
    TermQuestion = "term-question": "Asks the addressee about the meaning of a word. The value says where the word is: \"after\" the phrase, or \"before\" it behind a by-word.";
    ThisPage = "this-page": "Mentions the page that the passage is on: \"this post\".";
    YourText = "your-text": "Mentions the text of the addressee: \"in your post\".";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form<'f>(words: &'f [&'f str]) -> impl Fn(usize) -> &'f str {
        |at| words.get(at).copied().unwrap_or_default()
    }

    #[test]
    fn a_phrase_matches_its_alternatives() {
        let phrase = Phrase::parse("is|are a|an");
        assert_eq!(phrase.matches_at(form(&["it", "is", "an", "eel"]), 1), Some(3));
        assert_eq!(phrase.matches_at(form(&["it", "is", "the", "eel"]), 1), None);
        assert_eq!(phrase.matches_at(form(&["it", "is"]), 1), None);
    }

    #[test]
    fn the_longest_phrase_wins() {
        let phrases = Phrases::read("# A list.\nmeans|mean\t1.3\nmeans|mean that\t0.2");
        let found = |words: &[&str]| phrases.longest_at(form(words), 0).map(|(phrase, end)| (phrase.weight(), end));
        assert_eq!(found(&["means", "that"]), Some((0.2, 2)));
        assert_eq!(found(&["mean", "what"]), Some((1.3, 1)));
        assert_eq!(found(&["meant"]), None);
        assert_eq!(phrases.len(), 2);
    }
}
