//! Which notes share the glossary that defines a term.

use std::path::Path;

use ibid_corpus::{File, FileId, Sense, Snapshot, Term};
use ibid_evidence::SenseKind;
use ibid_note::names_a_glossary;
use rustc_hash::{FxHashMap, FxHashSet};

/// The entries that the writer's own glossaries have for one term.
pub(super) struct Entries<'s> {
    snapshot: &'s Snapshot,
    /// Each note that defines the term, with the number of its sense.
    homes: FxHashMap<FileId, usize>,
    /// The notes that link to each of these.
    linking: FxHashMap<FileId, FxHashSet<FileId>>,
}

impl<'s> Entries<'s> {
    /// The entries for a term.
    pub(super) fn of(snapshot: &'s Snapshot, term: &Term) -> Self {
        let mut homes = FxHashMap::default();
        for (number, sense) in term.senses.iter().enumerate().filter(|(_, sense)| is_entry(sense)) {
            homes.insert(sense.file, number);
            homes.extend(sense.also.iter().map(|&(file, _)| (file, number)));
        }
        let notes_with_links_to =
            |&home: &FileId| (home, snapshot.backlinks(home).into_iter().map(|link| link.note).collect());
        let linking = homes.keys().map(notes_with_links_to).collect();
        Self { snapshot, homes, linking }
    }

    /// The number of the sense that a note gives the term, if it is clear: that of its own entry, of a note that it links to,
    /// or of the nearest glossary.
    pub(super) fn sense_in(&self, note: &File) -> Option<usize> {
        if let Some(own) = self.homes.get(&note.id) {
            return Some(*own);
        }
        let linked = self.homes.iter().filter(|(home, _)| self.linking[*home].contains(&note.id));
        let linked: FxHashSet<usize> = linked.map(|(_, sense)| *sense).collect();
        if linked.is_empty() { self.nearest(note) } else { only(linked) }
    }

    /// The sense of the glossary that shares most folders with a note.
    fn nearest(&self, note: &File) -> Option<usize> {
        let home = |(home, sense): (&FileId, &usize)| Some((self.snapshot.file(*home)?, *sense));
        let glossaries = self.homes.iter().filter_map(home).filter(|(home, _)| is_glossary(home));
        let distances: Vec<(usize, usize)> =
            glossaries.map(|(home, sense)| (folders_in_common(home, note), sense)).collect();
        let most = distances.iter().map(|(common, _)| *common).max()?;
        only(distances.into_iter().filter(|(common, _)| *common == most).map(|(_, sense)| sense).collect())
    }
}

/// Whether a sense is an entry of a note's glossary.
pub(super) fn is_entry(sense: &Sense) -> bool {
    sense.own && sense.kind == SenseKind::Glossary
}

/// Whether a note says by its name or a heading that it lists terms for other notes too.
fn is_glossary(home: &File) -> bool {
    let is_named = |title: &str| names_a_glossary(title, home.language);
    is_named(home.stem()) || home.headings().iter().any(|heading| is_named(&heading.text))
}

fn folders_in_common(a: &File, b: &File) -> usize {
    let folders = |file: &'_ File| Path::new(&file.path).parent().map(Path::to_path_buf).unwrap_or_default();
    folders(a).components().zip(folders(b).components()).take_while(|(a, b)| a == b).count()
}

fn only(senses: FxHashSet<usize>) -> Option<usize> {
    if senses.len() == 1 { senses.into_iter().next() } else { None }
}
