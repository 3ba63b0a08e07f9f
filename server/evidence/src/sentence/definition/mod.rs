//! Does the sentence define a term?
//!
//! Each module knows one way in which English prose gives a sense: a verb between term and sense ([`defining_verb`]), a
//! naming behind the sense ([`naming`]), a condition for a quality ([`condition`]), a phrase beside the term
//! ([`apposition`]), and sentences about words ([`metalanguage`]). Each proposes candidates over the tokens of a sentence
//! and weighs what stands around them; the weights are set by hand and summed into a logit, so that a score reads as a
//! probability. [`definitions_in`] looks at whole passages: it resolves "it" and "the term" and ties acronyms to their
//! expansions.
//!
//! The families of patterns go back to Hearst (1992) and to Navigli and Velardi's word-class lattices (2010).

mod acronym;
mod apposition;
mod complement;
mod condition;
mod defining_verb;
mod line;
mod metalanguage;
mod name;
mod naming;
mod passage;
mod subject;

use std::ops::Range;

use ibid_language::{Class, Language, PhraseList};
use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::tokens::{Token, tokens};
use line::Line;
pub use name::names_a_concept;
pub use passage::definitions_in;

/// A sentence's definition of a term.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Definition {
    /// The sentence that gives it.
    pub sentence: Span,
    /// Probability that this is a definition.
    pub score: f32,
    /// The term defined.
    pub term: Span,
    /// The words that give its sense; for [`SenseKind::Asked`], the question.
    pub sense: Span,
    /// How the sense is given.
    pub kind: SenseKind,
    /// Whose sense it is, when the sentence says so ("Carlsmith defines it as …"; "by X you mean …"): where it says it.
    pub holder: Option<Span>,
}

/// How a sense is given (ARCHITECTURE.md has an example of each).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SenseKind {
    /// "X is …", "X refers to …".
    Stated,
    /// "call these X", "when I say X I mean …", "by X you mean …".
    Stipulated,
    /// "X (a later round of …)".
    Parenthetical,
    /// An acronym and its expansion.
    Acronym,
    /// "X, formerly Y", "fka".
    Alias,
    /// "A defines X as …".
    Reported,
    /// An entry of a note's glossary.
    Glossary,
    /// "X in the colloquial sense", "an unusual use of the term".
    Contrasted,
    /// "what is the definition of X?" — an open question, not a sense.
    Asked,
}

/// A candidate, in tokens of its sentence.
#[derive(Clone, PartialEq, Debug)]
struct Candidate {
    kind: SenseKind,
    term: Named,
    sense: Range<usize>,
    holder: Option<Range<usize>>,
    weight: Weight,
}

/// How a candidate names its term.
#[derive(Clone, PartialEq, Debug)]
enum Named {
    /// In the sentence itself.
    Here(Range<usize>),
    /// By "it", "the term" or nothing at all: the term spoken of before.
    Before,
}

/// Evidence for a definition, as a logit.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
struct Weight(f32);

impl Weight {
    /// Adds `by` if `holds`.
    fn when(self, holds: bool, by: f32) -> Self {
        if holds { Self(self.0 + by) } else { self }
    }

    /// Both weights together.
    fn and(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    /// The probability it stands for.
    fn score(self) -> f32 {
        1.0 / (1.0 + (-self.0).exp())
    }
}

/// The best definition in a sentence, if it may give one. An open question gives none.
pub(super) fn judge(text: &str, span: Span, tokens: &[Token<'_>], language: Language) -> Option<Definition> {
    let line = Line::new(text, span, tokens, language);
    let named = candidates(&line).into_iter().filter_map(|candidate| candidate.place(&line, None));
    named.filter(|found| found.kind != SenseKind::Asked).max_by(|a, b| a.score.total_cmp(&b.score))
}

/// Every definition the sentence under `span` may give: one sentence can define several terms.
pub fn definitions(text: &str, span: Span, language: Language) -> Vec<Definition> {
    if !language.has_pack() {
        return Vec::new();
    }
    let tokens = tokens(text, span, language);
    let line = Line::new(text, span, &tokens, language);
    candidates(&line).into_iter().filter_map(|candidate| candidate.place(&line, None)).collect()
}

/// All candidates of a sentence.
fn candidates(line: &Line<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    metalanguage::propose(line, &mut found);
    defining_verb::propose(line, &mut found);
    naming::propose(line, &mut found);
    condition::propose(line, &mut found);
    apposition::propose(line, &mut found);
    if found.is_empty() {
        return found;
    }
    let setting = setting(line);
    found.iter_mut().filter(|candidate| candidate.kind == SenseKind::Stated).for_each(|candidate| {
        candidate.weight = candidate.weight.and(setting).and(manner(line, candidate));
    });
    found
}

/// What the words of a stated sense tell: a definition speaks of kinds; about what has a proper name, something is told.
fn manner(line: &Line<'_>, candidate: &Candidate) -> Weight {
    let is_generic = candidate.sense.clone().any(|at| line.listed(at, PhraseList::GenericTurn).is_some());
    let is_proper = match &candidate.term {
        Named::Here(term) => term.start > 0 && line.is_proper(term.start),
        Named::Before => false,
    };
    let lead = match &candidate.term {
        Named::Here(term) => 0..term.start,
        Named::Before => 0..0,
    };
    // "As far as I know, X is …": a view.
    let is_view = lead.clone().any(|at| line.is(at, Class::LeadPerson));
    Weight(0.0)
        .when(is_view, -0.8)
        .when(is_generic, 0.4)
        .when(is_proper, -0.4)
        .when(line.count(&candidate.sense) < 5, -0.3)
        .when(line.count(&candidate.sense) >= 20, 0.2)
}

/// What the sentence around it tells of a stated sense: one that leans on what was said before hardly states one.
fn setting(line: &Line<'_>) -> Weight {
    let lead = 0..(0..line.len().min(8)).find(|&at| line.form(at) == ",").unwrap_or(0);
    let leans = lead.clone().any(|at| line.is(at, Class::LeaningDeterminer));
    // What happened once is told, not defined.
    let is_narrative = (0..line.len()).any(|at| line.form(at) == "<year>" || line.is(at, Class::NarrativeVerb));
    let concludes = line.listed(0, PhraseList::Conclusion).is_some();
    Weight(0.0)
        .when(leans, -0.8)
        .when(is_narrative, -0.4)
        .when(concludes, -0.4)
        .when((0..line.len()).any(|at| line.form(at) == "however"), -0.4)
        .when(line.listed(0, PhraseList::ExampleOpener).is_some(), -0.8)
        .when(line.form(line.len() - 1) == "?", -1.5)
}

impl Candidate {
    /// The candidate as a definition; `None` if it leans on a term from before and there is none.
    fn place(self, line: &Line<'_>, before: Option<Span>) -> Option<Definition> {
        let term = match self.term {
            Named::Here(term) => line.place(&term)?,
            Named::Before => before?,
        };
        Some(Definition {
            sentence: line.span,
            score: self.weight.score(),
            term,
            sense: line.place(&self.sense)?,
            kind: self.kind,
            holder: self.holder.and_then(|holder| line.place(&holder)),
        })
    }
}

#[cfg(test)]
mod tests;
