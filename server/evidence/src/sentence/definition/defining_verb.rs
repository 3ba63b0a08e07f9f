//! Term, verb, sense: "X is a …", "X refers to …", "X is defined as …".

use ibid_language::{Class, List, PhraseList};

use super::{
    Candidate, Named, SenseKind, Weight,
    complement::Complement,
    line::Line,
    subject::{Article, Subject},
};

pub(super) fn propose(line: &Line<'_>, found: &mut Vec<Candidate>) {
    for verb in 1..line.len() {
        if !line.is(verb, Class::DefiningVerb) {
            continue;
        }
        if let Some((end, weight)) = verb_at(line, verb) {
            found.extend(explicit(line, verb, end, weight));
        } else if line.is(verb, Class::Copula) {
            found.extend(copular(line, verb));
        }
    }
}

/// The defining verb at `at`, if one stands there: its end and its weight.
fn verb_at(line: &Line<'_>, at: usize) -> Option<(usize, f32)> {
    if let Some(end) = line.listed(at, PhraseList::StatingVerb) {
        return Some((end, 1.2));
    }
    if let Some(end) = used_to_mean(line, at) {
        return Some((end, 1.6));
    }
    line.language.phrases(PhraseList::DefiningVerb).beginning_with(line.form(at)).find_map(|phrase| {
        // Adverbs may follow the first word.
        let end = match phrase.len() {
            1 => at + 1,
            _ => phrase.tail_matches_at(|at| line.form(at), line.past_adverbs(at + 1))?,
        };
        Some((end, phrase.weight()))
    })
}

/// "is used to describe", "is used today in law to refer": the end of it.
fn used_to_mean(line: &Line<'_>, at: usize) -> Option<usize> {
    let used = line.is(at, Class::Copula).then(|| line.past_adverbs(at + 1)).filter(|&at| line.form(at) == "used")? + 1;
    (used..used + 5).find_map(|at| line.listed(at, PhraseList::UsedToMean))
}

fn explicit(line: &Line<'_>, verb: usize, end: usize, weight: f32) -> Option<Candidate> {
    let subject = Subject::before(line, verb)?;
    let is_thing = |at: usize| line.is(at, Class::StatedNoun);
    if line.listed(verb, PhraseList::StatingVerb).is_some() && !subject.term.clone().any(is_thing) {
        return None;
    }
    let sense = end..line.clause_end(end);
    // "He referred to it as …" names, but not its subject.
    let names_another = line.form(verb).starts_with("refer")
        && sense.clone().take(8).any(|at| line.form(at) == "as" && line.form(at - 1) != ",");
    // "She means to go": an intent. "What do you mean?" he asked: the question is over.
    let intends = line.form(verb).starts_with("mean") && line.form(end) == "to";
    // "the type referred to by a name"
    let passive = line.form(verb) == "referred" && line.form(end) == "by";
    if intends || passive || matches!(line.form(end), "?" | "!" | ".") {
        return None;
    }
    let least = if line.opens_quote(end) { 1 } else { 2 };
    if line.count(&sense) < least || names_another {
        return None;
    }
    let weight = Weight(weight + 0.4).and(subject.weight);
    let weight = weight.when(line.is(end, Class::Pronoun), -0.8).when(ends_in_question(line), -2.0);
    let counts = line.is(verb, Class::ContainmentVerb) && sense.clone().take(4).any(|at| line.tokens[at].is_number());
    let weight = weight
        .when(counts, -0.8)
        .when(says_also(line, &subject, verb), -1.6)
        .when(line.form(verb).starts_with("mean") && !subject.is_word_as_such && is_consequence(line, &subject), -4.0)
        .when(line.form(verb).starts_with("mean") && line.is(end, Class::Pronoun), -0.6)
        .when(is_discipline(line, subject.term.end - 1) && line.is(verb, Class::DisciplineVerb), 0.9)
        .when(subject.article == Article::Definite && line.is(verb, Class::LegendVerb), -0.9)
        .when(is_people(line, subject.term.end - 1) && !line.is(verb, Class::Copula), -1.2);
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(subject.term), sense, holder: None, weight })
}

/// Whether "means" tells what follows from a thing rather than what a word says: "a larger spike means that …", "going
/// there means a delay".
fn is_consequence(line: &Line<'_>, subject: &Subject) -> bool {
    let first = line.form(subject.term.start);
    let compared = first.len() > 4 && first.ends_with("er") || line.is(subject.term.start, Class::ComparedSubject);
    let doing = first.ends_with("ing") && subject.words > 1;
    compared || doing
}

/// Whether the noun at `at` names a branch of knowledge.
fn is_discipline(line: &Line<'_>, at: usize) -> bool {
    line.form(at).len() > 5 && line.ends_in(at, List::DisciplineEnding)
}

/// Whether the noun at `at` names people by what they do: what they describe or refer to defines something else.
fn is_people(line: &Line<'_>, at: usize) -> bool {
    line.ends_in(at, List::PeopleEnding) || line.is(at, Class::WriterNoun)
}

/// "X is a …": a definition only if both sides look like one.
fn copular(line: &Line<'_>, verb: usize) -> Option<Candidate> {
    let subject = Subject::before(line, verb)?;
    let mut start = past_remark(line, line.past_adverbs(verb + 1));
    while matches!(line.form(start), "*" | "_") {
        start += 1;
    }
    let sense = start..line.clause_end(start);
    let complement = Complement::of(line, &sense)?;
    let past = line.is(verb, Class::PastCopula);
    let encyclopedic = subject.article == Article::Definite && subject.opens && subject.words <= 3;
    let weight = Weight(-0.7)
        .and(subject.weight)
        .and(complement.weight)
        .when(past, -0.3)
        .when(encyclopedic, 0.3)
        .when(encyclopedic && complement.narrowed, 0.3)
        .when(start > verb + 1, -0.5)
        .when(line.is(verb + 1, Class::StateAdverb), -0.5)
        .when(line.form(verb + 1) == "also" || says_also(line, &subject, verb), -0.6)
        .when(repeats(line, &subject, &complement), -2.2)
        .when(ends_in_question(line), -2.5);
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(subject.term), sense, holder: None, weight })
}

/// Past a remark between commas: "is, strictly speaking, a …", "is, according to the dictionary, the …".
fn past_remark(line: &Line<'_>, at: usize) -> usize {
    const LONGEST: usize = 9;
    if line.form(at) != "," {
        return at;
    }
    let close = (at + 1..at + LONGEST).find(|&close| line.form(close) == ",");
    close.map_or(at, |close| close + 1)
}

/// Whether a sense is told beside another: "X also refers to …".
fn says_also(line: &Line<'_>, subject: &Subject, verb: usize) -> bool {
    (subject.term.end..verb).any(|at| line.form(at) == "also")
}

/// Whether the complement says of what kind the subject is in the subject's own word: "a loss function is a smooth
/// function of its arguments".
fn repeats(line: &Line<'_>, subject: &Subject, complement: &Complement) -> bool {
    let head = &complement.head;
    line.count(head) > 2 && line.form(head.end - 1) == line.form(subject.term.end - 1)
}

fn ends_in_question(line: &Line<'_>) -> bool {
    line.form(line.len() - 1) == "?"
}
