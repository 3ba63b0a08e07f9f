use ibid_corpus::{FileId, Snapshot};
use ibid_note::{Footnote, Target};

use super::{Edit, RenameError};
use crate::analysis::subject::labels;

/// Renames a footnote's label, at its definition and at each of its marks.
pub(super) fn rename(
    snapshot: &Snapshot,
    file: FileId,
    footnote: &Footnote,
    new: &str,
) -> Result<Vec<Edit>, RenameError> {
    let held = snapshot.file(file).ok_or(RenameError::Nothing)?;
    let (Some(note), Some(page)) = (held.note(), held.page()) else { return Err(RenameError::Nothing) };
    if new.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '^')) {
        return Err(RenameError::Unfit(new.to_owned(), "a footnote label cannot have spaces, brackets or ^"));
    }
    let is_called = |footnote: &Footnote, name: &str| footnote.label.to_lowercase() == name.to_lowercase();
    // Two definitions with one label share its marks.
    if note.footnotes.iter().filter(|other| is_called(other, &footnote.label)).count() > 1 {
        return Err(RenameError::unsure(held, footnote.span));
    }
    let mut dangling = note.citations.iter().filter_map(|citation| match &citation.target {
        Target::NoFootnote(label) => Some(label),
        _ => None,
    });
    let is_other = |other: &Footnote| other.span != footnote.span && is_called(other, new);
    if note.footnotes.iter().any(is_other) || dangling.any(|label| label.to_lowercase() == new.to_lowercase()) {
        return Err(RenameError::Taken(new.to_owned()));
    }
    Ok(labels(page.text(), footnote).map(|label| (file, label, new.to_owned())).collect())
}
