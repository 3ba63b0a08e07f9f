use ibid_corpus::{File, FileId, Resolution};
use ibid_note::{Citation, Target};
use ibid_text::Span;

use super::{About, Completion, Item, Kind, MOST, Typed, filter, rest_after, sense::senses_meant};
use crate::place;

/// Names of files for `[[`: those that give a sense to a term of the sentence first, then what is called nearest to what is
/// typed, sources before notes.
pub(super) fn names(typed: &Typed<'_>, span: Span) -> Completion {
    let begun = span.of(typed.text);
    let senses = senses_meant(typed);
    let held = typed.snapshot.files_by_name(begun).into_iter().filter_map(|id| typed.snapshot.file(id));
    let mut files: Vec<&File> = held.map(|file| &**file).filter(|file| is_linked(typed, file)).collect();
    files.sort_by_cached_key(|file| {
        let is_begun = rest_after(file.stem(), begun).is_some();
        (!senses.contains_key(&file.id), !is_begun, !file.is_source(), file.stem().len(), file.path.as_str())
    });
    let is_incomplete = files.len() > MOST || begun.is_empty();
    files.truncate(MOST);
    let item = |file: &File| {
        let title = title(typed, file);
        let name = name_of(typed, file);
        let sense = senses.get(&file.id).cloned();
        Item {
            kind: if file.is_source() { Kind::Source } else { Kind::Note },
            detail: sense.or_else(|| title.clone().filter(|title| *title != name)),
            span,
            insert: format!("{name}{}", typed.closing("]]")),
            filter: filter(begun, &[&name, title.as_deref().unwrap_or_default(), &aliases(file)]),
            about: Some(About::File(file.id)),
            label: name,
        }
    };
    Completion { items: files.into_iter().map(item).collect(), is_incomplete }
}

fn is_linked(typed: &Typed<'_>, file: &File) -> bool {
    (file.is_source() || file.is_note()) && file.id != typed.file
}

/// The name of a file that leads to it from here: its stem where that does, else its path without extension.
fn name_of(typed: &Typed<'_>, file: &File) -> String {
    let name = file.stem();
    if leads_to(typed, name, file.id) {
        return name.to_owned();
    }
    file.path.rsplit_once('.').map_or(&*file.path, |(path, _)| path).to_owned()
}

fn leads_to(typed: &Typed<'_>, name: &str, wanted: FileId) -> bool {
    let target = Target::Wiki { file: name.to_owned(), fragment: None };
    let resolution = typed.snapshot.resolve(typed.file, &pointer(target));
    matches!(resolution, Resolution::Source { file, .. } | Resolution::Note { file, .. } if file == wanted)
}

/// A citation of a target that stands nowhere yet.
pub(crate) fn pointer(target: Target) -> Citation {
    let span = Span::default();
    Citation { span, target_span: span, target, footnote: None, locator: None, bare: false }
}

/// What a file calls itself.
fn title(typed: &Typed<'_>, file: &File) -> Option<String> {
    if file.is_source() {
        return Some(place::title(typed.snapshot, file)).filter(|title| *title != file.path);
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
