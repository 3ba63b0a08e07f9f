use ibid_corpus::{FileId, Snapshot};
use ibid_note::{Heading, Target};

use super::{Occurrences, citing, places_of};
use crate::analysis::{
    place::Place,
    subject::{may_name, written},
};

/// Every link to a heading of the note `file`. If the heading is the title of the note, links to the whole note count too.
pub(super) fn references(snapshot: &Snapshot, file: FileId, heading: &Heading) -> Occurrences {
    let Some((page, note)) = snapshot.file(file).and_then(|file| file.page().zip(file.note())) else {
        return Occurrences::default();
    };
    let is_title = heading.level == 1 && note.headings.first() == Some(heading);
    let may_lead_here = |target: &Target| is_title && target.fragment().is_none() || may_name(target, heading);
    let mut backlinks = snapshot.backlinks_of(file, may_lead_here);
    backlinks.retain(|link| link.place.map_or(is_title, |place| place == heading.section));
    let definition = Place { file, span: written(page.text(), heading) };
    Occurrences {
        definition: vec![definition],
        uses: places_of(snapshot, &citing(&backlinks)),
        ..Occurrences::default()
    }
}
