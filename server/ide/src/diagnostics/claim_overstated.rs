//! `claim-overstated`

use ibid_corpus::Severity;
use ibid_evidence::{Mismatch, MismatchKind, Support};
use ibid_note::Statement;

use super::Rule;
use crate::analysis::{
    checked_note::CheckedNote,
    comparison::Comparison,
    finding::{Code, Finding, Related},
    link_role::has_supporting_citation,
    support::{comparison, reports_a_view},
};

pub(super) const RULE: Rule = Rule {
    code: Code::ClaimOverstated,
    name: "claim-overstated",
    severity: Severity::Warning,
    summary: "The note asserts what its source only assumes, hedges, asks or reports.",
    documentation: r"## What it does

Compares a cited sentence with the nearest sentence of its source, and reports it if the source is less certain: it assumes,
asks, considers possible, limits to some cases, or reports somebody else's view; it has a correlation and the note a cause; or
it says *some*, *most* or *one of* and the note does not. The message shows the words of the source that the note leaves out.

Nothing is reported if the text of the source is not held, if another passage of it states the claim as a fact, or if the
note itself hedges or says whose view it is. Headings are no evidence, and a sentence or list item that is only a link is no
claim. A link in running text that only leads to what its words name is not compared.
Saying less than the source is fine.

## Why it matters

This is how assumptions become facts: each copy drops a *may*, until somebody relies on what was only a guess.

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

/// The least coverage (0..1) of the claim by the nearest sentence at which their certainty is compared.
const NEAR: f32 = 0.6;

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    let cited = |statement: &&Statement| {
        has_supporting_citation(checked, statement) && !reports_a_view(statement, checked.language())
    };
    for statement in checked.note.statements.iter().filter(cited) {
        if let Some(comparison) = comparison(checked, statement) {
            findings.extend(finding(checked, statement, &comparison));
        }
    }
}

fn finding(checked: &CheckedNote<'_>, statement: &Statement, comparison: &Comparison) -> Option<Finding> {
    let verification = &comparison.verification;
    let near = verification.coverage >= NEAR && !comparison.supported_elsewhere;
    if verification.verdict != Support::Overstated || !near {
        return None;
    }
    let lost = verification.mismatches.iter().find(|mismatch| weakens(mismatch))?;
    let words = comparison.words_from(checked.snapshot, lost.evidence.start)?;
    let message = match lost.kind {
        MismatchKind::Causal => format!("Stated as a cause, but the source says “{words}”"),
        MismatchKind::Quantifier => format!("Stated too generally: the source says “{words}”"),
        _ => format!("Stated as a fact, but the source says “{words}”"),
    };
    let related = comparison.sentence(checked.snapshot).map(|place| Related::at(place, "What the source says"));
    Some(Finding {
        related: related.into_iter().collect(),
        ..Finding::new(Code::ClaimOverstated, statement.span, message)
    })
}

fn weakens(mismatch: &Mismatch) -> bool {
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
    fn an_assumption_is_not_a_fact() {
        check(
            "Half of recent AI progress comes from using more compute [@model].\n",
            &expect![[r#"
                Half of recent AI progress comes from using more compute [@model].
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-overstated]: Stated as a fact, but the source says “We assume that half of recent AI progress comes …”
                    sources/page.md:4:1 "We assume that half of recent AI progress comes from using more compute in AI development.": What the source says
            "#]],
        );
    }

    #[test]
    fn a_possibility_is_not_a_fact() {
        check(
            "The method halves the cost of storage [@model].\n",
            &expect![[r#"
                The method halves the cost of storage [@model].
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-overstated]: Stated as a fact, but the source says “may also halve the cost of storage.”
                    sources/page.md:8:43 "It may also halve the cost of storage.": What the source says
            "#]],
        );
    }

    #[test]
    fn the_name_of_a_source_is_not_claimed() {
        check(
            "Storage gets cheaper with the new method [[a-critique-of-prices-not-of-habits]].\n",
            &expect![[r#"
                Storage gets cheaper with the new method [[a-critique-of-prices-not-of-habits]].
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[claim-overstated]: Stated as a fact, but the source says “may get cheaper with the new method.”
                    sources/a-critique-of-prices-not-of-habits.md:1:1 "Storage may get cheaper with the new method.": What the source says
            "#]],
        );
    }

    #[test]
    fn a_link_alone_is_no_claim() {
        let source =
            "//- /sources/Storage gets cheaper with the new method.md\nStorage may get cheaper with the new method.\n";
        for note in [
            "- [[Storage gets cheaper with the new method]]\n",
            "Up: [[Storage gets cheaper with the new method]]\n",
            "1. **[[Storage gets cheaper with the new method]]**\n",
            "[[Storage gets cheaper with the new method|The new method makes storage cheaper.]]\n",
        ] {
            let fixture = Fixture::new(&format!("{source}//- /notes/note.md\n{note}"));
            assert_eq!(diagnostics(&fixture.snapshot, fixture.file), [], "{note}");
        }
    }

    #[test]
    fn a_name_is_no_hedge() {
        let source =
            "//- /sources/page.md\n---\nid: page\n---\nCecilia May keeps the seal colony of the northern shore.\n";
        let fixture = Fixture::new(&format!(
            "{source}//- /notes/note.md\nCecilia May keeps the seal colony of the northern shore [@page].\n"
        ));
        assert_eq!(diagnostics(&fixture.snapshot, fixture.file), []);
    }

    #[test]
    fn a_fact_may_be_repeated_as_a_fact() {
        check("The method doubles the speed of training [@model].\n", &expect![[""]]);
    }

    #[test]
    fn a_hedge_may_be_kept() {
        check("The method may halve the cost of storage [@model].\n", &expect![[""]]);
    }

    #[test]
    fn a_reported_view_is_not_an_assertion() {
        check(
            "The authors say that half of recent AI progress comes from using more compute [@model].\n",
            &expect![[""]],
        );
    }
}
