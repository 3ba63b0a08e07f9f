use ibid_corpus::{FileId, Match, Snapshot};
use ibid_text::Span;

use super::{Occurrences, citing, places_of};
use crate::analysis::{checked_note::CheckedNote, judged::Judged, memo::Memo, place::Place};

/// Every quotation and citation of a range of the source `file`, given in the readable text.
pub(super) fn references(snapshot: &Snapshot, file: FileId, range: Span) -> Occurrences {
    let mut uses = quotations(snapshot, file, range);
    if let Some(place) = Place::in_source(snapshot, file, range) {
        let mut links = snapshot.backlinks(file);
        links.retain(|link| link.place.is_some_and(|cited| cited.overlaps(place.span)));
        uses.extend(places_of(snapshot, &citing(&links)));
    }
    Occurrences { uses, ..Occurrences::default() }
}

/// Every quotation and citation of what a quotation quotes. Its definition is the words in the source.
pub(super) fn of_quotation(snapshot: &Snapshot, judged: &Judged) -> Occurrences {
    let Some(best) = judged.best() else { return Occurrences::default() };
    let found = references(snapshot, best.file, best.span);
    Occurrences { definition: Place::of_match(snapshot, best), ..found }
}

/// The quotations of words in a range of a source.
fn quotations(snapshot: &Snapshot, source: FileId, range: Span) -> Vec<Place> {
    let page = snapshot.file(source).and_then(|file| file.page());
    let Some(words) = page.as_ref().and_then(|page| page.readable().get(range.range())) else { return Vec::new() };
    let is_from_here = |found: &Match| {
        let parts = if found.parts.is_empty() { std::slice::from_ref(&found.span) } else { &found.parts };
        found.file == source && parts.iter().any(|part| part.overlaps(range))
    };
    let mut places = Vec::new();
    let memo = Memo::default();
    for same_note in snapshot.quoting(words).chunk_by(|a, b| a.0 == b.0) {
        let Some(checked) = CheckedNote::open(snapshot, same_note[0].0, &memo) else { continue };
        for &(file, at) in same_note {
            let Some(quotation) = checked.note.quotations.get(at as usize) else { continue };
            let judged = checked.judged(at);
            if judged.is_some_and(|judged| judged.located.matches.iter().any(is_from_here)) {
                places.push(Place { file, span: quotation.span });
            }
        }
    }
    places
}
