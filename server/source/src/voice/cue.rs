//! Discourse cues about whose words a passage contains.
//!
//! A cue in a passage is about the passage itself or about another that it replies to. Its weight is in log-odds that
//! the words are quoted: positive for somebody else's words, negative for the author's. The weights are set by hand so
//! that only an explicit cue reaches a confidence of 0.9 alone: a reporting frame with a name, a question about words
//! in quotation marks, "you say …". The style of a passage never does.

use ibid_language::{Class, PhraseList};
use ibid_text::Word;

use super::utterance::Utterance;

/// A sign of whose words a passage contains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cue {
    /// The passage before introduces a named speaker, or the person it addresses.
    Introduced,
    /// The passage before introduces somebody or something without a name.
    IntroducedVaguely,
    /// A later passage repeats its words in quotation marks and asks about them, or addresses their author.
    Requoted,
    /// A later passage repeats its words in quotation marks. Authors also repeat themselves.
    Repeated,
    /// A later passage reports its words to their author: "You say half of …".
    YouSay,
    /// The next passage asks its author about the meaning of a word it uses, in quotation marks.
    TermAskedBack,
    /// The next passage asks about "your definition of" a word it uses.
    TermTakenUp,
    /// It breaks off, and the next passage takes up words it has in quotation marks.
    BrokenOff,
    /// It reads like a report ("We hypothesize", "Our results") on a page whose author says "I".
    ReportVoice,
    /// It reads like a report, and the passage before names a work or its authors.
    ReportNamed,
    /// `[...]` is directly before or after it.
    Elided,
    /// The next passage opens by asking about "this" or "another".
    AskedAbout,
    /// The next passage opens by agreeing or disagreeing.
    RespondedTo,
    /// It is in lower case on a page with capitals.
    OtherHand,
    /// It reads like a report, as does the quoted passage after it.
    SameRun,
    /// It says "I".
    FirstPerson,
    /// It addresses somebody: "your definition", "do you think".
    Addresses,
    /// It opens like a reply, or mentions "this post".
    Responds,
    /// It introduces somebody's words.
    Introduces,
    /// It is at the head of a person's profile page.
    Profile,
}

impl Cue {
    /// Log-odds that the passage is quoted.
    pub(super) const fn weight(self) -> f32 {
        match self {
            Self::Introduced => 4.0,
            Self::Requoted => 3.5,
            Self::YouSay | Self::TermAskedBack => 3.3,
            Self::BrokenOff => 2.9,
            Self::TermTakenUp | Self::IntroducedVaguely => 2.0,
            Self::ReportVoice | Self::Elided | Self::OtherHand => 1.5,
            Self::ReportNamed | Self::AskedAbout | Self::Repeated => 1.3,
            Self::SameRun => 1.0,
            Self::RespondedTo => 0.6,
            Self::Responds => -0.8,
            Self::Profile => -0.9,
            Self::FirstPerson => -1.0,
            Self::Addresses => -1.1,
            Self::Introduces => -1.5,
        }
    }
}

/// Whether the passage addresses somebody in particular, rather than a "you" that means anyone.
pub(super) fn addresses(said: &Utterance) -> bool {
    (0..said.words.len()).any(|at| {
        if said.is(at, Class::AddressedPossessive) {
            return (1..=3).any(|gap| said.is(at + gap, Class::AddressedNoun));
        }
        let asks = || at > 0 && said.is(at - 1, Class::QuestionAuxiliary);
        let asked = || (1..=2).any(|gap| said.is(at + gap, Class::AddressedVerb));
        let names_text = || (1..=4).any(|gap| said.phrase_at(PhraseList::YourText, at + gap).is_some());
        said.is(at, Class::Addressee) && (you_say(said, at).is_some() || asks() && asked() || names_text())
    })
}

/// The index where the reported words begin after "you say (that)", if `at` is that "you".
pub(super) fn you_say(said: &Utterance, at: usize) -> Option<usize> {
    if !said.is(at, Class::Addressee) || !said.is(at + 1, Class::YouSayVerb) {
        return None;
    }
    let is_generic = at > 0 && said.is(at - 1, Class::GenericYouContext);
    let that = usize::from(said.is(at + 2, Class::Complementizer));
    (!is_generic).then_some(at + 2 + that)
}

/// Whether the passage opens like a reply, possibly by judging a phrase it quotes, or mentions the page it is on.
pub(super) fn responds(said: &Utterance) -> bool {
    /// The most words of a quoted phrase.
    const LONGEST_PHRASE: usize = 6;
    let first = || said.own_words().next().map(|(at, _)| at);
    let judges =
        said.own(0).is_none() && first().is_some_and(|at| at <= LONGEST_PHRASE && said.is(at, Class::QuoteVerdictVerb));
    judges
        || said.phrase_at(PhraseList::ReplyOpening, 0).is_some()
        || takes_side(said)
        || said.has_phrase(PhraseList::ThisPage)
}

/// Whether the passage says that the words it quotes are its author's own: "as I said", "I wrote above".
pub(super) fn repeats_oneself(said: &Utterance) -> bool {
    said.has_phrase(PhraseList::OwnWords)
}

/// Whether the passage opens by agreeing or disagreeing with what is before it.
pub(super) fn takes_side(said: &Utterance) -> bool {
    said.phrase_at(PhraseList::SideTaking, 0).is_some()
}

/// Whether the passage opens with a question about "this" or "another", which authors do not ask about their own words.
pub(super) fn asks_about(said: &Utterance) -> bool {
    /// The number of words in which the question's object is sought.
    const REACH: usize = 9;
    if !said.is(0, Class::QuestionOpener) {
        return false;
    }
    let first_sentence = said.text.find(['?', '.', '!']).filter(|&at| said.text[at..].starts_with('?'));
    let Some(end) = first_sentence else { return false };
    let is_inside = |at: usize| said.words.get(at).is_some_and(|word| (word.span.end as usize) <= end);
    (1..REACH)
        .filter(|&at| is_inside(at))
        .any(|at| said.is(at, Class::QuestionedDeterminer) && !said.is(at + 1, Class::PageNoun))
}

/// Whether the passage opens like a scientific report.
pub(super) fn reports(said: &Utterance) -> bool {
    /// The number of words in which the report's "we" or "our" is sought.
    const REACH: usize = 6;
    let follows = |at: usize, class: Class| (1..=2).any(|gap| said.is(at + gap, class));
    let is_report = |at: usize| {
        said.is(at, Class::ReportPronoun) && follows(at, Class::ReportVerb)
            || said.is(at, Class::ReportPossessive) && follows(at, Class::ReportNoun)
    };
    !said.says_i && (0..REACH).any(is_report)
}

/// Whether the passage begins in lower case and writes "i", unlike an author who uses capitals.
pub(super) fn lower_case(said: &Utterance) -> bool {
    let is_bare = |word: &Word| said.language.is(word.span.of(said.text), Class::CapitalisedPronoun);
    said.text.starts_with(char::is_lowercase) && said.words.iter().any(is_bare)
}

/// The word whose meaning the passage asks its addressee about, and the cue that the passage before is quoted.
pub(super) fn asks_back(said: &Utterance) -> Option<(String, Cue)> {
    (0..said.words.len()).find_map(|at| {
        let (phrase, end) = said.phrase_at(PhraseList::TermQuestion, at)?;
        let term_at = if phrase.value == "before" { by_term(said, at)? } else { end };
        let term = said.word(term_at)?.to_owned();
        let is_quoted = said.own(term_at).is_none();
        Some((term, if is_quoted { Cue::TermAskedBack } else { Cue::TermTakenUp }))
    })
}

/// The index of X in "by X you mean", where `at` is the "you".
fn by_term(said: &Utterance, at: usize) -> Option<usize> {
    (2..=6).filter_map(|back| at.checked_sub(back)).find(|&by| said.is(by, Class::ByWord)).map(|by| by + 1)
}
