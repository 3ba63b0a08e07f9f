//! Sentences about words: they stipulate a sense, report one, contrast senses or ask for one.

use std::ops::Range;

use ibid_language::{Class, PhraseList};

use super::{Candidate, Named, SenseKind, Weight, line::Line};

pub(super) fn propose(line: &Line<'_>, found: &mut Vec<Candidate>) {
    for at in 0..line.len() {
        if !line.is_word(at) {
            continue;
        }
        match line.form(at) {
            _ if line.is(at, Class::CallVerb) => found.extend(call(line, at)),
            "use" => found.extend(say_and_mean(line, at).or_else(|| defines(line, at))),
            _ if line.is(at, Class::SayVerb) => found.extend(say_and_mean(line, at)),
            _ if line.is(at, Class::ReferVerb) => found.extend(refer_to_as(line, at)),
            "by" => found.extend(by_you_mean(line, at)),
            _ if line.is(at, Class::DefineVerb) => {
                found.extend(defines(line, at));
            }
            _ if line.is(at, Class::DefinitionNoun) => found.extend(somebodys(line, at)),
            _ => {}
        }
        if line.is(at, Class::SenseQualifier) {
            found.extend(contrast(line, at));
            found.extend(notions(line, at));
        }
        if line.is(at, Class::SenseQuestion) {
            found.extend(ask(line, at));
        }
    }
}

/// "Call these X", "let's call that X": the sense is what was said before.
fn call(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let opens = at == 0 || line.is(at - 1, Class::CallLeader) || matches!(line.form(at - 1), "," | "(");
    // "Although we call them X": what others call so by mistake.
    let concedes = at >= 2 && line.is(at - 2, Class::CallConcession);
    if !opens || concedes {
        return None;
    }
    let mut object = at + 1;
    if !line.is(object, Class::CallObject) {
        return None;
    }
    object += 1;
    // "call this simple property “X”": the name is what is quoted or comes last.
    let is_noun = |at: usize| line.is_word(at) && !line.ends_noun_phrase(at);
    let name = (object..object + 4).find(|&at| !is_noun(at)).unwrap_or(object);
    if line.opens_quote(name) || line.is(name, Class::Article) {
        object = name;
    }
    let (term, end) = line.term_after(object)?;
    // "Call this function to stop", "… if it runs": what to do, not what to say.
    let goes_on = line.is(end, Class::Preposition) || line.is(end, Class::Conjunction);
    if goes_on && line.form(end) != "because" && !line.opens_quote(object) {
        return None;
    }
    let sense = at..line.clause_end(at);
    Some(Candidate { kind: SenseKind::Stipulated, term: Named::Here(term), sense, holder: None, weight: Weight(2.2) })
}

/// "We refer to the growth of a crystal as accretion".
fn refer_to_as(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let object = (line.form(at + 1) == "to").then_some(at + 2)?;
    let named =
        (object + 1..object + 14).find(|&at| line.form(at) == "as" && !matches!(line.form(at - 1), "," | "such"))?;
    let (term, _) = line.term_after(named + 1)?;
    let sense = line.trim(object..named);
    if line.is(object, Class::Pronoun) || line.count(&sense) < 2 {
        return None;
    }
    let weight = Weight(0.5).when(line.count(&sense) > 4, 0.5).when(line.count(&term) > 4, -0.8);
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(term), sense, holder: None, weight })
}

/// "When I say X I mean …", "we use X to mean …".
fn say_and_mean(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let speaker = at.checked_sub(1)?;
    let is_person = line.is(speaker, Class::Speaker);
    if !is_person {
        return None;
    }
    let (term, end) = line.term_after(skip(line, at + 1, PhraseList::SpeechFiller))?;
    let mut next = end;
    while matches!(line.form(next), "," | "here") {
        next += 1;
    }
    let meant = line.listed(next, PhraseList::Meant);
    let used = line.listed(next, PhraseList::UsedFor);
    let start = meant.or(used.or_else(|| line.listed(next, PhraseList::InTheSense)))?;
    let sense = start..line.clause_end(start);
    Some(stipulated(line, term, sense, speaker, next))
}

/// "By X you mean …", "by X we understand …".
fn by_you_mean(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let (term, end) = line.term_after(at + 1)?;
    let speaker = skip(line, end, PhraseList::PersonFiller);
    let person = line.is(speaker, Class::MeaningPerson);
    let start = line.listed(skip(line, speaker + 1, PhraseList::MeaningFiller), PhraseList::MeanVerb)?;
    let sense = line.trim(start..line.clause_end(start));
    // "labeled graphs right?"
    let sense = if line.form(sense.end - 1) == "right" { line.trim(sense.start..sense.end - 1) } else { sense };
    (person && line.count(&sense) > 0).then(|| stipulated(line, term, sense, speaker, speaker))
}

/// A stipulation by the person at `speaker`, or at `other` if it is another who means it.
fn stipulated(line: &Line<'_>, term: Range<usize>, sense: Range<usize>, speaker: usize, other: usize) -> Candidate {
    let told = [speaker, other].into_iter().find(|&at| line.is(at, Class::AddresseePronoun));
    let weight = Weight(2.4).when(line.count(&term) > 5, -1.0).when(line.form(other).starts_with("don't"), -2.0);
    Candidate { kind: SenseKind::Stipulated, term: Named::Here(term), sense, holder: told.map(|at| at..at + 1), weight }
}

/// "A defines X as …", "we define X to be …", "coined the term, and defines it as …".
fn defines(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let is_use = line.is(at, Class::UseVerb);
    let passive = at > 0
        && (line.is(at - 1, Class::Copula)
            || line.is(at - 1, Class::Adverb) && at > 1 && line.is(at - 2, Class::Copula));
    // "a user-defined type"
    let compound = at > 0 && line.form(at - 1) == "-";
    if passive || compound {
        return None;
    }
    let (term, end) =
        if let Some(end) = line.listed(at + 1, PhraseList::TermBefore).filter(|&end| !line.opens_quote(end)) {
            (Named::Before, end)
        } else {
            let (term, end) = line.term_after(at + 1)?;
            (Named::Here(term), end)
        };
    let is_of_words = (at..end).any(|at| line.is(at, Class::TermLabel));
    let start = line
        .listed(end, PhraseList::ToMean)
        .or_else(|| is_of_words.then(|| (line.form(end) == "for").then_some(end + 1))?)
        .or_else(|| line.listed(end, PhraseList::ToReferTo))
        .or_else(|| (!is_use).then(|| line.listed(end, PhraseList::DefinedAs))?)?;
    // "to understand the rule followed by the clerk"
    if line.form(at).starts_with("understand") && line.form(start - 1) == "by" {
        return None;
    }
    let sense = start..line.clause_end(start);
    let holder = holder_before(line, at);
    let first_person = holder.as_ref().is_none_or(|holder| line.is(holder.start, Class::SayingPronoun));
    let weight = Weight(2.0)
        .when(line.count(&sense) < 2, -1.5)
        .when(line.is(at, Class::UnderstandVerb), -1.5)
        .when(line.form(start - 1) == "by" && line.form(start).ends_with("ing"), -2.0)
        .when(
            line.listed(start, PhraseList::NoDefinition).is_some()
                || line.form(start - 1) == "be" && line.form(start) == "used",
            -2.5,
        );
    let kind = if first_person { SenseKind::Stipulated } else { SenseKind::Reported };
    Some(Candidate { kind, term, sense, holder: holder.filter(|_| !first_person), weight })
}

/// Who does what the verb at `verb` says: the name that opens the clause, without what it owns.
fn holder_before(line: &Line<'_>, verb: usize) -> Option<Range<usize>> {
    let clause = (0..verb).rev().find(|&at| matches!(line.form(at), ";" | ":" | "(")).map_or(0, |at| at + 1);
    let is_name = |at: usize| line.is_word(at) && line.is_capital(at) && !line.ends_noun_phrase(at);
    let first = (clause..verb).find(|&at| is_name(at))?;
    let mut end = first + 1;
    while end < verb && is_name(end) {
        end += 1;
    }
    Some(first..end)
}

/// "Your definition of X includes …", "Carlsmith's definition of X is …".
fn somebodys(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let owner = at.checked_sub(1)?;
    let written = line.form(owner);
    let is_owner = line.is(owner, Class::PossessivePerson) || written.ends_with("'s");
    if !is_owner || line.form(at + 1) != "of" {
        return None;
    }
    let (term, end) = line.term_after(at + 2)?;
    let start = line.listed(line.past_adverbs(end), PhraseList::OwnedVerb)?;
    let start = if line.is(start - 1, Class::StatingCopula) { start } else { start - 1 };
    let end = (start..line.len())
        .find(|&at| line.form(at) == "," && line.form(at + 1) == "which")
        .unwrap_or_else(|| line.clause_end(start));
    let sense = start..end;
    let mut first = owner;
    while first > 0 && line.is_capital(first) && line.is_capital(first - 1) && line.is_word(first - 1) {
        first -= 1;
    }
    let weight = Weight(1.6).when(line.count(&sense) < 2, -2.0).when(line.is(start, Class::JudgmentAdjective), -2.0);
    Some(Candidate {
        kind: SenseKind::Reported,
        term: Named::Here(term),
        sense,
        holder: Some(first..owner + 1),
        weight,
    })
}

/// "in the colloquial sense", "an unusual use of the term".
fn contrast(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let noun = line.listed(at + 1, PhraseList::SenseNoun)?;
    let of_term = line.listed(noun, PhraseList::OfTheTerm).map(|end| (end, line.opens_quote(end)));
    let is_sense = line.form(at + 1) == "sense";
    let framed = (at.saturating_sub(3)..at).any(|at| line.is(at, Class::SenseFrame));
    let (term, end) = match of_term {
        Some((end, true)) => {
            let (term, end) = line.term_after(end)?;
            (Named::Here(term), end)
        }
        Some((end, false)) => (nearest_quoted(line, at).map_or(Named::Before, Named::Here), end),
        None if is_sense && line.form(noun) == "of" => {
            let (term, end) = line.term_after(noun + 1)?;
            (Named::Here(term), end)
        }
        None if is_sense && framed => (nearest_quoted(line, at).map_or(Named::Before, Named::Here), noun),
        None => return None,
    };
    let start = (0..at).rev().find(|&at| matches!(line.form(at), ";" | "(")).map_or(0, |at| at + 1);
    let end = line.clause_end(end).max(end);
    let weight = Weight(1.2).when(framed, 0.6).when(of_term.is_some(), 0.4);
    Some(Candidate { kind: SenseKind::Contrasted, term, sense: line.trim(start..end), holder: None, weight })
}

/// The word or words in quotation marks nearest before `at`, or the term whose definition the sentence speaks of.
fn nearest_quoted(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let of = (0..at).rev().find(|&at| line.is(at, Class::ConceptNoun) && line.form(at + 1) == "of");
    if let Some((term, _)) = of.and_then(|of| line.term_after(of + 2)) {
        return Some(term);
    }
    let close = (1..at).rev().find(|&at| line.closes_quote(at) && line.is_word(at - 1))?;
    line.term_before(close + 1).filter(|term| line.count(term) <= 4)
}

/// "Weaker notions like …": another sense of what is being spoken of.
fn notions(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let end = line.listed(at + 1, PhraseList::SensesNoun)?;
    let (term, end) = match line.form(end) {
        "of" => {
            let (term, end) = line.term_after(end + 1)?;
            (Named::Here(term), end)
        }
        _ => (Named::Before, end),
    };
    let start = line.listed(end, PhraseList::SensesExample)?;
    let quoted = line.opens_quote(start);
    let close = (start + 1..line.len()).find(|&at| line.closes_quote(at)).filter(|_| quoted);
    let sense = line.trim(start..close.unwrap_or_else(|| line.clause_end(start)));
    let weight = Weight(0.6).when(quoted, 0.6);
    Some(Candidate { kind: SenseKind::Contrasted, term, sense, holder: None, weight })
}

/// "What is the definition of X?", "what do you mean by X?", "what does X mean?".
fn ask(line: &Line<'_>, at: usize) -> Option<Candidate> {
    if at > 0 && (line.is_word(at - 1) && matches!(line.form(at), "mean")) {
        return None;
    }
    let question = at..line.clause_end(at);
    let asks = line.form(line.len() - 1) == "?" || matches!(line.form(at), "define");
    if !asks {
        return None;
    }
    if let Some(end) = line.listed(at, PhraseList::SenseQuestionFrame) {
        let (term, after) = line.term_after(end)?;
        if line.form(at) == "how" && line.form(at + 1) != "do" && line.form(after) != "defined" {
            return None;
        }
        let weight = Weight(2.0).when(line.count(&term) > 4, -1.5);
        return Some(asked(term, question, weight));
    }
    let end = line.listed(at, PhraseList::WhatDoes)?;
    let (term, after) = line.term_after(end)?;
    line.listed(skip(line, after, PhraseList::QuestionFiller), PhraseList::QuestionVerb)?;
    let ends = line.is(after + 1, Class::QuestionTail) || matches!(line.form(after + 1), "?" | ",");
    let weight = Weight(1.2).when(!ends, -1.0).when(line.opens_quote(end), 1.0);
    Some(asked(term, question, weight))
}

fn asked(term: Range<usize>, question: Range<usize>, weight: Weight) -> Candidate {
    Candidate { kind: SenseKind::Asked, term: Named::Here(term), sense: question, holder: None, weight }
}

/// Past any phrases of the list.
fn skip(line: &Line<'_>, mut at: usize, fillers: PhraseList) -> usize {
    while line.listed(at, fillers).is_some() {
        at += 1;
    }
    at
}
