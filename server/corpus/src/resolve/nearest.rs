//! Suggests names similar to one that cannot be resolved.
//!
//! The similarity is that of Jaro and Winkler (Winkler 1990). Comparing a name with tens of thousands of others would take
//! as long as everything else done for a keystroke. So each name is stored with data that gives an upper bound of its
//! similarity: its length, its letter counts and its first characters. Only names that may be among the nearest are
//! compared, the most promising first.

use rustc_hash::FxHashSet;

use super::names::fold;
use crate::{
    File, FileId, Snapshot,
    lists::{LazyList, PooledText, TextPool},
};

/// Maximum number of names suggested.
pub(super) const NEAREST: usize = 3;

/// Minimum similarity of a suggested name, 0..1.
const LEAST_SIMILARITY: f64 = 0.8;

/// An upper bound of the rounding error of a similarity.
const ROUNDING: f64 = 1e-9;

/// The names of all files, of the sources and of the works of bibliographies.
#[derive(Clone, Default)]
pub(crate) struct Nearby(LazyList<List>);

/// A name of a file or work.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Candidate<'a> {
    name: &'a str,
    /// Whether it is a file's name on disk, without its extension.
    is_stem: bool,
    /// Whether it can be cited as a key. A key has no spaces: pandoc reads it up to the first one.
    is_key: bool,
}

/// A list of names, stored in one string.
#[derive(Default)]
struct List {
    text: TextPool,
    names: Vec<Listed>,
}

/// A name in a list.
struct Listed {
    name: PooledText,
    file: FileId,
    is_stem: bool,
    is_key: bool,
    shape: Shape,
}

/// The data of a folded name that bound its similarity to another.
#[derive(Clone, Copy)]
struct Shape {
    /// Number of characters.
    length: u16,
    /// The first four bytes. The similarity favours up to four equal first characters, each of at least one byte.
    head: [u8; 4],
    /// Number of characters by code point modulo 32.
    counts: [u8; 32],
}

/// A search for the nearest names.
struct Search {
    folded: String,
    shape: Shape,
    /// The nearest names so far with their similarity, most similar first, then by name.
    nearest: Vec<(f64, String)>,
}

impl Nearby {
    /// Records that a file changed. `old` or `new` is `None` if the file did not exist or was removed. Costs the file.
    pub(crate) fn change(&mut self, file: FileId, old: Option<&File>, new: Option<&File>) {
        self.0.change(file, || old.into_iter().flat_map(names_of).eq(new.into_iter().flat_map(names_of)));
    }
}

/// The names of a file and, for a bibliography, of each of its entries.
fn names_of(file: &File) -> impl Iterator<Item = Candidate<'_>> {
    let can_be_key = |name: &str| !name.contains(char::is_whitespace);
    let stem = file.stem();
    let stem = Candidate { name: stem, is_stem: true, is_key: file.is_source() && can_be_key(stem) };
    let own = file.metadata.iter().flat_map(|metadata| metadata.keys.iter().chain(&metadata.aliases));
    let works = file.bibliography.iter().flat_map(|works| &works.entries).map(|entry| &entry.key);
    let keys = own.chain(works).filter(move |name| can_be_key(name));
    std::iter::once(stem).chain(keys.map(|name| Candidate { name, is_stem: false, is_key: true }))
}

impl Snapshot {
    /// The keys most similar to `key`, most similar first.
    pub(super) fn nearest_keys(&self, key: &str) -> Vec<String> {
        self.nearest_names(key, |listed| listed.is_key)
    }

    /// The names of files other than `note`, without extension, that are most similar to `stem`, most similar first.
    pub(super) fn nearest_stems(&self, stem: &str, note: &File) -> Vec<String> {
        self.nearest_names(stem, |listed| listed.is_stem && listed.file != note.id)
    }

    fn nearest_names(&self, wanted: &str, suits: impl Fn(&Listed) -> bool) -> Vec<String> {
        let Nearby(listing) = self.nearby();
        let mut search = Search::of(wanted);
        for file in listing.changed().filter_map(|id| self.file(id)) {
            search.search(&List::of_file(file), &suits);
        }
        search.search(listing.get(|| List::of_all(self)), |listed| !listing.is_changed(listed.file) && suits(listed));
        search.names()
    }
}

/// The names most similar to `wanted`, most similar first. For a small number of names.
pub(super) fn nearest(wanted: &str, names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut search = Search::of(wanted);
    names.into_iter().for_each(|name| search.compare(&name));
    search.names()
}

impl List {
    fn of_all(snapshot: &Snapshot) -> Self {
        let mut list = Self::default();
        snapshot.files().for_each(|file| list.add(file));
        list.text.shrink_to_fit();
        list.names.shrink_to_fit();
        list
    }

    fn of_file(file: &File) -> Self {
        let mut list = Self::default();
        list.add(file);
        list
    }

    fn add(&mut self, file: &File) {
        for Candidate { name, is_stem, is_key } in names_of(file) {
            let (shape, name) = (Shape::of(&fold(name)), self.text.push(name));
            self.names.push(Listed { name, file: file.id, is_stem, is_key, shape });
        }
    }

    fn name(&self, listed: &Listed) -> &str {
        self.text.get(listed.name)
    }
}

impl Shape {
    fn of(folded: &str) -> Self {
        let mut shape = Self { length: 0, head: [0; 4], counts: [0; 32] };
        shape.head.iter_mut().zip(folded.bytes()).for_each(|(to, byte)| *to = byte);
        for c in folded.chars() {
            let count = &mut shape.counts[c as usize % 32];
            *count = count.saturating_add(1);
            shape.length = shape.length.saturating_add(1);
        }
        shape
    }

    /// An upper bound of the similarity of names with these shapes, reached if their common characters are in the same order.
    fn most_similar(&self, other: &Self) -> f64 {
        if self.length == 0 || other.length == 0 {
            return f64::from(u8::from(self.length == other.length));
        }
        let of_kind = self.counts.iter().zip(&other.counts).map(|(&a, &b)| u16::from(a.min(b)));
        let is_counted = u8::try_from(self.length.max(other.length)).is_ok();
        let both = if is_counted { of_kind.sum() } else { self.length.min(other.length) };
        if both == 0 {
            return 0.0;
        }
        let share = |length: u16| f64::from(both) / f64::from(length);
        let jaro = (share(self.length) + share(other.length) + 1.0) / 3.0;
        let begun = self.head.iter().zip(&other.head).take_while(|(a, b)| a == b).count();
        jaro + 0.1 * begun as f64 * (1.0 - jaro)
    }
}

impl Search {
    fn of(wanted: &str) -> Self {
        let folded = fold(wanted);
        Self { shape: Shape::of(&folded), folded, nearest: Vec::new() }
    }

    /// The similarity that a name needs to be among the nearest.
    fn threshold(&self) -> f64 {
        let last = self.nearest.get(NEAREST - 1).map_or(LEAST_SIMILARITY, |(similarity, _)| *similarity);
        last.max(LEAST_SIMILARITY) - ROUNDING
    }

    /// Compares the names of a list that suit and may be among the nearest.
    fn search(&mut self, list: &List, suits: impl Fn(&Listed) -> bool) {
        let threshold = self.threshold();
        let bounded = list.names.iter().map(|listed| (self.shape.most_similar(&listed.shape), listed));
        let mut promising: Vec<(f64, &Listed)> =
            bounded.filter(|(most, listed)| *most >= threshold && suits(listed)).collect();
        promising.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| list.name(a.1).cmp(list.name(b.1))));
        let mut seen = FxHashSet::default();
        for (most, listed) in promising {
            if most < self.threshold() {
                return;
            }
            if seen.insert(list.name(listed)) {
                self.compare(list.name(listed));
            }
        }
    }

    fn compare(&mut self, name: &str) {
        let similarity = strsim::jaro_winkler(&self.folded, &fold(name));
        if similarity < LEAST_SIMILARITY || self.nearest.iter().any(|(_, known)| known == name) {
            return;
        }
        let before =
            |(other, known): &(f64, String)| similarity.total_cmp(other).then_with(|| known.as_str().cmp(name)).is_lt();
        let at = self.nearest.partition_point(before);
        self.nearest.insert(at, (similarity, name.to_owned()));
        self.nearest.truncate(NEAREST);
    }

    fn names(self) -> Vec<String> {
        self.nearest.into_iter().map(|(_, name)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Change, Host, fixture};

    /// The names nearest to `wanted`, found by comparing all of them.
    fn by_comparing_all(wanted: &str, names: &[String]) -> Vec<String> {
        let wanted = fold(wanted);
        let similarity = |name: &String| strsim::jaro_winkler(&wanted, &fold(name));
        let mut scored: Vec<(f64, String)> = names.iter().map(|name| (similarity(name), name.clone())).collect();
        scored.retain(|(score, _)| *score >= LEAST_SIMILARITY);
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        scored.dedup_by(|a, b| a.1 == b.1);
        scored.truncate(NEAREST);
        scored.into_iter().map(|(_, name)| name).collect()
    }

    proptest! {
        #[test]
        fn names_that_are_skipped_are_not_among_the_nearest(
            wanted in "[a-cA-Cé0 -]{0,8}|[a-z]{200,300}",
            names in prop::collection::vec("[a-cA-Cé0 -]{1,8}|[a-f]{250,270}", 0..40),
        ) {
            let mut list = List::default();
            for name in &names {
                let (shape, name) = (Shape::of(&fold(name)), list.text.push(name));
                list.names.push(Listed { name, file: FileId(0), is_stem: true, is_key: true, shape });
            }
            let mut search = Search::of(&wanted);
            search.search(&list, |_| true);
            prop_assert_eq!(search.names(), by_comparing_all(&wanted, &names));
            prop_assert_eq!(nearest(&wanted, names.iter().cloned()), by_comparing_all(&wanted, &names));
        }
    }

    #[test]
    fn added_and_removed_names_take_effect_at_once() {
        let mut host = Host::default();
        host.apply(vec![fixture::set("sources/harbour.md", "Words.\n"), fixture::set("sources/bridge.md", "Words.\n")]);
        assert_eq!(host.snapshot().nearest_keys("harbor"), ["harbour"]);
        host.apply(vec![fixture::set("sources/harbours.md", "---\nid: harbor-2\n---\n\nWords.\n")]);
        assert_eq!(host.snapshot().nearest_keys("harbor"), ["harbour", "harbor-2", "harbours"]);
        host.apply(vec![Change::Remove { path: "/workspace/sources/harbour.md".into() }]);
        assert_eq!(host.snapshot().nearest_keys("harbor"), ["harbor-2", "harbours"]);
    }
}
