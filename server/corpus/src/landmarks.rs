//! The names of files and headings, for whoever looks for some letters among them.

use std::sync::Arc;

use crate::{
    File, FileId, Letters, Snapshot,
    joined::{Joined, Piece},
    listing::Listing,
};

/// What files and headings are called. The letters of all names lie one behind the other, to be passed over from the beginning.
#[derive(Clone, Default)]
pub(crate) struct Landmarks(Listing<List>);

/// A name of a file or a heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Called<'a> {
    /// The file.
    pub file: FileId,
    /// Which of its headings is called so, if none then the file.
    pub heading: Option<u32>,
    /// The name.
    pub name: &'a str,
    /// How long it counts, in bytes: a file counts as long as its name on disk, whatever its title.
    pub length: usize,
}

/// Names by the length that they count.
#[derive(Default)]
struct List {
    text: Joined,
    names: Vec<Listed>,
}

/// A name in a list.
#[derive(Clone, Copy)]
struct Listed {
    letters: Letters,
    name: Piece,
    counts: u32,
    file: FileId,
    /// The heading's number; one that no heading has for the file itself.
    heading: u32,
}

impl Landmarks {
    /// Takes in that a file is no longer as it was; `None` where there was none, or is none any more. Costs the file.
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

    fn push(&mut self, name: &str, counts: usize, file: FileId, heading: u32) {
        let (letters, counts) = (Letters::of(name), counts as u32);
        self.names.push(Listed { letters, name: self.text.push(name), counts, file, heading });
    }

    /// The names that may have some letters.
    fn having(&self, wanted: Letters) -> impl Iterator<Item = Called<'_>> {
        let may_match = move |listed: &&Listed| listed.letters.may_hold(wanted);
        self.names.iter().filter(may_match).map(|listed| Called {
            file: listed.file,
            heading: (listed.heading != u32::MAX).then_some(listed.heading),
            name: self.text.get(listed.name),
            length: listed.counts as usize,
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
    let headings = |file: &Arc<File>| file.card().map_or(0, |card| card.count_headings());
    // Room is made for all at once: a list that grows takes twice its memory and more meanwhile.
    let names = snapshot.files().map(|file| 2 + headings(file)).sum();
    let mut list = List { text: Joined::default(), names: Vec::with_capacity(names) };
    snapshot.files().for_each(|file| list.add(file));
    list.names.sort_unstable_by_key(|listed| (listed.counts, listed.name, listed.heading));
    list.text.shrink_to_fit();
    list.names.shrink_to_fit();
    list
}

impl Snapshot {
    /// Calls `take` with the names of sources, notes and headings that may have some letters until it says to stop: first with
    /// those that changed of late, whatever it says, then with all others, the shortest first.
    pub fn each_name(&self, wanted: Letters, mut take: impl FnMut(Called<'_>) -> bool) {
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
