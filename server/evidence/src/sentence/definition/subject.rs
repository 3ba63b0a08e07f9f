//! The subject of a defining verb.

use std::ops::Range;

use ibid_language::Class;

use super::{
    Weight,
    tagged_sentence::{TaggedSentence, ends_noun_phrase},
};

/// The subject of a verb, if it can be a term.
pub(super) struct Subject {
    pub(super) term: Range<usize>,
    pub(super) article: Article,
    /// Whether it opens the sentence, apart from a phrase such as "In logic,".
    pub(super) opens: bool,
    /// Whether the sentence mentions it as a word: "the term X", X in quotation marks.
    pub(super) is_mentioned: bool,
    /// The number of words in the term.
    pub(super) words: usize,
    /// How much it looks like the term of a definition.
    pub(super) weight: Weight,
}

/// The article of a noun phrase.
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
    pub(super) fn before(sentence: &TaggedSentence<'_>, verb: usize) -> Option<Self> {
        let end = subject_end(sentence, verb);
        let (start, opens) = clause_start(sentence, end);
        let (article, at) = article(sentence, start, end)?;
        let head = head_end(sentence, at, end);
        let quoted = sentence.opens_quote(at);
        let term = sentence.trim(at..head);
        let words = sentence.count(&term);
        if words == 0 || words > 9 || is_reference(sentence, &term) {
            return None;
        }
        let name = term.start + usize::from(is_ordinal_name(sentence, term.start))..term.end;
        if sentence.ends_noun_phrase(name.start) {
            return None;
        }
        // "the “sloppiness” statement is": the subject is the statement.
        let in_marks = matches!(sentence.form(at), "\"" | "“" | "‘" | "„" | "«");
        let is_modifier = in_marks && head < end && is_noun(sentence, head);
        if is_modifier
            || !quoted
                && (is_clause(sentence, name) || is_interrupted(sentence, head, end) || is_unbalanced(sentence, &term))
        {
            return None;
        }
        let subordinate =
            [start, start.wrapping_sub(1)].iter().any(|&at| sentence.is(at, Class::SubordinatingConjunction));
        let is_complex = term.clone().skip(1).any(|at| sentence.ends_noun_phrase(at));
        let name = term.clone().filter(|&at| sentence.is_word(at)).all(|at| sentence.is_capital(at));
        let weight = article
            .weight()
            .when(quoted, 0.9)
            .when(opens, 0.4)
            .when(!opens, -0.5)
            .when(words >= 4, -0.6)
            .when(words >= 6, -0.6)
            .when(is_complex, -0.7)
            .when(name && words > 1, -0.2)
            .when(is_person(sentence, head..end), -1.2)
            .when(subordinate, -2.4)
            .when(words == 1 && !quoted && sentence.form(term.start).len() == 1, -1.5)
            .when(sentence.is(term.start, Class::OrderingAdjective), -0.9)
            .when(!quoted && refers(sentence, &term), -2.4);
        let is_mentioned = quoted || article == Article::Label;
        Some(Self { term, article, opens, is_mentioned, words, weight })
    }
}

/// The index where the subject ends: before the adverbs, commas and modals in front of the verb ("X most often refers
/// to").
fn subject_end(sentence: &TaggedSentence<'_>, verb: usize) -> usize {
    let passes = |at: usize| {
        sentence.is(at, Class::Adverb)
            || sentence.form(at) == "most" && sentence.is(at + 1, Class::Adverb)
            || sentence.is(at, Class::PossibilityModal)
            || sentence.form(at) == ","
    };
    let mut end = verb;
    while end > 0 && passes(end - 1) {
        end -= 1;
    }
    end
}

/// The article at `start`, and the index where the term after it begins. `None` if the phrase refers to a particular
/// thing, so that it is no term.
fn article(sentence: &TaggedSentence<'_>, start: usize, end: usize) -> Option<(Article, usize)> {
    let (article, at) = if sentence.is(start, Class::IndefiniteArticle) {
        (Article::Indefinite, start + 1)
    } else if sentence.form(start) == "the" {
        (Article::Definite, start + 1)
    } else if sentence.any(start..start + 1, &[Class::Determiner, Class::Pronoun]) && !is_ordinal_name(sentence, start)
    {
        return None;
    } else {
        (Article::None, start)
    };
    // "the word X", but "word sense disambiguation".
    let can_be_label = article == Article::Definite || sentence.opens_quote(at + 1);
    let is_label = sentence.is(at, Class::TermLabel) && at + 1 < end && can_be_label;
    Some(if is_label { (Article::Label, at + 1) } else { (article, at) })
}

/// Whether a phrase refers to something else: "`[12]` is a …", "France's is the …", "3 is …", "the latter".
/// It has at least one word.
fn is_reference(sentence: &TaggedSentence<'_>, term: &Range<usize>) -> bool {
    let is_one_word = sentence.count(term) == 1;
    sentence.form(term.start.wrapping_sub(1)) == "["
        || sentence.form(term.end.max(1) - 1).ends_with("'s")
        || is_one_word && (sentence.tokens[term.start].is_number() || sentence.is(term.start, Class::PointerNoun))
}

/// Whether a phrase contains words that only a clause has.
fn is_clause(sentence: &TaggedSentence<'_>, name: Range<usize>) -> bool {
    let classes = [
        Class::Copula,
        Class::Auxiliary,
        Class::RelativePronoun,
        Class::Conjunction,
        Class::FiniteVerb,
        Class::Pronoun,
        Class::Determiner,
    ];
    sentence.any(name, &classes)
}

/// Whether there are words other than an aside between the term, which ends at `head`, and the end of the subject.
fn is_interrupted(sentence: &TaggedSentence<'_>, head: usize, end: usize) -> bool {
    let runs_on = sentence.any(head..end, &[Class::Copula, Class::Auxiliary, Class::Pronoun])
        || sentence.form(head + 1).ends_with("ing");
    head < end && runs_on && !is_aside(sentence, head, end)
}

/// Whether a phrase has a closing bracket without its opening one, as in the number of a list item.
fn is_unbalanced(sentence: &TaggedSentence<'_>, term: &Range<usize>) -> bool {
    term.clone().any(|at| sentence.form(at) == ")") && !term.clone().any(|at| sentence.form(at) == "(")
}

/// Whether a word may be a noun: nothing shows that it is another part of speech.
fn is_noun(sentence: &TaggedSentence<'_>, at: usize) -> bool {
    let classes = sentence.classes(at);
    let other_classes = [
        Class::Adverb,
        Class::Preposition,
        Class::Conjunction,
        Class::RelativePronoun,
        Class::FiniteVerb,
        Class::NamingParticiple,
    ];
    sentence.is_word(at) && !ends_noun_phrase(classes) && !other_classes.iter().any(|&class| classes.has(class))
}

/// Whether an ordinal begins the name of a kind: "second messengers are …", but not "the second messenger", "first".
fn is_ordinal_name(sentence: &TaggedSentence<'_>, at: usize) -> bool {
    sentence.is(at, Class::Ordinal)
        && sentence.form(at + 1).ends_with('s')
        && !sentence.ends_noun_phrase(at + 1)
        && sentence.is(at + 2, Class::Copula)
}

/// Whether an aside after a name gives the years of a life: "(1856 – 1939)".
fn is_person(sentence: &TaggedSentence<'_>, mut aside: Range<usize>) -> bool {
    sentence.form(aside.start) == "(" && aside.any(|at| sentence.form(at) == "<year>")
}

impl Article {
    /// How much a phrase with this article looks like the term of a definition.
    fn weight(self) -> Weight {
        Weight(match self {
            Self::None => 0.5,
            Self::Indefinite => 1.4,
            Self::Definite => -0.1,
            Self::Label => 2.0,
        })
    }
}

/// Whether a phrase refers to something in the text rather than names a thing: it judges, or its head is a word such as
/// "case" or "notion".
fn refers(sentence: &TaggedSentence<'_>, term: &Range<usize>) -> bool {
    let superlative = sentence.form(term.start).len() > 5 && sentence.form(term.start).ends_with("est");
    let head_end = term.clone().find(|&at| sentence.is(at, Class::Preposition)).unwrap_or(term.end);
    let head = sentence.classes(head_end.max(term.start + 1) - 1);
    let judged = sentence.any(term.clone(), &[Class::JudgmentAdjective]);
    superlative || judged || head.has(Class::JudgmentNoun) || head.has(Class::TermLabel)
}

/// The index where the clause that contains `end` begins, and whether the clause opens the sentence.
fn clause_start(sentence: &TaggedSentence<'_>, end: usize) -> (usize, bool) {
    let mut start = 0;
    while start < end && !sentence.is_word(start) && !sentence.opens_quote(start) {
        start += 1;
    }
    // The label of a list item: "(a) A X is …".
    if start > 0 && sentence.form(start - 1) == "(" && sentence.form(start + 1) == ")" && start + 2 < end {
        start += 2;
    }
    // A list number: "3. X is …".
    if sentence.tokens[start].is_number() && matches!(sentence.form(start + 1), "." | ")") {
        start = (start + 2).min(end);
    }
    let mut opens = true;
    let mut depth = 0_i32;
    let first = start;
    for at in first..end {
        match sentence.form(at) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "," if depth == 0 && is_lead(sentence, start..at) => start = at + 1,
            ";" | ":" | "—" if depth == 0 => {
                start = at + 1;
                opens = false;
            }
            // "…, and X is …", "…, while Y is …", but not "X, or Y, is …".
            word if depth == 0
                && at > start
                && word != "or"
                && sentence.is(at, Class::Conjunction)
                && sentence.form(at - 1) == "," =>
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
        start = after_lead(sentence, first, start, end);
    }
    while start < end && (sentence.is(start, Class::Adverb) || sentence.form(start) == ",") {
        start += 1;
    }
    if sentence.is(start, Class::Conjunction) && start + 1 < end {
        start += 1;
    }
    (start.min(end), opens)
}

/// The index where the subject begins after a lead of several phrases ("In logic, computing and law, a X is") or one
/// without a comma ("In biology a X is"): the last article that follows such a lead.
fn after_lead(sentence: &TaggedSentence<'_>, first: usize, start: usize, end: usize) -> usize {
    if !sentence.is(first, Class::Preposition)
        || sentence.any(first..end, &[Class::Copula, Class::Auxiliary, Class::FiniteVerb])
    {
        return start;
    }
    let opens_subject = |at: usize| {
        let article = sentence.is(at, Class::IndefiniteArticle) || sentence.form(at) == "the";
        let after_comma = sentence.form(at - 1) == ",";
        let after_noun = sentence.is_word(at - 1) && !sentence.ends_noun_phrase(at - 1);
        after_comma && article || start == first && after_noun && article
    };
    (start + 1..end).rev().find(|&at| opens_subject(at)).unwrap_or(start)
}

/// Whether the words before a comma are a lead: "In mathematics", "For our purposes", "However".
fn is_lead(sentence: &TaggedSentence<'_>, range: Range<usize>) -> bool {
    let words = sentence.count(&range);
    let joined = sentence.is(range.start, Class::Conjunction) && sentence.is(range.start + 1, Class::Preposition);
    let first = if joined { range.start + 1 } else { range.start };
    // "Founded in 1900, X is …".
    let is_participle =
        sentence.form(first).ends_with("ed") && sentence.is(first + 1, Class::Preposition) && words <= 8;
    is_participle
        || (sentence.is(first, Class::Preposition) && words <= 8)
        || (sentence.is(first, Class::Adverb) || sentence.is(first, Class::Conjunction)) && words <= 2
        || words == 1 && (!sentence.is_capital(first) || sentence.is(first, Class::LeadVerb))
}

/// The index where the term itself ends: before a bracket, an aside, or "or".
fn head_end(sentence: &TaggedSentence<'_>, start: usize, end: usize) -> usize {
    if sentence.opens_quote(start) {
        return (start + 1..end).find(|&at| sentence.closes_quote(at)).map_or(end, |at| at + 1);
    }
    (start + 1..end)
        .find(|&at| matches!(sentence.form(at), "(" | "[" | "," | "—" | "–") || sentence.form(at) == "or")
        .unwrap_or(end)
}

/// Whether a range is an aside: in brackets, between commas or dashes, or after "or".
fn is_aside(sentence: &TaggedSentence<'_>, start: usize, end: usize) -> bool {
    matches!(sentence.form(start), "(" | "[" | "," | "—" | "–" | "or")
        && (matches!(sentence.form(end.saturating_sub(1)), ")" | "]" | "," | "—" | "–") || sentence.form(end) == ",")
        || sentence.form(start) == "or"
}
