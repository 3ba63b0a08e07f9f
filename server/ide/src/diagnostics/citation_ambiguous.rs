//! `citation-ambiguous`

use ibid_corpus::{FileId, Resolution, Severity};
use ibid_note::Citation;
use ibid_text::Span;

use super::{Code, Context, Finding, Fix, Related, Rule};
use crate::{
    Place,
    cite::{self, Style},
};

pub(super) const RULE: Rule = Rule {
    code: Code::CitationAmbiguous,
    name: "citation-ambiguous",
    severity: Severity::Warning,
    summary: "A citation leads to several sources.",
    documentation: r"## What it does

Reports a citation that fits several sources equally: a key that two of them claim, or a file name that stands in two
folders. A key in a source's own front matter goes before one in a bibliography, and both go before a file's name.

## Why it matters

What a citation leads to decides what is checked. A reader who follows it may well land on the other text.

## Fires

```
//- /sources/2023/report.md
One report.
//- /sources/2024/report.md
Another report.
//- /notes/note.md
So says [[report]].
```

## Does not fire

```
//- /sources/2023/report.md
One report.
//- /sources/2024/report.md
Another report.
//- /notes/note.md
So says [the later report](../sources/2024/report.md).
```
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (citation, resolution) in context.citations() {
        let Resolution::Several(files) = resolution else { continue };
        // A pointer in a footnote stands for itself too, and is told once.
        if citation.footnote.is_some() {
            continue;
        }
        let target = super::written_target(context, citation);
        let message = format!("`{target}` leads to {} sources", files.len());
        let head = |&file: &FileId| Place { file, span: Span::empty(0) };
        findings.push(Finding {
            related: files.iter().map(|file| Related::at(head(file), "one of them")).collect(),
            fixes: files.iter().filter_map(|file| fix(context, citation, head(file))).collect(),
            ..Finding::new(Code::CitationAmbiguous, citation.target_span, message)
        });
    }
}

/// Names the file by its path, which only one can have.
fn fix(context: &Context<'_>, citation: &Citation, place: Place) -> Option<Fix> {
    let path = &context.snapshot.file(place.file)?.path;
    let target = match Style::of_target(&citation.target)? {
        Style::Wiki => path.clone(),
        Style::Link | Style::Web => cite::target(context.snapshot, context.file, place, Style::Link)?,
        Style::Key => return None,
    };
    Some(Fix { title: format!("cite {path}"), edits: vec![(citation.target_span, target)], preferred: false })
}

#[cfg(test)]
mod tests {
    use super::RULE;

    #[test]
    fn the_documentation_is_true() {
        super::super::examples::check(&RULE);
    }
}
