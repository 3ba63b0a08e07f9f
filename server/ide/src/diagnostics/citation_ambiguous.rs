//! `citation-ambiguous`

use ibid_corpus::{FileId, Resolution, Severity};
use ibid_note::{Citation, Target};
use ibid_text::{Span, letters};

use super::Rule;
use crate::analysis::{
    checked_note::CheckedNote,
    cite::{self, Style},
    finding::{Code, Finding, Fix, Related},
    place::Place,
};

pub(super) const RULE: Rule = Rule {
    code: Code::CitationAmbiguous,
    name: "citation-ambiguous",
    severity: Severity::Warning,
    summary: "A citation leads to several sources.",
    documentation: r"## What it does

Reports a citation that matches several sources equally well: a key that two of them have, or a file name that exists in
two folders. A web address is ambiguous only if its sources have different titles or DOIs: several copies of one page
are one work. A key in a source's front matter takes precedence over a key in a bibliography, and both take precedence over
a file name.

## Why it matters

The citation decides which text is checked. A reader who follows it may end up at the other one.

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

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    for (citation, resolution) in checked.citations_in_text() {
        let Resolution::Several(files) = resolution else { continue };
        // A citation in a footnote also occurs at the footnote's marks; it is reported once, where it is written.
        if citation.footnote.is_some() || is_one_page(checked, citation, files) {
            continue;
        }
        let target = super::written_target(checked, citation);
        let message = format!("Ambiguous citation: `{target}` leads to {} sources", files.len());
        let head = |&file: &FileId| Place { file, span: Span::empty(0) };
        findings.push(Finding {
            related: files.iter().map(|file| Related::at(head(file), "One of them")).collect(),
            fixes: files.iter().filter_map(|file| fix(checked, citation, head(file))).collect(),
            ..Finding::new(Code::CitationAmbiguous, citation.target_span, message)
        });
    }
}

/// Whether the citation is a web address and no two of its sources say that they are different works: it leads to one page,
/// of which several copies or excerpts are held.
fn is_one_page(checked: &CheckedNote<'_>, citation: &Citation, files: &[FileId]) -> bool {
    let works =
        || files.iter().filter_map(|&file| checked.snapshot.file(file)).map(|file| checked.snapshot.metadata(file));
    let is_several = |values: Vec<String>| {
        let folded: Vec<String> = values.iter().map(|value| letters(value).collect()).collect();
        folded.iter().any(|value| *value != folded[0])
    };
    let titles = works().filter_map(|work| work.title).collect();
    let dois = works().filter_map(|work| work.doi).collect();
    matches!(citation.target, Target::Url { .. }) && !is_several(titles) && !is_several(dois)
}

/// Cites the file by its path, which is unique.
fn fix(checked: &CheckedNote<'_>, citation: &Citation, place: Place) -> Option<Fix> {
    let path = &checked.snapshot.file(place.file)?.path;
    let target = match Style::of_target(&citation.target)? {
        Style::Wiki => path.clone(),
        Style::Link | Style::Web => cite::target(checked.snapshot, checked.file, place, Style::Link)?,
        Style::Key => return None,
    };
    Some(Fix { title: format!("Cite {path}"), edits: vec![(citation.target_span, target)], preferred: false })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{diagnostics, fixture::Fixture};

    #[test]
    fn copies_of_one_page_are_one_work() {
        let count = |first: &str, second: &str| {
            let page = |name: &str, title: &str| {
                format!("//- /sources/{name}.md\n---\nurl: https://a.org/x\n{title}\n---\nSome words.\n")
            };
            let pages = [page("one", first), page("two", second)].concat();
            let fixture = Fixture::new(&format!("{pages}//- /notes/note.md\nSo says [the page](https://a.org/x).\n"));
            diagnostics(&fixture.snapshot, fixture.file).len()
        };
        assert_eq!(count("author: A", "author: A"), 0);
        assert_eq!(count("title: On tides", "title: On Tides"), 0);
        assert_eq!(count("title: On tides", "title: On gates"), 1);
    }

    #[test]
    fn the_documentation_is_true() {
        super::super::examples::check(&RULE);
    }
}
