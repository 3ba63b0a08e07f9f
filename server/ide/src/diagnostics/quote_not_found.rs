//! `quote-not-found`

use ibid_corpus::Severity;
use ibid_evidence::Verdict;

use super::Rule;
use crate::analysis::{
    checked_note::CheckedNote,
    finding::{Code, Finding, Related},
    place::Place,
};

pub(super) const RULE: Rule = Rule {
    code: Code::QuoteNotFound,
    name: "quote-not-found",
    severity: Severity::Warning,
    summary: "No source has the words of a quotation.",
    documentation: r"## What it does

Reports a quotation that the note attributes to somebody, by a citation or by a phrase such as *X writes*, if no source has
its words, not even with some of them changed. The nearest passage is shown, if there is one.

Some quotations are *unchecked* instead, as hover explains: those that nothing attributes (scare quotes, coined terms, a
dialogue of the writer's own), those with fewer words than `minimum-words`, and those from a work whose text is not held.
A link attributes a quotation if it is beside it or introduces it, but not if it is elsewhere in the sentence, among the
quoted words, or leads to a section of the note itself. A name attributes a quotation if it is that of a source's author.
The name of somebody who is only quoted in a source does not: the rest of what they wrote is not held.

## Why it matters

A quotation that nobody can trace is no evidence. It may be a paraphrase that ended up in quotation marks, a memory of
another text, or the invention of a language model.

## Fires

```
//- /sources/page.txt
Clarity is often very important for deciding the right interventions.
//- /notes/note.md
[The page](../sources/page.txt) says that “a schemer is any model that would rather be trusted than right”.
```

## Does not fire

The first quotation is not attributed to anybody; the second is from a work that is not held.

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

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    for (quotation, judged) in checked.quotations() {
        if judged.verdict != Verdict::NotFound {
            continue;
        }
        let nearest = judged.located.nearest.iter().flat_map(|near| Place::of_match(checked.snapshot, near));
        findings.push(Finding {
            related: nearest.map(|place| Related::at(place, "The nearest passage")).collect(),
            ..Finding::new(Code::QuoteNotFound, super::words_of(quotation), "No source has these words".to_owned())
        });
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::RULE;
    use crate::{analysis::finding::Code, diagnostics, fixture::Fixture};

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
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-not-found]: No source has these words
                     sources/page.md:6:1 "It remains to be seen what happens at higher capability levels, and alignment will likely": The nearest passage
            "#]],
        );
    }

    #[test]
    fn the_words_of_a_held_author_are_checked() {
        check(
            "According to Ada First, “nobody has ever explained to me why cats purr”.\n",
            &expect![[r#"
            According to Ada First, “nobody has ever explained to me why cats purr”.
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-not-found]: No source has these words
        "#]],
        );
    }

    #[test]
    fn the_words_of_an_unknown_author_are_not() {
        check("According to Zoe Last, “nobody has ever explained to me why cats purr”.\n", &expect![[""]]);
    }

    #[test]
    fn few_words_are_not_judged() {
        check("[@page] speaks of “cats and dogs”.\n", &expect![[""]]);
    }

    #[test]
    fn a_set_phrase_is_no_passage_and_a_term_no_quotation() {
        let source = "//- /sources/page.md\n---\nid: page\n---\n\nIt is one of the oldest mills in the valley, and it leaks.\n\n\
                      The baker sold his third cart in March.\n//- /notes/note.md\n";
        let codes = |note: &str| {
            let fixture = Fixture::new(&format!("{source}{note}"));
            let findings = diagnostics(&fixture.snapshot, fixture.file);
            findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        assert_eq!(codes("The page says that “it is one of the kindest jokes” [@page].\n"), [Code::QuoteNotFound]);
        assert_eq!(
            codes("The page says that “the baker sold his third goat in March” [@page].\n"),
            [Code::QuoteAltered]
        );
        assert_eq!(codes("他说“水车理论基础” [@page].\n"), []);
    }
}
