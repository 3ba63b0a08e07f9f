//! Phrases: sequences of words, each with alternatives.

use std::ops::Deref;

use rustc_hash::FxHashMap;

use crate::file::{self, word_files};

/// A sequence of words, written as `is|are a|an`: spaces separate words, bars separate alternatives.
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

    /// The number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has no words. No phrase of a file is empty.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The value as a number; zero if it is not one.
    pub fn weight(&self) -> f32 {
        self.value.parse().unwrap_or_default()
    }

    /// The alternatives of each word.
    pub fn words(&self) -> &[Vec<&'static str>] {
        &self.words
    }

    /// Matches the phrase at `at` and returns the index after its last word. `form` returns the folded word at an index,
    /// and the empty string beyond either end.
    pub fn matches_at<'f>(&self, form: impl Fn(usize) -> &'f str, at: usize) -> Option<usize> {
        words_match_at(&self.words, form, at)
    }

    /// Matches the phrase without its first word at `at`, for rules that allow other words after the first. Returns the
    /// index after the last word.
    pub fn tail_matches_at<'f>(&self, form: impl Fn(usize) -> &'f str, at: usize) -> Option<usize> {
        words_match_at(&self.words[1..], form, at)
    }
}

fn words_match_at<'f>(words: &[Vec<&'static str>], form: impl Fn(usize) -> &'f str, at: usize) -> Option<usize> {
    let all = words.iter().zip(at..).all(|(word, at)| {
        let form = form(at);
        !form.is_empty() && word.contains(&form)
    });
    all.then_some(at + words.len())
}

/// The contents of one [`PhraseList`] in one language: a slice of phrases in the order of the file, indexed by first word.
#[derive(Default, Debug)]
pub struct Phrases {
    all: Vec<Phrase>,
    /// The phrases that may begin with a word, longest first.
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

    /// The phrases whose first word may be `first`, longest first.
    pub fn beginning_with(&self, first: &str) -> impl Iterator<Item = &Phrase> {
        self.by_first.get(first).into_iter().flatten().map(|&at| &self.all[at])
    }

    /// The longest phrase that begins at `at`, and the index after it. `form` is as for [`Phrase::matches_at`].
    pub fn longest_at<'f>(&self, form: impl Fn(usize) -> &'f str, at: usize) -> Option<(&Phrase, usize)> {
        self.beginning_with(form(at)).find_map(|phrase| Some((phrase, phrase.matches_at(&form, at)?)))
    }

    /// The index after the longest phrase that begins at `at`.
    pub fn end_at<'f>(&self, form: impl Fn(usize) -> &'f str, at: usize) -> Option<usize> {
        self.longest_at(form, at).map(|(_, end)| end)
    }
}

word_files! {
    /// A list of phrases.
    pub enum PhraseList in "phrases";
    AccordingTo = "according-to": "Prepositions before the source of what is reported: according to.";
    CertaintySign = "certainty-sign": "Phrases that make a sentence sound more or less certain, each with the name of its sign.";
    Circumstance = "circumstance": "Words that open a clause about what happens in a process or place: in which.";
    Conclusion = "conclusion": "First words of a sentence that concludes or continues.";
    DefinedAs = "defined-as": "Words between a defined term and its sense.";
    DefinedAside = "defined-aside": "Words that open a definition after a comma.";
    DefiningVerb = "defining-verb": "Verbs between a term and its sense, each with its weight.";
    Doing = "doing": "Verbs after \"which\" that say what a thing does, and so define it.";
    ExampleAbbreviation = "example-abbreviation": "Abbreviations before an example: e.g.";
    ExampleMarker = "example-marker": "Words right before an example: such as.";
    ExampleOpener = "example-opener": "First words of a sentence that gives an example.";
    FrameSource = "frame-source": "Phrases that introduce the source of reported words: \"according to\".";
    GenericTurn = "generic-turn": "Phrases for any thing of a kind rather than a particular one.";
    GlossMarker = "gloss-marker": "Words that open a gloss in brackets.";
    IdEst = "id-est": "Abbreviations for \"that is\", with their punctuation.";
    InTheSense = "in-the-sense": "Words that open a sense after a term.";
    Limitation = "limitation": "Phrases that limit a statement to some cases or conditions: in some cases, at times.";
    MeanVerb = "mean-verb": "Verbs in \"by X you mean\".";
    MeaningFiller = "meaning-filler": "Words between the person and \"mean\" in \"by X you mean\".";
    Meant = "meant": "Words between a term and its sense in \"when I say X I mean\".";
    Naming = "naming": "Words that name what comes before them, each with its weight as evidence for a definition.";
    NoDefinition = "no-definition": "First words of a complement that is no definition.";
    OfTheTerm = "of-the-term": "Words after \"sense\" or \"use\" that refer to a term.";
    OtherName = "other-name": "Words before another name of the same thing.";
    OwnWords = "own-words": "Phrases that mark words as the writer's own: \"as I said\".";
    OwnedVerb = "owned-verb": "Verbs between \"somebody's definition of X\" and its sense.";
    PersonFiller = "person-filler": "Words between the term and the person in \"by X you mean\".";
    PrivateCommunication = "private-communication": "Phrases for private communication, which no source contains: by email.";
    QuestionFiller = "question-filler": "Adverbs in the question \"what does X mean\".";
    QuestionVerb = "question-verb": "Verbs of the question \"what does X mean\".";
    RelativeAside = "relative-aside": "Words that open a relative clause that may define.";
    ReplyOpening = "reply-opening": "Openings of a reply: \"thanks\", \"great post\".";
    RestatingAside = "restating-aside": "Words that open a restatement after a comma.";
    SayingOfQuality = "saying-of-quality": "Phrases before a statement that a thing has a quality: we say.";
    SenseNoun = "sense-noun": "Nouns for a sense, after an adjective that distinguishes senses.";
    SenseQuestionFrame = "sense-question-frame": "Questions about the sense of a term, up to the term.";
    SensesExample = "senses-example": "Words and marks before an example of a sense.";
    SensesNoun = "senses-noun": "Plural nouns for senses, after an adjective that distinguishes senses.";
    SideTaking = "side-taking": "Openings that agree or disagree with the passage before.";
    SpeechFiller = "speech-filler": "Words between a verb of saying and the term.";
    StatedQuality = "stated-quality": "Verbs between a thing and a defined quality of it, each with its weight as evidence for a definition.";
    StatingVerb = "stating-verb": "Verbs for what a law or theory states, by which it is defined.";
    TermBefore = "term-before": "Objects of a defining verb that refer to a term named before.";
    TermQuestion = "term-question": "Phrases that ask the addressee about the meaning of a word. The value is where the word is: \"after\" the phrase, or \"before\" it, after a by-word.";
    TheAuthors = "the-authors": "Mentions of the authors of a work that is summarised: the authors.";
    ThisPage = "this-page": "Phrases for the page that the passage is on: \"this post\".";
    ToMean = "to-mean": "Words between a term and its sense after a verb of defining.";
    ToReferTo = "to-refer-to": "The words \"to refer to\" between a term and its sense.";
    TwoWordQuotationVerb = "two-word-quotation-verb": "Reporting verbs of two words: point out.";
    UsedFor = "used-for": "Words between the term and the sense in \"we use X to mean\".";
    UsedToMean = "used-to-mean": "Words between \"is used\" and the sense.";
    WhatDoes = "what-does": "Beginnings of the question \"what does X mean\".";
    YourText = "your-text": "Phrases for the text of the addressee: \"in your post\".";
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
