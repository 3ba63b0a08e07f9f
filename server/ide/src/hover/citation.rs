//! Hover on a citation: where it leads, rendered.

use ibid_corpus::{File, FileId, Resolution, Snapshot};
use ibid_note::{Citation, Target};
use ibid_source::Metadata;
use ibid_text::Span;

use super::{
    Hover,
    passage::{self, Shown},
};
use crate::markdown;

pub(super) fn hover(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    let citation = citation_at(snapshot.file(file)?, offset)?;
    let markdown = match snapshot.resolve(file, citation) {
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
pub(crate) fn citation_at(file: &File, offset: u32) -> Option<&Citation> {
    let citations = file.note.as_ref()?.citations.iter();
    let touched = |citation: &&Citation| citation.span.touches(offset) || citation.target_span.touches(offset);
    citations.filter(touched).min_by_key(|citation| citation.span.len())
}

/// Title, author and date, and the passage at the place.
fn source(snapshot: &Snapshot, id: FileId, span: Option<Span>) -> Option<String> {
    let file = snapshot.file(id)?;
    let readable = |span| Some(file.page()?.source()?.content.span_to_plain(span));
    // `span` is of the file's own text; the passage is of the readable one.
    if let Some(part) = span.and_then(readable).filter(|part| !part.is_empty()) {
        let parts = [part];
        let head = format!("{} · {}", work(&snapshot.metadata(file), file), passage::standing(snapshot, id, parts[0])?);
        let block = passage::block(file, &Shown { parts: &parts, edits: &[], quote: "" });
        return Some(std::iter::once(head).chain(block).collect::<Vec<_>>().join("\n\n"));
    }
    Some(format!("{} · {}", work(&snapshot.metadata(file), file), markdown::link(&file.path, id, 0)))
}

/// "**Title**, authors, date".
fn work(metadata: &Metadata, file: &File) -> String {
    let title = metadata.title.as_deref().unwrap_or(&file.path);
    let authors = (!metadata.authors.is_empty()).then(|| markdown::escape(&metadata.authors.join(", ")));
    let date = metadata.date.as_deref().map(markdown::escape);
    let parts: Vec<String> = std::iter::once(markdown::bold(title)).chain(authors).chain(date).collect();
    parts.join(", ")
}

const NOT_HELD: &str = "**Not held**: its text is not among the sources, so nothing is checked against it.";

/// A work without its text, as the bibliography has it under a key.
pub(crate) fn of_work(snapshot: &Snapshot, key: &str) -> String {
    let Some((file, entry)) = snapshot.entry(key) else { return NOT_HELD.to_owned() };
    let line = file.line_of(entry.span.start);
    let address = markdown::link(&format!("{}:{}", file.path, line + 1), file.id, line);
    format!("{} · {address}\n\n{NOT_HELD}", markdown::escape(&entry.to_string()))
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

    use crate::{fixture::Fixture, hover};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!(
            "//- /sources/page.md\n---\nid: page\ntitle: A [Page](http://x.y)\nauthor: Ada First\ndate: 2023-05-01\n---\n\n\
             # Models\n\nThey are evidence.\n//- /notes/other.md\nOther.\n//- /notes/note.md\n{note}"
        ));
        let hover = hover(&fixture.snapshot, fixture.file, fixture.offset);
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
                Carlsmith (2023), On \<b\>AI\</b\> · [refs.bib:1](ibid-file:3#L1)

                **Not held**: its text is not among the sources, so nothing is checked against it.
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
