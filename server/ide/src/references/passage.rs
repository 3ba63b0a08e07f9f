use ibid_corpus::{FileId, Match, Snapshot};
use ibid_text::Span;

use super::{References, citing, places_of};
use crate::{
    Place,
    judgment::{Judge, Judged},
};

/// Every note that quotes words of a stretch of the source `file`, or cites a place in it; `stretch` is of the readable text.
pub(super) fn references(snapshot: &Snapshot, file: FileId, stretch: Span) -> References {
    let mut uses = quotations(snapshot, file, stretch);
    if let Some(place) = Place::in_source(snapshot, file, stretch) {
        let mut links = snapshot.backlinks(file);
        links.retain(|link| link.place.is_some_and(|cited| cited.overlaps(place.span)));
        uses.extend(places_of(snapshot, &citing(&links)));
    }
    References { uses, ..References::default() }
}

/// Every note that quotes what a quotation quotes, or cites the place; the words in the source define it.
pub(super) fn of_quotation(snapshot: &Snapshot, judged: &Judged) -> References {
    let Some(best) = judged.best() else { return References::default() };
    let found = references(snapshot, best.file, best.span);
    References { definition: Place::of_match(snapshot, best), ..found }
}

/// The quotations of words of a stretch of a source.
fn quotations(snapshot: &Snapshot, source: FileId, stretch: Span) -> Vec<Place> {
    let page = snapshot.file(source).and_then(|file| file.page());
    let Some(words) = page.as_ref().and_then(|page| page.readable().get(stretch.range())) else { return Vec::new() };
    let is_from_here = |found: &Match| {
        let parts = if found.parts.is_empty() { std::slice::from_ref(&found.span) } else { &found.parts };
        found.file == source && parts.iter().any(|part| part.overlaps(stretch))
    };
    let mut places = Vec::new();
    for same_note in snapshot.quoting(words).chunk_by(|a, b| a.0 == b.0) {
        let Some(judge) = Judge::of(snapshot, same_note[0].0) else { continue };
        for &(file, at) in same_note {
            let Some(quotation) = judge.note.quotations.get(at as usize) else { continue };
            if judge.judge(quotation).located.matches.iter().any(is_from_here) {
                places.push(Place { file, span: quotation.span });
            }
        }
    }
    places
}
