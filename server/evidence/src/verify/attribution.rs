//! Whose view a sentence tells: "many consider X to be Y", "X is regarded as Y", "Marsh argues that".

use ibid_language::Class;
use ibid_text::Span;

use super::side::Side;

/// The most tokens between those who hold a view and their verb: "many of the pilots consider".
const HOLDER_REACH: usize = 4;

/// The words by which a sentence tells a view without a name for its holder.
pub(super) fn nameless_view(side: &Side<'_>) -> Option<Span> {
    (0..side.tokens.len()).find_map(|at| held_by_some(side, at).or_else(|| told_of(side, at)))
}

/// The words that introduce what follows as somebody's: "told me:", "my own view is that". `matters` says whether what a
/// token introduces matters.
pub(super) fn introduced(side: &Side<'_>, matters: impl Fn(usize) -> bool) -> Option<Span> {
    let that = |at: usize| side.form(at) == ":" || side.is(at, Class::Complementizer);
    let addressed =
        |at: usize| side.is(at, Class::ReportingVerb) && side.is(at + 1, Class::FirstPerson) && that(at + 2);
    let viewed = |at: usize| {
        let owned = (at.saturating_sub(2)..at).any(|at| side.is(at, Class::FirstPerson));
        let is_view = side.is(at, Class::OpinionNoun) || side.is(at, Class::ViewNoun);
        owned && is_view && side.is(at + 1, Class::Copula) && that(at + 2)
    };
    let at = (0..side.tokens.len()).find(|&at| (addressed(at) || viewed(at)) && matters(at + 1))?;
    Some(side.tokens[at].span.cover(side.tokens[at + 1].span))
}

/// Whether the words are somebody's own view: "I think", "my guess".
pub(super) fn is_own_view(side: &Side<'_>, words: Span) -> bool {
    let at = side.tokens.iter().position(|token| token.span.overlaps(words));
    at.is_some_and(|at| (at.saturating_sub(2)..=at).any(|at| side.is(at, Class::FirstPerson)))
}

/// Whether a sentence is about something supposed: "in the example", "in this scenario".
pub(super) fn is_of_a_scenario(side: &Side<'_>) -> bool {
    let opens = |at: usize| side.form(at) == "in" && !side.is(at + 1, Class::ScenarioNoun);
    (0..side.tokens.len()).any(|at| opens(at) && (at + 2..at + 4).any(|at| side.is(at, Class::ScenarioNoun)))
}

/// Whether the claim tells somebody's view, in any form.
pub(super) fn tells_a_view(side: &Side<'_>) -> bool {
    let verbs = [Class::ReportingVerb, Class::ViewParticiple, Class::ViewVerb, Class::Assumption];
    nameless_view(side).is_some()
        || introduced(side, |_| true).is_some()
        || side.tokens.iter().any(|token| verbs.iter().any(|&class| token.classes.has(class)))
}

/// "Many consider", "some pilots regard".
fn held_by_some(side: &Side<'_>, at: usize) -> Option<Span> {
    if !side.is(at, Class::ViewHolder) {
        return None;
    }
    let verb = (at + 1..=at + HOLDER_REACH).find(|&verb| side.is(verb, Class::ViewVerb))?;
    let plain = (at + 1..verb).all(|at| side.tokens[at].is_word() && !side.is(at, Class::Copula));
    plain.then(|| side.tokens[at].span.cover(side.tokens[verb].span))
}

/// "Is regarded as", "is often said to", "was widely credited with".
fn told_of(side: &Side<'_>, at: usize) -> Option<Span> {
    let tells = side.is(at, Class::ViewParticiple) && side.is(at + 1, Class::ViewLink);
    let copula = (at.saturating_sub(3)..at).rev().find(|&at| side.is(at, Class::PassiveAuxiliary))?;
    tells.then(|| side.tokens[copula].span.cover(side.tokens[at].span))
}
