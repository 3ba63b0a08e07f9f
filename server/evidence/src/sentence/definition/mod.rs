//! Does the sentence define a term?
//!
//! Each module recognises one way in which English prose gives a sense: a verb between term and sense
//! ([`defining_verb`]), a name after the sense ([`naming`]), a condition for a quality ([`condition`]), a phrase beside
//! the term ([`apposition`]), and sentences about words ([`metalanguage`]). Each proposes candidates over the tokens of a
//! sentence and weighs the words around them. The weights are set by hand. Their sum is a logit, so that the score is a
//! probability. [`definitions_in`] reads whole passages: it resolves "it" and "the term", and matches acronyms with their
//! expansions.
//!
//! The families of patterns go back to Hearst (1992) and to Navigli and Velardi's word-class lattices (2010).

mod acronym;
mod apposition;
mod complement;
mod condition;
mod defining_verb;
mod metalanguage;
mod name;
mod naming;
mod passage;
mod subject;
mod tagged_sentence;

use std::ops::Range;

use ibid_language::{Class, Language, PhraseList};
use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::tokens::{Token, tokens};
pub use name::names_a_concept;
pub use passage::definitions_in;
use tagged_sentence::TaggedSentence;

/// A sentence's definition of a term.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Definition {
    /// The sentence that contains the definition.
    pub sentence: Span,
    /// The probability that this is a definition.
    pub score: f32,
    /// The term defined.
    pub term: Span,
    /// The words that give its sense. For [`SenseKind::Asked`], the question.
    pub sense: Span,
    /// How the sense is given.
    pub kind: SenseKind,
    /// The words that name the person whose sense it is, if there are any: "Carlsmith defines it as …", "by X you mean
    /// …".
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

/// A possible definition. Ranges are tokens of its sentence.
#[derive(Clone, PartialEq, Debug)]
struct Candidate {
    kind: SenseKind,
    term: CandidateTerm,
    sense: Range<usize>,
    holder: Option<Range<usize>>,
    weight: Weight,
}

/// The term of a candidate.
#[derive(Clone, PartialEq, Debug)]
enum CandidateTerm {
    /// It is in the sentence itself.
    Here(Range<usize>),
    /// It is in an earlier sentence: this one says "it" or "the term", or leaves it out.
    Earlier,
}

/// Evidence for a definition, as a logit.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
struct Weight(f32);

impl Weight {
    /// Adds `amount` if `condition` is true.
    fn when(self, condition: bool, amount: f32) -> Self {
        if condition { Self(self.0 + amount) } else { self }
    }

    /// The sum of both weights.
    fn and(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    /// The probability with this logit.
    fn score(self) -> f32 {
        1.0 / (1.0 + (-self.0).exp())
    }
}

/// The most likely definition in a sentence, if it has a candidate. An open question is none.
pub(super) fn judge(text: &str, span: Span, tokens: &[Token<'_>], language: Language) -> Option<Definition> {
    let sentence = TaggedSentence::new(text, span, tokens, language);
    let definitions =
        candidates(&sentence).into_iter().filter_map(|candidate| candidate.into_definition(&sentence, None));
    definitions.filter(|definition| definition.kind != SenseKind::Asked).max_by(|a, b| a.score.total_cmp(&b.score))
}

/// Every possible definition in the sentence under `span`. One sentence can define several terms.
pub fn definitions(text: &str, span: Span, language: Language) -> Vec<Definition> {
    if !language.has_pack() {
        return Vec::new();
    }
    let tokens = tokens(text, span, language);
    let sentence = TaggedSentence::new(text, span, &tokens, language);
    candidates(&sentence).into_iter().filter_map(|candidate| candidate.into_definition(&sentence, None)).collect()
}

/// All candidates of a sentence.
fn candidates(sentence: &TaggedSentence<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    metalanguage::propose(sentence, &mut found);
    defining_verb::propose(sentence, &mut found);
    naming::propose(sentence, &mut found);
    condition::propose(sentence, &mut found);
    apposition::propose(sentence, &mut found);
    if found.is_empty() {
        return found;
    }
    let context = context_weight(sentence);
    found.iter_mut().filter(|candidate| candidate.kind == SenseKind::Stated).for_each(|candidate| {
        candidate.weight = candidate.weight.and(context).and(wording_weight(sentence, candidate));
    });
    found
}

/// The weight of the wording of a stated sense. A definition is about a kind. A sentence about a proper name is more often
/// a report than a definition.
fn wording_weight(sentence: &TaggedSentence<'_>, candidate: &Candidate) -> Weight {
    let is_generic = candidate.sense.clone().any(|at| sentence.phrase_end(at, PhraseList::GenericTurn).is_some());
    let is_proper = match &candidate.term {
        CandidateTerm::Here(term) => term.start > 0 && sentence.is_proper(term.start),
        CandidateTerm::Earlier => false,
    };
    let lead = match &candidate.term {
        CandidateTerm::Here(term) => 0..term.start,
        CandidateTerm::Earlier => 0..0,
    };
    // "As far as I know, X is …" gives a view.
    let is_view = lead.clone().any(|at| sentence.is(at, Class::LeadPerson));
    Weight(0.0)
        .when(is_view, -0.8)
        .when(is_generic, 0.4)
        .when(is_proper, -0.4)
        .when(sentence.count(&candidate.sense) < 5, -0.3)
        .when(sentence.count(&candidate.sense) >= 20, 0.2)
}

/// The weight of the sentence around a stated sense. A sentence that depends on earlier text seldom defines a term.
fn context_weight(sentence: &TaggedSentence<'_>) -> Weight {
    let lead = 0..(0..sentence.len().min(8)).find(|&at| sentence.form(at) == ",").unwrap_or(0);
    let is_dependent = lead.clone().any(|at| sentence.is(at, Class::LeaningDeterminer));
    // A sentence about a past event is no definition.
    let is_narrative =
        (0..sentence.len()).any(|at| sentence.form(at) == "<year>" || sentence.is(at, Class::NarrativeVerb));
    let concludes = sentence.phrase_end(0, PhraseList::Conclusion).is_some();
    Weight(0.0)
        .when(is_dependent, -0.8)
        .when(is_narrative, -0.4)
        .when(concludes, -0.4)
        .when((0..sentence.len()).any(|at| sentence.form(at) == "however"), -0.4)
        .when(sentence.phrase_end(0, PhraseList::ExampleOpener).is_some(), -0.8)
        .when(sentence.form(sentence.len() - 1) == "?", -1.5)
}

impl Candidate {
    /// Makes a definition of the candidate. Its term is `earlier` if it is not in the sentence itself; `None` if there is
    /// no such term.
    fn into_definition(self, sentence: &TaggedSentence<'_>, earlier: Option<Span>) -> Option<Definition> {
        let term = match self.term {
            CandidateTerm::Here(term) => sentence.span_of(&term)?,
            CandidateTerm::Earlier => earlier?,
        };
        Some(Definition {
            sentence: sentence.span,
            score: self.weight.score(),
            term,
            sense: sentence.span_of(&self.sense)?,
            kind: self.kind,
            holder: self.holder.and_then(|holder| sentence.span_of(&holder)),
        })
    }
}

#[cfg(test)]
mod tests;
