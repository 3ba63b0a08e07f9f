//! Hover on a citation: where it leads, rendered.

use std::path::Path;

use ibid_corpus::{File, FileId, Resolution, Snapshot, bibliography::Entry};
use ibid_note::{Citation, Target};
use ibid_source::Extent;
use ibid_text::Span;

use super::{
    Hover,
    passage::{self, Shown},
};
use crate::markdown;

pub(super) fn hover(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    let citation = citation_at(snapshot.file(file)?, offset)?;
    let markdown = match snapshot.resolve(file, &citation) {
        Resolution::Source { file, span } => source(snapshot, file, span)?,
        Resolution::Note { file, span } => note(snapshot, file, span)?,
        Resolution::NotHeld => match &citation.target {
            Target::Key(key) => of_work(snapshot, key),
            _ => NOT_HELD.to_owned(),
        },
        Resolution::Several(files) => several(snapshot, &files),
        Resolution::Dead { nearest } => dead(&nearest),
        Resolution::NoCitation => return None,
    };
    let span = if citation.span.touches(offset) { citation.span } else { citation.target_span };
    Some(Hover { span, markdown })
}

/// The innermost citation of a note at an offset: at its mark, or where its target is written.
pub(crate) fn citation_at(file: &File, offset: u32) -> Option<Citation> {
    let citations = file.citations().into_iter();
    let touched = |citation: &Citation| citation.span.touches(offset) || citation.target_span.touches(offset);
    citations.filter(touched).min_by_key(|citation| citation.span.len())
}

/// The work, whether all of its text is held, and the passage at the place.
fn source(snapshot: &Snapshot, id: FileId, span: Option<Span>) -> Option<String> {
    let file = snapshot.file(id)?;
    let readable = |span| Some(file.page()?.source()?.content.span_to_plain(span));
    let head = work(snapshot, file);
    let extent = file.metadata.as_ref().and_then(|metadata| missing(metadata.extent)).map(str::to_owned);
    // `span` is of the file's own text; the passage is of the readable one.
    if let Some(part) = span.and_then(readable).filter(|part| !part.is_empty()) {
        let parts = [part];
        let head = format!("{head} · {}", passage::standing(snapshot, id, parts[0])?);
        let block = passage::block(file, &Shown { parts: &parts, edits: &[], quote: "" });
        return Some(std::iter::once(head).chain(extent).chain(block).collect::<Vec<_>>().join("\n\n"));
    }
    let head = format!("{head} · {}", markdown::link(&file.path, id, 0));
    Some(std::iter::once(head).chain(extent).collect::<Vec<_>>().join("\n\n"))
}

/// The work that a source is the text of: "**Title**, authors, date, *where*".
fn work(snapshot: &Snapshot, file: &File) -> String {
    let metadata = snapshot.metadata(file);
    let container = snapshot.entry_of(file).and_then(|entry| entry.container.as_deref());
    rendered(metadata.title.as_deref().unwrap_or(&file.path), &metadata.authors, metadata.date.as_deref(), container)
}

/// A work as an entry of a bibliography has it.
fn of_entry(entry: &Entry) -> String {
    let authors: Vec<String> = entry.authors.iter().map(ToString::to_string).collect();
    rendered(entry.title.as_deref().unwrap_or(&entry.key), &authors, entry.year.as_deref(), entry.container.as_deref())
}

/// "**Title**, authors, date, *where*".
fn rendered(title: &str, authors: &[String], date: Option<&str>, container: Option<&str>) -> String {
    let authors = (!authors.is_empty()).then(|| markdown::escape(&authors.join(", ")));
    let date = date.map(markdown::escape);
    let container = container.map(|container| format!("*{}*", markdown::escape(container)));
    let parts: Vec<String> =
        std::iter::once(markdown::bold(title)).chain(authors).chain(date).chain(container).collect();
    parts.join(", ")
}

const NOT_HELD: &str = "**Not held**: its text is not among the sources, so nothing is checked against it.";
/// What to know of a work that is not all here.
const fn missing(extent: Extent) -> Option<&'static str> {
    match extent {
        Extent::Whole => None,
        Extent::Highlights => {
            Some("**Highlights only**: what is not among them may still stand in the work, and is not checked.")
        }
        Extent::Partial => {
            Some("**Not all of it could be read**: what is not found may still stand in the work, and is not checked.")
        }
    }
}

/// A work without its text, as the bibliography has it under a key; with the reason where its file could not be read.
pub(crate) fn of_work(snapshot: &Snapshot, key: &str) -> String {
    let Some((file, entry)) = snapshot.entry(key) else { return NOT_HELD.to_owned() };
    let line = file.line_of(entry.span.start);
    let address = markdown::link(&format!("{}:{}", file.path, line + 1), file.id, line);
    let names: Vec<&str> = entry.files.iter().filter_map(|path| path.rsplit('/').next()).collect();
    let is_its_file = |path: &Path| path.file_name().is_some_and(|name| names.iter().any(|&of_entry| name == of_entry));
    let unread = snapshot.skipped().iter().find(|skipped| is_its_file(&skipped.path));
    let why = match unread {
        Some(skipped) => {
            let name = skipped.path.file_name().unwrap_or_default().to_string_lossy();
            format!(
                "**Not read**: {}, so nothing is checked against it.",
                markdown::escape(&format!("{name}: {}", skipped.reason))
            )
        }
        None => NOT_HELD.to_owned(),
    };
    format!("{} · {address}\n\n{why}", of_entry(entry))
}

/// A file as a whole: a source by its title, authors and date.
pub(crate) fn of_file(snapshot: &Snapshot, file: FileId) -> Option<String> {
    if snapshot.file(file)?.is_source() { source(snapshot, file, None) } else { note(snapshot, file, None) }
}

fn note(snapshot: &Snapshot, id: FileId, span: Option<Span>) -> Option<String> {
    let file = snapshot.file(id)?;
    let line = span.map_or(0, |span| file.line_of(span.start));
    Some(format!("A note, not a source: {}", markdown::link(&file.path, id, line)))
}

fn several(snapshot: &Snapshot, files: &[FileId]) -> String {
    let links = files.iter().filter_map(|&id| snapshot.file(id)).map(|file| markdown::link(&file.path, file.id, 0));
    format!("**Ambiguous**: leads to {} sources: {}.", files.len(), links.collect::<Vec<_>>().join(", "))
}

fn dead(nearest: &[String]) -> String {
    let near: Vec<String> = nearest.iter().take(3).map(|name| markdown::escape(name)).collect();
    if near.is_empty() {
        return "**Leads nowhere.**".to_owned();
    }
    format!("**Leads nowhere.** Nearest: {}.", near.join(", "))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{Memo, fixture::Fixture, hover};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!(
            "//- /sources/page.md\n---\nid: page\ntitle: A [Page](http://x.y)\nauthor: Ada First\ndate: 2023-05-01\n---\n\n\
             # Models\n\nThey are evidence.\n//- /notes/other.md\nOther.\n//- /notes/note.md\n{note}"
        ));
        let hover = hover(&fixture.snapshot, fixture.file, fixture.offset, &Memo::default());
        expect.assert_eq(&hover.map_or("no hover\n".to_owned(), |hover| hover.markdown + "\n"));
    }

    #[test]
    fn a_source_is_named() {
        check(
            "They are evidence [@pa$0ge].\n",
            &expect![[r#"
                **A \[Page\](http\://x\.y)**, Ada First, 2023-05-01 · [sources/page.md](ibid-file:0#L1)
            "#]],
        );
    }

    #[test]
    fn the_place_is_shown() {
        check(
            "They are evidence ([page](../sources/page.md#L10$0)).\n",
            &expect![[r#"
                **A \[Page\](http\://x\.y)**, Ada First, 2023-05-01 · [sources/page.md:10](ibid-file:0#L10) · probably Ada First

                > They are evidence.
            "#]],
        );
    }

    #[test]
    fn a_dead_one_says_so() {
        check(
            "They are evidence [@pag$0].\n",
            &expect![[r#"
            **Leads nowhere.** Nearest: page.
        "#]],
        );
    }

    #[test]
    fn a_footnote_shows_its_source() {
        check(
            "They are evidence.[^1]$0\n\n[^1]: [page](../sources/page.md)\n",
            &expect![[r#"
                **A \[Page\](http\://x\.y)**, Ada First, 2023-05-01 · [sources/page.md](ibid-file:0#L1)
            "#]],
        );
    }

    #[test]
    fn a_work_without_text_is_named_from_the_bibliography() {
        check(
            "They are evidence [@car$0lsmith].\n//- /refs.bib\n@book{carlsmith,\n  author = {Joe Carlsmith},\n  title = {On <b>AI</b>},\n  year = {2023},\n}\n",
            &expect![[r#"
                **On \<b\>AI\</b\>**, Joe Carlsmith, 2023 · [refs.bib:1](ibid-file:3#L1)

                **Not held**: its text is not among the sources, so nothing is checked against it.
            "#]],
        );
    }

    #[test]
    fn a_work_whose_text_is_held_is_rendered_whole() {
        check(
            "They are evidence [@pa$0ge].\n//- /refs.bib\n@article{page,\n  title = {A Page}, journal = {J. Pages},\n}\n",
            &expect![[r#"
                **A \[Page\](http\://x\.y)**, Ada First, 2023-05-01, *J. Pages* · [sources/page.md](ibid-file:0#L1)
            "#]],
        );
    }

    #[test]
    fn highlights_say_that_they_are() {
        check(
            "So [@ro$0ots].\n//- /sources/kept.md\n---\ncitekey: roots\nauthor: Simone Weil\n---\n\n# Roots\n\n## Highlights\n\
             - Words. ([View Highlight](https://read.readwise.io/read/1))\n",
            &expect![[r#"
                **Roots**, Simone Weil · [sources/kept.md](ibid-file:3#L1)

                **Highlights only**: what is not among them may still stand in the work, and is not checked.
            "#]],
        );
    }

    #[test]
    fn what_is_not_held_says_so() {
        check(
            "They are evidence (<https://exa$0mple.org>).\n",
            &expect![[r#"
                **Not held**: its text is not among the sources, so nothing is checked against it.
            "#]],
        );
    }
}
