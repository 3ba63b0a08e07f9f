//! Works and files as Markdown: title, authors, date, and whether the text is held.

use std::path::Path;

use ibid_corpus::{File, FileId, Snapshot, bibliography::Entry};
use ibid_source::Extent;
use ibid_text::Span;

use super::passage::{self, Shown};
use crate::syntax::markdown;

/// A source's work, how much of its text is held, and the passage at a place in the file's own text.
pub(crate) fn source(snapshot: &Snapshot, id: FileId, span: Option<Span>) -> Option<String> {
    let file = snapshot.file(id)?;
    let readable = |span| Some(file.page()?.source()?.content.span_to_plain(span));
    let head = work(snapshot, file);
    let extent = file.metadata.as_ref().and_then(|metadata| missing(metadata.extent)).map(str::to_owned);
    if let Some(part) = span.and_then(readable).filter(|part| !part.is_empty()) {
        let parts = [part];
        let head = format!("{head} · {}", passage::location(snapshot, id, parts[0])?);
        let block = passage::block(file, &Shown { parts: &parts, edits: &[], quote: "" });
        return Some(std::iter::once(head).chain(extent).chain(block).collect::<Vec<_>>().join("\n\n"));
    }
    let head = format!("{head} · {}", markdown::link(&file.path, id, 0));
    Some(std::iter::once(head).chain(extent).collect::<Vec<_>>().join("\n\n"))
}

/// A source's work: "**Title**, authors, date, *container*".
fn work(snapshot: &Snapshot, file: &File) -> String {
    let metadata = snapshot.metadata(file);
    let container = snapshot.entry_of(file).and_then(|entry| entry.container.as_deref());
    rendered(metadata.title.as_deref().unwrap_or(&file.path), &metadata.authors, metadata.date.as_deref(), container)
}

/// The work of a bibliography entry.
fn of_entry(entry: &Entry) -> String {
    let mut authors: Vec<String> = entry.authors.iter().map(ToString::to_string).collect();
    if let Some(last) = authors.last_mut().filter(|_| entry.has_more_authors) {
        last.push_str(" et al.");
    }
    rendered(entry.title.as_deref().unwrap_or(&entry.key), &authors, entry.year.as_deref(), entry.container.as_deref())
}

/// "**Title**, authors, date, *container*".
fn rendered(title: &str, authors: &[String], date: Option<&str>, container: Option<&str>) -> String {
    let authors = (!authors.is_empty()).then(|| markdown::escape(&authors.join(", ")));
    let date = date.map(markdown::escape);
    let container = container.map(|container| format!("*{}*", markdown::escape(container)));
    let parts: Vec<String> =
        std::iter::once(markdown::bold(title)).chain(authors).chain(date).chain(container).collect();
    parts.join(", ")
}

/// Shown for a work whose text is not among the sources.
pub(crate) const NOT_HELD: &str = "**Not held**: its text is not among the sources, so nothing is checked against it.";

/// A remark about a work whose text is not completely held.
const fn missing(extent: Extent) -> Option<&'static str> {
    match extent {
        Extent::Whole => None,
        Extent::Highlights => {
            Some("**Highlights only**: the rest of the work is not held, so nothing is checked against it.")
        }
        Extent::Partial => {
            Some("**Partly read**: the rest of the work could not be read, so nothing is checked against it.")
        }
    }
}

/// A work whose text is not held, by its key in the bibliography, with the reason if its file could not be read.
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

/// A file as a whole.
pub(crate) fn of_file(snapshot: &Snapshot, file: FileId) -> Option<String> {
    if snapshot.file(file)?.is_source() { source(snapshot, file, None) } else { note(snapshot, file, None) }
}

/// A note, or a place in it.
pub(crate) fn note(snapshot: &Snapshot, id: FileId, span: Option<Span>) -> Option<String> {
    let file = snapshot.file(id)?;
    let line = span.map_or(0, |span| file.line_of(span.start));
    Some(format!("A note, not a source: {}", markdown::link(&file.path, id, line)))
}
