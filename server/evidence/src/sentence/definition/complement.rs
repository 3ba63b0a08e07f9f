//! The complement of "is".

use std::ops::Range;

use ibid_language::{Class, List};

use super::{Weight, subject::Article, tagged_sentence::TaggedSentence};

/// The complement of "is", if it can be a sense.
pub(super) struct Complement {
    /// The noun phrase that it begins with, with its article.
    pub(super) head: Range<usize>,
    /// Whether a clause or phrase narrows it: "that …", "of …", "used to …".
    pub(super) narrowed: bool,
    /// How much it looks like a sense.
    pub(super) weight: Weight,
}

/// Whether a phrase without an article is a noun phrase that can be a sense. "Are organisms that …" and "is energy
/// transferred from …" may define; "is done" and "is common in" never do.
fn is_bare_noun(sentence: &TaggedSentence<'_>, head: &Range<usize>, narrowed: bool) -> bool {
    let (first, last) = (sentence.form(head.start), sentence.form(head.end - 1));
    // "are designing new systems", "is strongest in".
    let is_action = first.len() > 5 && first.ends_with("ing") && sentence.is(head.start - 1, Class::ProgressiveCopula);
    // "robust when it rains"
    let is_quality = sentence.is(head.end, Class::ConditionOpener) && !last.ends_with('s');
    if is_action || is_quality || first.len() > 5 && first.ends_with("est") {
        return false;
    }
    let classes = sentence.classes(head.end - 1);
    if classes.has(Class::JudgmentAdjective)
        || classes.has(Class::QualityAdjective)
        || last != "king"
            && sentence.ends_in(head.end - 1, List::OtherEnding)
            && !sentence.ends_in(head.end - 1, List::NounEnding)
    {
        return false;
    }
    last.ends_with('s') || sentence.is(head.end - 1, Class::GenusNoun) || narrowed && sentence.count(head) <= 3
}

/// Whether the word at `at` is a participle that narrows the noun before it: "organelles enclosed by", "cells carrying
/// out".
fn is_participle(sentence: &TaggedSentence<'_>, at: usize) -> bool {
    let form = sentence.form(at);
    let by_ending = form.len() > 4 && (form.ends_with("ed") || form.ends_with("ing"));
    let goes_on = sentence.is(at + 1, Class::ParticipleComplement);
    by_ending && goes_on || sentence.is(at, Class::NarrowingParticiple)
}

/// Whether the word at `at` makes "one" a number: "one hundred years", "one millionth of a metre".
fn is_measure(sentence: &TaggedSentence<'_>, at: usize) -> bool {
    sentence.tokens[at].classes.has(Class::Quantity)
        || sentence.form(at).ends_with("th") && sentence.form(at + 1) == "of"
}

impl Complement {
    /// The complement under `sense`.
    pub(super) fn of(sentence: &TaggedSentence<'_>, sense: &Range<usize>) -> Option<Self> {
        let opening = Opening::of(sentence, sense);
        if sentence.count(sense) < 2 || opening.is_bare() && sentence.ends_noun_phrase(sense.start) {
            return None;
        }
        let head = sense.start..noun_end(sentence, sense, opening);
        let narrowed = is_narrowed(sentence, head.end..sense.end);
        // "cells with thickened walls", "bones found in the ear".
        let described = sentence.is(head.end, Class::Preposition) || is_participle(sentence, head.end);
        let cannot_be_sense = opening.is_bare() && !is_bare_noun(sentence, &head, narrowed || described);
        if is_remark(sentence, sense, opening) || cannot_be_sense {
            return None;
        }
        let phrase = Phrase { head, narrowed, described };
        let weight = weight(sentence, sense, opening, &phrase);
        Some(Self { head: phrase.head, narrowed, weight })
    }
}

/// The first words of a complement.
#[derive(Clone, Copy)]
struct Opening {
    article: Article,
    /// Whether it begins with a word for any thing of a kind: "any", "those", "someone".
    is_any: bool,
    /// Whether it begins with "one of".
    is_one_of: bool,
}

impl Opening {
    fn of(sentence: &TaggedSentence<'_>, sense: &Range<usize>) -> Self {
        let start = sense.start;
        let article = match sentence.form(start) {
            _ if sentence.is(start, Class::IndefiniteOpener) => Article::Indefinite,
            "the" => Article::Definite,
            // "is Odin's steed".
            owner if owner.ends_with("'s") => Article::Definite,
            _ => Article::None,
        };
        let is_one_of = sentence.form(start) == "one" && sentence.form(start + 1) == "of";
        let is_any = sentence.is(start, Class::AnyOpener) && start + 1 < sense.end;
        Self { article, is_any, is_one_of }
    }

    /// Whether a noun phrase begins without a determiner.
    fn is_bare(self) -> bool {
        self.article == Article::None && !self.is_any
    }

    fn weight(self) -> f32 {
        match self.article {
            Article::Indefinite => 0.8,
            Article::Definite => 0.5,
            _ if self.is_any && !self.is_one_of => 0.6,
            _ if self.is_any => 0.0,
            _ => -0.2,
        }
    }
}

/// The noun phrase that a complement begins with.
struct Phrase {
    /// Its tokens, with the article.
    head: Range<usize>,
    /// Whether a clause narrows it.
    narrowed: bool,
    /// Whether a preposition or participle follows it.
    described: bool,
}

/// The end of the noun phrase at the start of `sense`.
fn noun_end(sentence: &TaggedSentence<'_>, sense: &Range<usize>, opening: Opening) -> usize {
    // "a used car", but "energy transferred from".
    let first = sense.start + usize::from(!opening.is_bare());
    let ends = |at: usize| {
        !sentence.is_word(at) && sentence.form(at) != "-"
            || sentence.ends_noun_phrase(at) && !sentence.is(at, Class::Adverb)
            || at > first && is_participle(sentence, at)
    };
    (sense.start + 1..sense.end).find(|&at| ends(at)).unwrap_or(sense.end)
}

/// Whether a clause or phrase in `rest` narrows the noun phrase before it.
fn is_narrowed(sentence: &TaggedSentence<'_>, mut rest: Range<usize>) -> bool {
    let start = rest.start;
    rest.any(|at| {
        sentence.is(at, Class::RelativePronoun) && sentence.form(at) != "where"
            || sentence.form(at) == "of" && at == start
            || sentence.is(at, Class::PurposeParticiple)
    })
}

/// Whether a complement says something about its subject rather than what the subject is.
fn is_remark(sentence: &TaggedSentence<'_>, sense: &Range<usize>, opening: Opening) -> bool {
    let start = sense.start;
    let is_intensified = (start..start + 2).any(|at| sentence.is(at, Class::ComplementIntensifier));
    // "organisms are … if" says when, not what.
    let is_conditional = opening.article == Article::None && sense.clone().take(6).any(|at| sentence.form(at) == "if");
    // "is one such thing" gives the kind only.
    let is_another = sentence.form(start) == "another" && !sentence.is(start + 1, Class::TermLabel)
        || sentence.form(start) == "one"
            && sentence.is_word(start + 1)
            && !sentence.ends_noun_phrase(start + 1)
            && !is_measure(sentence, start + 1);
    let is_such = (start..start + 3).any(|at| sentence.form(at) == "such");
    is_intensified || is_another || is_such || is_conditional
}

/// How much a complement looks like a sense.
fn weight(sentence: &TaggedSentence<'_>, sense: &Range<usize>, opening: Opening, phrase: &Phrase) -> Weight {
    let Phrase { ref head, narrowed, described } = *phrase;
    let (start, last, words) = (sense.start, head.end.saturating_sub(1), sentence.count(sense));
    let is_definite = opening.article == Article::Definite;
    // "the first measure to satisfy all" singles out one thing.
    let is_ranked = is_definite && sentence.is(start + 1, Class::RankOrdinal);
    // "are organisms that …"
    let is_kind = opening.is_bare() && sentence.form(last).ends_with('s');
    let is_name = sentence.is(last, Class::NameNoun);
    let is_superlative = sense.clone().take(3).any(|at| sentence.is(at, Class::SuperlativeDegree));
    Weight(opening.weight())
        .when(opening.is_one_of, -0.4)
        .when(is_kind && narrowed, 0.6)
        .when(sentence.any(head.start + 1..head.end, &[Class::GenusNoun]), 0.7)
        .when(is_name, 1.0)
        .when(sentence.is(last, Class::JudgmentNoun), -1.5)
        .when(!is_name && sentence.any(head.clone(), &[Class::JudgmentAdjective]), -0.9)
        .when(is_ranked, -0.7)
        .when(is_definite && words <= 4 && !is_name, -0.6)
        .when(narrowed, 1.0)
        .when(described && !narrowed, 0.5)
        .when(is_superlative, -0.4)
        .when(sentence.form(start) == "the" && sentence.form(start + 1) == "same", -1.2)
        .when(sentence.is(last, Class::ExampleNoun), -0.8)
        .when(words <= 3, -0.9)
        .when(words >= 45, -0.4)
        .when(sense.clone().take(14).any(|at| sentence.tokens[at].is_number()), -0.5)
        .when(sense.clone().any(|at| sentence.is(at, Class::ComplementPerson)), -1.2)
}
