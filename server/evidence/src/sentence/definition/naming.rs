//! Definitions with the name after the sense: "…, called X", "… is known as X".

use ibid_language::{Class, PhraseList};

use super::{Candidate, CandidateTerm, SenseKind, Weight, tagged_sentence::TaggedSentence};

pub(super) fn propose(sentence: &TaggedSentence<'_>, found: &mut Vec<Candidate>) {
    for at in 1..sentence.len() {
        if !sentence.is(at, Class::NamingParticiple) {
            continue;
        }
        let naming = sentence.weighted_phrase(at, PhraseList::Naming);
        if let Some((end, weight)) = naming {
            found.extend(named(sentence, at, end, weight));
        }
    }
}

fn named(sentence: &TaggedSentence<'_>, at: usize, end: usize, weight: f32) -> Option<Candidate> {
    // "called for", "called upon", "so-called".
    if sentence.is(end, Class::Preposition) || is_so_called(sentence, at) {
        return None;
    }
    // "X, formerly known as Y" gives another name and no sense.
    if sentence.is(at - 1, Class::FormerlyAdverb) {
        return None;
    }
    let (term, after) = sentence.term_after(end)?;
    let passive = (at.saturating_sub(3)..at).any(|at| sentence.is(at, Class::Copula) || sentence.form(at) == "be");
    let aside = !passive && matches!(sentence.form(before_adverbs(sentence, at)), "," | "(" | "—" | "–");
    let also = sentence.form(at - 1) == "also";
    let words = sentence.count(&term);
    let name = term.clone().filter(|&at| sentence.is_word(at)).all(|at| sentence.is_capital(at));
    let sense = sense_before(sentence, at);
    if sentence.count(&sense) == 0 || words > 6 {
        return None;
    }
    let pointed = sentence.is(sense.start, Class::Pronoun) || sentence.is(sense.start, Class::LeaningPossessive);
    if pointed && sentence.count(&sense) == 1 {
        return None;
    }
    // "This process is called X" alone says nothing about X.
    let is_dependent = pointed && sentence.count(&sense) <= 5;
    let within = sentence.count(&sense) > 3 && sense.clone().any(|at| sentence.is(at, Class::NamedDeterminer));
    let narrowed = sense.clone().any(|at| sentence.is(at, Class::NarrowingClause));
    // "what is now called X"
    let is_unstated = (at.saturating_sub(5)..at).any(|at| sentence.form(at) == "what");
    // "is often called X because …" names something that is known already, and gives the reason.
    let nickname = sentence.is(at - 1, Class::NicknameAdverb);
    let reason = sentence.form(after) == "because" || sentence.is(0, Class::NamingReason);
    let weight = Weight(weight + 0.1)
        .when(passive, 0.7)
        .when(aside, 0.3)
        .when(!passive && !aside, -0.1)
        .when(sentence.opens_quote(end), 0.4)
        .when(name, -0.7)
        .when(name && !passive && !aside, -0.4)
        .when(words > 4, -0.5)
        .when(pointed && passive, -0.3)
        .when(is_dependent && passive, -1.2)
        .when(is_dependent && !passive, -0.5)
        .when(sentence.count(&sense) <= 2, -0.5)
        .when(!(is_described(sentence, &sense, at) || passive && sentence.count(&sense) >= 5), -0.6)
        .when(within && !narrowed, -0.5)
        .when(passive && narrowed, 0.3)
        .when(is_unstated, -1.5)
        .when(nickname, -0.3)
        .when(reason, -0.6)
        .when(also, -0.6)
        .when(sentence.form(end) == "him" || sentence.form(end) == "her", -2.0);
    let kind = if also { SenseKind::Alias } else { SenseKind::Stated };
    Some(Candidate { kind, term: CandidateTerm::Here(term), sense, holder: None, weight })
}

/// Whether "so-" comes before the word at `at`.
fn is_so_called(sentence: &TaggedSentence<'_>, at: usize) -> bool {
    let so = at.saturating_sub(2);
    sentence.form(so) == "so" && sentence.form(so + 1) == "-"
}

/// Whether the sense of the name at `at` says more than a kind: "a molecule that carries X", but neither "a structure" nor
/// "such larger structures".
fn is_described(sentence: &TaggedSentence<'_>, sense: &std::ops::Range<usize>, at: usize) -> bool {
    let opens = |at: usize| {
        let classes = sentence.classes(at);
        [
            Class::IndefiniteArticle,
            Class::DefiniteArticle,
            Class::Determiner,
            Class::FiniteVerb,
            Class::Copula,
            Class::Auxiliary,
        ]
        .iter()
        .any(|&class| classes.has(class))
            || classes.has(Class::Preposition) && sentence.form(at) != "of"
            || !sentence.is_word(at)
    };
    let end = sense.end.min(at);
    let start = (sense.start..end).rev().find(|&at| opens(at)).map_or(sense.start, |at| at + 1);
    let phrase = start..end;
    let clause = sentence.any(sense.clone(), &[Class::RelativePronoun]);
    clause
        || sentence.count(&phrase) >= 4
        || phrase.clone().any(|at| sentence.form(at) == "of" || sentence.is(at, Class::HappeningNoun))
}

/// The index before the adverbs that end right before `at`.
fn before_adverbs(sentence: &TaggedSentence<'_>, at: usize) -> usize {
    let mut before = at.saturating_sub(1);
    while before > 0 && sentence.is(before, Class::Adverb) {
        before -= 1;
    }
    before
}

/// The words that are given the name: from the beginning of the clause to the verb before the name.
fn sense_before(sentence: &TaggedSentence<'_>, at: usize) -> std::ops::Range<usize> {
    let mut end = at;
    while end > 0 {
        let classes = sentence.classes(end - 1);
        let is_verb = classes.has(Class::Copula) || classes.has(Class::Adverb) || classes.has(Class::Auxiliary);
        if !is_verb && sentence.is_word(end - 1) {
            break;
        }
        end -= 1;
    }
    let opens = |at: usize| sentence.form(at) == "(" && sentence.closing(at).is_none_or(|close| close >= end);
    let start = (0..end).rev().find(|&at| matches!(sentence.form(at), ";" | ":") || opens(at)).map_or(0, |at| at + 1);
    let sense = sentence.trim(start..end);
    // "…; this is called X": the sense is before the mark.
    let is_dependent = sentence.is(sense.start, Class::Pronoun) || sentence.form(sense.start) == "such";
    if is_dependent && sentence.count(&sense) <= 2 && start > 0 && !opens(start - 1) {
        return sentence.trim(0..start);
    }
    sense
}
