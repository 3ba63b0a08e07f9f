//! What stands before a defining verb.

use std::ops::Range;

use ibid_language::Class;

use super::{
    Weight,
    line::{Line, ends_noun_phrase},
};

/// What stands before the verb, if it can be a term.
pub(super) struct Subject {
    pub(super) term: Range<usize>,
    pub(super) article: Article,
    /// It opens the sentence, but for a phrase such as "In logic,".
    pub(super) opens: bool,
    /// The sentence speaks of it as a word: "the term X", X in quotation marks.
    pub(super) is_word_as_such: bool,
    /// How many words the term has.
    pub(super) words: usize,
    /// How much it looks like the term of a definition.
    pub(super) weight: Weight,
}

/// What a noun phrase begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Article {
    /// Neither article.
    None,
    /// "a X".
    Indefinite,
    /// "the X".
    Definite,
    /// "the term X".
    Label,
}

impl Subject {
    /// The subject of the verb at `verb`.
    pub(super) fn before(line: &Line<'_>, verb: usize) -> Option<Self> {
        let end = before_adverbs(line, verb);
        let (start, opens) = clause_start(line, end);
        let (article, at) = article(line, start, end)?;
        let head = head_end(line, at, end);
        let quoted = line.opens_quote(at);
        let term = line.trim(at..head);
        let words = line.count(&term);
        if words == 0 || words > 9 || is_reference(line, &term) {
            return None;
        }
        let name = term.start + usize::from(is_ordinal_name(line, term.start))..term.end;
        if line.ends_noun_phrase(name.start) {
            return None;
        }
        // "the “sloppiness” statement is": of the statement.
        let in_marks = matches!(line.form(at), "\"" | "“" | "‘" | "„" | "«");
        let qualifies = in_marks && head < end && is_noun(line, head);
        if qualifies
            || !quoted && (is_clause(line, name) || is_interrupted(line, head, end) || is_unbalanced(line, &term))
        {
            return None;
        }
        let subordinate = [start, start.wrapping_sub(1)].iter().any(|&at| line.is(at, Class::SubordinatingConjunction));
        let winding = term.clone().skip(1).any(|at| line.ends_noun_phrase(at));
        let name = term.clone().filter(|&at| line.is_word(at)).all(|at| line.is_capital(at));
        let weight = article
            .weight()
            .when(quoted, 0.9)
            .when(opens, 0.4)
            .when(!opens, -0.5)
            .when(words >= 4, -0.6)
            .when(words >= 6, -0.6)
            .when(winding, -0.7)
            .when(name && words > 1, -0.2)
            .when(is_person(line, head..end), -1.2)
            .when(subordinate, -2.4)
            .when(words == 1 && !quoted && line.form(term.start).len() == 1, -1.5)
            .when(line.is(term.start, Class::OrderingAdjective), -0.9)
            .when(!quoted && points(line, &term), -2.4);
        let is_word_as_such = quoted || article == Article::Label;
        Some(Self { term, article, opens, is_word_as_such, words, weight })
    }
}

/// The end of the subject: before the adverbs, commas and modals in front of the verb ("X most often refers to").
fn before_adverbs(line: &Line<'_>, verb: usize) -> usize {
    let passes = |at: usize| {
        line.is(at, Class::Adverb)
            || line.form(at) == "most" && line.is(at + 1, Class::Adverb)
            || line.is(at, Class::PossibilityModal)
            || line.form(at) == ","
    };
    let mut end = verb;
    while end > 0 && passes(end - 1) {
        end -= 1;
    }
    end
}

/// The article at `start`, and where the term behind it begins. `None` if the phrase refers to something, so that it is
/// no term.
fn article(line: &Line<'_>, start: usize, end: usize) -> Option<(Article, usize)> {
    let (article, at) = if line.is(start, Class::IndefiniteArticle) {
        (Article::Indefinite, start + 1)
    } else if line.form(start) == "the" {
        (Article::Definite, start + 1)
    } else if line.any(start..start + 1, &[Class::Determiner, Class::Pronoun]) && !is_ordinal_name(line, start) {
        return None;
    } else {
        (Article::None, start)
    };
    // "the word X", but "word sense disambiguation".
    let speaks_of_words = article == Article::Definite || line.opens_quote(at + 1);
    let is_label = line.is(at, Class::TermLabel) && at + 1 < end && speaks_of_words;
    Some(if is_label { (Article::Label, at + 1) } else { (article, at) })
}

/// Whether a phrase of at least one word stands for something else: "[12] is a …", "France's is the …", "3 is …", "the
/// latter".
fn is_reference(line: &Line<'_>, term: &Range<usize>) -> bool {
    let is_one_word = line.count(term) == 1;
    line.form(term.start.wrapping_sub(1)) == "["
        || line.form(term.end.max(1) - 1).ends_with("'s")
        || is_one_word && (line.tokens[term.start].is_number() || line.is(term.start, Class::PointerNoun))
}

/// Whether a phrase holds words that only a clause has.
fn is_clause(line: &Line<'_>, name: Range<usize>) -> bool {
    let classes = [
        Class::Copula,
        Class::Auxiliary,
        Class::RelativePronoun,
        Class::Conjunction,
        Class::FiniteVerb,
        Class::Pronoun,
        Class::Determiner,
    ];
    line.any(name, &classes)
}

/// Whether other words than an aside come between the term, which ends at `head`, and the end of the subject.
fn is_interrupted(line: &Line<'_>, head: usize, end: usize) -> bool {
    let runs_on =
        line.any(head..end, &[Class::Copula, Class::Auxiliary, Class::Pronoun]) || line.form(head + 1).ends_with("ing");
    head < end && runs_on && !is_aside(line, head, end)
}

/// Whether a phrase has a closing bracket alone: "( 3 ) the price", an item's number.
fn is_unbalanced(line: &Line<'_>, term: &Range<usize>) -> bool {
    term.clone().any(|at| line.form(at) == ")") && !term.clone().any(|at| line.form(at) == "(")
}

/// Whether a word may be a noun, by all that is known of it.
fn is_noun(line: &Line<'_>, at: usize) -> bool {
    let classes = line.classes(at);
    let is_other = [
        Class::Adverb,
        Class::Preposition,
        Class::Conjunction,
        Class::RelativePronoun,
        Class::FiniteVerb,
        Class::NamingParticiple,
    ];
    line.is_word(at) && !ends_noun_phrase(classes) && !is_other.iter().any(|&class| classes.has(class))
}

/// Whether an ordinal begins the name of a kind: "second messengers are …", but not "the second messenger", "first".
fn is_ordinal_name(line: &Line<'_>, at: usize) -> bool {
    line.is(at, Class::Ordinal)
        && line.form(at + 1).ends_with('s')
        && !line.ends_noun_phrase(at + 1)
        && line.is(at + 2, Class::Copula)
}

/// Whether an aside behind a name gives the years of a life: "(1856 – 1939)".
fn is_person(line: &Line<'_>, mut aside: Range<usize>) -> bool {
    line.form(aside.start) == "(" && aside.any(|at| line.form(at) == "<year>")
}

impl Article {
    /// How much a phrase that begins so looks like the term of a definition.
    fn weight(self) -> Weight {
        Weight(match self {
            Self::None => 0.5,
            Self::Indefinite => 1.4,
            Self::Definite => -0.1,
            Self::Label => 2.0,
        })
    }
}

/// Whether a phrase points at something in the text rather than names a thing: it judges, or is headed by a word such as
/// "case" or "notion".
fn points(line: &Line<'_>, term: &Range<usize>) -> bool {
    let superlative = line.form(term.start).len() > 5 && line.form(term.start).ends_with("est");
    let head_end = term.clone().find(|&at| line.is(at, Class::Preposition)).unwrap_or(term.end);
    let head = line.classes(head_end.max(term.start + 1) - 1);
    let judged = line.any(term.clone(), &[Class::JudgmentAdjective]);
    superlative || judged || head.has(Class::JudgmentNoun) || head.has(Class::TermLabel)
}

/// Where the clause of the verb behind `end` begins, and whether it opens the sentence.
fn clause_start(line: &Line<'_>, end: usize) -> (usize, bool) {
    let mut start = 0;
    while start < end && !line.is_word(start) && !line.opens_quote(start) {
        start += 1;
    }
    // A part of a figure or list: "(a) A X is …".
    if start > 0 && line.form(start - 1) == "(" && line.form(start + 1) == ")" && start + 2 < end {
        start += 2;
    }
    // A list number: "3. X is …".
    if line.tokens[start].is_number() && matches!(line.form(start + 1), "." | ")") {
        start = (start + 2).min(end);
    }
    let mut opens = true;
    let mut depth = 0_i32;
    let first = start;
    for at in first..end {
        match line.form(at) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "," if depth == 0 && is_lead(line, start..at) => start = at + 1,
            ";" | ":" | "—" if depth == 0 => {
                start = at + 1;
                opens = false;
            }
            // "…, and X is …", "…, while Y is …".
            // But not "X, or Y, is …".
            word if depth == 0
                && at > start
                && word != "or"
                && line.is(at, Class::Conjunction)
                && line.form(at - 1) == "," =>
            {
                start = at + 1;
                opens = false;
            }
            "that" if depth == 0 && at > start => {
                start = at + 1;
                opens = false;
            }
            _ => {}
        }
    }
    if opens {
        start = behind_lead(line, first, start, end);
    }
    while start < end && (line.is(start, Class::Adverb) || line.form(start) == ",") {
        start += 1;
    }
    if line.is(start, Class::Conjunction) && start + 1 < end {
        start += 1;
    }
    (start.min(end), opens)
}

/// Where the subject begins behind a lead of several phrases ("In logic, computing and law, a X is") or one without a
/// comma ("In biology a X is"): at the last article that only such a lead stands before.
fn behind_lead(line: &Line<'_>, first: usize, start: usize, end: usize) -> usize {
    if !line.is(first, Class::Preposition)
        || line.any(first..end, &[Class::Copula, Class::Auxiliary, Class::FiniteVerb])
    {
        return start;
    }
    let opens_subject = |at: usize| {
        let article = line.is(at, Class::IndefiniteArticle) || line.form(at) == "the";
        let behind_comma = line.form(at - 1) == ",";
        let behind_noun = line.is_word(at - 1) && !line.ends_noun_phrase(at - 1);
        behind_comma && article || start == first && behind_noun && article
    };
    (start + 1..end).rev().find(|&at| opens_subject(at)).unwrap_or(start)
}

/// Whether what stands before a comma only leads in: "In mathematics", "For our purposes", "However".
fn is_lead(line: &Line<'_>, range: Range<usize>) -> bool {
    let words = line.count(&range);
    let joined = line.is(range.start, Class::Conjunction) && line.is(range.start + 1, Class::Preposition);
    let first = if joined { range.start + 1 } else { range.start };
    // "Founded in 1900, X is …".
    let happened = line.form(first).ends_with("ed") && line.is(first + 1, Class::Preposition) && words <= 8;
    happened
        || (line.is(first, Class::Preposition) && words <= 8)
        || (line.is(first, Class::Adverb) || line.is(first, Class::Conjunction)) && words <= 2
        || words == 1 && (!line.is_capital(first) || line.is(first, Class::LeadVerb))
}

/// Where the term itself ends: before a bracket, an aside, or "or".
fn head_end(line: &Line<'_>, start: usize, end: usize) -> usize {
    if line.opens_quote(start) {
        return (start + 1..end).find(|&at| line.closes_quote(at)).map_or(end, |at| at + 1);
    }
    (start + 1..end)
        .find(|&at| matches!(line.form(at), "(" | "[" | "," | "—" | "–") || line.form(at) == "or")
        .unwrap_or(end)
}

/// Whether a stretch is an aside: in brackets or between commas.
fn is_aside(line: &Line<'_>, start: usize, end: usize) -> bool {
    matches!(line.form(start), "(" | "[" | "," | "—" | "–" | "or")
        && (matches!(line.form(end.saturating_sub(1)), ")" | "]" | "," | "—" | "–") || line.form(end) == ",")
        || line.form(start) == "or"
}
