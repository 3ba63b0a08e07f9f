//! A quality defined by a condition: "a graph is connected if …", "we say that a plan is robust when …".

use ibid_language::{Class, PhraseList};

use super::{
    Candidate, CandidateTerm, SenseKind, Weight,
    subject::{Article, Subject},
    tagged_sentence::TaggedSentence,
};

pub(super) fn propose(sentence: &TaggedSentence<'_>, found: &mut Vec<Candidate>) {
    for at in 1..sentence.len() {
        if sentence.is(at, Class::Copula) {
            found.extend(quality(sentence, at));
        }
    }
}

/// Matches "A graph is connected if there is a path between every pair of vertices."
fn quality(sentence: &TaggedSentence<'_>, verb: usize) -> Option<Candidate> {
    let (start, weight) = sentence.weighted_phrase(verb, PhraseList::StatedQuality)?;
    let start = if sentence.opens_quote(start) { start + 1 } else { start };
    let condition = (start + 1..start + 5).find(|&at| sentence.is(at, Class::DefiningCondition))?;
    let term = sentence.trim(start..condition);
    let subject = Subject::before(sentence, verb)?;
    let is_kind = subject.article == Article::Indefinite;
    let sense = subject.term.start - usize::from(is_kind)..sentence.clause_end(condition);
    let judges = sentence
        .any(term.clone(), &[Class::JudgmentAdjective, Class::JudgmentNoun, Class::Preposition, Class::Auxiliary]);
    if term.is_empty()
        || judges
        || sentence.ends_noun_phrase(term.start)
        || sentence.is(term.start, Class::QualityAdjective)
    {
        return None;
    }
    let is_stipulated =
        (0..subject.term.start).any(|at| sentence.phrase_end(at, PhraseList::SayingOfQuality).is_some());
    let weight = Weight(weight + 0.2)
        .when(is_kind, 0.6)
        .when(!is_kind, -0.8)
        .when(is_stipulated, 1.4)
        .when(sentence.form(condition) == "when", -0.5)
        .when(sentence.form(sentence.len() - 1) == "?", -2.0);
    Some(Candidate { kind: SenseKind::Stated, term: CandidateTerm::Here(term), sense, holder: None, weight })
}
