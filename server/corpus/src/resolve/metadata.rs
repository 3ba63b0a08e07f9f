//! The metadata of a source: its own, completed by a bibliography.

use ibid_source::Metadata;

use super::names::{Name, fold, names_of, names_of_work};
use crate::{File, FileId, Snapshot, bibliography::Entry};

impl Snapshot {
    /// Title, authors and other metadata of a source. The source's own metadata takes precedence; a bibliography fills the
    /// gaps. Empty for a file that is not a source.
    pub fn metadata(&self, file: &File) -> Metadata {
        let mut metadata = file.metadata.as_deref().cloned().unwrap_or_default();
        let Some(entry) = self.entry_of(file) else { return metadata };
        metadata.title = metadata.title.or_else(|| entry.title.clone());
        metadata.date = metadata.date.or_else(|| entry.year.clone());
        metadata.doi = metadata.doi.or_else(|| entry.doi.clone());
        if metadata.authors.is_empty() {
            metadata.authors = entry.authors.iter().map(ToString::to_string).collect();
        }
        if metadata.urls.is_empty() {
            metadata.urls.extend(entry.url.clone());
        }
        if !metadata.keys.contains(&entry.key) {
            metadata.keys.push(entry.key.clone());
        }
        metadata
    }

    /// Every name by which a citation can lead to a file: its own names, and those of bibliography entries that match them.
    pub(crate) fn names_leading_to(&self, file: &File) -> Vec<Name> {
        let own = names_of(file);
        let works = own.iter().filter_map(|name| self.work_named(name));
        let of_works: Vec<Name> = works.flat_map(|(_, entry)| names_of_work(entry)).collect();
        own.into_iter().chain(of_works).collect()
    }

    /// Whether two sources are texts of the same work, judging by their names: for example a page and highlights from it, or
    /// the files of one bibliography entry.
    pub fn is_same_work(&self, one: FileId, other: FileId) -> bool {
        let (Some(one), Some(other)) = (self.file(one), self.file(other)) else { return false };
        let identifies_work = |name: &Name| !matches!(name, Name::Stem(_));
        let names = |file: &File| names_of(file).into_iter().filter(identifies_work).collect::<Vec<_>>();
        let entry = |file: &File| self.entry_of(file).map(|entry| &entry.key);
        let (ours, theirs) = (names(one), names(other));
        ours.iter().any(|name| theirs.contains(name)) || entry(one).is_some_and(|key| entry(other) == Some(key))
    }

    /// The bibliography entry of a source, found by URL, DOI, key, or title and author. A match by file name counts only if
    /// the entry has no files or the source is one of them.
    pub fn entry_of(&self, file: &File) -> Option<&Entry> {
        file.metadata.as_ref()?;
        let is_text_of = |bibliography: &File, entry: &Entry| {
            let is_this = |path: &String| self.text_at(bibliography, path).is_some_and(|held| held.id == file.id);
            entry.files.is_empty() || entry.files.iter().any(is_this)
        };
        let work = |name: Name| {
            let (bibliography, entry) = self.work_named(&name)?;
            let is_certain = !matches!(name, Name::Stem(_)) || is_text_of(bibliography, entry);
            is_certain.then_some(entry)
        };
        let by_stem = || {
            let (bibliography, entry) = self.work_named(&Name::Key(fold(file.stem())))?;
            is_text_of(bibliography, entry).then_some(entry)
        };
        names_of(file).into_iter().find_map(work).or_else(by_stem)
    }
}
