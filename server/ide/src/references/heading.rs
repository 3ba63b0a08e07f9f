use ibid_corpus::{FileId, Snapshot};
use ibid_note::{Heading, Target};

use super::{References, citing, places_of};
use crate::{
    Place,
    subject::{may_name, written},
};

/// Every link to a heading of the note `file`. A title at the head of the note stands for the note: links to the whole of it
/// count.
pub(super) fn references(snapshot: &Snapshot, file: FileId, heading: &Heading) -> References {
    let Some((page, note)) = snapshot.file(file).and_then(|file| file.page().zip(file.note())) else {
        return References::default();
    };
    let is_title = heading.level == 1 && note.headings.first() == Some(heading);
    let may_lead_here = |target: &Target| is_title && target.fragment().is_none() || may_name(target, heading);
    let mut backlinks = snapshot.backlinks_of(file, may_lead_here);
    backlinks.retain(|link| link.place.map_or(is_title, |place| place == heading.section));
    let definition = Place { file, span: written(page.text(), heading) };
    References { definition: vec![definition], uses: places_of(snapshot, &citing(&backlinks)), ..References::default() }
}
