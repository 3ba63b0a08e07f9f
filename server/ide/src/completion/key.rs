use ibid_corpus::{File, bibliography::Entry};
use ibid_text::Span;
use rustc_hash::FxHashSet;

use super::{About, Completion, Item, Kind, MOST, Typed, filter, rest_after, sense::senses_meant};

/// Keys for `@`: of the sources that give a sense to a term of the sentence first, then of sources that are held, then of
/// works that only a bibliography knows.
pub(super) fn keys(typed: &Typed<'_>, span: Span) -> Completion {
    let begun = span.of(typed.text);
    let senses = senses_meant(typed);
    let sources = typed.snapshot.files_by_name(begun).into_iter().filter_map(|id| typed.snapshot.file(id));
    let mut sources: Vec<&File> = sources.map(|file| &**file).filter(|file| file.is_source()).collect();
    let own_key = |file: &File| file.metadata.as_ref().is_some_and(|own| own.keys.iter().any(|key| begins(key, begun)));
    sources.sort_by_cached_key(|file| {
        let is_begun = own_key(file) || begins(file.stem(), begun);
        let has_key = file.metadata.as_ref().is_some_and(|own| !own.keys.is_empty());
        (!senses.contains_key(&file.id), !is_begun, !has_key, file.path.as_str())
    });
    let is_incomplete = sources.len() > MOST || begun.is_empty();
    sources.truncate(MOST);
    let held: Vec<(String, &File)> =
        sources.into_iter().filter_map(|file| Some((key_of(typed, file)?, file))).collect();
    let bibliographies = typed.snapshot.bibliographies().filter_map(|file| file.bibliography.as_ref());
    let mut works: Vec<&Entry> = bibliographies.flat_map(|works| works.works_by_name(begun)).collect();
    works.sort_by_key(|work| !begins(&work.key, begun));
    let mut seen = FxHashSet::default();
    let of_source = |(key, file): (String, &File)| {
        let metadata = typed.snapshot.metadata(file);
        let authors = metadata.authors.join(", ");
        let title = metadata.title.unwrap_or_default();
        let told = [&*authors, &title, metadata.date.as_deref().unwrap_or_default()];
        let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
        Item {
            kind: Kind::Source,
            detail: senses.get(&file.id).cloned().or_else(|| Some(told.join(", ")).filter(|told| !told.is_empty())),
            span,
            insert: key.clone(),
            filter: filter(begun, &[&key, &title, &authors]),
            about: Some(About::File(file.id)),
            label: key,
        }
    };
    let of_work = |work: &Entry| {
        let told = work.to_string();
        Item {
            label: work.key.clone(),
            kind: Kind::Work,
            span,
            insert: work.key.clone(),
            filter: filter(begun, &[&work.key, &told]),
            about: Some(About::Work(work.key.clone())),
            detail: Some(told),
        }
    };
    let is_incomplete = is_incomplete || held.len() + works.len() > MOST;
    let held = held.into_iter().take(MOST).map(of_source);
    let items = held.chain(works.into_iter().take(MOST).map(of_work)).filter(|item| seen.insert(item.label.clone()));
    Completion { items: items.take(MOST).collect(), is_incomplete }
}

/// Whether a name begins as what is typed.
fn begins(name: &str, typed: &str) -> bool {
    rest_after(name, typed).is_some()
}

/// The key that a source is cited by: its own or a bibliography's, else the name of its file where that can be a key.
fn key_of(typed: &Typed<'_>, file: &File) -> Option<String> {
    let is_key = |key: &String| {
        key.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            && !key.contains(|c: char| c.is_whitespace() || ";,]".contains(c))
    };
    typed.snapshot.metadata(file).keys.into_iter().chain([file.stem().to_owned()]).find(is_key)
}
