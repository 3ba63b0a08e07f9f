use ibid_corpus::{File, FileId, Resolution};
use ibid_note::Target;
use ibid_text::Span;

use super::{About, Completion, Item, Kind, MOST, Request, context::Slot, filter, rest_after, sense::senses_meant};
use crate::{
    analysis::{place, pointer::unwritten},
    syntax::wiki_name::is_wiki_name,
};

/// File names after `[[`. The `fragment` behind the name is replaced too if the file has no such place.
pub(super) fn names(request: &Request<'_>, slot: Slot, fragment: Span) -> Completion {
    let insert = |name: &str, _: &File| format!("{name}{}", slot.closing("]]"));
    let mut completion = files(request, slot, slot.typed.of(request.text), insert);
    completion.items.retain(|item| is_wiki_name(&item.label));
    for item in &mut completion.items {
        if !request.has_fragment(fragment, |fragment| Target::Wiki { file: item.label.clone(), fragment }) {
            item.span.end = fragment.end;
        }
    }
    completion
}

/// The files with names that begin with the words `begun`; `insert` gives the text for a name and its file. Files that define a
/// term of the sentence come first, then names that begin with the typed text, sources before notes.
pub(super) fn files(
    request: &Request<'_>,
    slot: Slot,
    begun: &str,
    insert: impl Fn(&str, &File) -> String,
) -> Completion {
    let senses = senses_meant(request);
    let held = request.snapshot.files_by_name(begun).into_iter().filter_map(|id| request.snapshot.file(id));
    let mut files: Vec<&File> = held.map(|file| &**file).filter(|file| is_linked(request, file)).collect();
    files.sort_by_cached_key(|file| {
        let is_begun = rest_after(file.stem(), begun).is_some();
        (!senses.contains_key(&file.id), !is_begun, !file.is_source(), file.stem().len(), file.path.as_str())
    });
    let is_incomplete = files.len() > MOST || begun.is_empty();
    files.truncate(MOST);
    let item = |file: &File| {
        let title = title(request, file);
        let name = name_of(request, file);
        let sense = senses.get(&file.id).cloned();
        Item {
            kind: if file.is_source() { Kind::Source } else { Kind::Note },
            detail: sense.or_else(|| title.clone().filter(|title| *title != name)),
            span: slot.span,
            insert: insert(&name, file),
            filter: filter(slot.typed.of(request.text), &[&name, title.as_deref().unwrap_or_default(), &aliases(file)]),
            about: Some(About::File(file.id)),
            label: name,
        }
    };
    Completion { items: files.into_iter().map(item).collect(), is_incomplete }
}

fn is_linked(request: &Request<'_>, file: &File) -> bool {
    (file.is_source() || file.is_note()) && file.id != request.file
}

/// The name that leads to a file from here: its stem, or its path without extension if the stem is ambiguous.
fn name_of(request: &Request<'_>, file: &File) -> String {
    let name = file.stem();
    if leads_to(request, name, file.id) {
        return name.to_owned();
    }
    file.path.rsplit_once('.').map_or(&*file.path, |(path, _)| path).to_owned()
}

fn leads_to(request: &Request<'_>, name: &str, wanted: FileId) -> bool {
    let target = Target::Wiki { file: name.to_owned(), fragment: None };
    let resolution = request.snapshot.resolve(request.file, &unwritten(target));
    matches!(resolution, Resolution::Source { file, .. } | Resolution::Note { file, .. } if file == wanted)
}

/// The title of a file, if it has one.
fn title(request: &Request<'_>, file: &File) -> Option<String> {
    if file.is_source() {
        return Some(place::title(request.snapshot, file)).filter(|title| *title != file.path);
    }
    let card = file.summary()?;
    let of_head = card.title.as_deref().map(str::to_owned);
    of_head.or_else(|| card.headings().into_iter().next().filter(|first| first.level == 1).map(|first| first.text))
}

fn aliases(file: &File) -> String {
    let card = file.summary();
    let of_source = file.metadata.iter().flat_map(|metadata| &metadata.aliases).map(String::as_str);
    let of_note = card.iter().flat_map(|card| &card.aliases).map(|alias| &**alias);
    of_source.chain(of_note).collect::<Vec<_>>().join(" ")
}
