//! What stands behind "is".

use std::ops::Range;

use ibid_language::{Class, List};

use super::{
    Weight,
    line::{Line, ends_noun_phrase},
    subject::Article,
};

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
        let start = sense.start;
        let words = line.count(sense);
        let article = match line.form(start) {
            _ if line.is(start, Class::IndefiniteOpener) => Article::Indefinite,
            "the" => Article::Definite,
            // "is Odin's steed".
            owner if owner.ends_with("'s") => Article::Definite,
            _ => Article::None,
        };
        let any = line.is(start, Class::AnyOpener) && start + 1 < sense.end;
        let one_of = line.form(start) == "one" && line.form(start + 1) == "of";
        let classes = line.classes(start);
        if words < 2 || article == Article::None && !any && ends_noun_phrase(classes) {
            return None;
        }
        // "a used car", but "energy transferred from".
        let first = if article == Article::None && !any { start } else { start + 1 };
        let noun_end = (start + 1..sense.end)
            .find(|&at| {
                !line.is_word(at) && line.form(at) != "-"
                    || line.ends_noun_phrase(at) && !line.is(at, Class::Adverb)
                    || at > first && is_participle(line, at)
            })
            .unwrap_or(sense.end);
        let head = start..noun_end;
        let last = noun_end.saturating_sub(1);
        let narrowed = (noun_end..sense.end).any(|at| {
            line.is(at, Class::RelativePronoun) && line.form(at) != "where"
                || line.form(at) == "of" && at == noun_end
                || line.is(at, Class::PurposeParticiple)
        });
        // "cells with thickened walls", "bones found in the ear".
        let described = line.is(noun_end, Class::Preposition) || is_participle(line, noun_end);
        // "the first measure to satisfy all": it singles out.
        let ranked = article == Article::Definite && line.is(start + 1, Class::RankOrdinal);
        // "organisms are … if": says when, not what.
        let conditional = article == Article::None && sense.clone().take(6).any(|at| line.form(at) == "if");
        let short = article == Article::Definite && words <= 4;
        let superlative = sense.clone().take(3).any(|at| line.is(at, Class::SuperlativeDegree));
        let intensified = (start..start + 2).any(|at| line.is(at, Class::ComplementIntensifier));
        // "is one such thing": it says of what kind it is, but not which.
        let another = line.form(start) == "another" && !line.is(start + 1, Class::TermLabel)
            || line.form(start) == "one"
                && line.is_word(start + 1)
                && !line.ends_noun_phrase(start + 1)
                && !is_measure(line, start + 1);
        let such = another || (start..start + 3).any(|at| line.form(at) == "such");
        if intensified
            || such
            || conditional
            || article == Article::None && !any && !is_bare_noun(line, &head, narrowed || described)
        {
            return None;
        }
        let head_noun = line.form(last);
        let naming = line.is(last, Class::NameNoun);
        let genus = line.any(head.start + 1..head.end, &[Class::GenusNoun]);
        // "are organisms that …"
        let is_kind = article == Article::None && !any && head_noun.ends_with('s');
        let article = match article {
            Article::Indefinite => 0.8,
            Article::Definite => 0.5,
            _ if any && !one_of => 0.6,
            _ if any => 0.0,
            _ => -0.2,
        };
        let weight = Weight(article)
            .when(one_of, -0.4)
            .when(is_kind && narrowed, 0.6)
            .when(genus, 0.7)
            .when(naming, 1.0)
            .when(line.is(last, Class::JudgmentNoun), -1.5)
            .when(!naming && line.any(head.clone(), &[Class::JudgmentAdjective]), -0.9)
            .when(ranked, -0.7)
            .when(short && !naming, -0.6)
            .when(narrowed, 1.0)
            .when(described && !narrowed, 0.5)
            .when(superlative, -0.4)
            .when(line.form(start) == "the" && line.form(start + 1) == "same", -1.2)
            .when(line.is(last, Class::ExampleNoun), -0.8)
            .when(words <= 3, -0.9)
            .when(words >= 45, -0.4)
            .when(sense.clone().take(14).any(|at| line.tokens[at].is_number()), -0.5)
            .when(sense.clone().any(|at| line.is(at, Class::ComplementPerson)), -1.2);
        Some(Self { head, narrowed, weight })
    }
}
