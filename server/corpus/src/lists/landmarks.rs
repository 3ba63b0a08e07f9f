//! The names of files and headings, for a search by letters.

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
    /// The heading with this name, by number; `None` if it is the name of the file.
    pub heading: Option<u32>,
    /// The name.
    pub name: &'a str,
    /// The length it is ranked by, in bytes: for a file that of its name on disk, whatever its title.
    pub length: usize,
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
    /// The number of the heading; `u32::MAX` for the file itself.
    heading: u32,
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
            self.push(name, file.stem().len(), file.id, u32::MAX);
        }
        for (heading, at) in file.headings().iter().zip(0..u32::MAX) {
            self.push(&heading.text, heading.text.len(), file.id, at);
        }
    }

    fn push(&mut self, name: &str, length: usize, file: FileId, heading: u32) {
        let (letters, length) = (Letters::of(name), length as u32);
        self.names.push(Listed { letters, name: self.text.push(name), length, file, heading });
    }

    /// The names that may contain some letters.
    fn having(&self, wanted: Letters) -> impl Iterator<Item = Landmark<'_>> {
        let may_match = move |listed: &&Listed| listed.letters.may_hold(wanted);
        self.names.iter().filter(may_match).map(|listed| Landmark {
            file: listed.file,
            heading: (listed.heading != u32::MAX).then_some(listed.heading),
            name: self.text.get(listed.name),
            length: listed.length as usize,
        })
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
    list.names.sort_unstable_by_key(|listed| (listed.length, listed.name, listed.heading));
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
