//! People who talk about words: they stipulate, report, contrast and ask.

use std::ops::Range;

use ibid_language::Class;

use super::{Candidate, Named, SenseKind, Weight, line::Line};

pub(super) fn propose(line: &Line<'_>, found: &mut Vec<Candidate>) {
    for at in 0..line.len() {
        if !line.is_word(at) {
            continue;
        }
        match line.form(at) {
            "call" | "dub" => found.extend(call(line, at)),
            "use" => found.extend(say_and_mean(line, at).or_else(|| defines(line, at))),
            "say" | "write" | "speak" | "talk" => found.extend(say_and_mean(line, at)),
            "refer" | "refers" => found.extend(refer_to_as(line, at)),
            "by" => found.extend(by_you_mean(line, at)),
            "define" | "defines" | "defined" | "defining" | "uses" | "used" | "understand" | "understands" => {
                found.extend(defines(line, at));
            }
            "definition" | "meaning" | "conception" | "notion" => found.extend(somebodys(line, at)),
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
    let opens = at == 0
        || matches!(
            line.form(at - 1),
            "let's" | "us" | "," | "(" | "i'll" | "we'll" | "will" | "i" | "we" | "shall" | "and" | "can"
        );
    // "Although we call them X": what others call so by mistake.
    let concedes = at >= 2 && matches!(line.form(at - 2), "although" | "though" | "while" | "why" | "when");
    if !opens || concedes {
        return None;
    }
    let mut object = at + 1;
    if !matches!(line.form(object), "this" | "these" | "that" | "those" | "it" | "them" | "such") {
        return None;
    }
    object += 1;
    // "call this simple property “X”": the name is what is quoted or comes last.
    let is_noun = |at: usize| line.is_word(at) && !line.ends_noun_phrase(at);
    let name = (object..object + 4).find(|&at| !is_noun(at)).unwrap_or(object);
    if line.opens_quote(name) || matches!(line.form(name), "a" | "an" | "the") {
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
    let object = line.phrase(at + 1, "to")?;
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
    let is_person = matches!(line.form(speaker), "i" | "we" | "you" | "people" | "they" | "who" | "to" | "economists");
    if !is_person {
        return None;
    }
    let (term, end) = line.term_after(skip(line, at + 1, "about|of|that"))?;
    let mut next = end;
    while matches!(line.form(next), "," | "here") {
        next += 1;
    }
    let meant = MEANT.iter().find_map(|phrase| line.phrase(next, phrase));
    let used = line.phrase(next, "to mean|describe|denote|cover").or_else(|| line.phrase(next, "to refer to"));
    let start = meant.or(used.or_else(|| line.phrase(next, "in the sense of|that")))?;
    let sense = start..line.clause_end(start);
    Some(stipulated(line, term, sense, speaker, next))
}

/// What stands between a term one says and what one means by it.
const MEANT: &[&str] = &[
    "i|we|you|they mean|meant",
    "i'm|we're|you're|they're referring to",
    "i|we am|are|was|were referring to",
    "you|they are|were referring to",
    "i|we|you|they refer|referred to",
    "i'm|we're talking about",
    "i'm thinking of",
    "i have in mind",
];

/// "By X you mean …", "by X we understand …".
fn by_you_mean(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let (term, end) = line.term_after(at + 1)?;
    let speaker = skip(line, end, ",|here");
    let person = matches!(line.form(speaker), "i" | "we" | "you" | "they" | "people" | "he" | "she");
    let start = line.phrase(skip(line, speaker + 1, "do|just|simply|don't"), "mean|meant|understand")?;
    let sense = line.trim(start..line.clause_end(start));
    // "labeled graphs right?"
    let sense = if line.form(sense.end - 1) == "right" { line.trim(sense.start..sense.end - 1) } else { sense };
    (person && line.count(&sense) > 0).then(|| stipulated(line, term, sense, speaker, speaker))
}

/// A stipulation by the person at `speaker`, or at `other` if it is another who means it.
fn stipulated(line: &Line<'_>, term: Range<usize>, sense: Range<usize>, speaker: usize, other: usize) -> Candidate {
    let told = [speaker, other].into_iter().find(|&at| matches!(line.form(at), "you" | "you're"));
    let weight = Weight(2.4).when(line.count(&term) > 5, -1.0).when(line.form(other).starts_with("don't"), -2.0);
    Candidate { kind: SenseKind::Stipulated, term: Named::Here(term), sense, holder: told.map(|at| at..at + 1), weight }
}

/// "A defines X as …", "we define X to be …", "coined the term, and defines it as …".
fn defines(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let is_use = matches!(line.form(at), "use" | "used" | "uses");
    let passive = at > 0
        && (line.is(at - 1, Class::Copula)
            || line.is(at - 1, Class::Adverb) && at > 1 && line.is(at - 2, Class::Copula));
    // "a user-defined type"
    let compound = at > 0 && line.form(at - 1) == "-";
    if passive || compound {
        return None;
    }
    let (term, end) = if let Some(end) = line
        .phrase(at + 1, "it|this|that|them")
        .or_else(|| line.phrase(at + 1, "the term|word|concept"))
        .filter(|&end| !line.opens_quote(end))
    {
        (Named::Before, end)
    } else {
        let (term, end) = line.term_after(at + 1)?;
        (Named::Here(term), end)
    };
    let is_of_words = (at..end).any(|at| line.is(at, Class::TermLabel));
    let start = line
        .phrase(end, "to mean|describe|denote")
        .or_else(|| is_of_words.then(|| line.phrase(end, "for"))?)
        .or_else(|| line.phrase(end, "to refer to"))
        .or_else(|| (!is_use).then(|| line.phrase(end, "as|by").or_else(|| line.phrase(end, "to be")))?)?;
    // "to understand the rule followed by the clerk"
    if line.form(at).starts_with("understand") && line.form(start - 1) == "by" {
        return None;
    }
    let sense = start..line.clause_end(start);
    let holder = holder_before(line, at);
    let first_person = holder.as_ref().is_none_or(|holder| matches!(line.form(holder.start), "i" | "we"));
    let weight = Weight(2.0)
        .when(line.count(&sense) < 2, -1.5)
        .when(matches!(line.form(at), "understand" | "understands"), -1.5)
        .when(line.form(start - 1) == "by" && line.form(start).ends_with("ing"), -2.0)
        .when(line.phrase(start, "part of").is_some() || line.phrase(start - 1, "be used").is_some(), -2.5);
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
    let is_owner = matches!(written, "your" | "their" | "his" | "her") || written.ends_with("'s");
    if !is_owner || line.form(at + 1) != "of" {
        return None;
    }
    let (term, end) = line.term_after(at + 2)?;
    let start =
        line.phrase(line.past_adverbs(end), "is|includes|excludes|covers|requires|says|seems|involves|implies")?;
    let start = if matches!(line.form(start - 1), "is" | "says") { start } else { start - 1 };
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
    let noun = line.phrase(at + 1, "sense|meaning|use|usage|reading|definition|interpretation")?;
    let of_term = line.phrase(noun, "of the term|word|phrase").map(|end| (end, line.opens_quote(end)));
    let is_sense = line.form(at + 1) == "sense";
    let framed = (at.saturating_sub(3)..at).any(|at| matches!(line.form(at), "in" | "an" | "a" | "as"));
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
    let of = (0..at)
        .rev()
        .find(|&at| matches!(line.form(at), "definition" | "notion" | "concept") && line.form(at + 1) == "of");
    if let Some((term, _)) = of.and_then(|of| line.term_after(of + 2)) {
        return Some(term);
    }
    let close = (1..at).rev().find(|&at| line.closes_quote(at) && line.is_word(at - 1))?;
    line.term_before(close + 1).filter(|term| line.count(term) <= 4)
}

/// "Weaker notions like …": another sense of what is being spoken of.
fn notions(line: &Line<'_>, at: usize) -> Option<Candidate> {
    let end = line.phrase(at + 1, "notions|senses|versions|definitions|conceptions|forms|readings")?;
    let (term, end) = match line.form(end) {
        "of" => {
            let (term, end) = line.term_after(end + 1)?;
            (Named::Here(term), end)
        }
        _ => (Named::Before, end),
    };
    let start = line.phrase(end, "like|,|:|:|").or_else(|| line.phrase(end, "such as"))?;
    let quoted = line.opens_quote(start);
    let close = (start + 1..line.len()).find(|&at| line.closes_quote(at)).filter(|_| quoted);
    let sense = line.trim(start..close.unwrap_or_else(|| line.clause_end(start)));
    let weight = Weight(0.6).when(quoted, 0.6);
    Some(Candidate { kind: SenseKind::Contrasted, term, sense, holder: None, weight })
}

/// Questions for a sense, up to the term they ask of.
const QUESTIONS: &[&str] = &[
    "what even|exactly|precisely is|are the definition|meaning of",
    "what is|are|was|were|is|are|is the|your|a|their definition|meaning of",
    "what is|are the|your definition|meaning of",
    "what's the|your definition|meaning of",
    "how do|would|should|are|did you|we|they|people|one define|defining",
    "how is|are",
    "define what you|we|they|he|she|people mean|means by",
    "what do|does|did|exactly you|we|they|people|he|she|i mean by",
    "what exactly do|does|did you|we|they|people mean by",
    "what you|we|they|people mean by",
    "mean by",
    "what counts|count as",
];

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
    if let Some(end) = QUESTIONS.iter().find_map(|phrase| line.phrase(at, phrase)) {
        let (term, after) = line.term_after(end)?;
        if line.form(at) == "how" && line.form(at + 1) != "do" && line.form(after) != "defined" {
            return None;
        }
        let weight = Weight(2.0).when(line.count(&term) > 4, -1.5);
        return Some(asked(term, question, weight));
    }
    let end = line.phrase(at, "what does|do")?;
    let (term, after) = line.term_after(end)?;
    line.phrase(skip(line, after, "even|actually|really"), "mean|denote")?;
    let ends = matches!(line.form(after + 1), "?" | "here" | "," | "in");
    let weight = Weight(1.2).when(!ends, -1.0).when(line.opens_quote(end), 1.0);
    Some(asked(term, question, weight))
}

fn asked(term: Range<usize>, question: Range<usize>, weight: Weight) -> Candidate {
    Candidate { kind: SenseKind::Asked, term: Named::Here(term), sense: question, holder: None, weight }
}

/// Past any of `words`, given as alternatives.
fn skip(line: &Line<'_>, mut at: usize, words: &str) -> usize {
    while line.phrase(at, words).is_some() {
        at += 1;
    }
    at
}
