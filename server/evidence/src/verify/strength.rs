//! How strongly a sentence asserts, and which of its words weaken it.

use ibid_language::{Class, List, PhraseList};
use ibid_text::Span;

use super::{attribution, side::Side};
use crate::{sentence, tokens::Token};

/// How a sentence asserts, weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Frame {
    /// As a question, direct or indirect.
    Asked,
    /// As an assumption: "we assume that …".
    Assumed,
    /// As somebody's words: "you say that …".
    Reported,
    /// As a correlation: "is associated with".
    Correlational,
    /// With a hedge or a condition: "may", "if".
    Hedged,
    /// Without reservation.
    Asserted,
}

impl Frame {
    /// Whether it is a correlation or hedged.
    pub(crate) fn is_weak(self) -> bool {
        matches!(self, Self::Correlational | Self::Hedged)
    }
}

/// The assertion that a sentence makes.
#[derive(Clone, Debug)]
pub(crate) struct Assertion {
    /// How it asserts.
    pub(crate) frame: Frame,
    /// The words that decide it; empty if nothing weakens the assertion.
    pub(crate) words: Span,
    /// Its strength, 0..1: how certain the sentence sounds, limited by its frame.
    pub(crate) strength: f32,
}

/// How `side` asserts what its tokens `matters` say. A hedge of something else does not weaken it.
pub(crate) fn assertion(side: &Side<'_>, matters: &[usize]) -> Assertion {
    let certainty = sentence::certainty(&side.tokens, side.language);
    let (frame, words) = frame(side, matters);
    let most = match frame {
        Frame::Asked => 0.1,
        Frame::Assumed => 0.3,
        Frame::Reported | Frame::Correlational | Frame::Hedged => 0.6,
        Frame::Asserted => 1.0,
    };
    Assertion { frame, words, strength: certainty.min(most) }
}

/// The most tokens from "we assume that" to what is assumed.
const FRAME_REACH: usize = 10;
/// The most tokens from a hedge to the "that" of the clause that it weakens.
const CLAUSE_REACH: usize = 4;
/// The most tokens from "than" to a hedge of what is compared.
const THAN_REACH: usize = 3;
/// The most tokens from a hedge to what it weakens.
const HEDGE_REACH: usize = 3;

fn frame(side: &Side<'_>, matters: &[usize]) -> (Frame, Span) {
    // A word weakens what follows it closely; everything if nothing is compared.
    let before = |at: usize, reach: usize| {
        let in_one_clause = |matter: usize| !(at..matter).any(|at| side.form(at) == ";");
        matters.is_empty() || matters.iter().any(|&matter| at < matter && matter <= at + reach && in_one_clause(matter))
    };
    let nothing = Span::empty(side.span.end);
    let opens_question = side.tokens.iter().find(|token| token.is_word());
    let opens_question = opens_question.is_some_and(|token| {
        [Class::QuestionAuxiliary, Class::Auxiliary, Class::Copula].iter().any(|&class| token.classes.has(class))
    });
    if let Some(mark) = side.tokens.last().filter(|token| &*token.form == "?" && opens_question) {
        return (Frame::Asked, mark.span);
    }
    let asked = (0..side.tokens.len()).filter(|&at| before(at, FRAME_REACH)).find_map(|at| Some((asks(side, at)?, at)));
    if let Some((open, whether)) = asked {
        return (Frame::Asked, side.tokens[open].span.cover(side.tokens[whether].span));
    }
    if let Some(at) = (0..side.tokens.len()).find(|&at| before(at, FRAME_REACH) && assumes(side, at)) {
        let start =
            at.checked_sub(1).filter(|&before| side.tokens[before].classes.has(Class::FirstPerson)).unwrap_or(at);
        return (Frame::Assumed, side.tokens[start].span.cover(side.tokens[at].span));
    }
    if let Some(at) = (0..side.tokens.len()).find(|&at| before(at, FRAME_REACH) && reports(side, at)) {
        return (Frame::Reported, side.tokens[at - 1].span.cover(side.tokens[at].span));
    }
    if let Some(view) = attribution::nameless_view(side) {
        return (Frame::Reported, view);
    }
    if let Some(view) = attribution::introduced(side, |at| before(at, FRAME_REACH)) {
        return (Frame::Reported, view);
    }
    let hedges = sentence::hedges(&side.tokens);
    // In "sets whether" something is decided, not doubted.
    let open = |at: usize| {
        let classes = side.tokens[at].classes;
        (classes.has(Class::Possibility) || classes.has(Class::Probability)) && side.form(at) != "whether"
    };
    // "It may be that …" weakens the whole clause.
    let reach = |at: usize| {
        let that = (at + 1..at + CLAUSE_REACH).any(|at| side.is(at, Class::Complementizer));
        if that { FRAME_REACH } else { HEDGE_REACH }
    };
    // "Less than we might have thought" doubts nothing.
    let is_compared = |at: usize| (at.saturating_sub(THAN_REACH)..at).any(|at| side.is(at, Class::ThanWord));
    let hedge = hedges
        .into_iter()
        .find(|&at| open(at) && !is_compared(at) && before(at, reach(at)) && !is_reporting_tail(side, at));
    let correlation = (0..side.tokens.len()).find(|&at| correlates(side, at));
    match (correlation, hedge) {
        (Some(at), _) => (Frame::Correlational, side.tokens[at].span),
        (None, Some(at)) => (Frame::Hedged, side.tokens[at].span),
        (None, None) => limitation(side, before).map_or((Frame::Asserted, nothing), |words| (Frame::Hedged, words)),
    }
}

/// The words that limit what follows them to some cases: "in some cases", "sometimes".
fn limitation(side: &Side<'_>, before: impl Fn(usize, usize) -> bool) -> Option<Span> {
    let phrases = side.language.phrases(PhraseList::Limitation);
    let some_times = |at: usize| {
        let rank = side.language.value(List::Frequency, side.form(at)).and_then(|rank| rank.parse::<u8>().ok());
        rank.is_some_and(|rank| (1..=4).contains(&rank))
    };
    (0..side.tokens.len()).find_map(|at| {
        let end = phrases.end_at(|at| side.form(at), at);
        let is_apart = |end: usize| at == 0 || end + 1 >= side.tokens.len();
        if let Some(end) = end.filter(|&end| is_apart(end) || before(end - 1, HEDGE_REACH)) {
            return Some(side.tokens[at].span.cover(side.tokens[end - 1].span));
        }
        (some_times(at) && before(at, HEDGE_REACH)).then(|| side.tokens[at].span)
    })
}

/// An indirect question that the sentence does not answer: "it is unclear whether", "the question is whether". Returns the
/// token that begins it, if `at` is its "whether".
fn asks(side: &Side<'_>, at: usize) -> Option<usize> {
    let answered = || (at..side.tokens.len()).any(|at| side.is(at, Class::AnswerVerb));
    let open = (at.saturating_sub(4)..at).find(|&at| side.is(at, Class::OpenQuestion))?;
    (side.form(at) == "whether" && !answered()).then_some(open)
}

/// Whether the token introduces an assumption: "we assume that", "suppose"; not "the assumption was tested".
fn assumes(side: &Side<'_>, at: usize) -> bool {
    let token = &side.tokens[at];
    let by_writer = at > 0 && side.tokens[at - 1].classes.has(Class::FirstPerson);
    let assumes = token.classes.has(Class::Assumption) || token.classes.has(Class::Doubt);
    let is_that = side.is(at + 1, Class::Copula) && side.form(at + 2) == "that";
    assumes && (by_writer || at == 0 || side.form(at + 1) == "that" || is_that)
}

/// Whether the token is a reporting verb after a speaker: "you say", "Tan et al. argue that".
fn reports(side: &Side<'_>, at: usize) -> bool {
    let speaker = |token: &Token<'_>| token.capital || token.classes.has(Class::SpeakerPronoun);
    let verb = side.tokens[at].classes.has(Class::ReportingVerb) && !side.tokens[at].capital;
    // "Aumann wrote a paper" reports nothing.
    verb && at > 0 && speaker(&side.tokens[at - 1]) && !side.is(at + 1, Class::IndefiniteArticle)
}

/// Whether the token states a correlation: "is associated with", "at higher risk of", "more likely".
fn correlates(side: &Side<'_>, at: usize) -> bool {
    let token = &side.tokens[at];
    let before = |class: Class| at.checked_sub(1).is_some_and(|before| side.is(before, class));
    let is_behind_adverb = at > 0 && side.form(at - 1).ends_with("ly");
    let negated = (at.saturating_sub(2)..at).any(|at| side.tokens[at].classes.has(Class::Negation));
    let correlates = match &*token.form {
        // "Symptoms related to the virus" and "social ties" are not correlations.
        "related" => is_behind_adverb || before(Class::RelatedCopula),
        _ if token.classes.has(Class::SocialTie) => false,
        "risk" => before(Class::RiskAdjective),
        "likely" => before(Class::LikelyDegree),
        _ => token.classes.has(Class::Correlation),
    };
    correlates && !negated
}

/// Whether `side` says that one thing causes, prevents or explains another.
pub(crate) fn asserts_cause(side: &Side<'_>) -> bool {
    // "Have an effect", "make" and "due to" are too common to count.
    let causes = |token: &Token<'_>| token.classes.has(Class::Causation) && !token.classes.has(Class::LooseCause);
    side.tokens.iter().any(|token| causes(token) || token.classes.has(Class::CausalEffect))
}

/// Whether the token is the verb of a reporting clause at the end: "…, suggests a study". It does not hedge.
fn is_reporting_tail(side: &Side<'_>, at: usize) -> bool {
    at > 0 && [",", "”", "\"", "'", "’"].contains(&side.form(at - 1)) && side.form(at).ends_with('s')
}
