//! `link-broken`

use ibid_corpus::{Resolution, Severity, names_attachment};
use ibid_note::{Citation, Fragment, Target};
use ibid_text::Span;

use super::Rule;
use crate::{
    analysis::{
        checked_note::CheckedNote,
        finding::{Code, Finding, Fix},
    },
    syntax::{slug::slug, wiki_name::wiki_heading},
};

pub(super) const RULE: Rule = Rule {
    code: Code::LinkBroken,
    name: "link-broken",
    severity: Severity::Warning,
    summary: "A link, or an embedded part or image, leads to a place that does not exist.",
    documentation: r"## What it does

Reports a link, wiki-link or embed whose heading, block or line does not exist in a note that does, and an image or attachment
that is nowhere in the workspace. The nearest heading or block is offered as a fix. (For a place in a source, which a citation
names, see `citation-unresolved`.)

A wiki-link to a note that is not written yet is a plan, not a mistake, also with a heading. A heading is found in any case, by
its words, by the anchor that renderers make of it, or by a path of headings; an image, by its path or by its name in another
folder, as in Obsidian. Nothing is reported for a note that includes other texts, which may have the heading, for paths from the
root of a web site, and in a workspace without any attachments: they are kept in another place.

## Why it matters

A heading is renamed, and every link to it silently leads to the top of the page, or nowhere.

## Fires

```
//- /sources/page.txt
A page.
//- /notes/boats.md
# Boats

## Ropes and Sails

A knot is a promise.
//- /notes/note.md
See [[boats#Ropes and Sail]], [the oars](boats.md#oars), [[boats#^tarred]] and [below](#below).
```

## Does not fire

```
//- /sources/page.txt
A page.
//- /notes/boats.md
# Boats

## Ropes and Sails

A knot is a promise. ^tarred
//- /notes/note.md
# Here

See [[boats#Ropes and Sails]], [[boats#Boats#Ropes and Sails]], [sails](boats.md#ropes-and-sails), [[boats#^tarred]],
[above](#here) and [[Anchors, some day#Chains]].
```
",
    check,
};

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    for (citation, resolution) in checked.citations_in_text() {
        let may_break = matches!(resolution, Resolution::Note { .. }) || citation.target.is_within_note();
        // A citation in a footnote also occurs at the footnote's marks; it is reported once, where it is written.
        if may_break && citation.footnote.is_none() && citation.target.fragment().is_some() {
            findings.extend(missing_place(checked, citation));
        }
        if *resolution == Resolution::NoCitation && citation.footnote.is_none() {
            findings.extend(missing_file(checked, &citation.target, citation.target_span));
        }
    }
    for image in &checked.note.images {
        findings.extend(missing_file(checked, &image.target, image.target_span));
    }
}

fn missing_place(checked: &CheckedNote<'_>, citation: &Citation) -> Option<Finding> {
    let nearest = checked.snapshot.missing_in_note(checked.file.id, &citation.target)?;
    let (kind, name) = match citation.target.fragment()? {
        Fragment::Heading(heading) => ("heading", heading.clone()),
        Fragment::Block(block) => ("block", block.clone()),
        Fragment::Lines { first, .. } => ("line", first.to_string()),
        Fragment::Text { .. } => return None,
    };
    let place = match &citation.target {
        Target::Wiki { file, .. } | Target::Path { path: file, .. } if !file.is_empty() => format!("`{file}`"),
        _ => "This note".to_owned(),
    };
    let fixes = nearest.iter().take(3).filter_map(|near| fix(checked, citation, near));
    Some(Finding {
        fixes: fixes.collect(),
        ..Finding::new(Code::LinkBroken, citation.target_span, format!("{place} has no {kind} `{name}`"))
    })
}

/// Replaces what stands after the first `#`, as links of this kind write it.
fn fix(checked: &CheckedNote<'_>, citation: &Citation, near: &str) -> Option<Fix> {
    let written = citation.target_span.of(checked.page.text());
    let at = citation.target_span.start + written.find('#')? as u32 + 1;
    let is_wiki = matches!(citation.target, Target::Wiki { .. });
    let place = match citation.target.fragment()? {
        Fragment::Heading(_) if is_wiki => wiki_heading(near),
        Fragment::Heading(_) => slug(near),
        Fragment::Block(_) => format!("^{near}"),
        Fragment::Lines { .. } | Fragment::Text { .. } => return None,
    };
    let edits = vec![(Span::new(at, citation.target_span.end), place)];
    Some(Fix { title: format!("Change to `{near}`"), edits, preferred: false })
}

fn missing_file(checked: &CheckedNote<'_>, target: &Target, span: Span) -> Option<Finding> {
    let (Target::Wiki { file: path, .. } | Target::Path { path, .. }) = target else { return None };
    let is_missing = names_attachment(path) && checked.snapshot.lacks_attachment(checked.file.id, path);
    is_missing.then(|| Finding::new(Code::LinkBroken, span, format!("`{path}` does not exist")))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{super::examples, RULE};
    use crate::fixture::Fixture;

    const BOATS: &str = "//- /sources/page.txt\nA page.\n//- /attachments/map.png\nPNG\n\
        //- /notes/boats.md\n# Boats\n\n## Ropes and Sails {#sails}\n\nA knot is a promise. ^tarred\n\n<h2>Raw oars</h2>\n\
        //- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{BOATS}{note}"));
        let findings = examples::run(&RULE, &fixture);
        let mut shown = fixture.underline(&findings);
        for fix in findings.iter().flat_map(|finding| &finding.fixes) {
            shown.push_str(&fixture.apply(&fix.edits));
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn the_documentation_is_true() {
        examples::check(&RULE);
    }

    #[test]
    fn a_missing_heading_is_reported_with_the_nearest() {
        check(
            "See [[boats#Rope and Sails|there]] or [here](boats.md#rope-and-sails).\n",
            &expect![[r#"
                See [[boats#Rope and Sails|there]] or [here](boats.md#rope-and-sails).
                      ^^^^^^^^^^^^^^^^^^^^ hint[link-broken]: `boats` has no heading `Rope and Sails`
                          fix: Change to `Ropes and Sails`
                                                             ^^^^^^^^^^^^^^^^^^^^^^^ hint[link-broken]: `boats.md` has no heading `rope-and-sails`
                                                                 fix: Change to `Ropes and Sails`
                See [[boats#Ropes and Sails|there]] or [here](boats.md#rope-and-sails).
                See [[boats#Rope and Sails|there]] or [here](boats.md#ropes-and-sails).
            "#]],
        );
    }

    #[test]
    fn missing_blocks_and_parts_of_the_note_itself() {
        check(
            "# Here\n\nSee [[#There]], [there](#there) and ![[boats#^tared]].\n",
            &expect![[r#"
            See [[#There]], [there](#there) and ![[boats#^tared]].
                  ^^^^^^ hint[link-broken]: This note has no heading `There`
                      fix: Change to `Here`
                                    ^^^^^^ hint[link-broken]: This note has no heading `there`
                                        fix: Change to `Here`
                                                   ^^^^^^^^^^^^ hint[link-broken]: `boats` has no block `tared`
                                                       fix: Change to `tarred`
            # Here

            See [[#Here]], [there](#there) and ![[boats#^tared]].
            # Here

            See [[#There]], [there](#here) and ![[boats#^tared]].
            # Here

            See [[#There]], [there](#there) and ![[boats#^tarred]].
        "#]],
        );
    }

    #[test]
    fn a_missing_image_is_reported() {
        check(
            "![[sketch.png|200]] ![A sketch](img/sketch.png) and [[scan.pdf]].\n",
            &expect![[r#"
            ![[sketch.png|200]] ![A sketch](img/sketch.png) and [[scan.pdf]].
                                                                  ^^^^^^^^ hint[link-broken]: `scan.pdf` does not exist
               ^^^^^^^^^^ hint[link-broken]: `sketch.png` does not exist
                                            ^^^^^^^^^^^^^^ hint[link-broken]: `img/sketch.png` does not exist
        "#]],
        );
    }

    #[test]
    fn what_exists_or_cannot_be_told_is_left_alone() {
        check(
            "See [[boats#sails]], [oars](boats.md#raw-oars), [[boats#Boats]], [[boats#boats#ropes and sails]], [[Not yet#Part]], \
             ![[map.png]], ![a](map.png), ![b](/site/x.png), ![c](https://a.org/x.png), [top](#top) and [[boats#^tarred]].\n",
            &expect![[""]],
        );
    }
}
