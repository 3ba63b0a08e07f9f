use ibid_corpus::{FileId, Snapshot};
use ibid_note::Footnote;

use super::Occurrences;
use crate::analysis::{place::Place, subject::labels};

/// The marks of a footnote and its definition.
pub(super) fn references(snapshot: &Snapshot, file: FileId, footnote: &Footnote) -> Occurrences {
    let Some(page) = snapshot.file(file).and_then(|file| file.page()) else { return Occurrences::default() };
    let mut places = labels(page.text(), footnote).map(|span| Place { file, span });
    Occurrences { definition: places.next().into_iter().collect(), uses: places.collect(), ..Occurrences::default() }
}
