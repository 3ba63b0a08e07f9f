//! `citation-unresolved`

use ibid_corpus::{Resolution, Severity};
use ibid_note::{Citation, Target, written_key};

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

The bibliographies that count are those of `ibid.toml` and those that the note names in its own front matter
(`bibliography`, `references`). Keys with an identifier (`@doi:…`, `@arxiv:…`, `@pmid:…`, `@url:…`) need no entry, and labels
of a note's own figures and sections (`@fig-…`) are no citations. If a bibliography of the note was not read, its keys are not
checked.

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
    for (citation, resolution) in checked.citations_in_text() {
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

/// Replaces the target by `near`: all of it, and what follows if the note goes on with the rest of `near`.
fn fix(checked: &CheckedNote<'_>, citation: &Citation, target: &str, near: &str) -> Option<Fix> {
    let text = checked.page.text();
    let written = citation.target_span.of(text);
    let at = citation.target_span.start + written.find(target)? as u32;
    let rest = &text[at as usize..];
    let is_braced = text[..at as usize].ends_with("@{");
    let len = if rest.starts_with(near) && !is_braced { near.len() } else { target.len() };
    let span = ibid_text::Span::new(at, at + len as u32);
    let replacement = match citation.target {
        Target::Key(_) if !is_braced => written_key(near)?,
        _ => near.to_owned(),
    };
    Some(Fix { title: format!("Change to `{near}`"), edits: vec![(span, replacement)], preferred: false })
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
    fn a_fix_replaces_all_of_a_key() {
        let page =
            "//- /sources/page.md\n---\nid: who_when_???\naliases: ['eels--smoked']\n---\nWords.\n//- /notes/note.md\n";
        let fixed = |note: &str| {
            let fixture = Fixture::new(&format!("{page}{note}"));
            let findings = diagnostics(&fixture.snapshot, fixture.file);
            fixture.apply(&findings[0].fixes[0].edits)
        };
        assert_eq!(fixed("So [@who_when_???].\n"), "So [@{who_when_???}].\n");
        assert_eq!(fixed("So [@{who_wen_???}].\n"), "So [@{who_when_???}].\n");
        assert_eq!(fixed("So [@eel--smoked, p. 3].\n"), "So [@{eels--smoked}, p. 3].\n");
    }

    #[test]
    fn works_of_the_notes_own_front_matter_resolve() {
        check("---\nreferences:\n- id: okoro2020\n  title: The Long Ladder\n---\nSo [@okoro2020].\n", &expect![[""]]);
        check("---\nbibliography: [~/elsewhere.bib]\n---\nSo [@unknown].\n", &expect![[""]]);
        check(
            "So [@doi:10.1000/x; @pmid:123], [@arxiv:2311.08379], [@url:https://a.org/b] and [@tag:deep].\n",
            &expect![[""]],
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
