//! Sentences about words: they stipulate or report a sense, contrast senses, or ask for one.

use std::ops::Range;

use ibid_language::{Class, PhraseList};

use super::{Candidate, CandidateTerm, SenseKind, Weight, tagged_sentence::TaggedSentence};

pub(super) fn propose(sentence: &TaggedSentence<'_>, found: &mut Vec<Candidate>) {
    for at in 0..sentence.len() {
        if !sentence.is_word(at) {
            continue;
        }
        match sentence.form(at) {
            _ if sentence.is(at, Class::CallVerb) => found.extend(call(sentence, at)),
            "use" => found.extend(say_and_mean(sentence, at).or_else(|| defines(sentence, at))),
            _ if sentence.is(at, Class::SayVerb) => found.extend(say_and_mean(sentence, at)),
            _ if sentence.is(at, Class::ReferVerb) => found.extend(refer_to_as(sentence, at)),
            "by" => found.extend(by_you_mean(sentence, at)),
            _ if sentence.is(at, Class::DefineVerb) => {
                found.extend(defines(sentence, at));
            }
            _ if sentence.is(at, Class::DefinitionNoun) => found.extend(owned_definition(sentence, at)),
            _ => {}
        }
        if sentence.is(at, Class::SenseQualifier) {
            found.extend(contrast(sentence, at));
            found.extend(notions(sentence, at));
        }
        if sentence.is(at, Class::SenseQuestion) {
            found.extend(ask(sentence, at));
        }
    }
}

/// Matches "Call these X", "let's call that X": the sense is in the text before.
fn call(sentence: &TaggedSentence<'_>, at: usize) -> Option<Candidate> {
    let opens = at == 0 || sentence.is(at - 1, Class::CallLeader) || matches!(sentence.form(at - 1), "," | "(");
    // "Although we call them X" gives a wrong name.
    let concedes = at >= 2 && sentence.is(at - 2, Class::CallConcession);
    if !opens || concedes {
        return None;
    }
    let mut object = at + 1;
    if !sentence.is(object, Class::CallObject) {
        return None;
    }
    object += 1;
    // "call this simple property “X”": the name is in quotation marks or comes last.
    let is_noun = |at: usize| sentence.is_word(at) && !sentence.ends_noun_phrase(at);
    let name = (object..object + 4).find(|&at| !is_noun(at)).unwrap_or(object);
    if sentence.opens_quote(name) || sentence.is(name, Class::Article) {
        object = name;
    }
    let (term, end) = sentence.term_after(object)?;
    // "Call this function to stop", "… if it runs": an instruction.
    let goes_on = sentence.is(end, Class::Preposition) || sentence.is(end, Class::Conjunction);
    if goes_on && sentence.form(end) != "because" && !sentence.opens_quote(object) {
        return None;
    }
    let sense = at..sentence.clause_end(at);
    Some(Candidate {
        kind: SenseKind::Stipulated,
        term: CandidateTerm::Here(term),
        sense,
        holder: None,
        weight: Weight(2.2),
    })
}

/// Matches "We refer to the growth of a crystal as accretion".
fn refer_to_as(sentence: &TaggedSentence<'_>, at: usize) -> Option<Candidate> {
    let object = (sentence.form(at + 1) == "to").then_some(at + 2)?;
    let named = (object + 1..object + 14)
        .find(|&at| sentence.form(at) == "as" && !matches!(sentence.form(at - 1), "," | "such"))?;
    let (term, _) = sentence.term_after(named + 1)?;
    let sense = sentence.trim(object..named);
    if sentence.is(object, Class::Pronoun) || sentence.count(&sense) < 2 {
        return None;
    }
    let weight = Weight(0.5).when(sentence.count(&sense) > 4, 0.5).when(sentence.count(&term) > 4, -0.8);
    Some(Candidate { kind: SenseKind::Stated, term: CandidateTerm::Here(term), sense, holder: None, weight })
}

/// Matches "When I say X I mean …", "we use X to mean …".
fn say_and_mean(sentence: &TaggedSentence<'_>, at: usize) -> Option<Candidate> {
    let speaker = at.checked_sub(1)?;
    let is_person = sentence.is(speaker, Class::Speaker);
    if !is_person {
        return None;
    }
    let (term, end) = sentence.term_after(skip_phrases(sentence, at + 1, PhraseList::SpeechFiller))?;
    let mut next = end;
    while matches!(sentence.form(next), "," | "here") {
        next += 1;
    }
    let meant = sentence.phrase_end(next, PhraseList::Meant);
    let used = sentence.phrase_end(next, PhraseList::UsedFor);
    let start = meant.or(used.or_else(|| sentence.phrase_end(next, PhraseList::InTheSense)))?;
    let sense = start..sentence.clause_end(start);
    Some(stipulated(sentence, term, sense, speaker, next))
}

/// Matches "By X you mean …", "by X we understand …".
fn by_you_mean(sentence: &TaggedSentence<'_>, at: usize) -> Option<Candidate> {
    let (term, end) = sentence.term_after(at + 1)?;
    let speaker = skip_phrases(sentence, end, PhraseList::PersonFiller);
    let person = sentence.is(speaker, Class::MeaningPerson);
    let start =
        sentence.phrase_end(skip_phrases(sentence, speaker + 1, PhraseList::MeaningFiller), PhraseList::MeanVerb)?;
    let sense = sentence.trim(start..sentence.clause_end(start));
    // "labeled graphs right?"
    let sense = if sentence.form(sense.end - 1) == "right" { sentence.trim(sense.start..sense.end - 1) } else { sense };
    (person && sentence.count(&sense) > 0).then(|| stipulated(sentence, term, sense, speaker, speaker))
}

/// A stipulation. Its holder is the addressee if the word at `speaker` or at `other` is "you".
fn stipulated(
    sentence: &TaggedSentence<'_>,
    term: Range<usize>,
    sense: Range<usize>,
    speaker: usize,
    other: usize,
) -> Candidate {
    let addressee = [speaker, other].into_iter().find(|&at| sentence.is(at, Class::AddresseePronoun));
    let weight =
        Weight(2.4).when(sentence.count(&term) > 5, -1.0).when(sentence.form(other).starts_with("don't"), -2.0);
    Candidate {
        kind: SenseKind::Stipulated,
        term: CandidateTerm::Here(term),
        sense,
        holder: addressee.map(|at| at..at + 1),
        weight,
    }
}

/// Matches "A defines X as …", "we define X to be …", "coined the term, and defines it as …".
fn defines(sentence: &TaggedSentence<'_>, at: usize) -> Option<Candidate> {
    let is_use = sentence.is(at, Class::UseVerb);
    let passive = at > 0
        && (sentence.is(at - 1, Class::Copula)
            || sentence.is(at - 1, Class::Adverb) && at > 1 && sentence.is(at - 2, Class::Copula));
    // "a user-defined type"
    let compound = at > 0 && sentence.form(at - 1) == "-";
    if passive || compound {
        return None;
    }
    let (term, end) = if let Some(end) =
        sentence.phrase_end(at + 1, PhraseList::TermBefore).filter(|&end| !sentence.opens_quote(end))
    {
        (CandidateTerm::Earlier, end)
    } else {
        let (term, end) = sentence.term_after(at + 1)?;
        (CandidateTerm::Here(term), end)
    };
    let mentions_term = (at..end).any(|at| sentence.is(at, Class::TermLabel));
    let start = sentence
        .phrase_end(end, PhraseList::ToMean)
        .or_else(|| mentions_term.then(|| (sentence.form(end) == "for").then_some(end + 1))?)
        .or_else(|| sentence.phrase_end(end, PhraseList::ToReferTo))
        .or_else(|| (!is_use).then(|| sentence.phrase_end(end, PhraseList::DefinedAs))?)?;
    // "to understand the rule followed by the clerk"
    if sentence.form(at).starts_with("understand") && sentence.form(start - 1) == "by" {
        return None;
    }
    let sense = start..sentence.clause_end(start);
    let holder = holder_before(sentence, at);
    let first_person = holder.as_ref().is_none_or(|holder| sentence.is(holder.start, Class::SayingPronoun));
    let weight = Weight(2.0)
        .when(sentence.count(&sense) < 2, -1.5)
        .when(sentence.is(at, Class::UnderstandVerb), -1.5)
        .when(sentence.form(start - 1) == "by" && sentence.form(start).ends_with("ing"), -2.0)
        .when(
            sentence.phrase_end(start, PhraseList::NoDefinition).is_some()
                || sentence.form(start - 1) == "be" && sentence.form(start) == "used",
            -2.5,
        );
    let kind = if first_person { SenseKind::Stipulated } else { SenseKind::Reported };
    Some(Candidate { kind, term, sense, holder: holder.filter(|_| !first_person), weight })
}

/// The name of the verb's subject: the first name in the clause before `verb`.
fn holder_before(sentence: &TaggedSentence<'_>, verb: usize) -> Option<Range<usize>> {
    let clause = (0..verb).rev().find(|&at| matches!(sentence.form(at), ";" | ":" | "(")).map_or(0, |at| at + 1);
    let is_name = |at: usize| sentence.is_word(at) && sentence.is_capital(at) && !sentence.ends_noun_phrase(at);
    let first = (clause..verb).find(|&at| is_name(at))?;
    let mut end = first + 1;
    while end < verb && is_name(end) {
        end += 1;
    }
    Some(first..end)
}

/// Matches "Your definition of X includes …", "Carlsmith's definition of X is …".
fn owned_definition(sentence: &TaggedSentence<'_>, at: usize) -> Option<Candidate> {
    let owner = at.checked_sub(1)?;
    let written = sentence.form(owner);
    let is_owner = sentence.is(owner, Class::PossessivePerson) || written.ends_with("'s");
    if !is_owner || sentence.form(at + 1) != "of" {
        return None;
    }
    let (term, end) = sentence.term_after(at + 2)?;
    let start = sentence.phrase_end(sentence.skip_adverbs(end), PhraseList::OwnedVerb)?;
    let start = if sentence.is(start - 1, Class::StatingCopula) { start } else { start - 1 };
    let end = (start..sentence.len())
        .find(|&at| sentence.form(at) == "," && sentence.form(at + 1) == "which")
        .unwrap_or_else(|| sentence.clause_end(start));
    let sense = start..end;
    let mut first = owner;
    while first > 0 && sentence.is_capital(first) && sentence.is_capital(first - 1) && sentence.is_word(first - 1) {
        first -= 1;
    }
    let weight =
        Weight(1.6).when(sentence.count(&sense) < 2, -2.0).when(sentence.is(start, Class::JudgmentAdjective), -2.0);
    Some(Candidate {
        kind: SenseKind::Reported,
        term: CandidateTerm::Here(term),
        sense,
        holder: Some(first..owner + 1),
        weight,
    })
}

/// Matches "in the colloquial sense", "an unusual use of the term".
fn contrast(sentence: &TaggedSentence<'_>, at: usize) -> Option<Candidate> {
    let noun = sentence.phrase_end(at + 1, PhraseList::SenseNoun)?;
    let of_term = sentence.phrase_end(noun, PhraseList::OfTheTerm).map(|end| (end, sentence.opens_quote(end)));
    let is_sense = sentence.form(at + 1) == "sense";
    let framed = (at.saturating_sub(3)..at).any(|at| sentence.is(at, Class::SenseFrame));
    let (term, end) = match of_term {
        Some((end, true)) => {
            let (term, end) = sentence.term_after(end)?;
            (CandidateTerm::Here(term), end)
        }
        Some((end, false)) => (nearest_quoted(sentence, at).map_or(CandidateTerm::Earlier, CandidateTerm::Here), end),
        None if is_sense && sentence.form(noun) == "of" => {
            let (term, end) = sentence.term_after(noun + 1)?;
            (CandidateTerm::Here(term), end)
        }
        None if is_sense && framed => {
            (nearest_quoted(sentence, at).map_or(CandidateTerm::Earlier, CandidateTerm::Here), noun)
        }
        None => return None,
    };
    let start = (0..at).rev().find(|&at| matches!(sentence.form(at), ";" | "(")).map_or(0, |at| at + 1);
    let end = sentence.clause_end(end).max(end);
    let weight = Weight(1.2).when(framed, 0.6).when(of_term.is_some(), 0.4);
    Some(Candidate { kind: SenseKind::Contrasted, term, sense: sentence.trim(start..end), holder: None, weight })
}

/// The term of "the definition of X" before `at`, or else the nearest words in quotation marks before `at`.
fn nearest_quoted(sentence: &TaggedSentence<'_>, at: usize) -> Option<Range<usize>> {
    let of = (0..at).rev().find(|&at| sentence.is(at, Class::ConceptNoun) && sentence.form(at + 1) == "of");
    if let Some((term, _)) = of.and_then(|of| sentence.term_after(of + 2)) {
        return Some(term);
    }
    let close = (1..at).rev().find(|&at| sentence.closes_quote(at) && sentence.is_word(at - 1))?;
    sentence.term_before(close + 1).filter(|term| sentence.count(term) <= 4)
}

/// Matches "Weaker notions like …": another sense of the current term.
fn notions(sentence: &TaggedSentence<'_>, at: usize) -> Option<Candidate> {
    let end = sentence.phrase_end(at + 1, PhraseList::SensesNoun)?;
    let (term, end) = match sentence.form(end) {
        "of" => {
            let (term, end) = sentence.term_after(end + 1)?;
            (CandidateTerm::Here(term), end)
        }
        _ => (CandidateTerm::Earlier, end),
    };
    let start = sentence.phrase_end(end, PhraseList::SensesExample)?;
    let quoted = sentence.opens_quote(start);
    let close = (start + 1..sentence.len()).find(|&at| sentence.closes_quote(at)).filter(|_| quoted);
    let sense = sentence.trim(start..close.unwrap_or_else(|| sentence.clause_end(start)));
    let weight = Weight(0.6).when(quoted, 0.6);
    Some(Candidate { kind: SenseKind::Contrasted, term, sense, holder: None, weight })
}

/// Matches "What is the definition of X?", "what do you mean by X?", "what does X mean?".
fn ask(sentence: &TaggedSentence<'_>, at: usize) -> Option<Candidate> {
    if at > 0 && (sentence.is_word(at - 1) && matches!(sentence.form(at), "mean")) {
        return None;
    }
    let question = at..sentence.clause_end(at);
    let asks = sentence.form(sentence.len() - 1) == "?" || matches!(sentence.form(at), "define");
    if !asks {
        return None;
    }
    if let Some(end) = sentence.phrase_end(at, PhraseList::SenseQuestionFrame) {
        let (term, after) = sentence.term_after(end)?;
        if sentence.form(at) == "how" && sentence.form(at + 1) != "do" && sentence.form(after) != "defined" {
            return None;
        }
        let weight = Weight(2.0).when(sentence.count(&term) > 4, -1.5);
        return Some(asked(term, question, weight));
    }
    let end = sentence.phrase_end(at, PhraseList::WhatDoes)?;
    let (term, after) = sentence.term_after(end)?;
    sentence.phrase_end(skip_phrases(sentence, after, PhraseList::QuestionFiller), PhraseList::QuestionVerb)?;
    let ends = sentence.is(after + 1, Class::QuestionTail) || matches!(sentence.form(after + 1), "?" | ",");
    let weight = Weight(1.2).when(!ends, -1.0).when(sentence.opens_quote(end), 1.0);
    Some(asked(term, question, weight))
}

fn asked(term: Range<usize>, question: Range<usize>, weight: Weight) -> Candidate {
    Candidate { kind: SenseKind::Asked, term: CandidateTerm::Here(term), sense: question, holder: None, weight }
}

/// The index after all words at `at` that begin a phrase of the list.
fn skip_phrases(sentence: &TaggedSentence<'_>, mut at: usize, fillers: PhraseList) -> usize {
    while sentence.phrase_end(at, fillers).is_some() {
        at += 1;
    }
    at
}
