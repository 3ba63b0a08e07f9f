use ibid_corpus::{File, FileId, Resolution};
use ibid_note::Target;
use ibid_source::PassageKind;
use ibid_text::letters;

use super::{
    Completion, Item, Kind, Request,
    context::{Slot, Written},
};
use crate::{
    analysis::pointer::unwritten,
    syntax::{slug::slug, wiki_name::wiki_heading},
};

/// The headings of the file that a link names; `None` if it leads to no file.
pub(super) fn headings(request: &Request<'_>, target: &Written, slot: Slot) -> Option<Completion> {
    let file = leads_to(request, target)?;
    let is_wiki = matches!(target, Written::Wiki(_));
    let item = |text: String| {
        let insert = if is_wiki { format!("{}{}", wiki_heading(&text), slot.closing("]]")) } else { slug(&text) };
        Item {
            kind: Kind::Heading,
            detail: None,
            span: slot.span,
            filter: format!("{text} {insert}"),
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
