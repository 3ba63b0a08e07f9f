use ibid_corpus::{File, FileId, Resolution};
use ibid_note::Target;
use ibid_source::PassageKind;
use ibid_text::Span;

use super::{Completion, Item, Kind, Request, context::Written};
use crate::{analysis::pointer::unwritten, syntax::slug::slug};

/// The headings of the file that a link names; `None` if it leads to no file.
pub(super) fn headings(request: &Request<'_>, target: &Written, span: Span) -> Option<Completion> {
    let file = leads_to(request, target)?;
    let is_wiki = matches!(target, Written::Wiki(_));
    let item = |text: String| {
        let insert = if is_wiki { format!("{text}{}", request.closing("]]")) } else { slug(&text) };
        Item {
            kind: Kind::Heading,
            detail: None,
            span,
            filter: format!("{text} {insert}"),
            insert,
            about: None,
            label: text,
        }
    };
    // A heading with wiki-link syntax in it cannot be written in a wiki-link.
    let is_marked = |text: &str| is_wiki && text.contains(['[', ']', '|', '#', '^']);
    let is_named = |text: &String| !text.is_empty() && !is_marked(text);
    let items = texts(request.snapshot.file(file)?).into_iter().filter(is_named).map(item).collect();
    Some(Completion { items, is_incomplete: false })
}

/// The file that a link names; the note itself if it names none.
pub(super) fn leads_to(request: &Request<'_>, target: &Written) -> Option<FileId> {
    let target = match target {
        Written::Wiki(name) | Written::Path(name) if name.is_empty() => return Some(request.file),
        Written::Wiki(name) => Target::Wiki { file: name.trim().to_owned(), fragment: None },
        Written::Path(path) => Target::Path { path: path.clone(), fragment: None },
    };
    match request.snapshot.resolve(request.file, &unwritten(target)) {
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
