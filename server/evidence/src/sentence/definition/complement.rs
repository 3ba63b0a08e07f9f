//! What stands behind "is".

use std::ops::Range;

use ibid_language::Class;

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
    const NOUNS: [&str; 3] = ["ment", "ance", "ence"];
    const NO_NOUNS: [&str; 14] =
        ["ed", "ing", "ly", "able", "ible", "ful", "ous", "ive", "less", "al", "ic", "en", "ent", "ant"];
    let (first, last) = (line.form(head.start), line.form(head.end - 1));
    // "are designing new systems", "is strongest in".
    let acts = first.len() > 5 && first.ends_with("ing") && matches!(line.form(head.start - 1), "are" | "was" | "were");
    // "robust when it rains"
    let is_quality = matches!(line.form(head.end), "when" | "whenever" | "if") && !last.ends_with('s');
    if acts || is_quality || first.len() > 5 && first.ends_with("est") {
        return false;
    }
    let classes = line.classes(head.end - 1);
    if classes.has(Class::JudgmentAdjective)
        || classes.has(Class::QualityAdjective)
        || last != "king"
            && NO_NOUNS.iter().any(|end| last.ends_with(end))
            && !NOUNS.iter().any(|end| last.ends_with(end))
    {
        return false;
    }
    last.ends_with('s') || line.is(head.end - 1, Class::GenusNoun) || narrowed && line.count(head) <= 3
}

/// Whether a participle that narrows the noun before it stands at `at`: "organelles enclosed by", "cells carrying out".
fn is_participle(line: &Line<'_>, at: usize) -> bool {
    let form = line.form(at);
    let by_ending = form.len() > 4 && (form.ends_with("ed") || form.ends_with("ing"));
    let goes_on = matches!(
        line.form(at + 1),
        "by" | "in"
            | "on"
            | "at"
            | "to"
            | "for"
            | "from"
            | "with"
            | "of"
            | "as"
            | "out"
            | "under"
            | "between"
            | "within"
    );
    by_ending && goes_on || matches!(form, "found" | "made" | "built" | "held" | "known" | "responsible" | "capable")
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
            "a" | "an" | "another" => Article::Indefinite,
            "the" => Article::Definite,
            // "is Odin's steed".
            owner if owner.ends_with("'s") => Article::Definite,
            _ => Article::None,
        };
        let any = matches!(
            line.form(start),
            "any" | "those" | "one" | "either" | "someone" | "somebody" | "anyone" | "anything" | "something"
        ) && start + 1 < sense.end;
        let one_of = line.phrase(start, "one of").is_some();
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
                || matches!(
                    line.form(at),
                    "used"
                        | "designed"
                        | "intended"
                        | "consisting"
                        | "made"
                        | "containing"
                        | "based"
                        | "involving"
                        | "having"
                        | "formed"
                        | "caused"
                        | "defined"
                )
        });
        // "cells with thickened walls", "bones found in the ear".
        let described = line.is(noun_end, Class::Preposition) || is_participle(line, noun_end);
        // "the first measure to satisfy all": it singles out.
        let ranked = article == Article::Definite
            && matches!(line.form(start + 1), "first" | "second" | "third" | "last" | "next" | "only");
        // "organisms are … if": says when, not what.
        let conditional = article == Article::None && sense.clone().take(6).any(|at| line.form(at) == "if");
        let short = article == Article::Definite && words <= 4;
        let superlative =
            sense.clone().take(3).any(|at| matches!(line.form(at), "most" | "least" | "greatest" | "finest"));
        let intensified =
            (start..start + 2).any(|at| matches!(line.form(at), "too" | "more" | "less" | "so" | "far" | "much"));
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
        let naming = matches!(head_noun, "name" | "term" | "word" | "acronym" | "abbreviation" | "label" | "title");
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
            .when(line.phrase(start, "the same").is_some(), -1.2)
            .when(matches!(head_noun, "example" | "examples"), -0.8)
            .when(words <= 3, -0.9)
            .when(words >= 45, -0.4)
            .when(sense.clone().take(14).any(|at| line.tokens[at].is_number()), -0.5)
            .when(sense.clone().any(|at| matches!(line.form(at), "i" | "my" | "me" | "i'm" | "i've")), -1.2);
        Some(Self { head, narrowed, weight })
    }
}
