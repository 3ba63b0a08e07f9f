//! `claim-uncited`

use std::sync::Arc;

use ibid_corpus::{Severity, Strictness};
use ibid_evidence::{CheckWorthiness, SenseKind, annotate_sentence, check_worthiness};
use ibid_language::{Class, Language, PhraseList};
use ibid_note::Statement;
use ibid_text::{Span, words};

use super::{Rule, claim_fixes};
use crate::analysis::{
    checked_note::CheckedNote,
    finding::{Code, Finding, Related},
    place::Place,
    provenance::is_beside_a_figure,
    support::{Basis, may_claim, related_passages},
};

pub(super) const RULE: Rule = Rule {
    code: Code::ClaimUncited,
    name: "claim-uncited",
    severity: Severity::Warning,
    summary: "A checkable claim cites no source.",
    documentation: r"## What it does

Reports a sentence without a source that says what others counted, found, said or are like. The sentence must be a plain
assertion, and it must have enough signs that a reader would ask for a source. Some signs are enough alone: a share or an
amount, in figures or in words (“one in five adults”), research (“studies show”), unattributed reports (“often reported”), what
people say (“users keep asking”). Others are enough only together: what most of a kind are like, how much faster one thing is
than another, a date with who did it, how rarely something happens, the effect of something, what many do in practice. Figures
near the writer's own experiments, right after a sentence about “we” or “you”, or of a program and its settings, count as what
the writer or reader can see.

`[claims] strictness` sets how many signs it takes. The project's authors labelled 2,375 sentences (tests/labels/claims.md);
for 65 of them a reader would ask for a source. `tests/labels/claims.py` prints precision and recall on these sentences:

| strictness | precision | recall |
|---|---|---|
| `relaxed` | .75 (6 of 8) | .09 |
| `standard` | .81 (30 of 37) | .46 |
| `strict` | .51 (40 of 79) | .62 |

On the half of them that was held out, `standard` has a precision of .67 (10 of 15) and a recall of .37 (10 of 27).

Real notes are harder. In twelve public collections of notes and manuals without sources, 11.4 million words, the rule reported
177 sentences. Of 40 drawn at random and read by one of the authors, 21 ask for a source (.53, 95 % interval .37 to .67): 20 of 28
from notes and proposals, 1 of 12 from a manual of a programming tool. Set the severity to `information` or `off` for manuals.

A sentence is supported by a citation in it, at the end of its paragraph or list item, or in the list item above it; by a
printed reference (“(Smith, 2019)”, “[12]”); by a quotation in it or directly below it that is in a source; by a table, chart or
picture beside it; and by the one work that its note or its section is about. The work of a note is told by its front matter
(`source`, `url`, `citekey`, `doi`, `isbn` …), by a name that is a citation key, by a folder of books or papers, or by a link or
label of the work at its head; that of a section by a heading that is or links a work. The writer's own views, questions, plans,
instructions, definitions, examples, hypotheses and stories need no source. A sentence that is still being typed is not reported.

Up to three related passages of the sources are shown, each with a fix that cites it.

## Why it matters

A figure without a source is copied from note to note until nobody knows whether it was measured, guessed or misread.

## Fires

```
//- /sources/page.txt
A page about something else.
//- /notes/note.md
More than 70 percent of the papers published in 2024 used the word without defining it.
```

## Does not fire

The first sentence is cited, the second is the writer's own view, the third is a question.

```
//- /sources/page.md
---
id: survey
---
In 2024, more than 70 percent of the papers used the word without defining it.
//- /notes/note.md
More than 70 percent of the papers published in 2024 used the word without defining it [@survey].

I think more than 70 percent of the papers published in 2025 will have used it too. How many papers published in 2023
used the word without defining it?
```
",
    check,
};

/// The least weight of signs at which a sentence is reported.
fn threshold(strictness: Strictness) -> f32 {
    match strictness {
        Strictness::Relaxed => 3.0,
        Strictness::Standard => 2.0,
        Strictness::Strict => 1.5,
    }
}

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    for statement in checked.note.statements.iter().filter(|statement| may_claim(statement)) {
        if let Some(worthiness) = wants_a_source(checked, statement) {
            findings.push(finding(checked, statement, &worthiness));
        }
    }
}

/// Whether the words of the statement alone have enough signs that it needs a source.
pub(super) fn has_enough_signs(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    enough_signs(checked, statement).is_some()
}

/// The signs in the words of the statement that it needs a source, if they are enough.
fn enough_signs(checked: &CheckedNote<'_>, statement: &Statement) -> Option<Arc<CheckWorthiness>> {
    let text = statement.words.text();
    let whole = Span::from(0..text.len());
    let least = threshold(checked.snapshot.config().strictness);
    let is_enough = |worthiness: &CheckWorthiness| worthiness.weight() >= least;
    let signs = || Some(check_worthiness(text, whole, checked.language())).filter(is_enough).map(Arc::new);
    checked.memo.get_or(|kept| &mut kept.check_worthiness, text, signs)
}

/// The signs that the statement needs a source, if they are enough and it has no source.
fn wants_a_source(checked: &CheckedNote<'_>, statement: &Statement) -> Option<Arc<CheckWorthiness>> {
    let text = statement.words.text();
    let strictness = checked.snapshot.config().strictness;
    let worthiness = enough_signs(checked, statement)?;
    if quotes_somebody(checked, statement) {
        return None;
    }
    let weight = if has_code(checked, statement) || is_about_a_program(text, checked.language()) {
        worthiness.weight_beside_code()
    } else if is_own_work(checked, statement) {
        worthiness.weight_in_own_work()
    } else {
        worthiness.weight()
    };
    if weight < threshold(strictness)
        || only_defines(text, &worthiness, checked.language())
        || is_based_on_context(checked, statement, &worthiness)
    {
        return None;
    }
    match Basis::of(checked, statement) {
        Basis::Nothing => Some(worthiness),
        Basis::Nearby => (strictness == Strictness::Strict).then_some(worthiness),
        Basis::Citation | Basis::Quotation | Basis::Work => None,
    }
}

/// Whether the text around the sentence is its source: the quoted work below it, the authors whose work the paragraph
/// summarises, or, for a generality, the argument that it concludes.
fn is_based_on_context(checked: &CheckedNote<'_>, statement: &Statement, worthiness: &CheckWorthiness) -> bool {
    let opening = words(statement.words.text()).next().map(|word| word.folded);
    let concludes = opening.is_some_and(|word| checked.language().is(&word, Class::ConcludingOpener));
    concludes && worthiness.is_general()
        || introduces_a_quotation(checked, statement)
        || is_beside_a_figure(checked, statement)
        || summarises_authors(checked, statement)
}

/// Whether a block quotation or callout with a link follows directly.
fn introduces_a_quotation(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    let below = checked.page.text().get(statement.span.end as usize..).unwrap_or_default().trim_start();
    let quoted = below.lines().take_while(|line| line.starts_with('>'));
    statement.ends_block && quoted.into_iter().any(|line| line.contains("://"))
}

/// Whether a sentence of the paragraph is about "the authors".
fn summarises_authors(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    let authors = checked.language().phrases(PhraseList::TheAuthors);
    let is_about_authors = |text: &str| {
        let words: Vec<_> = words(text).map(|word| word.folded).collect();
        let form = |at: usize| words.get(at).map_or("", |word| word);
        (0..words.len()).any(|at| authors.end_at(form, at).is_some())
    };
    checked.note.statements.iter().any(|other| other.block == statement.block && is_about_authors(other.words.text()))
}

/// Whether the sentence defines a word, rather than saying what others say or are like.
fn only_defines(text: &str, worthiness: &CheckWorthiness, language: Language) -> bool {
    let definition =
        annotate_sentence(text, Span::from(0..text.len()), language).definition.filter(|it| it.score >= 0.5);
    definition.is_some_and(|definition| definition.kind != SenseKind::Stated || !worthiness.reports_others())
}

/// Whether the sentence quotes more than a term: its content is somebody's words.
fn quotes_somebody(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    const TERM: usize = 3;
    let text = checked.page.text();
    let quoted = |&at: &u32| checked.note.quotations.get(at as usize).map_or(0, |it| words(it.span.of(text)).count());
    statement.quotations.iter().any(|at| quoted(at) > TERM)
}

/// Whether figures in the statement are probably the writer's own: the sentences before it in its paragraph have "we", "I" or
/// "you", the text nearby reports an experiment, or the note reports several.
fn is_own_work(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    /// The number of blocks on either side that are nearby.
    const NEARBY: u32 = 4;
    /// The number of sentences before the statement that can say whose figures it gives.
    const BEFORE: usize = 2;
    const EXPERIMENTS: usize = 2;
    let (statements, language) = (&checked.note.statements, checked.language());
    let is_personal = |word: &str| {
        let classes = language.classes(word);
        classes.has(Class::FirstPerson) || classes.has(Class::SecondPerson)
    };
    let at = statements.partition_point(|other| other.span.start < statement.span.start);
    let before = &statements[at.saturating_sub(BEFORE)..at];
    let mut near = statements.iter().filter(|other| other.block.abs_diff(statement.block) <= NEARBY);
    let experiments = || statements.iter().filter(|other| reports_an_experiment(other.words.text(), language));
    let before = before.iter().filter(|other| other.block == statement.block);
    before.into_iter().any(|other| words(other.words.text()).any(|word| is_personal(&word.folded)))
        || near.any(|other| reports_an_experiment(other.words.text(), language))
        || experiments().take(EXPERIMENTS).count() == EXPERIMENTS
}

/// Whether a text reports what the writer measured: "we trained", "I then compared", "a survey was done".
fn reports_an_experiment(text: &str, language: Language) -> bool {
    let words: Vec<_> = words(text).map(|word| word.folded).collect();
    let is = |word: &str, class| language.is(word, class);
    words.windows(3).any(|near| {
        is(&near[0], Class::ExperimentSubject) && near[1..].iter().any(|word| is(word, Class::ExperimentVerb))
    })
}

/// Whether the sentence is about a program and its settings, whose figures the reader can see there.
fn is_about_a_program(text: &str, language: Language) -> bool {
    words(text).any(|word| language.is(&word.folded, Class::InterfaceWord))
}

/// Whether the sentence is about code: the reader can check what it says.
fn has_code(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    statement.span.of(checked.page.text()).contains('`')
}

fn finding(checked: &CheckedNote<'_>, statement: &Statement, worthiness: &CheckWorthiness) -> Finding {
    let text = statement.words.text();
    let shown: Vec<String> =
        worthiness.signs.iter().take(3).map(|(sign, span)| format!("{} (“{}”)", sign.name(), span.of(text))).collect();
    let message = format!("Uncited claim: it gives {}", shown.join(", "));
    let passages = related_passages(checked, text);
    let related = passages.iter().filter_map(|passage| {
        let place = Place::in_source(checked.snapshot, passage.file, passage.span)?;
        Some(Related::at(place, "Related to this claim"))
    });
    let cites = passages.iter().filter_map(|passage| claim_fixes::cite(checked, statement, passage));
    let own_view = claim_fixes::own_view(checked, statement).filter(|_| !worthiness.is_of_others());
    Finding {
        related: related.collect(),
        fixes: cites.chain(own_view).chain([claim_fixes::ignore(checked, statement)]).collect(),
        ..Finding::new(Code::ClaimUncited, statement.span, message)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{super::examples, RULE};

    const PAGE: &str = "//- /sources/page.md\n---\nid: survey\n---\n\
        In 2024, more than 70 percent of the surveyed papers used the word without defining it.\n//- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        examples::check_fixes(PAGE, note, expect);
    }

    #[test]
    fn the_documentation_is_true() {
        examples::check(&RULE);
    }

    #[test]
    fn a_figure_without_a_source_is_shown_with_related_passages() {
        check(
            "More than 70 percent of the papers published in 2024 used the word without defining it.\n",
            &expect![[r#"
                More than 70 percent of the papers published in 2024 used the word without defining it.
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-uncited]: Uncited claim: it gives a share (“70 percent”), a date (“2024”)
                    sources/page.md:4:1 "In 2024, more than 70 percent of the surveyed papers used the word without defining it.": Related to this claim
                    fix: Cite sources/page.md:4
                    fix: Mark as own view
                    fix: Ignore this sentence
                Cite sources/page.md:4:
                More than 70 percent of the papers published in 2024 used the word without defining it [page\.md](../sources/page.md#L4).
                Mark as own view:
                I think more than 70 percent of the papers published in 2024 used the word without defining it.
                Ignore this sentence:
                More than 70 percent of the papers published in 2024 used the word without defining it. <!-- ibid-disable claim-uncited "more than 70 percent of" -->
            "#]],
        );
    }

    #[test]
    fn a_citation_is_written_the_way_the_note_writes_its_others() {
        check(
            "Papers are hard to read [@survey].\n\n\
             - The field is young. More than 70 percent of the papers published in 2024 used the word without defining it.\n",
            &expect![[r#"
                - The field is young. More than 70 percent of the papers published in 2024 used the word without defining it.
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-uncited]: Uncited claim: it gives a share (“70 percent”), a date (“2024”)
                                          sources/page.md:4:1 "In 2024, more than 70 percent of the surveyed papers used the word without defining it.": Related to this claim
                                          fix: Cite sources/page.md:4
                                          fix: Mark as own view
                                          fix: Ignore this sentence
                Cite sources/page.md:4:
                Papers are hard to read [@survey].

                - The field is young. More than 70 percent of the papers published in 2024 used the word without defining it [@survey].
                Mark as own view:
                Papers are hard to read [@survey].

                - The field is young. I think more than 70 percent of the papers published in 2024 used the word without defining it.
                Ignore this sentence:
                Papers are hard to read [@survey].

                - The field is young. More than 70 percent of the papers published in 2024 used the word without defining it. <!-- ibid-disable claim-uncited "more than 70 percent of" -->
            "#]],
        );
        check(
            "Papers are hard to read.[^1]\n\n\
             More than 70 percent of the papers published in 2024 used the word without defining it.\n\n\
             [^1]: [[page]]\n",
            &expect![[r#"
                More than 70 percent of the papers published in 2024 used the word without defining it.
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-uncited]: Uncited claim: it gives a share (“70 percent”), a date (“2024”)
                    sources/page.md:4:1 "In 2024, more than 70 percent of the surveyed papers used the word without defining it.": Related to this claim
                    fix: Cite sources/page.md:4
                    fix: Mark as own view
                    fix: Ignore this sentence
                Cite sources/page.md:4:
                Papers are hard to read.[^1]

                More than 70 percent of the papers published in 2024 used the word without defining it.[^2]

                [^1]: [[page]]

                [^2]: [[page]]
                Mark as own view:
                Papers are hard to read.[^1]

                I think more than 70 percent of the papers published in 2024 used the word without defining it.

                [^1]: [[page]]
                Ignore this sentence:
                Papers are hard to read.[^1]

                More than 70 percent of the papers published in 2024 used the word without defining it. <!-- ibid-disable claim-uncited "more than 70 percent of" -->

                [^1]: [[page]]
            "#]],
        );
    }

    #[test]
    fn a_citation_at_the_end_of_the_paragraph_supports_all_of_it() {
        check(
            "More than 70 percent of the papers published in 2024 used the word without defining it. That is a lot \
             [@survey].\n",
            &expect![[""]],
        );
    }

    #[test]
    fn a_literature_note_is_supported_by_its_work() {
        check(
            "---\nsource: https://example.org\n---\n\
             More than 70 percent of the papers published in 2024 used the word without defining it.\n",
            &expect![[""]],
        );
    }

    #[test]
    fn headings_tasks_and_code_are_not_claims() {
        check(
            "# More than 70 percent of the papers published in 2024 used the word\n\n\
             - [ ] More than 70 percent of the papers published in 2024 used the word without defining it.\n\n\
             More than 70 percent of the papers published in 2024 used `schemer` without defining it.\n",
            &expect![[""]],
        );
    }

    #[test]
    fn figures_of_own_experiments_are_the_writers() {
        check(
            "We trained ten models on the first half.\n\n\
             The larger ones reached an accuracy of 70 percent on the second half.\n",
            &expect![[""]],
        );
    }

    #[test]
    fn the_text_around_a_claim_may_be_its_source() {
        let claim = "Studies show that readers skip the second half of a book.";
        check(&format!("{claim} The authors give two examples of this.\n"), &expect![[""]]);
        check(&format!("{claim}\n\n> [!quote] [A survey](https://example.org)\n> They skip it.\n"), &expect![[""]]);
        check("So most readers skip the index of a book, and nearly all users skip the preface.\n", &expect![[""]]);
    }

    #[test]
    fn a_quotation_is_not_a_claim() {
        check(
            "The answer was that “more than 70 percent of the readers skipped the second half” of the book.\n",
            &expect![[""]],
        );
    }

    #[test]
    fn a_sentence_being_typed_is_left_alone() {
        check("More than 70 percent of the papers published in 2024 used the word without", &expect![[""]]);
    }
}
