//! `quote-misattributed`

use ibid_corpus::Severity;
use ibid_evidence::{Verdict, quotation::explain};
use ibid_note::Quotation;

use super::{Code, Context, Finding, Fix, Related, Rule, rewording};
use crate::{
    Judged, Misattribution, Place,
    cite::{self, Style},
    place,
};

pub(super) const RULE: Rule = Rule {
    code: Code::QuoteMisattributed,
    name: "quote-misattributed",
    severity: Severity::Warning,
    summary: "A quotation stands in another source than the one cited, or in another voice than the one named.",
    documentation: r"## What it does

Reports a quotation whose words are found in the corpus, but in none of the sources that the note cites for them; and one
whose words stand where the note says, but are spoken there by somebody else than the note says: the author quotes them,
or a different author wrote them.

It keeps silent unless every cited source is held and fully read, and unless the page tells with great certainty (0.9 or
more) whose voice it is.

## Why it matters

A true sentence under the wrong name misleads twice: the reader looks for it where it is not, and somebody is made to
hold a view that they may only have repeated to argue against it.

## Fires

```
//- /sources/first.txt
It remains to be seen what happens at higher capability levels.
//- /sources/second.txt
Clarity is often very important for deciding the right interventions.
//- /notes/note.md
The comment says “it remains to be seen what happens at higher capability levels” ([source](../sources/second.txt)).
```

```
//- /sources/page.md
---
author: Bob Marsh
---
Ada Lovelace writes:

> The engine weaves patterns as the loom weaves leaves.
//- /notes/note.md
Bob Marsh writes: “The engine weaves patterns as the loom weaves leaves” ([page](../sources/page.md)).
```

## Does not fire

```
//- /sources/page.md
---
author: Bob Marsh
---
Ada Lovelace writes:

> The engine weaves patterns as the loom weaves leaves.
//- /notes/note.md
Bob Marsh quotes her: “The engine weaves patterns as the loom weaves leaves” ([page](../sources/page.md)).
```

```
//- /sources/first.txt
It remains to be seen what happens at higher capability levels.
//- /sources/second.txt
Clarity is often very important for deciding the right interventions.
//- /notes/note.md
The comment says “it remains to be seen what happens at higher capability levels” ([source](../sources/first.txt)).
```
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (quotation, judged) in context.quotations() {
        if judged.verdict == Verdict::Misattributed {
            findings.extend(finding(context, quotation, judged));
        }
    }
}

fn finding(context: &Context<'_>, quotation: &Quotation, judged: &Judged) -> Option<Finding> {
    let found = judged.best()?;
    let file = context.snapshot.file(found.file)?;
    let page = file.page()?;
    let mut message = match judged.misattribution.as_ref()? {
        Misattribution::Source => {
            format!("the cited source does not say this, but “{}” does", place::title(context.snapshot, file))
        }
        Misattribution::Voice { named, speaker: Some(speaker) } => {
            format!("these are {speaker}'s words, not {named}'s")
        }
        Misattribution::Voice { named, speaker: None } => format!("these are somebody else's words, not {named}'s"),
    };
    if judged.is_altered() {
        message.push_str("; and ");
        message.push_str(&explain(&found.edits, quotation.words.text(), page.readable(), context.snapshot.language()));
    }
    let places = Place::of_match(context.snapshot, found);
    let citing = places.first().and_then(|&place| cite_instead(context, quotation, judged, place));
    let fixes = match citing {
        // Only both together leave no fault.
        Some(citing) if judged.is_altered() => {
            let mending = rewording::fixes(context.page.text(), quotation, found, page.readable());
            mending.into_iter().map(|fix| together(&citing, fix)).collect()
        }
        citing => citing.into_iter().collect(),
    };
    Some(Finding {
        related: places.into_iter().map(|place| Related::at(place, "where the words stand")).collect(),
        fixes,
        ..Finding::new(Code::QuoteMisattributed, super::words_of(quotation), message)
    })
}

/// Cites the place where the words stand instead of the one cited, when there is one citation to replace.
fn cite_instead(context: &Context<'_>, quotation: &Quotation, judged: &Judged, place: Place) -> Option<Fix> {
    let [index] = quotation.attribution.citations[..] else { return None };
    if judged.misattribution != Some(Misattribution::Source) {
        return None;
    }
    let citation = context.note.citations.get(index as usize)?;
    // A footnote that is used more than once speaks for other sentences too.
    let footnote = citation.footnote.and_then(|footnote| context.note.footnotes.get(footnote as usize));
    if footnote.is_some_and(|footnote| footnote.marks.len() != 1) {
        return None;
    }
    let new = cite::target(context.snapshot, context.file, place, Style::of_target(&citation.target)?)?;
    let title = format!("cite {}", place::title(context.snapshot, context.snapshot.file(place.file)?));
    Some(Fix { title, edits: vec![(citation.target_span, new)], preferred: true })
}

/// A fix that does what two do.
fn together(citing: &Fix, mending: Fix) -> Fix {
    let mut edits = mending.edits;
    edits.extend(citing.edits.iter().cloned());
    edits.sort_by_key(|(span, _)| *span);
    Fix { title: format!("{} and {}", citing.title, mending.title), edits, preferred: mending.preferred }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::RULE;

    const SOURCES: &str = "//- /sources/first.md\n---\nid: first\ntitle: The First Page\nauthor: Ada First\n---\n\n\
        It remains to be seen what happens at higher capability levels.\n\n\
        //- /sources/second.md\n---\nid: second\ntitle: The Second Page\nauthor: Bob Second\n---\n\n\
        Clarity is often very important for deciding the right interventions.\n\n\
        //- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        super::super::examples::check_fixes(SOURCES, note, expect);
    }

    #[test]
    fn the_documentation_is_true() {
        super::super::examples::check(&RULE);
    }

    #[test]
    fn the_fix_cites_where_the_words_stand() {
        check(
            "“It remains to be seen what happens at higher capability levels” [@second].\n",
            &expect![[r#"
                “It remains to be seen what happens at higher capability levels” [@second].
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-misattributed]: the cited source does not say this, but “The First Page” does
                     sources/first.md:7:1 "It remains to be seen what happens at higher capability levels": where the words stand
                     fix: cite The First Page
                cite The First Page:
                “It remains to be seen what happens at higher capability levels” [@first].
            "#]],
        );
    }

    #[test]
    fn a_work_that_is_not_held_may_have_the_words() {
        check(
            "“It remains to be seen what happens at higher capability levels” [@second; @elsewhere] (https://example.org/x).\n",
            &expect![[r#"
                “It remains to be seen what happens at higher capability levels” [@second; @elsewhere] (https://example.org/x).
                                                                                            ^^^^^^^^^ error[citation-unresolved]: no source or bibliography entry is called `elsewhere`
            "#]],
        );
    }

    #[test]
    fn changed_words_of_another_source_are_both_faults() {
        check(
            "“It remains to be seen what happens at much higher capability levels” [@second].\n",
            &expect![[r#"
                “It remains to be seen what happens at much higher capability levels” [@second].
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-misattributed]: the cited source does not say this, but “The First Page” does; and one word was added that the source does not have (“much”)
                     sources/first.md:7:1 "It remains to be seen what happens at higher capability levels": where the words stand
                     fix: cite The First Page and use the source's wording
                     fix: cite The First Page and mark the change with [ ]
                cite The First Page and use the source's wording:
                “It remains to be seen what happens at higher capability levels” [@first].
                cite The First Page and mark the change with [ ]:
                “It remains to be seen what happens at [much] higher capability levels” [@first].
            "#]],
        );
    }
}
