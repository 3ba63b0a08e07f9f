use ibid_corpus::{File, bibliography::Entry};
use ibid_note::written_key;
use rustc_hash::FxHashSet;

use super::{About, Completion, Item, Kind, MOST, Request, context::Slot, filter, rest_after, sense::senses_meant};

/// Keys after `@`. Sources that define a term of the sentence come first, then other sources, then works that are only in a
/// bibliography.
pub(super) fn keys(request: &Request<'_>, slot: Slot) -> Completion {
    let begun = slot.typed.of(request.text);
    let is_braced = request.text[..slot.span.start as usize].ends_with('{');
    let insert = |key: &str, written: String| {
        if is_braced { format!("{key}{}", slot.closing("}")) } else { written }
    };
    let senses = senses_meant(request);
    let sources = request.snapshot.files_by_name(begun).into_iter().filter_map(|id| request.snapshot.file(id));
    let mut sources: Vec<&File> = sources.map(|file| &**file).filter(|file| file.is_source()).collect();
    let own_key = |file: &File| file.metadata.as_ref().is_some_and(|own| own.keys.iter().any(|key| begins(key, begun)));
    sources.sort_by_cached_key(|file| {
        let is_begun = own_key(file) || begins(file.stem(), begun);
        let has_key = file.metadata.as_ref().is_some_and(|own| !own.keys.is_empty());
        (!senses.contains_key(&file.id), !is_begun, !has_key, file.path.as_str())
    });
    let is_incomplete = sources.len() > MOST || begun.is_empty();
    sources.truncate(MOST);
    let held: Vec<(Key, &File)> = sources.into_iter().filter_map(|file| Some((key_of(request, file)?, file))).collect();
    let bibliographies = request.snapshot.bibliographies().filter_map(|file| file.bibliography.as_ref());
    let mut works: Vec<&Entry> = bibliographies.flat_map(|works| works.works_by_name(begun)).collect();
    works.sort_by_key(|work| !begins(&work.key, begun));
    let mut seen = FxHashSet::default();
    let of_source = |(Key { key, written }, file): (Key, &File)| {
        let metadata = request.snapshot.metadata(file);
        let authors = metadata.authors.join(", ");
        let title = metadata.title.unwrap_or_default();
        let parts = [&*authors, &title, metadata.date.as_deref().unwrap_or_default()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Item {
            kind: Kind::Source,
            detail: senses
                .get(&file.id)
                .cloned()
                .or_else(|| Some(parts.join(", ")).filter(|detail| !detail.is_empty())),
            span: slot.span,
            insert: insert(&key, written),
            filter: filter(begun, &[&key, &title, &authors]),
            about: Some(About::File(file.id)),
            label: key,
        }
    };
    let of_work = |work: &Entry| {
        let detail = work.to_string();
        let written = written_key(&work.key)?;
        Some(Item {
            label: work.key.clone(),
            kind: Kind::Work,
            span: slot.span,
            insert: insert(&work.key, written),
            filter: filter(begun, &[&work.key, &detail]),
            about: Some(About::Work(work.key.clone())),
            detail: Some(detail),
        })
    };
    let is_incomplete = is_incomplete || held.len() + works.len() > MOST;
    let held = held.into_iter().take(MOST).map(of_source);
    let items =
        held.chain(works.into_iter().take(MOST).filter_map(of_work)).filter(|item| seen.insert(item.label.clone()));
    Completion { items: items.take(MOST).collect(), is_incomplete }
}

/// Whether a name begins with the typed text.
fn begins(name: &str, typed: &str) -> bool {
    rest_after(name, typed).is_some()
}

/// A key, and how it is written after `@`.
struct Key {
    key: String,
    written: String,
}

/// The key of a source: its own or a bibliography's, or else the name of its file; the first that can be written.
fn key_of(request: &Request<'_>, file: &File) -> Option<Key> {
    let mut keys = request.snapshot.metadata(file).keys.into_iter().chain([file.stem().to_owned()]);
    keys.find_map(|key| Some(Key { written: written_key(&key)?, key }))
}
