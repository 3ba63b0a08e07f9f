//! A quality told by when it holds: "a graph is connected if …", "we say that a plan is robust when …".

use ibid_language::{Class, PhraseList};

use super::{
    Candidate, Named, SenseKind, Weight,
    line::Line,
    subject::{Article, Subject},
};

pub(super) fn propose(line: &Line<'_>, found: &mut Vec<Candidate>) {
    for at in 1..line.len() {
        if line.is(at, Class::Copula) {
            found.extend(quality(line, at));
        }
    }
}

/// "A graph is connected if there is a path between every pair of vertices."
fn quality(line: &Line<'_>, verb: usize) -> Option<Candidate> {
    let (start, weight) = line.weighed(verb, PhraseList::StatedQuality)?;
    let start = if line.opens_quote(start) { start + 1 } else { start };
    let condition = (start + 1..start + 5).find(|&at| line.is(at, Class::DefiningCondition))?;
    let term = line.trim(start..condition);
    let subject = Subject::before(line, verb)?;
    let is_kind = subject.article == Article::Indefinite;
    let sense = subject.term.start - usize::from(is_kind)..line.clause_end(condition);
    let judges =
        line.any(term.clone(), &[Class::JudgmentAdjective, Class::JudgmentNoun, Class::Preposition, Class::Auxiliary]);
    if term.is_empty() || judges || line.ends_noun_phrase(term.start) || line.is(term.start, Class::QualityAdjective) {
        return None;
    }
    let says = (0..subject.term.start).any(|at| line.listed(at, PhraseList::SayingOfQuality).is_some());
    let weight = Weight(weight + 0.2)
        .when(is_kind, 0.6)
        .when(!is_kind, -0.8)
        .when(says, 1.4)
        .when(line.form(condition) == "when", -0.5)
        .when(line.form(line.len() - 1) == "?", -2.0);
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(term), sense, holder: None, weight })
}
