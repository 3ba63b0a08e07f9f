//! `quote-not-found`

use ibid_corpus::Severity;
use ibid_evidence::Verdict;

use super::{Code, Context, Finding, Related, Rule};
use crate::Place;

pub(super) const RULE: Rule = Rule {
    code: Code::QuoteNotFound,
    name: "quote-not-found",
    severity: Severity::Warning,
    summary: "A quotation is in no source.",
    documentation: r"## What it does

Reports words that the note presents as somebody's, with a citation or with a frame such as *X writes*, and that no source
has, not even with some words changed. The nearest passage is shown, if any is near.

It keeps silent about words that nothing attributes (scare quotes, coined terms, a dialogue of one's own), about fewer
words than `minimum-words`, and about words from a work whose text is not held: those are *unchecked*, and hover says so.
A link attributes words when it stands beside them or says them; one that merely stands in their sentence, among the
quoted words, or leads to a section of the note itself does not. A name attributes them when it is that of a source's
author: of somebody who is only quoted in a source, the rest is not held.

## Why it matters

A quotation that nobody can trace is worth nothing as evidence. It may be a paraphrase that slipped into quotation marks,
a memory of another text, or made up by a machine.

## Fires

```
//- /sources/page.txt
Clarity is often very important for deciding the right interventions.
//- /notes/note.md
[The page](../sources/page.txt) says that “a schemer is any model that would rather be trusted than right”.
```

## Does not fire

The words are nobody's, or from a work that is not held.

```
//- /sources/page.txt
Clarity is often very important for deciding the right interventions.
//- /notes/note.md
I call this the “rather be trusted than right” problem. A [page on the web](https://example.org/schemers) says that
“a schemer is any model that would rather be trusted than right”.
```
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (quotation, judged) in context.quotations() {
        if judged.verdict != Verdict::NotFound {
            continue;
        }
        let nearest = judged.located.nearest.iter().flat_map(|near| Place::of_match(context.snapshot, near));
        findings.push(Finding {
            related: nearest.map(|place| Related::at(place, "the nearest passage")).collect(),
            ..Finding::new(Code::QuoteNotFound, super::words_of(quotation), "no source has these words".to_owned())
        });
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::RULE;
    use crate::{diagnostics, fixture::Fixture};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!(
            "//- /sources/page.md\n---\nid: page\nauthor: Ada First\n---\n\nIt remains to be seen what happens at higher \
             capability levels, and alignment will likely get harder.\n//- /notes/note.md\n{note}"
        ));
        expect.assert_eq(&fixture.underline(&diagnostics(&fixture.snapshot, fixture.file)));
    }

    #[test]
    fn the_documentation_is_true() {
        super::super::examples::check(&RULE);
    }

    #[test]
    fn the_nearest_passage_is_shown() {
        check(
            "“It remains to be seen whether anything at all happens to the levels of capability we have” [@page].\n",
            &expect![[r#"
                “It remains to be seen whether anything at all happens to the levels of capability we have” [@page].
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-not-found]: no source has these words
                     sources/page.md:6:1 "It remains to be seen what happens at higher capability levels, and alignment will likely": the nearest passage
            "#]],
        );
    }

    #[test]
    fn a_voice_that_we_hold_is_accountable() {
        check(
            "According to Ada First, “nobody has ever explained to me why cats purr”.\n",
            &expect![[r#"
            According to Ada First, “nobody has ever explained to me why cats purr”.
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-not-found]: no source has these words
        "#]],
        );
    }

    #[test]
    fn a_voice_that_we_do_not_hold_is_not() {
        check("According to Zoe Last, “nobody has ever explained to me why cats purr”.\n", &expect![[""]]);
    }

    #[test]
    fn few_words_are_not_judged() {
        check("[@page] speaks of “cats and dogs”.\n", &expect![[""]]);
    }
}
