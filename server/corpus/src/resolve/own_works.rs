//! The works of a note's own: bibliographies that its front matter names, and works that it lists there.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use super::names::{Name, fold};
use crate::{File, Snapshot, bibliography::Entry};

impl Snapshot {
    /// The bibliographies that count for a note: those of the workspace, then its own.
    fn bibliographies_of(&self, note: &File) -> impl Iterator<Item = &File> {
        let own = self.own_bibliographies(note).into_iter().flatten();
        self.shared_bibliographies().chain(own)
    }

    /// The entry with this key, ignoring case, in a bibliography that counts for a note.
    pub(super) fn entry_for(&self, note: &File, key: &str) -> Option<(&File, &Entry)> {
        let name = Name::Key(fold(key));
        self.bibliographies_of(note).find_map(|file| Some((file, file.bibliography.as_ref()?.entry(&name)?)))
    }

    /// Whether a note names a bibliography that was not read, so that its keys are not known.
    pub(super) fn lacks_a_bibliography(&self, note: &File) -> bool {
        self.own_bibliographies(note).iter().any(Option::is_none)
    }

    /// The bibliographies that a note names, in order; `None` for one that is not held.
    fn own_bibliographies(&self, note: &File) -> Vec<Option<&File>> {
        let Some(summary) = note.summary() else { return Vec::new() };
        let held = |path: &str| {
            let mut paths = self.paths_meant(note, path).into_iter();
            paths.find_map(|path| self.by_path(&path).filter(|file| file.bibliography.is_some())).map(|file| &**file)
        };
        summary.bibliographies.iter().map(|path| held(path)).collect()
    }

    /// The bibliographies in the workspace that a note names and that are not held, as absolute paths.
    pub(crate) fn bibliographies_to_read(&self, note: &File) -> Vec<PathBuf> {
        let Some(summary) = note.summary() else { return Vec::new() };
        let to_read = |path: &str| {
            let inside = |path: &PathBuf| path.starts_with(&self.config().root) && is_readable(path);
            let found = self.paths_meant(note, path).into_iter().filter(inside).find(|path| self.is_on_disk(path))?;
            let is_held = self.by_path(&found).is_some_and(|file| file.bibliography.is_some());
            (!is_held).then_some(found)
        };
        summary.bibliographies.iter().filter_map(|path| to_read(path)).collect()
    }
}

/// The DOI or URL of the work with this key that a note lists itself; empty if it gives none.
pub(super) fn listed_by(note: &File, key: &str) -> Option<String> {
    let summary = note.summary()?;
    let listed = summary.references.iter().find(|reference| fold(&reference.key) == fold(key))?;
    Some(listed.address.clone().unwrap_or_default())
}

/// Whether a bibliography is in a format that is read, by its name.
pub(crate) fn is_readable(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    ["bib", "bibtex", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}
