use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_note::{Citation, Target};

use super::{Occurrences, citing, heading, places_of};
use crate::analysis::place::Place;

/// Every citation that leads to the same file as a citation of the note `file`, or, for a link to a heading, to the same
/// heading.
pub(super) fn references(snapshot: &Snapshot, file: FileId, citation: &Citation) -> Occurrences {
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

/// Citations of these files or any place in them.
fn of_files(snapshot: &Snapshot, files: &[FileId]) -> Occurrences {
    let uses = files.iter().flat_map(|&file| places_of(snapshot, &snapshot.citing(file))).collect();
    Occurrences { uses, ..Occurrences::default() }
}

/// Citations of a work whose text is not held. Its definition is its bibliography entry.
fn unheld(snapshot: &Snapshot, target: &Target) -> Occurrences {
    let entry = match target {
        Target::Key(key) => snapshot.entry(key).map(|(file, entry)| Place { file: file.id, span: entry.span }),
        _ => None,
    };
    Occurrences {
        definition: entry.into_iter().collect(),
        uses: places_of(snapshot, &citing(&snapshot.pointing_alike(target))),
        ..Occurrences::default()
    }
}
