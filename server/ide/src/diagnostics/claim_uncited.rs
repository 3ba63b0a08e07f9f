//! `claim-uncited`

use std::sync::Arc;

use ibid_corpus::{Severity, Speaking, Strictness};
use ibid_evidence::{CheckWorthiness, SenseKind, annotate_sentence, check_worthiness};
use ibid_language::{Class, Language};
use ibid_note::Statement;
use ibid_text::{Span, words};

use super::{Code, Context, Finding, Fix, Related, Rule};
use crate::{
    Place,
    cite::Style,
    support::{Standing, may_claim, speaking_to, standing},
};

pub(super) const RULE: Rule = Rule {
    code: Code::ClaimUncited,
    name: "claim-uncited",
    severity: Severity::Warning,
    summary: "A checkable claim has nothing under it.",
    documentation: r"## What it does

Reports a sentence that tells what others counted, found, said or are like, and that has no source. Silence is the
default: the sentence must read as a flat assertion, and signs must come together. Some signs are enough alone: a share or an
amount in figures, research (“studies show”), hearsay (“often reported”), what people say (“users keep asking”), what nearly
all of a kind are like. Others need company: what most of a kind are like, how much faster one thing is than another, a date
and who did it, how rarely something is so, what has come of something, what so many do in practice. Figures near the writer's
own experiments, or where the text speaks of “we” and “you”, count as the writer's own.

`[claims] strictness` moves how much it takes. Of the sentences that the project's authors read and labelled
(tests/labels/claims.md: 2,375 of them, 65 for which one would ask), this much was right, and this much was found:

| strictness | right, of what is reported | found, of what one would ask for |
|---|---|---|
| `relaxed` | 1.00 (10 of 10) | .15 |
| `standard` | .83 (34 of 41) | .52 |
| `strict` | .54 (39 of 72) | .60 |

On the half of them that was kept apart, `standard` was right in .73 (11 of 15) and found .41 (11 of 27). Its sentences were
not read again while the rules were written, but its figure was watched, so expect somewhat less of other notes. Of 300
sentences drawn afterwards, one of which asks, none was reported.

A sentence is supported by a citation in it or at the end of its paragraph or list item, by a quotation in it or directly
below that stands in a source, and by the one work that its note (front matter `source`, `url`, `citekey` or `doi`) or its
section (a heading that is or links a work) is about. Own views, questions, plans, instructions, definitions, examples,
hypotheses and stories need none, nor does a sentence that is still being typed.

Up to three passages of the sources that speak to the claim are shown, each with a fix that cites it.

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

/// The fewest weight of signs at which a sentence is reported.
fn threshold(strictness: Strictness) -> f32 {
    match strictness {
        Strictness::Relaxed => 3.0,
        Strictness::Standard => 2.0,
        Strictness::Strict => 1.5,
    }
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for statement in context.note.statements.iter().filter(|statement| may_claim(statement)) {
        if let Some(need) = wants_a_source(context, statement) {
            findings.push(finding(context, statement, &need));
        }
    }
}

/// The signs that the statement wants a source, if they are enough and it has none.
fn wants_a_source(context: &Context<'_>, statement: &Statement) -> Option<Arc<CheckWorthiness>> {
    let text = statement.words.text();
    let whole = Span::from(0..text.len());
    let strictness = context.snapshot.config().strictness;
    let enough = |need: &CheckWorthiness| need.weight() >= threshold(strictness);
    let signs = || Some(check_worthiness(text, whole, context.snapshot.language())).filter(enough).map(Arc::new);
    let need = context.recall().or_else(|kept| &mut kept.needs, text, signs)?;
    if holds_foreign_words(context, statement) {
        return None;
    }
    let weight = if has_code(context, statement) {
        need.weight_beside_code()
    } else if is_own_work(context, statement) {
        need.weight_in_own_work()
    } else {
        need.weight()
    };
    if weight < threshold(strictness)
        || only_defines(text, &need, context.snapshot.language())
        || leads_over(context, statement, &need)
    {
        return None;
    }
    match standing(context, statement) {
        Standing::Bare => Some(need),
        Standing::Near => (strictness == Strictness::Strict).then_some(need),
        Standing::Cited | Standing::Quoted | Standing::AboutAWork => None,
    }
}

/// Whether what stands around the sentence is what it rests on: the quoted work below it, the authors whose work the
/// paragraph retells, or, of a generality, the argument it is drawn from.
fn leads_over(context: &Context<'_>, statement: &Statement, need: &CheckWorthiness) -> bool {
    let opening = words(statement.words.text()).next().map(|word| word.folded);
    let concludes = ["so", "thus", "hence", "therefore"].iter().any(|word| opening.as_deref() == Some(word));
    concludes && need.is_general() || leads_to_a_quotation(context, statement) || retells_authors(context, statement)
}

/// Whether a block quotation or callout with a link stands directly below.
fn leads_to_a_quotation(context: &Context<'_>, statement: &Statement) -> bool {
    let below = context.page.text().get(statement.span.end as usize..).unwrap_or_default().trim_start();
    let quoted = below.lines().take_while(|line| line.starts_with('>'));
    statement.ends_block && quoted.into_iter().any(|line| line.contains("://"))
}

/// Whether a sentence of the paragraph tells what "the authors" say.
fn retells_authors(context: &Context<'_>, statement: &Statement) -> bool {
    let tells = |text: &str| {
        let words: Vec<_> = words(text).map(|word| word.folded).collect();
        words.windows(2).any(|pair| pair[0] == "the" && ["author", "authors"].contains(&&*pair[1]))
    };
    context.note.statements.iter().any(|other| other.block == statement.block && tells(other.words.text()))
}

/// Whether the sentence says what a word means, rather than what others say or what most are like.
fn only_defines(text: &str, need: &CheckWorthiness, language: Language) -> bool {
    let definition =
        annotate_sentence(text, Span::from(0..text.len()), language).definition.filter(|it| it.score >= 0.5);
    definition.is_some_and(|definition| definition.kind != SenseKind::Stated || !need.tells_of_others())
}

/// Whether the sentence quotes more than a term: what it says is somebody's words.
fn holds_foreign_words(context: &Context<'_>, statement: &Statement) -> bool {
    const TERM: usize = 3;
    let text = context.page.text();
    let quoted = |&at: &u32| context.note.quotations.get(at as usize).map_or(0, |it| words(it.span.of(text)).count());
    statement.quotations.iter().any(|at| quoted(at) > TERM)
}

/// Whether figures here are most likely the writer's own: the text nearby speaks of "we", "I" or "you", or of experiments
/// that were made, or the note tells of several of the writer's.
fn is_own_work(context: &Context<'_>, statement: &Statement) -> bool {
    /// Blocks to either side that are nearby.
    const NEARBY: u32 = 4;
    const EXPERIMENTS: usize = 2;
    let statements = &context.note.statements;
    let is_personal = |word: &str| {
        let classes = context.snapshot.language().classes(word);
        classes.has(Class::FirstPerson) || classes.has(Class::SecondPerson)
    };
    let tells_own = |text: &str| tells_an_experiment(text) || words(text).any(|word| is_personal(&word.folded));
    let mut near = statements.iter().filter(|other| other.block.abs_diff(statement.block) <= NEARBY);
    let experiments = || statements.iter().filter(|other| tells_an_experiment(other.words.text()));
    near.any(|other| tells_own(other.words.text())) || experiments().take(EXPERIMENTS).count() == EXPERIMENTS
}

/// Whether the writer tells what they measured: "we trained", "I then compared", "a survey was done".
fn tells_an_experiment(text: &str) -> bool {
    const DONE: &[&str] = &[
        "trained",
        "measured",
        "ran",
        "run",
        "tested",
        "evaluated",
        "observed",
        "plotted",
        "computed",
        "analyzed",
        "analysed",
        "surveyed",
        "sampled",
        "compared",
        "counted",
        "benchmarked",
        "found",
        "done",
        "conducted",
        "performed",
        "train",
        "measure",
        "test",
        "evaluate",
        "observe",
        "plot",
        "compute",
        "compare",
        "find",
    ];
    const BY: &[&str] = &["i", "we", "i've", "we've", "was", "were"];
    let words: Vec<_> = words(text).map(|word| word.folded).collect();
    words.windows(3).any(|near| BY.contains(&&*near[0]) && near[1..].iter().any(|word| DONE.contains(&&**word)))
}

/// Whether the sentence is about code: what it counts there the reader can try.
fn has_code(context: &Context<'_>, statement: &Statement) -> bool {
    statement.span.of(context.page.text()).contains('`')
}

fn finding(context: &Context<'_>, statement: &Statement, need: &CheckWorthiness) -> Finding {
    let text = statement.words.text();
    let shown: Vec<String> =
        need.signs.iter().take(3).map(|(sign, span)| format!("{} (“{}”)", sign.name(), span.of(text))).collect();
    let message = format!("nothing stands under this claim; it gives {}", shown.join(", "));
    let speaking = speaking_to(context.snapshot, context.recall(), text);
    let related = speaking.iter().filter_map(|speaking| {
        let place = Place::in_source(context.snapshot, speaking.file, speaking.span)?;
        Some(Related::at(place, "speaks to this claim"))
    });
    let cites = speaking.iter().filter_map(|speaking| cite_fix(context, statement, speaking));
    Finding {
        related: related.collect(),
        fixes: cites.chain(own_view(context, statement)).chain([ignore(context, statement)]).collect(),
        ..Finding::new(Code::ClaimUncited, statement.span, message)
    }
}

/// Cites a passage before the sentence's closing mark, the way the note cites.
fn cite_fix(context: &Context<'_>, statement: &Statement, speaking: &Speaking) -> Option<Fix> {
    let place = Place::in_source(context.snapshot, speaking.file, speaking.span)?;
    let citation = context.cite(place, Style::of_note(&context.note))?;
    let written = statement.span.of(context.page.text());
    let open = written.trim_end_matches(['.', '!', ' ', '\n']).len();
    let source = context.snapshot.file(speaking.file)?;
    let title = format!("cite {}", source.place(place.span.start));
    let edits = if context.note.footnotes.iter().any(|footnote| !footnote.label.is_empty()) {
        footnote(context, statement, &citation)
    } else {
        vec![(Span::empty(statement.span.start + open as u32), format!(" {citation}"))]
    };
    Some(Fix { title, edits, preferred: false })
}

/// A footnote mark behind the sentence and its definition at the end of the note.
fn footnote(context: &Context<'_>, statement: &Statement, citation: &str) -> Vec<(Span, String)> {
    let footnotes = &context.note.footnotes;
    let taken = |label: &str| footnotes.iter().any(|footnote| footnote.label == label);
    // One number more than there are footnotes: one of them is free.
    let mut numbers = (1..=footnotes.len() + 1).map(|number| number.to_string());
    let label = numbers.find(|label| !taken(label)).unwrap_or_default();
    let text = context.page.text();
    let end = text.trim_end().len() as u32;
    vec![
        (Span::empty(statement.span.end), format!("[^{label}]")),
        (Span::new(end, text.len() as u32), format!("\n\n[^{label}]: {citation}\n")),
    ]
}

/// Says that the sentence is the writer's own view.
fn own_view(context: &Context<'_>, statement: &Statement) -> Option<Fix> {
    let written = statement.span.of(context.page.text());
    let first = words(written).next().filter(|word| word.span.start == 0)?;
    let head = first.span.of(written);
    let head = if context.snapshot.language().is(&first.folded, Class::FunctionWord) {
        head.to_lowercase()
    } else {
        head.to_owned()
    };
    let span = first.span.shift(statement.span.start);
    Some(Fix { title: "mark as own view".to_owned(), edits: vec![(span, format!("I think {head}"))], preferred: false })
}

/// Switches the code off for this line: by a comment above where the sentence opens its paragraph, else behind the line.
fn ignore(context: &Context<'_>, statement: &Statement) -> Fix {
    let text = context.page.text();
    let line = context.page.lines().line_of(statement.span.start);
    let start = context.page.lines().start_of(line);
    let above = text[..start as usize].trim_end_matches([' ', '\t']);
    let opens = statement.span.start == start && (above.is_empty() || above.ends_with("\n\n"));
    let edit = if opens {
        (Span::empty(start), "<!-- ibid-disable-next-line claim-uncited -->\n".to_owned())
    } else {
        let end = text[start as usize..].find(['\n', '\r']).map_or(text.len(), |at| start as usize + at);
        (Span::empty(end as u32), " <!-- ibid-disable-line claim-uncited -->".to_owned())
    };
    Fix { title: "ignore here".to_owned(), edits: vec![edit], preferred: false }
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
    fn a_figure_without_a_source_is_shown_with_what_speaks_to_it() {
        check(
            "More than 70 percent of the papers published in 2024 used the word without defining it.\n",
            &expect![[r#"
                More than 70 percent of the papers published in 2024 used the word without defining it.
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-uncited]: nothing stands under this claim; it gives a share (“70 percent”), a date (“2024”)
                    sources/page.md:4:1 "In 2024, more than 70 percent of the surveyed papers used the word without defining it.": speaks to this claim
                    fix: cite sources/page.md:4
                    fix: mark as own view
                    fix: ignore here
                cite sources/page.md:4:
                More than 70 percent of the papers published in 2024 used the word without defining it [page\.md](../sources/page.md#L4).
                mark as own view:
                I think more than 70 percent of the papers published in 2024 used the word without defining it.
                ignore here:
                <!-- ibid-disable-next-line claim-uncited -->
                More than 70 percent of the papers published in 2024 used the word without defining it.
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
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-uncited]: nothing stands under this claim; it gives a share (“70 percent”), a date (“2024”)
                                          sources/page.md:4:1 "In 2024, more than 70 percent of the surveyed papers used the word without defining it.": speaks to this claim
                                          fix: cite sources/page.md:4
                                          fix: mark as own view
                                          fix: ignore here
                cite sources/page.md:4:
                Papers are hard to read [@survey].

                - The field is young. More than 70 percent of the papers published in 2024 used the word without defining it [@survey].
                mark as own view:
                Papers are hard to read [@survey].

                - The field is young. I think more than 70 percent of the papers published in 2024 used the word without defining it.
                ignore here:
                Papers are hard to read [@survey].

                - The field is young. More than 70 percent of the papers published in 2024 used the word without defining it. <!-- ibid-disable-line claim-uncited -->
            "#]],
        );
        check(
            "Papers are hard to read.[^1]\n\n\
             More than 70 percent of the papers published in 2024 used the word without defining it.\n\n\
             [^1]: [[page]]\n",
            &expect![[r#"
                More than 70 percent of the papers published in 2024 used the word without defining it.
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-uncited]: nothing stands under this claim; it gives a share (“70 percent”), a date (“2024”)
                    sources/page.md:4:1 "In 2024, more than 70 percent of the surveyed papers used the word without defining it.": speaks to this claim
                    fix: cite sources/page.md:4
                    fix: mark as own view
                    fix: ignore here
                cite sources/page.md:4:
                Papers are hard to read.[^1]

                More than 70 percent of the papers published in 2024 used the word without defining it.[^2]

                [^1]: [[page]]

                [^2]: [[page]]
                mark as own view:
                Papers are hard to read.[^1]

                I think more than 70 percent of the papers published in 2024 used the word without defining it.

                [^1]: [[page]]
                ignore here:
                Papers are hard to read.[^1]

                <!-- ibid-disable-next-line claim-uncited -->
                More than 70 percent of the papers published in 2024 used the word without defining it.

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
    fn a_literature_note_stands_on_its_work() {
        check(
            "---\nsource: https://example.org\n---\n\
             More than 70 percent of the papers published in 2024 used the word without defining it.\n",
            &expect![[""]],
        );
    }

    #[test]
    fn headings_tasks_and_code_are_no_claims() {
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
    fn what_stands_around_a_claim_may_be_what_it_rests_on() {
        let claim = "Studies show that readers skip the second half of a book.";
        check(&format!("{claim} The authors give two examples of this.\n"), &expect![[""]]);
        check(&format!("{claim}\n\n> [!quote] [A survey](https://example.org)\n> They skip it.\n"), &expect![[""]]);
        check("So most readers skip the index of a book, and nearly all users skip the preface.\n", &expect![[""]]);
    }

    #[test]
    fn somebodys_words_are_a_quotation_and_no_claim() {
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
