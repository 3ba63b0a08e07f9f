//! The names of files and headings, for a search by letters. A file also goes by its keys, aliases and authors.

use std::sync::Arc;

use super::{LazyList, Letters, PooledText, TextPool};
use crate::{File, FileId, Snapshot};

/// The names of all files and headings. Their letters are stored one after the other, to be scanned from the beginning.
#[derive(Clone, Default)]
pub(crate) struct Landmarks(LazyList<List>);

/// A name of a file or a heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Landmark<'a> {
    /// The file.
    pub file: FileId,
    /// What has the name.
    pub kind: LandmarkKind,
    /// The name.
    pub name: &'a str,
    /// The length it is ranked by, in bytes: for a file that of its name on disk, whatever its title.
    pub length: usize,
}

/// What a name of a file or in it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LandmarkKind {
    /// The file's title, or its name on disk.
    File,
    /// The one of [`File::other_names`] with this number.
    OtherName(u32),
    /// The heading with this number.
    Heading(u32),
}

/// Names, by the length they are ranked by.
#[derive(Default)]
struct List {
    text: TextPool,
    names: Vec<Listed>,
}

/// A name in a list.
#[derive(Clone, Copy)]
struct Listed {
    letters: Letters,
    name: PooledText,
    length: u32,
    file: FileId,
    kind: LandmarkKind,
}

impl Landmarks {
    /// Records that a file changed from `old` to `new`; `None` if it did not exist, or does not any more.
    pub(crate) fn change(&mut self, file: FileId, old: Option<&File>, new: Option<&File>) {
        self.0.change(file, || old.map(List::of_file) == new.map(List::of_file));
    }
}

impl List {
    fn of_file(file: &File) -> Self {
        let mut list = Self::default();
        list.add(file);
        list
    }

    fn add(&mut self, file: &File) {
        if !file.is_source() && !file.is_note() {
            return;
        }
        let title = file.metadata.as_ref().and_then(|metadata| metadata.title.as_deref());
        for name in title.into_iter().chain([file.stem()]) {
            self.push(name, file.stem().len(), file.id, LandmarkKind::File);
        }
        for (name, at) in file.other_names().iter().zip(0..u32::MAX) {
            self.push(name, name.len(), file.id, LandmarkKind::OtherName(at));
        }
        for (heading, at) in file.headings().iter().zip(0..u32::MAX) {
            self.push(&heading.text, heading.text.len(), file.id, LandmarkKind::Heading(at));
        }
    }

    fn push(&mut self, name: &str, length: usize, file: FileId, kind: LandmarkKind) {
        let (letters, length) = (Letters::of(name), length as u32);
        self.names.push(Listed { letters, name: self.text.push(name), length, file, kind });
    }

    /// The names that may contain some letters.
    fn having(&self, wanted: Letters) -> impl Iterator<Item = Landmark<'_>> {
        let may_match = move |listed: &&Listed| listed.letters.may_hold(wanted);
        self.names.iter().filter(may_match).map(|listed| Landmark {
            file: listed.file,
            kind: listed.kind,
            name: self.text.get(listed.name),
            length: listed.length as usize,
        })
    }
}

impl File {
    /// The keys, aliases and authors of a source or note, each once, without its name on disk.
    pub fn other_names(&self) -> Vec<String> {
        let own = self.metadata.iter().flat_map(|own| own.keys.iter().chain(&own.aliases).chain(&own.authors)).cloned();
        let summary = self.summary();
        let of_note = summary.iter().flat_map(|note| &note.aliases).map(ToString::to_string);
        let mut names: Vec<String> = Vec::new();
        for name in own.chain(of_note).filter(|name| name != self.stem()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.having(Letters::default()).eq(other.having(Letters::default()))
    }
}

/// The names of all files and their headings.
fn list(snapshot: &Snapshot) -> List {
    let headings = |file: &Arc<File>| file.summary().map_or(0, |note| note.count_headings());
    // The memory is reserved at once: a list that grows takes more than twice as much meanwhile.
    let names = snapshot.files().map(|file| 2 + headings(file)).sum();
    let mut list = List { text: TextPool::default(), names: Vec::with_capacity(names) };
    snapshot.files().for_each(|file| list.add(file));
    list.names.sort_unstable_by_key(|listed| (listed.length, listed.name, listed.kind));
    list.text.shrink_to_fit();
    list.names.shrink_to_fit();
    list
}

impl Snapshot {
    /// Calls `take` with the names of sources, notes and headings that may contain some letters: first with those of files that
    /// changed recently, whatever it returns, then with all others, shortest first, until it returns false.
    pub fn each_name(&self, wanted: Letters, mut take: impl FnMut(Landmark<'_>) -> bool) {
        let Landmarks(listing) = self.landmarks();
        for file in listing.changed().filter_map(|id| self.file(id)) {
            for name in List::of_file(file).having(wanted) {
                take(name);
            }
        }
        let list = listing.get(|| list(self));
        if listing.changed().next().is_none() {
            list.having(wanted).all(take);
        } else {
            list.having(wanted).filter(|name| !listing.is_changed(name.file)).all(take);
        }
    }
}
