//! `claim-unsupported`

use ibid_corpus::Severity;
use ibid_evidence::Support;
use ibid_text::words;

use super::Rule;
use crate::analysis::{
    checked_note::CheckedNote,
    finding::{Code, Finding, Related},
    link_role::has_supporting_citation,
    support::{comparison, reports_a_view},
};

pub(super) const RULE: Rule = Rule {
    code: Code::ClaimUnsupported,
    name: "claim-unsupported",
    severity: Severity::Off,
    summary: "The cited source has no passage near the claim.",
    documentation: r"## What it does

Searches the cited source for passages about the claim, and reports the claim if even the nearest one has almost none of
its names, numbers and content words, nor words with a similar meaning. A summary in the note's own words is not reported if
some passage is near. A link in running text that only leads to what its words name is not checked, nor one that relates
the thought to another or sends the reader on (“connects to [[Tides]]”), nor a source whose text is not held.

It is off by default: on the notes of strangers it was hardly ever right, because a note's own words are often far from those
of its source.

## Why it matters

The citation probably belongs to another sentence, or should point to another work of the same author. A reader who follows
it finds nothing.

## Fires

```
//- /sources/page.md
---
id: garden
---
Tomatoes want sun and water. Basil grows well beside them.
//- /notes/note.md
The parliament of Norway moved to a new building on Karl Johans gate in 1866 [@garden].
```

## Does not fire

```
//- /sources/page.md
---
id: garden
---
Tomatoes want sun and water. Basil grows well beside them.
//- /notes/note.md
Basil is a good neighbour for tomatoes [@garden].
```
",
    check,
};

/// The most coverage (0..1) of the claim by the nearest sentence at which it is reported.
const FAR: f32 = 0.2;
/// The fewest words of a claim that is reported.
const FEWEST_WORDS: usize = 10;

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    for statement in checked.note.statements.iter().filter(|statement| !reports_a_view(statement, checked.language())) {
        if words(statement.words.text()).count() < FEWEST_WORDS || !has_supporting_citation(checked, statement) {
            continue;
        }
        let Some(comparison) = comparison(checked, statement) else { continue };
        let verification = &comparison.verification;
        if verification.verdict == Support::Unsupported
            && verification.coverage <= FAR
            && !comparison.supported_elsewhere
        {
            let shows = if verification.nearest.is_some() { "The nearest passage" } else { "The cited source" };
            let related = comparison.sentence(checked.snapshot).map(|place| Related::at(place, shows));
            findings.push(Finding {
                related: related.into_iter().collect(),
                ..Finding::new(
                    Code::ClaimUnsupported,
                    statement.span,
                    "The cited source has no passage near this claim".to_owned(),
                )
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{super::examples, RULE};
    use crate::fixture::Fixture;

    fn check(note: &str, expect: &Expect) {
        let page = "//- /sources/garden.md\nTomatoes want sun and water. Basil grows well beside them.\n";
        let fixture = Fixture::new(&format!("{page}//- /notes/note.md\n{note}"));
        expect.assert_eq(&fixture.underline(&examples::run(&RULE, &fixture)));
    }

    #[test]
    fn a_link_to_what_is_named_supports_no_claim() {
        check(
            "The parliament of Norway bought a [garden](../sources/garden.md) behind its new building in 1866.\n",
            &expect![[""]],
        );
        check(
            "It snowed. [Parliament](../sources/garden.md) moved to a new building on Karl Johans gate in March 1866.\n",
            &expect![[""]],
        );
        check(
            "The parliament of Norway moved to a new building on Karl Johans gate ([page](../sources/garden.md)).\n",
            &expect![[r#"
                The parliament of Norway moved to a new building on Karl Johans gate ([page](../sources/garden.md)).
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[claim-unsupported]: The cited source has no passage near this claim
                    sources/garden.md:1:1 "Tomatoes want sun and water. Basil grows well beside them.": The cited source
            "#]],
        );
    }

    #[test]
    fn a_link_that_relates_or_sends_on_supports_no_claim() {
        for note in [
            "The parliament of Norway moved to a new building in 1866, which connects to [[garden]].\n",
            "For the new building of the parliament of Norway, which dates from 1866, see [[garden]].\n",
            "- [[garden|The parliament of Norway moved to a new building on Karl Johans gate in 1866]]\n",
        ] {
            check(note, &expect![[""]]);
        }
    }

    #[test]
    fn the_documentation_is_true() {
        examples::check(&RULE);
    }
}
