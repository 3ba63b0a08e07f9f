//! A phrase beside the term: brackets, asides, acronyms, other names.

use std::ops::Range;

use ibid_language::{Class, PhraseList};

use super::{
    Candidate, Named, SenseKind, Weight,
    acronym::acronym,
    line::{Line, ends_noun_phrase},
};

pub(super) fn propose(line: &Line<'_>, found: &mut Vec<Candidate>) {
    for at in 1..line.len() {
        match line.form(at) {
            "(" => found.extend(bracket(line, at)),
            "," => found.extend(
                other_name(line, at, at + 1)
                    .or_else(|| meaning(line, at))
                    .or_else(|| in_other_words(line, at))
                    .or_else(|| aside(line, at))
                    .or_else(|| doing(line, at))
                    .or_else(|| circumstance(line, at)),
            ),
            "—" | "–" | ":" => found.extend(dash(line, at)),
            "-" if line.stands_alone(at) => found.extend(dash(line, at)),
            _ => {}
        }
    }
}

fn bracket(line: &Line<'_>, open: usize) -> Option<Candidate> {
    let inside = open + 1..line.closing(open)?;
    acronym(line, open, &inside)
        .or_else(|| other_name(line, open, open + 1))
        .or_else(|| short_name(line, open, &inside))
        .or_else(|| gloss(line, open, inside))
}

/// "Acme Corporation, a maker of anvils (the “Company”)": the name that a contract gives to what stands before.
fn short_name(line: &Line<'_>, open: usize, inside: &Range<usize>) -> Option<Candidate> {
    let mut start = inside.start;
    while line.is(start, Class::ShortNameOpener) || line.form(start) == "," {
        start += 1;
    }
    if line.is(start, Class::ShortNameDeterminer) {
        start += 1;
    }
    let close = inside.end - 1;
    let is_name =
        start > inside.start && matches!(line.form(start), "“" | "\"") && matches!(line.form(close), "”" | "\"");
    let name = line.trim(start..close);
    let begin = (0..open).rev().find(|&at| matches!(line.form(at), ";" | ":" | "(" | ")")).map_or(0, |at| at + 1);
    let sense = line.trim(begin..open);
    let sense = line.trim(sense.start + usize::from(line.form(sense.start) == "and")..open);
    let is_short = (1..=4).contains(&line.count(&name));
    (is_name && is_short && line.count(&sense) > 1).then_some(Candidate {
        kind: SenseKind::Stipulated,
        term: Named::Here(name),
        sense,
        holder: None,
        weight: Weight(0.6),
    })
}

/// "Series B (a later round of funding)".
fn gloss(line: &Line<'_>, open: usize, inside: Range<usize>) -> Option<Candidate> {
    let marker = id_est(line, inside.start);
    let marker = marker.or_else(|| line.listed(inside.start, PhraseList::GlossMarker));
    let start = marker.unwrap_or(inside.start);
    let article = line.is(start, Class::IndefiniteArticle) || line.is(start, Class::GlossArticle);
    let words = line.count(&inside);
    if words < 3 || !(article || marker.is_some()) {
        return None;
    }
    let term = line.term_before(open)?;
    let sense = line.trim(start..inside.end);
    let genus = sense.clone().take(6).any(|at| line.is(at, Class::GenusNoun));
    let weight = Weight(0.1)
        .when(line.is(start, Class::IndefiniteArticle), 0.6)
        .when(line.form(start) == "the", -0.3)
        .when(!article, -0.3)
        .when(genus, 0.4)
        .when(line.any(sense.clone(), &[Class::RelativePronoun, Class::Preposition]), 0.3)
        .when(line.any(sense.clone(), &[Class::JudgmentAdjective]), -0.6)
        .when(is_clause(line, &sense), -1.5)
        .when(is_predicate(line, &term), -1.2)
        .when(line.count(&term) > 4, -1.0)
        .when(sense.clone().any(|at| line.is(at, Class::ParticipantPronoun)), -0.4);
    Some(Candidate { kind: SenseKind::Parenthetical, term: Named::Here(term), sense, holder: None, weight })
}

/// Past "i.e." at `at`, with the comma behind it.
fn id_est(line: &Line<'_>, at: usize) -> Option<usize> {
    let end = line.listed(at, PhraseList::IdEst)?;
    Some(end + usize::from(line.form(end) == ","))
}

/// Whether a stretch is a clause of its own: a finite verb stands behind its first noun phrase.
fn is_clause(line: &Line<'_>, range: &Range<usize>) -> bool {
    let finite =
        |at: usize| [Class::Copula, Class::Auxiliary, Class::FiniteVerb].iter().any(|&class| line.is(at, class));
    let opens_another = |at: usize| {
        let opens =
            [Class::RelativePronoun, Class::Conjunction, Class::Pronoun].iter().any(|&class| line.is(at, class));
        // Words set as code go on.
        opens && at > range.start || !line.is_word(at) && line.form(at) != "`"
    };
    let end = range.clone().find(|&at| opens_another(at)).unwrap_or(range.end);
    (range.start..end).any(finite)
}

/// Whether a single word is what the sentence says of something ("is expensive", "to optimize"), not its name.
fn is_predicate(line: &Line<'_>, term: &Range<usize>) -> bool {
    let before = term.start.checked_sub(1);
    line.count(term) == 1
        && !line.is_capital(term.start)
        && before.is_some_and(|at| {
            let classes = line.classes(at);
            [Class::Copula, Class::Auxiliary, Class::Adverb, Class::Pronoun].iter().any(|&class| classes.has(class))
                && !classes.has(Class::Determiner)
                || line.form(at) == "to"
        })
}

/// "Coefficient (fka Open Phil)", "the Strait, also known as …,".
fn other_name(line: &Line<'_>, mark: usize, at: usize) -> Option<Candidate> {
    let end = line.listed(at, PhraseList::OtherName)?;
    let (other, _) = line.term_after(end)?;
    let term = line.term_before(mark)?;
    let weight = Weight(0.2).when(line.form(mark) == "(", 0.4).when(line.form(at) == "previously", -1.0);
    Some(Candidate { kind: SenseKind::Alias, term: Named::Here(term), sense: other, holder: None, weight })
}

/// "the atmosphere was anoxic, meaning that there was no oxygen".
fn meaning(line: &Line<'_>, comma: usize) -> Option<Candidate> {
    let start = (line.form(comma + 1) == "meaning").then_some(comma + 2)?;
    let term = line.term_before(comma)?;
    let sense = line.trim(start..line.clause_end(start));
    let weight = Weight(-0.2)
        .when(line.form(start) == "that", -0.2)
        .when(is_clause(line, &sense), -0.8)
        .when(line.opens_quote(start), 1.2)
        .when(line.count(&term) > 2, -0.6);
    (line.count(&sense) > 0).then_some(Candidate {
        kind: SenseKind::Stated,
        term: Named::Here(term),
        sense,
        holder: None,
        weight,
    })
}

/// "ageism, or prejudice based on age,": what the term says in other words.
fn in_other_words(line: &Line<'_>, comma: usize) -> Option<Candidate> {
    let start = (line.form(comma + 1) == "or").then_some(comma + 2).or_else(|| id_est(line, comma + 1))?;
    let end = (start..line.len())
        .find(|&at| matches!(line.form(at), "," | ";" | ")" | "—"))
        .unwrap_or_else(|| line.clause_end(start));
    let sense = line.trim(start..end);
    let term = line.term_before(comma)?;
    let words = line.count(&sense);
    let opens = line.classes(start);
    let phrase =
        !ends_noun_phrase(opens) || opens.has(Class::IndefiniteArticle) || line.is(start, Class::RestatementOpener);
    if words < 3 || !phrase || is_clause(line, &sense) || line.count(&term) > 3 {
        return None;
    }
    // "X, Y, or Z" lists.
    let listed = (0..comma).rev().take(8).any(|at| line.form(at) == ",");
    let weight = Weight(0.2)
        .when(listed, -1.2)
        .when(line.form(end) == ",", 0.2)
        .when(line.form(end) != ",", -0.3)
        .when(line.any(sense.clone(), &[Class::Preposition, Class::RelativePronoun]), 0.3)
        .when(line.is_capital(term.start) && term.start > 0, -0.6)
        .when(is_predicate(line, &term), -0.8)
        .when(line.is(term.end - 1, Class::TermLabel) || line.is(term.end - 1, Class::JudgmentNoun), -1.5);
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(term), sense, holder: None, weight })
}

/// "hadrons, which are particles that …", "the gastrula, a stage in which …".
fn aside(line: &Line<'_>, comma: usize) -> Option<Candidate> {
    let defined = line.listed(comma + 1, PhraseList::DefinedAside);
    let told = defined.or_else(|| line.listed(comma + 1, PhraseList::ToldAside));
    let which = told.or_else(|| line.listed(comma + 1, PhraseList::RelativeAside));
    let start = match which {
        Some(end) => end,
        None if line.is(comma + 1, Class::IndefiniteArticle) => comma + 1,
        None if is_narrowed_plural(line, comma + 1) || is_narrowed_definite(line, comma + 1) => comma + 1,
        None => return None,
    };
    let article = line.is(start, Class::IndefiniteArticle) || line.form(start) == "the";
    let end = (start..line.len())
        .find(|&at| matches!(line.form(at), "," | ";" | "(" | ")"))
        .unwrap_or_else(|| line.clause_end(start));
    let sense = line.trim(start..end);
    // "In the valley, the climate of the north is severe": the subject of the clause, not an aside.
    let is_subject = which.is_none() && (article && is_clause(line, &sense) || is_lead(line, comma));
    if is_subject {
        return None;
    }
    let term =
        line.term_before(comma).filter(|term| !is_predicate(line, term) && !line.tokens[term.end - 1].is_number())?;
    let head_end = (start + 1..sense.end).find(|&at| line.ends_noun_phrase(at)).unwrap_or(sense.end);
    let genus = (start..head_end).any(|at| line.is(at, Class::GenusNoun));
    let narrowed = (head_end..sense.end).any(|at| line.is(at, Class::RelativePronoun)) || line.form(head_end) == "of";
    let plural = line.form(head_end.saturating_sub(1)).ends_with('s');
    // "on growth, the number of people, the rise in prices": one of several.
    let opens_item = |at: usize| {
        let classes = line.classes(at);
        classes.has(Class::IndefiniteArticle) || line.is(at, Class::ItemOpener)
    };
    let listed = which.is_none() && line.form(end) == "," && opens_item(end + 1);
    if line.count(&sense) < 2 || !article && !plural && told.is_none() {
        return None;
    }
    let base = if which.is_some() { 0.4 } else { -0.9 };
    let weight = Weight(base)
        .when(article, 0.3)
        .when(genus, 0.6)
        .when(narrowed, 0.7)
        .when(listed, -1.0)
        .when(defined.is_some() || line.form(comma + 1) == "in", 1.0)
        .when(
            line.any(start..head_end, &[Class::JudgmentAdjective])
                || line.is(head_end.saturating_sub(1), Class::JudgmentNoun),
            -0.9,
        )
        .when(line.count(&term) > 4, -0.6)
        .when(line.is(term.end - 1, Class::TermLabel) || line.is(term.end - 1, Class::JudgmentNoun), -1.5)
        .when(line.is(comma + 2, Class::PastCopula), -0.5)
        .when(
            line.is_capital(term.start) && (term.start > 0 || line.is_capital(term.end - 1) && line.count(&term) > 1),
            -0.7,
        );
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(term), sense, holder: None, weight })
}

/// Whether a word reads as a verb in the present: "carries".
fn is_present(line: &Line<'_>, at: usize) -> bool {
    let word = line.form(at);
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !line.is(at, Class::NoPresentVerb)
}

/// "the line-item veto, which allows a governor to …": told by what it does.
fn doing(line: &Line<'_>, comma: usize) -> Option<Candidate> {
    if line.form(comma + 1) != "which" {
        return None;
    }
    let told = line.listed(comma + 2, PhraseList::Doing).is_some();
    if !told && !is_present(line, comma + 2) {
        return None;
    }
    let term = line.term_before(comma)?;
    let sense = line.trim(comma + 2..line.clause_end(comma + 2));
    let weight = Weight(if told { 0.2 } else { 0.0 })
        .when(line.count(&term) > 4, -0.8)
        .when(line.is_capital(term.start) && term.start > 0, -0.4)
        .when(line.is(term.end - 1, Class::JudgmentNoun) || line.is(term.end - 1, Class::TermLabel), -1.0)
        .when(line.any(term.clone(), &[Class::JudgmentAdjective]), -0.8);
    (line.count(&sense) > 3).then_some(Candidate {
        kind: SenseKind::Stated,
        term: Named::Here(term),
        sense,
        holder: None,
        weight,
    })
}

/// "vertical integration, in which one company runs every step": told by what goes on there.
fn circumstance(line: &Line<'_>, comma: usize) -> Option<Candidate> {
    let start = line.listed(comma + 1, PhraseList::Circumstance)?;
    let term = line.term_before(comma).filter(|term| !is_predicate(line, term))?;
    let sense = line.trim(comma + 1..line.clause_end(start));
    let is_place = line.form(comma + 1) == "where";
    let generic = line.is(start, Class::IndefiniteArticle)
        || line.is_word(start) && !line.ends_noun_phrase(start) && !line.is_capital(start);
    let weight = Weight(0.1)
        .when(is_place, -0.4)
        .when(generic, 0.5)
        .when(line.is_capital(term.start) && term.start > 0, -0.8)
        .when(line.count(&term) > 4, -0.8)
        .when(line.is(term.end - 1, Class::JudgmentNoun) || line.is(term.end - 1, Class::TermLabel), -1.5);
    (line.count(&sense) > 4).then_some(Candidate {
        kind: SenseKind::Stated,
        term: Named::Here(term),
        sense,
        holder: None,
        weight,
    })
}

/// Whether only a lead stands before the comma: a phrase or clause that opens the sentence.
fn is_lead(line: &Line<'_>, comma: usize) -> bool {
    let opens = line.classes(0);
    [Class::Preposition, Class::Conjunction, Class::Adverb].iter().any(|&class| opens.has(class))
        && (0..comma).all(|at| match line.form(at) {
            "," => line.is(at + 1, Class::Conjunction),
            _ => ![Class::Copula, Class::Auxiliary, Class::FiniteVerb].iter().any(|&class| line.is(at, class)),
        })
}

/// "fertilization, the joining of …".
fn is_narrowed_definite(line: &Line<'_>, start: usize) -> bool {
    let end = (start + 1..line.len()).find(|&at| !line.is_word(at) || line.ends_noun_phrase(at));
    // "a bottle, the contents of which …" tells of a part.
    let tells = |end: usize| line.is(end, Class::NarrowingWord) && !line.is(end + 1, Class::PartPossessive);
    line.form(start) == "the" && end.is_some_and(|end| end <= start + 5 && tells(end))
}

/// Whether a noun phrase without an article stands at `start`, and a clause right behind it narrows it.
fn is_narrowed_plural(line: &Line<'_>, start: usize) -> bool {
    let end = (start..line.len()).find(|&at| !line.is_word(at) || line.ends_noun_phrase(at));
    end.is_some_and(|end| {
        (1..=4).contains(&(end - start))
            && line.form(end - 1).ends_with('s')
            && (line.is(end, Class::PluralNarrowing) || line.is(end + 1, Class::RelativeObject))
    })
}

/// "X — a …" and "X: a …" at the head of a sentence or item.
fn dash(line: &Line<'_>, mark: usize) -> Option<Candidate> {
    let start = mark + 1;
    let article = line.is(start, Class::IndefiniteArticle) || line.is(start, Class::DashArticle);
    // "generalists: species which live in …".
    let narrowed = is_narrowed_plural(line, start);
    if !article && !narrowed {
        return None;
    }
    let mut head = line.trim(0..mark);
    if line.is(head.start, Class::IndefiniteArticle) || line.form(head.start) == "the" {
        head.start += 1;
    }
    if line.is(head.start, Class::Caption) && line.count(&head) <= 2 {
        return None;
    }
    let is_plain = head.clone().all(|at| !line.ends_noun_phrase(at) || line.form(at) == "of");
    // Else the term stands right before the mark: "… by the coleoptile: the covering of the shoot tip."
    let opens = is_plain && (1..=6).contains(&line.count(&head));
    let is_hyphen = line.form(mark) == "-";
    let term = if opens { Some(head) } else { line.term_before(mark).filter(|_| !is_hyphen) }?;
    let end =
        (start..line.len()).find(|&at| matches!(line.form(at), "—" | "–")).unwrap_or_else(|| line.clause_end(start));
    let sense = line.trim(start..end);
    let genus = sense.clone().take(6).any(|at| line.is(at, Class::GenusNoun));
    let weight = Weight(if opens { -0.2 } else { -1.1 })
        .when(opens && line.is(start, Class::IndefiniteArticle), 0.3)
        .when(genus, 0.5)
        .when(line.any(sense.clone(), &[Class::RelativePronoun]), 0.5)
        .when(narrowed, 0.6)
        .when(line.form(start) != "when" && is_clause(line, &sense), -1.2)
        .when(line.count(&sense) < 3, -0.8)
        .when(
            sense.clone().take(5).any(|at| line.is(at, Class::JudgmentAdjective) || line.is(at, Class::JudgmentNoun)),
            -1.0,
        );
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(term), sense, holder: None, weight })
}
