//! `claim-unsupported`

use ibid_corpus::Severity;
use ibid_evidence::Support;
use ibid_text::words;

use super::{Code, Context, Finding, Related, Rule};
use crate::{
    bearing::is_cited,
    support::{tells_its_source, weigh},
};

pub(super) const RULE: Rule = Rule {
    code: Code::ClaimUnsupported,
    name: "claim-unsupported",
    severity: Severity::Information,
    summary: "The cited source has no passage near the claim.",
    documentation: r"## What it does

Looks through the cited source for passages that speak to the sentence, and reports it when even the nearest has next to
none of its names, numbers and content words, nor any word near to them in meaning. A sentence in the note's own summing-up
words is left alone when some passage comes near; so is a link in running text whose words name a thing, as it leads to
that thing and bears no claim; a source that is not held is never judged.

## Why it matters

The citation was meant for the sentence next door, or for another page of the same author; the reader who follows it finds
nothing.

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

/// The most of the claim that the nearest sentence may say.
const FAR: f32 = 0.2;
/// The fewest words of a claim that can be missed in a source.
const FEWEST_WORDS: usize = 10;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for statement in
        context.note.statements.iter().filter(|statement| !tells_its_source(statement, context.snapshot.language()))
    {
        if words(statement.words.text()).count() < FEWEST_WORDS || !is_cited(context, statement) {
            continue;
        }
        let Some(weighed) = weigh(context, statement) else { continue };
        let verification = &weighed.verification;
        if verification.verdict == Support::Unsupported && verification.coverage <= FAR && !weighed.borne_elsewhere {
            let shows = if verification.nearest.is_some() { "the nearest passage" } else { "the cited source" };
            let related = weighed.sentence(context).map(|place| Related::at(place, shows));
            findings.push(Finding {
                related: related.into_iter().collect(),
                ..Finding::new(
                    Code::ClaimUnsupported,
                    statement.span,
                    "the cited source has no passage near this claim".to_owned(),
                )
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::RULE;
    use crate::{diagnostics, fixture::Fixture};

    fn check(note: &str, expect: &Expect) {
        let page = "//- /sources/garden.md\nTomatoes want sun and water. Basil grows well beside them.\n";
        let fixture = Fixture::new(&format!("{page}//- /notes/note.md\n{note}"));
        expect.assert_eq(&fixture.underline(&diagnostics(&fixture.snapshot, fixture.file)));
    }

    #[test]
    fn a_link_to_what_is_named_bears_no_claim() {
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
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[claim-unsupported]: the cited source has no passage near this claim
                    sources/garden.md:1:1 "Tomatoes want sun and water. Basil grows well beside them.": the cited source
            "#]],
        );
    }

    #[test]
    fn the_documentation_is_true() {
        super::super::examples::check(&RULE);
    }
}
