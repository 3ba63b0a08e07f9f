use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_note::{Citation, Target};

use super::{References, citing, heading, places_of};
use crate::Place;

/// Every citation of what a citation of the note `file` leads to. A link to a heading asks for links to that heading; all
/// others for those to the file, whatever part of it they mean.
pub(super) fn references(snapshot: &Snapshot, file: FileId, citation: &Citation) -> References {
    match snapshot.resolve(file, citation) {
        Resolution::Source { file, .. } => of_files(snapshot, &[file]),
        Resolution::Note { file, span } => {
            let headings = snapshot.file(file).map_or_else(Vec::new, |file| file.headings());
            let meant = headings.iter().find(|heading| Some(heading.section) == span);
            let of_heading = meant.map(|meant| heading::references(snapshot, file, meant));
            of_heading.unwrap_or_else(|| of_files(snapshot, &[file]))
        }
        Resolution::Several(files) => of_files(snapshot, &files),
        Resolution::NotHeld | Resolution::Dead { .. } | Resolution::NoCitation => unheld(snapshot, &citation.target),
    }
}

/// Citations of these files, whatever part of them they mean.
fn of_files(snapshot: &Snapshot, files: &[FileId]) -> References {
    let uses = files.iter().flat_map(|&file| places_of(snapshot, &snapshot.citing(file))).collect();
    References { uses, ..References::default() }
}

/// Citations of a work whose text is not held, which its entry in the bibliography defines.
fn unheld(snapshot: &Snapshot, target: &Target) -> References {
    let entry = match target {
        Target::Key(key) => snapshot.entry(key).map(|(file, entry)| Place { file: file.id, span: entry.span }),
        _ => None,
    };
    References {
        definition: entry.into_iter().collect(),
        uses: places_of(snapshot, &citing(&snapshot.pointing_alike(target))),
        ..References::default()
    }
}
