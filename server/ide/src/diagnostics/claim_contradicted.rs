//! `claim-contradicted`

use ibid_corpus::Severity;
use ibid_evidence::{Mismatch, MismatchKind, Support};
use ibid_language::Class;
use ibid_note::Statement;

use super::Rule;
use crate::analysis::{
    checked_note::CheckedNote,
    comparison::Comparison,
    finding::{Code, Finding, Related},
    link_role::has_supporting_citation,
    support::comparison,
};

pub(super) const RULE: Rule = Rule {
    code: Code::ClaimContradicted,
    name: "claim-contradicted",
    severity: Severity::Warning,
    summary: "The cited passage has another number, date or name, or says the opposite.",
    documentation: r"## What it does

Compares a cited sentence with the nearest sentence of its source, and reports clear differences: another number of the
same thing, another ordinal, another year or month of the same event, another name in the same place, *more* instead of
*less*, *none* instead of *most*, or a negation in only one of them. In a sentence with several citations, each is compared
with the clause before it. Numbers in other notation (*ten thousand*, *10,000*), rounded numbers, and two names for one
thing (*UN*, *United Nations*) are equal.

Nothing is reported if the text of the source is not held, or if the claim's number occurs near the sentence. A link in
running text that only leads to what its words name is not compared.

## Why it matters

A figure typed from memory is an easy mistake to make, and one that readers do not expect under a citation.

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

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    for statement in checked.note.statements.iter().filter(|statement| has_supporting_citation(checked, statement)) {
        if let Some(comparison) = comparison(checked, statement) {
            findings.extend(finding(checked, statement, &comparison));
        }
    }
}

fn finding(checked: &CheckedNote<'_>, statement: &Statement, comparison: &Comparison) -> Option<Finding> {
    if comparison.verification.verdict != Support::Contradicted || comparison.supported_elsewhere {
        return None;
    }
    let mismatch = comparison.verification.mismatches.first()?;
    let message = message(checked, statement, comparison, mismatch)?;
    let related = comparison.sentence(checked.snapshot).map(|place| Related::at(place, "What the source says"));
    let span = statement.words.to_original(mismatch.claim);
    Some(Finding { related: related.into_iter().collect(), ..Finding::new(Code::ClaimContradicted, span, message) })
}

fn message(
    checked: &CheckedNote<'_>,
    statement: &Statement,
    comparison: &Comparison,
    mismatch: &Mismatch,
) -> Option<String> {
    let here = mismatch.claim.of(statement.words.text());
    let there = comparison.words(checked.snapshot, mismatch.evidence)?;
    Some(match mismatch.kind {
        MismatchKind::Causal => format!("The source says the opposite: “{there}”, not “{here}”"),
        MismatchKind::Negation if checked.language().is(&here.to_lowercase(), Class::Negation) => {
            format!("The source does not say “{here}”")
        }
        MismatchKind::Negation => format!("The source says “{there}”, and the claim does not"),
        _ => format!("The source says “{there}”, not “{here}”"),
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
                               ^^^^^^ warning[claim-contradicted]: The source says “4,100”, not “41,000”
                                   sources/page.md:4:1 "The survey covered 4,100 households in twelve regions.": What the source says
        "#]],
        );
    }

    #[test]
    fn another_name_in_the_same_place() {
        check(
            "The survey of fishing villages was led by Ada Berg in the winter of 1952 [@holm].\n",
            &expect![[r#"
                The survey of fishing villages was led by Ada Berg in the winter of 1952 [@holm].
                                                          ^^^^^^^^ warning[claim-contradicted]: The source says “Grace Holm”, not “Ada Berg”
                                                              sources/holm.md:4:1 "The survey of fishing villages was led by Grace Holm in the winter of 1952.": What the source says
            "#]],
        );
    }

    /// A passage that has every word of the claim but its ordinal does not bear it.
    #[test]
    fn another_ordinal_in_one_of_many_like_passages() {
        let page = "//- /sources/talks.md\n---\nid: talks\n---\nWelcome, all of you, to the 31st gathering of the \
            Reed Guild. The gathering is held by the rules that were read at the last gathering.\n\n\
            The gathering of the Reed Guild was long, and it was a good gathering.\n//- /notes/note.md\n";
        let fixture = Fixture::new(&format!("{page}It was the 30th gathering of the Reed Guild [@talks].\n"));
        expect![[r#"
            It was the 30th gathering of the Reed Guild [@talks].
                       ^^^^ warning[claim-contradicted]: The source says “31st”, not “30th”
                           sources/talks.md:4:1 "Welcome, all of you, to the 31st gathering of the Reed Guild.": What the source says
        "#]]
        .assert_eq(&fixture.underline(&diagnostics(&fixture.snapshot, fixture.file)));
    }

    /// A passage with the claim's own number is nearer than one with another.
    #[test]
    fn the_same_ordinal_in_one_of_many_like_passages() {
        let page = "//- /sources/talks.md\n---\nid: talks\n---\nWelcome, all of you, to the 31st gathering of the \
            Reed Guild.\n\nWelcome, all of you, to the 30th gathering of the Reed Guild.\n//- /notes/note.md\n";
        let fixture = Fixture::new(&format!("{page}It was the 30th gathering of the Reed Guild [@talks].\n"));
        assert_eq!(fixture.underline(&diagnostics(&fixture.snapshot, fixture.file)), "");
    }

    #[test]
    fn less_where_the_source_has_more() {
        check(
            "Rents in the old town decreased by a third after the bridge was opened [@holm].\n",
            &expect![[r#"
            Rents in the old town decreased by a third after the bridge was opened [@holm].
                                  ^^^^^^^^^ warning[claim-contradicted]: The source says the opposite: “increased”, not “decreased”
                                      sources/holm.md:6:1 "Rents in the old town increased by a third after the bridge was opened.": What the source says
        "#]],
        );
    }

    #[test]
    fn a_negation_that_was_lost() {
        check(
            "The committee published its report [@survey].\n",
            &expect![[r#"
            The committee published its report [@survey].
                          ^^^^^^^^^ warning[claim-contradicted]: The source says “not”, and the claim does not
                              sources/page.md:6:1 "The committee did not publish its report.": What the source says
        "#]],
        );
    }

    #[test]
    fn the_same_number_written_otherwise() {
        check("The survey covered four thousand one hundred households in 12 regions [@survey].\n", &expect![[""]]);
    }
}
