use ibid_corpus::{File, FileId, Resolution};
use ibid_source::PassageKind;
use ibid_text::{Span, letters};

use super::{
    Completion, Item, Kind, Request,
    context::{Slot, Written},
};
use crate::{
    analysis::pointer::unwritten,
    syntax::{slug::slug, wiki_name::wiki_heading},
};

/// The headings of the file that a link names; `None` if it leads to no file. Of the headings around it in the `path`, those that
/// do not go with it are replaced too.
pub(super) fn headings(request: &Request<'_>, target: &Written, slot: Slot, path: Span) -> Option<Completion> {
    let file = leads_to(request, target)?;
    let is_wiki = matches!(target, Written::Wiki(_));
    let outer = Span::new(path.start, slot.span.start).of(request.text);
    let inner = Span::new(slot.span.end, path.end).of(request.text);
    let item = |text: String| {
        let name = if is_wiki { wiki_heading(&text) } else { slug(&text) };
        let has = |path: String| request.has_place(target.place(&path));
        let span = if inner.is_empty() || has(format!("{outer}{name}{inner}")) {
            slot.span
        } else {
            Span::new(slot.span.start, path.end)
        };
        let is_below = outer.is_empty() || has(format!("{outer}{name}"));
        let span = if is_below { span } else { path };
        let insert = if is_wiki { format!("{name}{}", slot.closing("]]")) } else { name };
        Item {
            kind: Kind::Heading,
            detail: None,
            span,
            filter: if is_below { format!("{text} {insert}") } else { format!("{outer}{text} {insert}") },
            insert,
            about: None,
            label: text,
        }
    };
    let is_named = |text: &String| letters(text).next().is_some();
    let items = texts(request.snapshot.file(file)?).into_iter().filter(is_named).map(item).collect();
    Some(Completion { items, is_incomplete: false })
}

/// The file that a link names; the note itself if it names none.
pub(super) fn leads_to(request: &Request<'_>, target: &Written) -> Option<FileId> {
    if target.name().is_empty() {
        return Some(request.file);
    }
    match request.snapshot.resolve(request.file, &unwritten(target.place(""))) {
        Resolution::Source { file, .. } | Resolution::Note { file, .. } => Some(file),
        _ => None,
    }
}

/// The headings of a file, in order.
fn texts(file: &File) -> Vec<String> {
    if file.is_note() {
        return file.headings().iter().map(|heading| heading.text.trim().to_owned()).collect();
    }
    let Some(page) = file.page() else { return Vec::new() };
    let Some(source) = page.source() else { return Vec::new() };
    let headings = source.passages.iter().filter(|passage| passage.kind == PassageKind::Heading);
    headings.map(|passage| passage.span.of(source.text()).trim_matches(['#', ' ']).to_owned()).collect()
}
