//! A quality told by when it holds: "a graph is connected if …", "we say that a plan is robust when …".

use ibid_language::Class;

use super::{
    Candidate, Named, SenseKind, Weight,
    line::Line,
    subject::{Article, Subject},
};

/// What stands between a thing and the quality that is defined, with what it weighs.
const SAID: &[(&str, f32)] = &[
    ("is|are said to be", 1.6),
    ("is|are called", 1.6),
    ("is|are considered", 0.6),
    ("is|are deemed", 0.6),
    ("is|are deemed to be", 0.8),
    ("is|are", -0.3),
];

pub(super) fn propose(line: &Line<'_>, found: &mut Vec<Candidate>) {
    for at in 1..line.len() {
        if line.is(at, Class::Copula) {
            found.extend(quality(line, at));
        }
    }
}

/// "A graph is connected if there is a path between every pair of vertices."
fn quality(line: &Line<'_>, verb: usize) -> Option<Candidate> {
    let (start, weight) = SAID.iter().find_map(|&(phrase, weight)| Some((line.phrase(verb, phrase)?, weight)))?;
    let start = if line.opens_quote(start) { start + 1 } else { start };
    let condition = (start + 1..start + 5).find(|&at| matches!(line.form(at), "if" | "when" | "whenever" | "iff"))?;
    let term = line.trim(start..condition);
    let subject = Subject::before(line, verb)?;
    let is_kind = subject.article == Article::Indefinite;
    let sense = subject.term.start - usize::from(is_kind)..line.clause_end(condition);
    let judges =
        line.any(term.clone(), &[Class::JudgmentAdjective, Class::JudgmentNoun, Class::Preposition, Class::Auxiliary]);
    if term.is_empty() || judges || line.ends_noun_phrase(term.start) || line.is(term.start, Class::QualityAdjective) {
        return None;
    }
    let says = (0..subject.term.start).any(|at| line.phrase(at, "we|i say|call").is_some());
    let weight = Weight(weight + 0.2)
        .when(is_kind, 0.6)
        .when(!is_kind, -0.8)
        .when(says, 1.4)
        .when(line.form(condition) == "when", -0.5)
        .when(line.form(line.len() - 1) == "?", -2.0);
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(term), sense, holder: None, weight })
}
