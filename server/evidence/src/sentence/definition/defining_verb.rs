//! Definitions with a verb between term and sense: "X is a …", "X refers to …", "X is defined as …".

use ibid_language::{Class, List, PhraseList};

use super::{
    Candidate, CandidateTerm, SenseKind, Weight,
    complement::Complement,
    subject::{Article, Subject},
    tagged_sentence::TaggedSentence,
};

pub(super) fn propose(sentence: &TaggedSentence<'_>, found: &mut Vec<Candidate>) {
    for verb in 1..sentence.len() {
        if !sentence.is(verb, Class::DefiningVerb) {
            continue;
        }
        if let Some((end, weight)) = verb_at(sentence, verb) {
            found.extend(explicit(sentence, verb, end, weight));
        } else if sentence.is(verb, Class::Copula) {
            found.extend(copular(sentence, verb));
        }
    }
}

/// The index after the defining verb at `at`, and its weight.
fn verb_at(sentence: &TaggedSentence<'_>, at: usize) -> Option<(usize, f32)> {
    if let Some(end) = sentence.phrase_end(at, PhraseList::StatingVerb) {
        return Some((end, 1.2));
    }
    if let Some(end) = used_to_mean(sentence, at) {
        return Some((end, 1.6));
    }
    sentence.language.phrases(PhraseList::DefiningVerb).beginning_with(sentence.form(at)).find_map(|phrase| {
        // Adverbs may follow the first word.
        let end = match phrase.len() {
            1 => at + 1,
            _ => phrase.tail_matches_at(|at| sentence.form(at), sentence.skip_adverbs(at + 1))?,
        };
        Some((end, phrase.weight()))
    })
}

/// The index after a phrase such as "is used to describe" or "is used today in law to refer" at `at`.
fn used_to_mean(sentence: &TaggedSentence<'_>, at: usize) -> Option<usize> {
    let used = sentence
        .is(at, Class::Copula)
        .then(|| sentence.skip_adverbs(at + 1))
        .filter(|&at| sentence.form(at) == "used")?
        + 1;
    (used..used + 5).find_map(|at| sentence.phrase_end(at, PhraseList::UsedToMean))
}

/// Matches "X refers to …": a definition by an explicit defining verb.
fn explicit(sentence: &TaggedSentence<'_>, verb: usize, end: usize, weight: f32) -> Option<Candidate> {
    let subject = Subject::before(sentence, verb)?;
    let is_thing = |at: usize| sentence.is(at, Class::StatedNoun);
    if sentence.phrase_end(verb, PhraseList::StatingVerb).is_some() && !subject.term.clone().any(is_thing) {
        return None;
    }
    let sense = end..sentence.clause_end(end);
    // "He referred to it as …" does not name its subject.
    let names_another = sentence.form(verb).starts_with("refer")
        && sense.clone().take(8).any(|at| sentence.form(at) == "as" && sentence.form(at - 1) != ",");
    // "She means to go" gives an intent.
    let intends = sentence.form(verb).starts_with("mean") && sentence.form(end) == "to";
    // "the type referred to by a name"
    let passive = sentence.form(verb) == "referred" && sentence.form(end) == "by";
    if intends || passive || matches!(sentence.form(end), "?" | "!" | ".") {
        return None;
    }
    let least = if sentence.opens_quote(end) { 1 } else { 2 };
    if sentence.count(&sense) < least || names_another {
        return None;
    }
    let weight = Weight(weight + 0.4).and(subject.weight);
    let weight = weight.when(sentence.is(end, Class::Pronoun), -0.8).when(ends_in_question(sentence), -2.0);
    let counts =
        sentence.is(verb, Class::ContainmentVerb) && sense.clone().take(4).any(|at| sentence.tokens[at].is_number());
    let weight = weight
        .when(counts, -0.8)
        .when(says_also(sentence, &subject, verb), -1.6)
        .when(
            sentence.form(verb).starts_with("mean") && !subject.is_mentioned && is_consequence(sentence, &subject),
            -4.0,
        )
        .when(sentence.form(verb).starts_with("mean") && sentence.is(end, Class::Pronoun), -0.6)
        .when(is_discipline(sentence, subject.term.end - 1) && sentence.is(verb, Class::DisciplineVerb), 0.9)
        .when(subject.article == Article::Definite && sentence.is(verb, Class::LegendVerb), -0.9)
        .when(is_people(sentence, subject.term.end - 1) && !sentence.is(verb, Class::Copula), -1.2);
    Some(Candidate { kind: SenseKind::Stated, term: CandidateTerm::Here(subject.term), sense, holder: None, weight })
}

/// Whether "means" gives a consequence rather than a sense: "a larger spike means that …", "going there means a
/// delay".
fn is_consequence(sentence: &TaggedSentence<'_>, subject: &Subject) -> bool {
    let first = sentence.form(subject.term.start);
    let compared = first.len() > 4 && first.ends_with("er") || sentence.is(subject.term.start, Class::ComparedSubject);
    let doing = first.ends_with("ing") && subject.words > 1;
    compared || doing
}

/// Whether the noun at `at` names a branch of knowledge.
fn is_discipline(sentence: &TaggedSentence<'_>, at: usize) -> bool {
    sentence.form(at).len() > 5 && sentence.ends_in(at, List::DisciplineEnding)
}

/// Whether the noun at `at` is a word for people by their occupation. What they describe or refer to is something else.
fn is_people(sentence: &TaggedSentence<'_>, at: usize) -> bool {
    sentence.ends_in(at, List::PeopleEnding) || sentence.is(at, Class::WriterNoun)
}

/// Matches "X is a …": a definition only if both sides look like one.
fn copular(sentence: &TaggedSentence<'_>, verb: usize) -> Option<Candidate> {
    let subject = Subject::before(sentence, verb)?;
    let mut start = skip_remark(sentence, sentence.skip_adverbs(verb + 1));
    while matches!(sentence.form(start), "*" | "_") {
        start += 1;
    }
    let sense = start..sentence.clause_end(start);
    let complement = Complement::of(sentence, &sense)?;
    let past = sentence.is(verb, Class::PastCopula);
    let encyclopedic = subject.article == Article::Definite && subject.opens && subject.words <= 3;
    let weight = Weight(-0.7)
        .and(subject.weight)
        .and(complement.weight)
        .when(past, -0.3)
        .when(encyclopedic, 0.3)
        .when(encyclopedic && complement.narrowed, 0.3)
        .when(start > verb + 1, -0.5)
        .when(sentence.is(verb + 1, Class::StateAdverb), -0.5)
        .when(sentence.form(verb + 1) == "also" || says_also(sentence, &subject, verb), -0.6)
        .when(repeats(sentence, &subject, &complement), -2.2)
        .when(ends_in_question(sentence), -2.5);
    Some(Candidate { kind: SenseKind::Stated, term: CandidateTerm::Here(subject.term), sense, holder: None, weight })
}

/// The index after a remark between commas at `at`: "is, strictly speaking, a …", "is, according to the dictionary, the
/// …".
fn skip_remark(sentence: &TaggedSentence<'_>, at: usize) -> usize {
    const MAX_TOKENS: usize = 9;
    if sentence.form(at) != "," {
        return at;
    }
    let close = (at + 1..at + MAX_TOKENS).find(|&close| sentence.form(close) == ",");
    close.map_or(at, |close| close + 1)
}

/// Whether the sense is an additional one: "X also refers to …".
fn says_also(sentence: &TaggedSentence<'_>, subject: &Subject, verb: usize) -> bool {
    (subject.term.end..verb).any(|at| sentence.form(at) == "also")
}

/// Whether the complement repeats the subject's own noun: "a loss function is a smooth function of its arguments".
fn repeats(sentence: &TaggedSentence<'_>, subject: &Subject, complement: &Complement) -> bool {
    let head = &complement.head;
    sentence.count(head) > 2 && sentence.form(head.end - 1) == sentence.form(subject.term.end - 1)
}

fn ends_in_question(sentence: &TaggedSentence<'_>) -> bool {
    sentence.form(sentence.len() - 1) == "?"
}
