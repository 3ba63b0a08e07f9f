//! Sense first, then its name: "…, called X", "… is known as X".

use ibid_language::{Class, PhraseList};

use super::{Candidate, Named, SenseKind, Weight, line::Line};

pub(super) fn propose(line: &Line<'_>, found: &mut Vec<Candidate>) {
    for at in 1..line.len() {
        if !line.is(at, Class::NamingParticiple) {
            continue;
        }
        let naming = line.weighed(at, PhraseList::Naming);
        if let Some((end, weight)) = naming {
            found.extend(named(line, at, end, weight));
        }
    }
}

fn named(line: &Line<'_>, at: usize, end: usize, weight: f32) -> Option<Candidate> {
    // "called for", "called upon", "so-called".
    if line.is(end, Class::Preposition) || is_so_called(line, at) {
        return None;
    }
    // "X, formerly known as Y" gives another name, not a sense.
    if line.is(at - 1, Class::FormerlyAdverb) {
        return None;
    }
    let (term, behind) = line.term_after(end)?;
    let passive = (at.saturating_sub(3)..at).any(|at| line.is(at, Class::Copula) || line.form(at) == "be");
    let aside = !passive && matches!(line.form(before_adverbs(line, at)), "," | "(" | "—" | "–");
    let also = line.form(at - 1) == "also";
    let words = line.count(&term);
    let name = term.clone().filter(|&at| line.is_word(at)).all(|at| line.is_capital(at));
    let sense = sense_before(line, at);
    if line.count(&sense) == 0 || words > 6 {
        return None;
    }
    let pointed = line.is(sense.start, Class::Pronoun) || line.is(sense.start, Class::LeaningPossessive);
    if pointed && line.count(&sense) == 1 {
        return None;
    }
    // "This process is called X" says nothing of X by itself.
    let leans = pointed && line.count(&sense) <= 5;
    let within = line.count(&sense) > 3 && sense.clone().any(|at| line.is(at, Class::NamedDeterminer));
    let narrowed = sense.clone().any(|at| line.is(at, Class::NarrowingClause));
    // "what is now called X"
    let unsaid = (at.saturating_sub(5)..at).any(|at| line.form(at) == "what");
    // "is often called X because …" gives a name and its reason to what is known.
    let nickname = line.is(at - 1, Class::NicknameAdverb);
    let reason = line.form(behind) == "because" || line.is(0, Class::NamingReason);
    let weight = Weight(weight + 0.1)
        .when(passive, 0.7)
        .when(aside, 0.3)
        .when(!passive && !aside, -0.1)
        .when(line.opens_quote(end), 0.4)
        .when(name, -0.7)
        .when(name && !passive && !aside, -0.4)
        .when(words > 4, -0.5)
        .when(pointed && passive, -0.3)
        .when(leans && passive, -1.2)
        .when(leans && !passive, -0.5)
        .when(line.count(&sense) <= 2, -0.5)
        .when(!(is_described(line, &sense, at) || passive && line.count(&sense) >= 5), -0.6)
        .when(within && !narrowed, -0.5)
        .when(passive && narrowed, 0.3)
        .when(unsaid, -1.5)
        .when(nickname, -0.3)
        .when(reason, -0.6)
        .when(also, -0.6)
        .when(line.form(end) == "him" || line.form(end) == "her", -2.0);
    let kind = if also { SenseKind::Alias } else { SenseKind::Stated };
    Some(Candidate { kind, term: Named::Here(term), sense, holder: None, weight })
}

/// Whether "so-" comes before the word at `at`.
fn is_so_called(line: &Line<'_>, at: usize) -> bool {
    let so = at.saturating_sub(2);
    line.form(so) == "so" && line.form(so + 1) == "-"
}

/// Whether the words that the name at `at` is given to tell more than a kind: "a molecule that carries X", but neither
/// "a structure" nor "such larger structures".
fn is_described(line: &Line<'_>, sense: &std::ops::Range<usize>, at: usize) -> bool {
    let opens = |at: usize| {
        let classes = line.classes(at);
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
            || classes.has(Class::Preposition) && line.form(at) != "of"
            || !line.is_word(at)
    };
    let end = sense.end.min(at);
    let start = (sense.start..end).rev().find(|&at| opens(at)).map_or(sense.start, |at| at + 1);
    let phrase = start..end;
    let clause = line.any(sense.clone(), &[Class::RelativePronoun]);
    clause
        || line.count(&phrase) >= 4
        || phrase.clone().any(|at| line.form(at) == "of" || line.is(at, Class::HappeningNoun))
}

fn before_adverbs(line: &Line<'_>, at: usize) -> usize {
    let mut before = at.saturating_sub(1);
    while before > 0 && line.is(before, Class::Adverb) {
        before -= 1;
    }
    before
}

/// What the name is given to: back to where the clause begins, without the verb that leads to the name.
fn sense_before(line: &Line<'_>, at: usize) -> std::ops::Range<usize> {
    let mut end = at;
    while end > 0 {
        let classes = line.classes(end - 1);
        let leads = classes.has(Class::Copula) || classes.has(Class::Adverb) || classes.has(Class::Auxiliary);
        if !leads && line.is_word(end - 1) {
            break;
        }
        end -= 1;
    }
    let opens = |at: usize| line.form(at) == "(" && line.closing(at).is_none_or(|close| close >= end);
    let start = (0..end).rev().find(|&at| matches!(line.form(at), ";" | ":") || opens(at)).map_or(0, |at| at + 1);
    let sense = line.trim(start..end);
    // "…; this is called X": what was said before the mark.
    let leans = line.is(sense.start, Class::Pronoun) || line.form(sense.start) == "such";
    if leans && line.count(&sense) <= 2 && start > 0 && !opens(start - 1) {
        return line.trim(0..start);
    }
    sense
}
