//! `citation-unresolved`

use ibid_corpus::{Resolution, Severity};
use ibid_note::{Citation, Target};

use super::Rule;
use crate::analysis::{
    checked_note::CheckedNote,
    finding::{Code, Finding, Fix},
};

pub(super) const RULE: Rule = Rule {
    code: Code::CitationUnresolved,
    name: "citation-unresolved",
    severity: Severity::Error,
    summary: "A citation leads nowhere.",
    documentation: r"## What it does

Reports a citation key that no source and no bibliography defines, and a link to a file, a heading, a block or a line that
does not exist. The nearest key or file is offered as a fix.

A web address is accepted as it is: nothing is downloaded. A wiki-link to a note that is not written yet is a plan, not a
mistake, and a word after `@` is a citation only if something defines it.

## Why it matters

Today, a citation that leads nowhere is usually a typing mistake that is easy to correct. In a year, nobody will know what
it meant.

## Fires

```
//- /sources/page.md
---
id: kwa-comments
---
Current models are significant evidence.
//- /notes/note.md
Current models are evidence [@kwa-coments]. So says [the page](../sources/pgae.md).
```

## Does not fire

```
//- /sources/page.md
---
id: kwa-comments
---
Current models are significant evidence.
//- /notes/note.md
Current models are evidence [@kwa-comments]. See [[A note to write]], or ask @ada. There is [more](https://example.org).
```
",
    check,
};

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    for (citation, resolution) in checked.citations() {
        let Resolution::Dead { nearest } = resolution else { continue };
        // A citation in a footnote also occurs at the footnote's marks; it is reported once, where it is written.
        if citation.footnote.is_some() {
            continue;
        }
        let target = super::written_target(checked, citation);
        let message = match citation.target {
            Target::Key(_) => format!("No source or bibliography entry has the key `{target}`"),
            Target::NoFootnote(_) => format!("No footnote has the label `{target}`"),
            _ => format!("`{target}` does not exist"),
        };
        findings.push(Finding {
            fixes: nearest.iter().take(3).filter_map(|near| fix(checked, citation, &target, near)).collect(),
            ..Finding::new(Code::CitationUnresolved, citation.target_span, message)
        });
    }
}

/// Replaces the target by `near`.
fn fix(checked: &CheckedNote<'_>, citation: &Citation, target: &str, near: &str) -> Option<Fix> {
    let written = citation.target_span.of(checked.page.text());
    let at = citation.target_span.start + written.find(target)? as u32;
    let span = ibid_text::Span::new(at, at + target.len() as u32);
    Some(Fix { title: format!("Change to `{near}`"), edits: vec![(span, near.to_owned())], preferred: false })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::RULE;
    use crate::{diagnostics, fixture::Fixture};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!(
            "//- /sources/page.md\n---\nid: kwa-comments\n---\n\n# Models\n\nThey are evidence.\n//- /notes/note.md\n{note}"
        ));
        let findings = diagnostics(&fixture.snapshot, fixture.file);
        let mut shown = fixture.underline(&findings);
        for fix in findings.iter().flat_map(|finding| &finding.fixes) {
            shown.push_str(&fixture.apply(&fix.edits));
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn the_documentation_is_true() {
        super::super::examples::check(&RULE);
    }

    #[test]
    fn a_footnote_is_reported_once() {
        check(
            "One.[^a] Two.[^a] Three.[^b]\n\n[^a]: See [@nobody].\n",
            &expect![[r#"
            One.[^a] Two.[^a] Three.[^b]
                                      ^ error[citation-unresolved]: No footnote has the label `b`
            [^a]: See [@nobody].
                        ^^^^^^ error[citation-unresolved]: No source or bibliography entry has the key `nobody`
        "#]],
        );
    }

    #[test]
    fn a_misspelt_key_is_corrected() {
        check(
            "They are evidence [@kwa-coments].\n",
            &expect![[r#"
            They are evidence [@kwa-coments].
                                ^^^^^^^^^^^ error[citation-unresolved]: No source or bibliography entry has the key `kwa-coments`
                                    fix: Change to `kwa-comments`
            They are evidence [@kwa-comments].
        "#]],
        );
    }

    #[test]
    fn a_misspelt_path_is_corrected() {
        check(
            "They are evidence ([page](../sources/pag.md)).\n",
            &expect![[r#"
            They are evidence ([page](../sources/pag.md)).
                                      ^^^^^^^^^^^^^^^^^ error[citation-unresolved]: `../sources/pag.md` does not exist
                                          fix: Change to `../sources/page.md`
            They are evidence ([page](../sources/page.md)).
        "#]],
        );
    }

    #[test]
    fn a_plan_is_not_a_mistake() {
        check("See [[A note to write]], and ask @ada or ada@example.org.\n", &expect![[""]]);
    }
}
