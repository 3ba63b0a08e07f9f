//! What stands behind "is".

use std::ops::Range;

use ibid_language::{Class, List};

use super::{Weight, line::Line, subject::Article};

/// What stands behind "is", if it can be a sense.
pub(super) struct Complement {
    /// The noun phrase that it begins with, the article included.
    pub(super) head: Range<usize>,
    /// A clause narrows it: "that …", "of …", "used to …".
    pub(super) narrowed: bool,
    /// How much it looks like a sense.
    pub(super) weight: Weight,
}

/// Whether a noun phrase without an article can be a sense: "are organisms that …" may define, "is energy transferred
/// from …" too; "is done", "is common in" never do.
fn is_bare_noun(line: &Line<'_>, head: &Range<usize>, narrowed: bool) -> bool {
    let (first, last) = (line.form(head.start), line.form(head.end - 1));
    // "are designing new systems", "is strongest in".
    let acts = first.len() > 5 && first.ends_with("ing") && line.is(head.start - 1, Class::ProgressiveCopula);
    // "robust when it rains"
    let is_quality = line.is(head.end, Class::ConditionOpener) && !last.ends_with('s');
    if acts || is_quality || first.len() > 5 && first.ends_with("est") {
        return false;
    }
    let classes = line.classes(head.end - 1);
    if classes.has(Class::JudgmentAdjective)
        || classes.has(Class::QualityAdjective)
        || last != "king"
            && line.ends_in(head.end - 1, List::OtherEnding)
            && !line.ends_in(head.end - 1, List::NounEnding)
    {
        return false;
    }
    last.ends_with('s') || line.is(head.end - 1, Class::GenusNoun) || narrowed && line.count(head) <= 3
}

/// Whether a participle that narrows the noun before it stands at `at`: "organelles enclosed by", "cells carrying out".
fn is_participle(line: &Line<'_>, at: usize) -> bool {
    let form = line.form(at);
    let by_ending = form.len() > 4 && (form.ends_with("ed") || form.ends_with("ing"));
    let goes_on = line.is(at + 1, Class::ParticipleComplement);
    by_ending && goes_on || line.is(at, Class::NarrowingParticiple)
}

/// Whether "one" counts what stands at `at`: "one hundred years", "one millionth of a metre".
fn is_measure(line: &Line<'_>, at: usize) -> bool {
    line.tokens[at].classes.has(Class::Quantity) || line.form(at).ends_with("th") && line.form(at + 1) == "of"
}

impl Complement {
    /// The complement under `sense`.
    pub(super) fn of(line: &Line<'_>, sense: &Range<usize>) -> Option<Self> {
        let opening = Opening::of(line, sense);
        if line.count(sense) < 2 || opening.is_bare() && line.ends_noun_phrase(sense.start) {
            return None;
        }
        let head = sense.start..noun_end(line, sense, opening);
        let narrowed = is_narrowed(line, head.end..sense.end);
        // "cells with thickened walls", "bones found in the ear".
        let described = line.is(head.end, Class::Preposition) || is_participle(line, head.end);
        let is_no_sense = opening.is_bare() && !is_bare_noun(line, &head, narrowed || described);
        if is_remark(line, sense, opening) || is_no_sense {
            return None;
        }
        let phrase = Phrase { head, narrowed, described };
        let weight = weight(line, sense, opening, &phrase);
        Some(Self { head: phrase.head, narrowed, weight })
    }
}

/// What a complement begins with.
#[derive(Clone, Copy)]
struct Opening {
    article: Article,
    /// "any", "those", "someone": a word that speaks of any thing of a kind.
    is_any: bool,
    /// "one of".
    is_one_of: bool,
}

impl Opening {
    fn of(line: &Line<'_>, sense: &Range<usize>) -> Self {
        let start = sense.start;
        let article = match line.form(start) {
            _ if line.is(start, Class::IndefiniteOpener) => Article::Indefinite,
            "the" => Article::Definite,
            // "is Odin's steed".
            owner if owner.ends_with("'s") => Article::Definite,
            _ => Article::None,
        };
        let is_one_of = line.form(start) == "one" && line.form(start + 1) == "of";
        let is_any = line.is(start, Class::AnyOpener) && start + 1 < sense.end;
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
    /// The article included.
    head: Range<usize>,
    /// A clause narrows it.
    narrowed: bool,
    /// A preposition or participle follows it.
    described: bool,
}

/// The end of the noun phrase at the start of `sense`.
fn noun_end(line: &Line<'_>, sense: &Range<usize>, opening: Opening) -> usize {
    // "a used car", but "energy transferred from".
    let first = sense.start + usize::from(!opening.is_bare());
    let ends = |at: usize| {
        !line.is_word(at) && line.form(at) != "-"
            || line.ends_noun_phrase(at) && !line.is(at, Class::Adverb)
            || at > first && is_participle(line, at)
    };
    (sense.start + 1..sense.end).find(|&at| ends(at)).unwrap_or(sense.end)
}

/// Whether a clause or phrase in `rest` narrows the noun phrase before it.
fn is_narrowed(line: &Line<'_>, mut rest: Range<usize>) -> bool {
    let start = rest.start;
    rest.any(|at| {
        line.is(at, Class::RelativePronoun) && line.form(at) != "where"
            || line.form(at) == "of" && at == start
            || line.is(at, Class::PurposeParticiple)
    })
}

/// Whether a complement says something of its subject rather than what it is.
fn is_remark(line: &Line<'_>, sense: &Range<usize>, opening: Opening) -> bool {
    let start = sense.start;
    let is_intensified = (start..start + 2).any(|at| line.is(at, Class::ComplementIntensifier));
    // "organisms are … if": says when, not what.
    let is_conditional = opening.article == Article::None && sense.clone().take(6).any(|at| line.form(at) == "if");
    // "is one such thing": it says of what kind it is, but not which.
    let is_another = line.form(start) == "another" && !line.is(start + 1, Class::TermLabel)
        || line.form(start) == "one"
            && line.is_word(start + 1)
            && !line.ends_noun_phrase(start + 1)
            && !is_measure(line, start + 1);
    let is_such = (start..start + 3).any(|at| line.form(at) == "such");
    is_intensified || is_another || is_such || is_conditional
}

/// How much a complement looks like a sense.
fn weight(line: &Line<'_>, sense: &Range<usize>, opening: Opening, phrase: &Phrase) -> Weight {
    let Phrase { ref head, narrowed, described } = *phrase;
    let (start, last, words) = (sense.start, head.end.saturating_sub(1), line.count(sense));
    let is_definite = opening.article == Article::Definite;
    // "the first measure to satisfy all": it singles out.
    let is_ranked = is_definite && line.is(start + 1, Class::RankOrdinal);
    // "are organisms that …"
    let is_kind = opening.is_bare() && line.form(last).ends_with('s');
    let is_name = line.is(last, Class::NameNoun);
    let is_superlative = sense.clone().take(3).any(|at| line.is(at, Class::SuperlativeDegree));
    Weight(opening.weight())
        .when(opening.is_one_of, -0.4)
        .when(is_kind && narrowed, 0.6)
        .when(line.any(head.start + 1..head.end, &[Class::GenusNoun]), 0.7)
        .when(is_name, 1.0)
        .when(line.is(last, Class::JudgmentNoun), -1.5)
        .when(!is_name && line.any(head.clone(), &[Class::JudgmentAdjective]), -0.9)
        .when(is_ranked, -0.7)
        .when(is_definite && words <= 4 && !is_name, -0.6)
        .when(narrowed, 1.0)
        .when(described && !narrowed, 0.5)
        .when(is_superlative, -0.4)
        .when(line.form(start) == "the" && line.form(start + 1) == "same", -1.2)
        .when(line.is(last, Class::ExampleNoun), -0.8)
        .when(words <= 3, -0.9)
        .when(words >= 45, -0.4)
        .when(sense.clone().take(14).any(|at| line.tokens[at].is_number()), -0.5)
        .when(sense.clone().any(|at| line.is(at, Class::ComplementPerson)), -1.2)
}
