//! Definitions by a phrase beside the term: in brackets, an aside, an acronym, another name.

use std::ops::Range;

use ibid_language::{Class, PhraseList};

use super::{
    Candidate, CandidateTerm, SenseKind, Weight,
    acronym::acronym,
    tagged_sentence::{TaggedSentence, ends_noun_phrase},
};

pub(super) fn propose(sentence: &TaggedSentence<'_>, found: &mut Vec<Candidate>) {
    for at in 1..sentence.len() {
        match sentence.form(at) {
            "(" => found.extend(bracket(sentence, at)),
            "," => found.extend(
                other_name(sentence, at, at + 1)
                    .or_else(|| meaning(sentence, at))
                    .or_else(|| in_other_words(sentence, at))
                    .or_else(|| aside(sentence, at))
                    .or_else(|| doing(sentence, at))
                    .or_else(|| circumstance(sentence, at)),
            ),
            "—" | "–" | ":" => found.extend(dash(sentence, at)),
            "-" if sentence.is_spaced(at) => found.extend(dash(sentence, at)),
            _ => {}
        }
    }
}

fn bracket(sentence: &TaggedSentence<'_>, open: usize) -> Option<Candidate> {
    let inside = open + 1..sentence.closing(open)?;
    acronym(sentence, open, &inside)
        .or_else(|| other_name(sentence, open, open + 1))
        .or_else(|| short_name(sentence, open, &inside))
        .or_else(|| gloss(sentence, open, inside))
}

/// Matches "Acme Corporation, a maker of anvils (the “Company”)": a contract gives a short name to the phrase before it.
fn short_name(sentence: &TaggedSentence<'_>, open: usize, inside: &Range<usize>) -> Option<Candidate> {
    let mut start = inside.start;
    while sentence.is(start, Class::ShortNameOpener) || sentence.form(start) == "," {
        start += 1;
    }
    if sentence.is(start, Class::ShortNameDeterminer) {
        start += 1;
    }
    let close = inside.end - 1;
    let is_name = start > inside.start
        && matches!(sentence.form(start), "“" | "\"")
        && matches!(sentence.form(close), "”" | "\"");
    let name = sentence.trim(start..close);
    let begin = (0..open).rev().find(|&at| matches!(sentence.form(at), ";" | ":" | "(" | ")")).map_or(0, |at| at + 1);
    let sense = sentence.trim(begin..open);
    let sense = sentence.trim(sense.start + usize::from(sentence.form(sense.start) == "and")..open);
    let is_short = (1..=4).contains(&sentence.count(&name));
    (is_name && is_short && sentence.count(&sense) > 1).then_some(Candidate {
        kind: SenseKind::Stipulated,
        term: CandidateTerm::Here(name),
        sense,
        holder: None,
        weight: Weight(0.6),
    })
}

/// Matches "Series B (a later round of funding)".
fn gloss(sentence: &TaggedSentence<'_>, open: usize, inside: Range<usize>) -> Option<Candidate> {
    let marker = id_est(sentence, inside.start);
    let marker = marker.or_else(|| sentence.phrase_end(inside.start, PhraseList::GlossMarker));
    let start = marker.unwrap_or(inside.start);
    let article = sentence.is(start, Class::IndefiniteArticle) || sentence.is(start, Class::GlossArticle);
    let words = sentence.count(&inside);
    if words < 3 || !(article || marker.is_some()) {
        return None;
    }
    let term = sentence.term_before(open)?;
    let sense = sentence.trim(start..inside.end);
    let genus = sense.clone().take(6).any(|at| sentence.is(at, Class::GenusNoun));
    let weight = Weight(0.1)
        .when(sentence.is(start, Class::IndefiniteArticle), 0.6)
        .when(sentence.form(start) == "the", -0.3)
        .when(!article, -0.3)
        .when(genus, 0.4)
        .when(sentence.any(sense.clone(), &[Class::RelativePronoun, Class::Preposition]), 0.3)
        .when(sentence.any(sense.clone(), &[Class::JudgmentAdjective]), -0.6)
        .when(is_clause(sentence, &sense), -1.5)
        .when(is_predicate(sentence, &term), -1.2)
        .when(sentence.count(&term) > 4, -1.0)
        .when(sense.clone().any(|at| sentence.is(at, Class::ParticipantPronoun)), -0.4);
    Some(Candidate { kind: SenseKind::Parenthetical, term: CandidateTerm::Here(term), sense, holder: None, weight })
}

/// The index after "i.e." at `at` and the comma after it.
fn id_est(sentence: &TaggedSentence<'_>, at: usize) -> Option<usize> {
    let end = sentence.phrase_end(at, PhraseList::IdEst)?;
    Some(end + usize::from(sentence.form(end) == ","))
}

/// Whether a range is a clause: it has a finite verb after its first noun phrase.
fn is_clause(sentence: &TaggedSentence<'_>, range: &Range<usize>) -> bool {
    let finite =
        |at: usize| [Class::Copula, Class::Auxiliary, Class::FiniteVerb].iter().any(|&class| sentence.is(at, class));
    let opens_another = |at: usize| {
        let opens =
            [Class::RelativePronoun, Class::Conjunction, Class::Pronoun].iter().any(|&class| sentence.is(at, class));
        // Code in backticks is part of the phrase.
        opens && at > range.start || !sentence.is_word(at) && sentence.form(at) != "`"
    };
    let end = range.clone().find(|&at| opens_another(at)).unwrap_or(range.end);
    (range.start..end).any(finite)
}

/// Whether a single word is part of a predicate ("is expensive", "to optimize") and no name.
fn is_predicate(sentence: &TaggedSentence<'_>, term: &Range<usize>) -> bool {
    let before = term.start.checked_sub(1);
    sentence.count(term) == 1
        && !sentence.is_capital(term.start)
        && before.is_some_and(|at| {
            let classes = sentence.classes(at);
            [Class::Copula, Class::Auxiliary, Class::Adverb, Class::Pronoun].iter().any(|&class| classes.has(class))
                && !classes.has(Class::Determiner)
                || sentence.form(at) == "to"
        })
}

/// Matches "Coefficient (fka Open Phil)", "the Strait, also known as …,".
fn other_name(sentence: &TaggedSentence<'_>, mark: usize, at: usize) -> Option<Candidate> {
    let end = sentence.phrase_end(at, PhraseList::OtherName)?;
    let (other, _) = sentence.term_after(end)?;
    let term = sentence.term_before(mark)?;
    let weight = Weight(0.2).when(sentence.form(mark) == "(", 0.4).when(sentence.form(at) == "previously", -1.0);
    Some(Candidate { kind: SenseKind::Alias, term: CandidateTerm::Here(term), sense: other, holder: None, weight })
}

/// Matches "the atmosphere was anoxic, meaning that there was no oxygen".
fn meaning(sentence: &TaggedSentence<'_>, comma: usize) -> Option<Candidate> {
    let start = (sentence.form(comma + 1) == "meaning").then_some(comma + 2)?;
    let term = sentence.term_before(comma)?;
    let sense = sentence.trim(start..sentence.clause_end(start));
    let weight = Weight(-0.2)
        .when(sentence.form(start) == "that", -0.2)
        .when(is_clause(sentence, &sense), -0.8)
        .when(sentence.opens_quote(start), 1.2)
        .when(sentence.count(&term) > 2, -0.6);
    (sentence.count(&sense) > 0).then_some(Candidate {
        kind: SenseKind::Stated,
        term: CandidateTerm::Here(term),
        sense,
        holder: None,
        weight,
    })
}

/// Matches "ageism, or prejudice based on age,": the term in other words.
fn in_other_words(sentence: &TaggedSentence<'_>, comma: usize) -> Option<Candidate> {
    let start = (sentence.form(comma + 1) == "or").then_some(comma + 2).or_else(|| id_est(sentence, comma + 1))?;
    let end = (start..sentence.len())
        .find(|&at| matches!(sentence.form(at), "," | ";" | ")" | "—"))
        .unwrap_or_else(|| sentence.clause_end(start));
    let sense = sentence.trim(start..end);
    let term = sentence.term_before(comma)?;
    let words = sentence.count(&sense);
    let opens = sentence.classes(start);
    let phrase =
        !ends_noun_phrase(opens) || opens.has(Class::IndefiniteArticle) || sentence.is(start, Class::RestatementOpener);
    if words < 3 || !phrase || is_clause(sentence, &sense) || sentence.count(&term) > 3 {
        return None;
    }
    // "X, Y, or Z" lists.
    let listed = (0..comma).rev().take(8).any(|at| sentence.form(at) == ",");
    let weight = Weight(0.2)
        .when(listed, -1.2)
        .when(sentence.form(end) == ",", 0.2)
        .when(sentence.form(end) != ",", -0.3)
        .when(sentence.any(sense.clone(), &[Class::Preposition, Class::RelativePronoun]), 0.3)
        .when(sentence.is_capital(term.start) && term.start > 0, -0.6)
        .when(is_predicate(sentence, &term), -0.8)
        .when(sentence.is(term.end - 1, Class::TermLabel) || sentence.is(term.end - 1, Class::JudgmentNoun), -1.5);
    Some(Candidate { kind: SenseKind::Stated, term: CandidateTerm::Here(term), sense, holder: None, weight })
}

/// Matches "hadrons, which are particles that …", "the gastrula, a stage in which …".
fn aside(sentence: &TaggedSentence<'_>, comma: usize) -> Option<Candidate> {
    let defined = sentence.phrase_end(comma + 1, PhraseList::DefinedAside);
    let restated = defined.or_else(|| sentence.phrase_end(comma + 1, PhraseList::RestatingAside));
    let marker = restated.or_else(|| sentence.phrase_end(comma + 1, PhraseList::RelativeAside));
    let start = match marker {
        Some(end) => end,
        None if sentence.is(comma + 1, Class::IndefiniteArticle) => comma + 1,
        None if is_narrowed_plural(sentence, comma + 1) || is_narrowed_definite(sentence, comma + 1) => comma + 1,
        None => return None,
    };
    let article = sentence.is(start, Class::IndefiniteArticle) || sentence.form(start) == "the";
    let end = (start..sentence.len())
        .find(|&at| matches!(sentence.form(at), "," | ";" | "(" | ")"))
        .unwrap_or_else(|| sentence.clause_end(start));
    let sense = sentence.trim(start..end);
    // "In the valley, the climate of the north is severe": the subject of the clause.
    let is_subject = marker.is_none() && (article && is_clause(sentence, &sense) || is_lead(sentence, comma));
    if is_subject {
        return None;
    }
    let term = sentence
        .term_before(comma)
        .filter(|term| !is_predicate(sentence, term) && !sentence.tokens[term.end - 1].is_number())?;
    let head_end = (start + 1..sense.end).find(|&at| sentence.ends_noun_phrase(at)).unwrap_or(sense.end);
    let genus = (start..head_end).any(|at| sentence.is(at, Class::GenusNoun));
    let narrowed =
        (head_end..sense.end).any(|at| sentence.is(at, Class::RelativePronoun)) || sentence.form(head_end) == "of";
    let plural = sentence.form(head_end.saturating_sub(1)).ends_with('s');
    // "on growth, the number of people, the rise in prices": an item of a list.
    let opens_item = |at: usize| {
        let classes = sentence.classes(at);
        classes.has(Class::IndefiniteArticle) || sentence.is(at, Class::ItemOpener)
    };
    let listed = marker.is_none() && sentence.form(end) == "," && opens_item(end + 1);
    if sentence.count(&sense) < 2 || !article && !plural && restated.is_none() {
        return None;
    }
    let base = if marker.is_some() { 0.4 } else { -0.9 };
    let weight = Weight(base)
        .when(article, 0.3)
        .when(genus, 0.6)
        .when(narrowed, 0.7)
        .when(listed, -1.0)
        .when(defined.is_some() || sentence.form(comma + 1) == "in", 1.0)
        .when(
            sentence.any(start..head_end, &[Class::JudgmentAdjective])
                || sentence.is(head_end.saturating_sub(1), Class::JudgmentNoun),
            -0.9,
        )
        .when(sentence.count(&term) > 4, -0.6)
        .when(sentence.is(term.end - 1, Class::TermLabel) || sentence.is(term.end - 1, Class::JudgmentNoun), -1.5)
        .when(sentence.is(comma + 2, Class::PastCopula), -0.5)
        .when(
            sentence.is_capital(term.start)
                && (term.start > 0 || sentence.is_capital(term.end - 1) && sentence.count(&term) > 1),
            -0.7,
        );
    Some(Candidate { kind: SenseKind::Stated, term: CandidateTerm::Here(term), sense, holder: None, weight })
}

/// Whether a word looks like a verb in the present tense: "carries".
fn is_present(sentence: &TaggedSentence<'_>, at: usize) -> bool {
    let word = sentence.form(at);
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !sentence.is(at, Class::NoPresentVerb)
}

/// Matches "the line-item veto, which allows a governor to …": the sense is what the thing does.
fn doing(sentence: &TaggedSentence<'_>, comma: usize) -> Option<Candidate> {
    if sentence.form(comma + 1) != "which" {
        return None;
    }
    let is_listed = sentence.phrase_end(comma + 2, PhraseList::Doing).is_some();
    if !is_listed && !is_present(sentence, comma + 2) {
        return None;
    }
    let term = sentence.term_before(comma)?;
    let sense = sentence.trim(comma + 2..sentence.clause_end(comma + 2));
    let weight = Weight(if is_listed { 0.2 } else { 0.0 })
        .when(sentence.count(&term) > 4, -0.8)
        .when(sentence.is_capital(term.start) && term.start > 0, -0.4)
        .when(sentence.is(term.end - 1, Class::JudgmentNoun) || sentence.is(term.end - 1, Class::TermLabel), -1.0)
        .when(sentence.any(term.clone(), &[Class::JudgmentAdjective]), -0.8);
    (sentence.count(&sense) > 3).then_some(Candidate {
        kind: SenseKind::Stated,
        term: CandidateTerm::Here(term),
        sense,
        holder: None,
        weight,
    })
}

/// Matches "vertical integration, in which one company runs every step": the sense is what happens in it.
fn circumstance(sentence: &TaggedSentence<'_>, comma: usize) -> Option<Candidate> {
    let start = sentence.phrase_end(comma + 1, PhraseList::Circumstance)?;
    let term = sentence.term_before(comma).filter(|term| !is_predicate(sentence, term))?;
    let sense = sentence.trim(comma + 1..sentence.clause_end(start));
    let is_place = sentence.form(comma + 1) == "where";
    let generic = sentence.is(start, Class::IndefiniteArticle)
        || sentence.is_word(start) && !sentence.ends_noun_phrase(start) && !sentence.is_capital(start);
    let weight = Weight(0.1)
        .when(is_place, -0.4)
        .when(generic, 0.5)
        .when(sentence.is_capital(term.start) && term.start > 0, -0.8)
        .when(sentence.count(&term) > 4, -0.8)
        .when(sentence.is(term.end - 1, Class::JudgmentNoun) || sentence.is(term.end - 1, Class::TermLabel), -1.5);
    (sentence.count(&sense) > 4).then_some(Candidate {
        kind: SenseKind::Stated,
        term: CandidateTerm::Here(term),
        sense,
        holder: None,
        weight,
    })
}

/// Whether all words before the comma are a lead: a phrase that opens the sentence.
fn is_lead(sentence: &TaggedSentence<'_>, comma: usize) -> bool {
    let opens = sentence.classes(0);
    [Class::Preposition, Class::Conjunction, Class::Adverb].iter().any(|&class| opens.has(class))
        && (0..comma).all(|at| match sentence.form(at) {
            "," => sentence.is(at + 1, Class::Conjunction),
            _ => ![Class::Copula, Class::Auxiliary, Class::FiniteVerb].iter().any(|&class| sentence.is(at, class)),
        })
}

/// Whether a definite noun phrase at `start` is narrowed by the next words: "fertilization, the joining of …".
fn is_narrowed_definite(sentence: &TaggedSentence<'_>, start: usize) -> bool {
    let end = (start + 1..sentence.len()).find(|&at| !sentence.is_word(at) || sentence.ends_noun_phrase(at));
    // "a bottle, the contents of which …" names a part.
    let narrows = |end: usize| sentence.is(end, Class::NarrowingWord) && !sentence.is(end + 1, Class::PartPossessive);
    sentence.form(start) == "the" && end.is_some_and(|end| end <= start + 5 && narrows(end))
}

/// Whether a plural noun phrase without an article begins at `start`, and the next words narrow it.
fn is_narrowed_plural(sentence: &TaggedSentence<'_>, start: usize) -> bool {
    let end = (start..sentence.len()).find(|&at| !sentence.is_word(at) || sentence.ends_noun_phrase(at));
    end.is_some_and(|end| {
        (1..=4).contains(&(end - start))
            && sentence.form(end - 1).ends_with('s')
            && (sentence.is(end, Class::PluralNarrowing) || sentence.is(end + 1, Class::RelativeObject))
    })
}

/// Matches "X — a …" and "X: a …" at the head of a sentence or item.
fn dash(sentence: &TaggedSentence<'_>, mark: usize) -> Option<Candidate> {
    let start = mark + 1;
    let article = sentence.is(start, Class::IndefiniteArticle) || sentence.is(start, Class::DashArticle);
    // "generalists: species which live in …".
    let narrowed = is_narrowed_plural(sentence, start);
    if !article && !narrowed {
        return None;
    }
    let mut head = sentence.trim(0..mark);
    if sentence.is(head.start, Class::IndefiniteArticle) || sentence.form(head.start) == "the" {
        head.start += 1;
    }
    if sentence.is(head.start, Class::Caption) && sentence.count(&head) <= 2 {
        return None;
    }
    let is_plain = head.clone().all(|at| !sentence.ends_noun_phrase(at) || sentence.form(at) == "of");
    // Otherwise the term is right before the mark: "… by the coleoptile: the covering of the shoot tip."
    let opens = is_plain && (1..=6).contains(&sentence.count(&head));
    let is_hyphen = sentence.form(mark) == "-";
    let term = if opens { Some(head) } else { sentence.term_before(mark).filter(|_| !is_hyphen) }?;
    let end = (start..sentence.len())
        .find(|&at| matches!(sentence.form(at), "—" | "–"))
        .unwrap_or_else(|| sentence.clause_end(start));
    let sense = sentence.trim(start..end);
    let genus = sense.clone().take(6).any(|at| sentence.is(at, Class::GenusNoun));
    let weight = Weight(if opens { -0.2 } else { -1.1 })
        .when(opens && sentence.is(start, Class::IndefiniteArticle), 0.3)
        .when(genus, 0.5)
        .when(sentence.any(sense.clone(), &[Class::RelativePronoun]), 0.5)
        .when(narrowed, 0.6)
        .when(sentence.form(start) != "when" && is_clause(sentence, &sense), -1.2)
        .when(sentence.count(&sense) < 3, -0.8)
        .when(
            sense
                .clone()
                .take(5)
                .any(|at| sentence.is(at, Class::JudgmentAdjective) || sentence.is(at, Class::JudgmentNoun)),
            -1.0,
        );
    Some(Candidate { kind: SenseKind::Stated, term: CandidateTerm::Here(term), sense, holder: None, weight })
}
