//! `claim-overstated`

use ibid_corpus::Severity;
use ibid_evidence::{Mismatch, MismatchKind, Support};
use ibid_note::Statement;

use super::{Code, Context, Finding, Related, Rule};
use crate::{
    bearing::is_cited,
    support::{Weighed, tells_its_source, weigh},
};

pub(super) const RULE: Rule = Rule {
    code: Code::ClaimOverstated,
    name: "claim-overstated",
    severity: Severity::Warning,
    summary: "The note asserts what its source only assumes, hedges, asks or reports.",
    documentation: r"## What it does

Compares a cited sentence with the sentence of the source that is nearest to it, and reports it when the source says the
same with less force: as an assumption, a question, a possibility, somebody else's words, a correlation where the note has
a cause, or of some where the note has all. The message shows the word that was lost.

Nothing is reported where the cited source is not held, where another passage of it says the thing flatly, or where the
note itself hedges or tells whose view it is, nor of a link in running text that only leads to what its words name. Saying
less than the source is no fault.

## Why it matters

It is how assumptions become facts: each copy drops a *may*, and the third reader builds on what the first one guessed.

## Fires

```
//- /sources/page.md
---
id: model
---
We assume that half of recent AI progress comes from using more compute.
//- /notes/note.md
Half of recent AI progress comes from using more compute [@model].
```

## Does not fire

```
//- /sources/page.md
---
id: model
---
We assume that half of recent AI progress comes from using more compute.
//- /notes/note.md
The model assumes that half of recent AI progress comes from using more compute [@model].
```
",
    check,
};

/// How much of the claim the nearest sentence must say before its force is compared.
const NEAR: f32 = 0.6;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let cited = |statement: &&Statement| {
        is_cited(context, statement) && !tells_its_source(statement, context.snapshot.language())
    };
    for statement in context.note.statements.iter().filter(cited) {
        if let Some(weighed) = weigh(context, statement) {
            findings.extend(finding(context, statement, &weighed));
        }
    }
}

fn finding(context: &Context<'_>, statement: &Statement, weighed: &Weighed) -> Option<Finding> {
    let verification = &weighed.verification;
    let near = verification.coverage >= NEAR && !weighed.borne_elsewhere;
    if verification.verdict != Support::Overstated || !near {
        return None;
    }
    let lost = verification.mismatches.iter().find(|mismatch| is_of_force(mismatch))?;
    let words = weighed.words_from(context, lost.evidence.start)?;
    let what = match lost.kind {
        MismatchKind::Causal => "a cause is asserted where the source has a correlation",
        MismatchKind::Quantifier => "more is asserted than the source says",
        _ => "stated as fact",
    };
    let message = format!("{what}: the source says “{words}”");
    let related = weighed.sentence(context).map(|place| Related::at(place, "what the source says"));
    Some(Finding {
        related: related.into_iter().collect(),
        ..Finding::new(Code::ClaimOverstated, statement.span, message)
    })
}

fn is_of_force(mismatch: &Mismatch) -> bool {
    matches!(mismatch.kind, MismatchKind::Hedge | MismatchKind::Causal | MismatchKind::Quantifier)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::RULE;
    use crate::{diagnostics, fixture::Fixture};

    const PAGE: &str = "//- /sources/page.md\n---\nid: model\n---\n\
        We assume that half of recent AI progress comes from using more compute in AI development.\n\n\
        Coffee is associated with fewer headaches among adults.\n\n\
        The method doubles the speed of training. It may also halve the cost of storage.\n\
        //- /sources/a-critique-of-prices-not-of-habits.md\nStorage may get cheaper with the new method.\n//- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{PAGE}{note}"));
        expect.assert_eq(&fixture.underline(&diagnostics(&fixture.snapshot, fixture.file)));
    }

    #[test]
    fn the_documentation_is_true() {
        super::super::examples::check(&RULE);
    }

    #[test]
    fn an_assumption_is_no_fact() {
        check(
            "Half of recent AI progress comes from using more compute [@model].\n",
            &expect![[r#"
                Half of recent AI progress comes from using more compute [@model].
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-overstated]: stated as fact: the source says “We assume that half of recent AI progress comes …”
                    sources/page.md:4:1 "We assume that half of recent AI progress comes from using more compute in AI development.": what the source says
            "#]],
        );
    }

    #[test]
    fn a_possibility_is_no_fact() {
        check(
            "The method halves the cost of storage [@model].\n",
            &expect![[r#"
                The method halves the cost of storage [@model].
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-overstated]: stated as fact: the source says “may also halve the cost of storage.”
                    sources/page.md:8:43 "It may also halve the cost of storage.": what the source says
            "#]],
        );
    }

    #[test]
    fn the_name_of_a_source_is_not_claimed() {
        check(
            "Storage gets cheaper with the new method [[a-critique-of-prices-not-of-habits]].\n",
            &expect![[r#"
                Storage gets cheaper with the new method [[a-critique-of-prices-not-of-habits]].
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-overstated]: stated as fact: the source says “may get cheaper with the new method.”
                    sources/a-critique-of-prices-not-of-habits.md:1:1 "Storage may get cheaper with the new method.": what the source says
            "#]],
        );
    }

    #[test]
    fn what_is_said_flatly_may_be_repeated_flatly() {
        check("The method doubles the speed of training [@model].\n", &expect![[""]]);
    }

    #[test]
    fn a_hedge_that_is_kept_is_no_fault() {
        check("The method may halve the cost of storage [@model].\n", &expect![[""]]);
    }

    #[test]
    fn somebody_elses_view_is_no_assertion() {
        check(
            "The authors say that half of recent AI progress comes from using more compute [@model].\n",
            &expect![[""]],
        );
    }
}
