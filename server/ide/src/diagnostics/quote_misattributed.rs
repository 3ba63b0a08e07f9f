//! `quote-misattributed`

use ibid_corpus::Severity;
use ibid_evidence::{Verdict, quotation::explain};
use ibid_note::Quotation;

use super::{Rule, rewording};
use crate::analysis::{
    checked_note::CheckedNote,
    cite::{self, Style},
    finding::{Code, Finding, Fix, Related},
    judged::{Judged, Misattribution},
    place::{Place, title},
};

pub(super) const RULE: Rule = Rule {
    code: Code::QuoteMisattributed,
    name: "quote-misattributed",
    severity: Severity::Warning,
    summary: "A quotation is from another source than the one cited, or from another person than the one named.",
    documentation: r"## What it does

Reports a quotation whose words are in a source, but in none of those that the note cites for them. Also reports a quotation
whose words are in the cited source, but not by the person that the note names: the author quotes somebody else there, or
somebody else wrote the passage.

Nothing is reported unless every cited source is held and completely read. A person is reported only if the source makes
the speaker certain (a confidence of 0.9 or more).

## Why it matters

Under the wrong name even a correct quotation misleads. The reader looks for it in the wrong place, and somebody seems to
hold a view that they may only have quoted to argue against it.

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

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    for (quotation, judged) in checked.quotations() {
        if judged.verdict == Verdict::Misattributed {
            findings.extend(finding(checked, quotation, judged));
        }
    }
}

fn finding(checked: &CheckedNote<'_>, quotation: &Quotation, judged: &Judged) -> Option<Finding> {
    let found = judged.best()?;
    let file = checked.snapshot.file(found.file)?;
    let page = file.page()?;
    let mut message = match judged.misattribution.as_ref()? {
        Misattribution::Source => {
            format!("The cited source does not say this, but “{}” does", title(checked.snapshot, file))
        }
        Misattribution::Voice { named, speaker: Some(speaker) } => {
            format!("These are {speaker}'s words, not {named}'s")
        }
        Misattribution::Voice { named, speaker: None } => format!("These are somebody else's words, not {named}'s"),
    };
    if judged.is_altered() {
        message.push_str("; also altered: ");
        message.push_str(&explain(&found.edits, quotation.words.text(), page.readable(), checked.language()));
    }
    let places = Place::of_match(checked.snapshot, found);
    let citing = places.first().and_then(|&place| cite_instead(checked, quotation, judged, place));
    let fixes = match citing {
        // The finding is resolved only if the words are corrected too.
        Some(citing) if judged.is_altered() => {
            let mending = rewording::fixes(checked.page.text(), quotation, found, page.readable());
            mending.into_iter().map(|fix| together(&citing, fix)).collect()
        }
        citing => citing.into_iter().collect(),
    };
    Some(Finding {
        related: places.into_iter().map(|place| Related::at(place, "Where the words are")).collect(),
        fixes,
        ..Finding::new(Code::QuoteMisattributed, super::words_of(quotation), message)
    })
}

/// Replaces the citation by one of the place where the words are, if there is exactly one citation.
fn cite_instead(checked: &CheckedNote<'_>, quotation: &Quotation, judged: &Judged, place: Place) -> Option<Fix> {
    let [index] = quotation.attribution.citations[..] else { return None };
    if judged.misattribution != Some(Misattribution::Source) {
        return None;
    }
    let citation = checked.note.citations.get(index as usize)?;
    // A footnote that is used more than once speaks for other sentences too.
    let footnote = citation.footnote.and_then(|footnote| checked.note.footnotes.get(footnote as usize));
    if footnote.is_some_and(|footnote| footnote.marks.len() != 1) {
        return None;
    }
    let new = cite::target(checked.snapshot, checked.file, place, Style::of_target(&citation.target)?)?;
    let title = format!("Cite {}", title(checked.snapshot, checked.snapshot.file(place.file)?));
    Some(Fix { title, edits: vec![(citation.target_span, new)], preferred: true })
}

/// Both fixes in one.
fn together(citing: &Fix, mending: Fix) -> Fix {
    let mut edits = mending.edits;
    edits.extend(citing.edits.iter().cloned());
    edits.sort_by_key(|(span, _)| *span);
    Fix { title: format!("{} and {}", citing.title, lowercased(&mending.title)), edits, preferred: mending.preferred }
}

/// A text with its first letter in lower case.
fn lowercased(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
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
    fn the_fix_cites_the_source_of_the_words() {
        check(
            "“It remains to be seen what happens at higher capability levels” [@second].\n",
            &expect![[r#"
                “It remains to be seen what happens at higher capability levels” [@second].
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-misattributed]: The cited source does not say this, but “The First Page” does
                     sources/first.md:7:1 "It remains to be seen what happens at higher capability levels": Where the words are
                     fix: Cite The First Page
                Cite The First Page:
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
                                                                                            ^^^^^^^^^ error[citation-unresolved]: No source or bibliography entry has the key `elsewhere`
            "#]],
        );
    }

    #[test]
    fn altered_words_of_another_source_have_both_faults() {
        check(
            "“It remains to be seen what happens at much higher capability levels” [@second].\n",
            &expect![[r#"
                “It remains to be seen what happens at much higher capability levels” [@second].
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-misattributed]: The cited source does not say this, but “The First Page” does; also altered: one word was added that the source does not have (“much”)
                     sources/first.md:7:1 "It remains to be seen what happens at higher capability levels": Where the words are
                     fix: Cite The First Page and use the source's wording
                     fix: Cite The First Page and mark the change with [ ]
                Cite The First Page and use the source's wording:
                “It remains to be seen what happens at higher capability levels” [@first].
                Cite The First Page and mark the change with [ ]:
                “It remains to be seen what happens at [much] higher capability levels” [@first].
            "#]],
        );
    }
}
