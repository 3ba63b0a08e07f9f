//! `claim-contradicted`

use ibid_corpus::Severity;
use ibid_evidence::{Mismatch, MismatchKind, Support};
use ibid_note::Statement;

use super::{Code, Context, Finding, Related, Rule};
use crate::{
    bearing::is_cited,
    support::{Weighed, weigh},
};

pub(super) const RULE: Rule = Rule {
    code: Code::ClaimContradicted,
    name: "claim-contradicted",
    severity: Severity::Warning,
    summary: "The cited passage has another number, date or name, or says the opposite.",
    documentation: r"## What it does

Compares a cited sentence with the sentence of the source that is nearest to it, and reports what provably differs: the
number of the same thing, the year or month of the same event, another name in the same place, more where the source has
less, a negation that one of them lacks. Numbers written otherwise (*ten thousand*, *10,000*) and rounded ones are the same;
so are two names of one thing (*UN*, *United Nations*).

Nothing is reported where the source is not held, or has the claim's own number nearby, nor of a link in running text that
only leads to what its words name.

## Why it matters

It is the plainest mistake there is, and the easiest to make: a figure typed from memory.

## Fires

```
//- /sources/page.md
---
id: survey
---
The survey covered 4,100 households in twelve regions.
//- /notes/note.md
The survey covered 41,000 households in twelve regions [@survey].
```

## Does not fire

```
//- /sources/page.md
---
id: survey
---
The survey covered 4,100 households in twelve regions.
//- /notes/note.md
The survey covered four thousand one hundred households in 12 regions [@survey]. It covered about 4,000 households [@survey].
```
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for statement in context.note.statements.iter().filter(|statement| is_cited(context, statement)) {
        if let Some(weighed) = weigh(context, statement) {
            findings.extend(finding(context, statement, &weighed));
        }
    }
}

fn finding(context: &Context<'_>, statement: &Statement, weighed: &Weighed) -> Option<Finding> {
    if weighed.verification.verdict != Support::Contradicted || weighed.borne_elsewhere {
        return None;
    }
    let mismatch = weighed.verification.mismatches.first()?;
    let message = message(context, statement, weighed, mismatch)?;
    let related = weighed.sentence(context).map(|place| Related::at(place, "what the source says"));
    let span = statement.words.to_original(mismatch.claim);
    Some(Finding { related: related.into_iter().collect(), ..Finding::new(Code::ClaimContradicted, span, message) })
}

fn message(context: &Context<'_>, statement: &Statement, weighed: &Weighed, mismatch: &Mismatch) -> Option<String> {
    let here = mismatch.claim.of(statement.words.text());
    let there = weighed.words(context, mismatch.evidence)?;
    Some(match mismatch.kind {
        MismatchKind::Causal => format!("“{here}” here, “{there}” in the source: they say the opposite"),
        MismatchKind::Negation => format!("“{here}” here, “{there}” in the source: one of them is negated"),
        _ => format!("“{here}” here, “{there}” in the source"),
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::RULE;
    use crate::{diagnostics, fixture::Fixture};

    const PAGE: &str = "//- /sources/page.md\n---\nid: survey\n---\n\
        The survey covered 4,100 households in twelve regions. It was carried out in 2019.\n\n\
        The committee did not publish its report.\n//- /sources/holm.md\n---\nid: holm\n---\n\
        The survey of fishing villages was led by Grace Holm in the winter of 1952.\n\n\
        Rents in the old town increased by a third after the bridge was opened.\n//- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{PAGE}{note}"));
        expect.assert_eq(&fixture.underline(&diagnostics(&fixture.snapshot, fixture.file)));
    }

    #[test]
    fn the_documentation_is_true() {
        super::super::examples::check(&RULE);
    }

    #[test]
    fn another_number_of_the_same_thing() {
        check(
            "The survey covered 41,000 households in twelve regions [@survey].\n",
            &expect![[r#"
            The survey covered 41,000 households in twelve regions [@survey].
                               ^^^^^^ warning[claim-contradicted]: “41,000” here, “4,100” in the source
                                   sources/page.md:4:1 "The survey covered 4,100 households in twelve regions.": what the source says
        "#]],
        );
    }

    #[test]
    fn another_name_in_the_same_place() {
        check(
            "The survey of fishing villages was led by Ada Berg in the winter of 1952 [@holm].\n",
            &expect![[r#"
                The survey of fishing villages was led by Ada Berg in the winter of 1952 [@holm].
                                                          ^^^^^^^^ warning[claim-contradicted]: “Ada Berg” here, “Grace Holm” in the source
                                                              sources/holm.md:4:1 "The survey of fishing villages was led by Grace Holm in the winter of 1952.": what the source says
            "#]],
        );
    }

    #[test]
    fn less_where_the_source_has_more() {
        check(
            "Rents in the old town decreased by a third after the bridge was opened [@holm].\n",
            &expect![[r#"
            Rents in the old town decreased by a third after the bridge was opened [@holm].
                                  ^^^^^^^^^ warning[claim-contradicted]: “decreased” here, “increased” in the source: they say the opposite
                                      sources/holm.md:6:1 "Rents in the old town increased by a third after the bridge was opened.": what the source says
        "#]],
        );
    }

    #[test]
    fn a_negation_that_was_lost() {
        check(
            "The committee published its report [@survey].\n",
            &expect![[r#"
            The committee published its report [@survey].
                          ^^^^^^^^^ warning[claim-contradicted]: “published” here, “not” in the source: one of them is negated
                              sources/page.md:6:1 "The committee did not publish its report.": what the source says
        "#]],
        );
    }

    #[test]
    fn the_same_number_written_otherwise() {
        check("The survey covered four thousand one hundred households in 12 regions [@survey].\n", &expect![[""]]);
    }
}
