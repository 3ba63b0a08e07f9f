//! Names like one that leads nowhere.
//!
//! Names are alike as Jaro and Winkler have it (Winkler 1990). Comparing one with each of ten thousands would take as long
//! as all else that is done for a keystroke, so names are kept with what bounds their likeness from above: how long they
//! are, how often they have which letter, and how they begin. Only those are compared, the most promising first, that may
//! be among the nearest.

use rustc_hash::FxHashSet;

use super::names::fold;
use crate::{
    File, FileId, Snapshot,
    lists::{LazyList, PooledText, TextPool},
};

/// So many names are offered in place of one that leads nowhere.
pub(super) const NEAREST: usize = 3;

/// From this likeness on (0..1) a name is offered.
const LEAST_LIKENESS: f64 = 0.8;

/// More than sums of a few fractions are off by.
const ROUNDING: f64 = 1e-9;

/// The names of all files, of the sources and of the works of bibliographies.
#[derive(Clone, Default)]
pub(crate) struct Nearby(LazyList<List>);

/// A name that can be written, and what it leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Candidate<'a> {
    name: &'a str,
    /// Whether it is a file's name on disk, without its extension.
    is_stem: bool,
    /// Whether it can be cited as a key. A key has no spaces: pandoc reads it to the first one.
    is_key: bool,
}

/// Names one behind the other.
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

/// What of a folded name bounds how like it is to another.
#[derive(Clone, Copy)]
struct Shape {
    /// Its characters.
    length: u16,
    /// The first bytes, as many as likeness looks at: no character is shorter.
    head: [u8; 4],
    /// How many characters it has of each kind; some letters are of one kind.
    counts: [u8; 32],
}

/// What a name is compared with: the name looked for, and the nearest so far.
struct Search {
    folded: String,
    shape: Shape,
    /// Likeness and name, the most alike first, then in the order of names.
    nearest: Vec<(f64, String)>,
}

impl Nearby {
    /// Takes in that a file is no longer as it was; `None` where there was none, or is none any more. Costs the file.
    pub(crate) fn change(&mut self, file: FileId, old: Option<&File>, new: Option<&File>) {
        self.0.change(file, || old.into_iter().flat_map(names_of).eq(new.into_iter().flat_map(names_of)));
    }
}

/// What a file, and each work of a bibliography, is called.
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
    /// The keys most like `key`, nearest first.
    pub(super) fn nearest_keys(&self, key: &str) -> Vec<String> {
        self.nearest_names(key, |listed| listed.is_key)
    }

    /// The names of files besides `note`, without extension, that are most like `stem`, nearest first.
    pub(super) fn nearest_stems(&self, stem: &str, note: &File) -> Vec<String> {
        self.nearest_names(stem, |listed| listed.is_stem && listed.file != note.id)
    }

    fn nearest_names(&self, wanted: &str, suits: impl Fn(&Listed) -> bool) -> Vec<String> {
        let Nearby(listing) = self.nearby();
        let mut search = Search::of(wanted);
        for file in listing.changed().filter_map(|id| self.file(id)) {
            search.among(&List::of_file(file), &suits);
        }
        search.among(listing.get(|| List::of_all(self)), |listed| !listing.is_changed(listed.file) && suits(listed));
        search.names()
    }
}

/// The names most like `wanted` of some few, nearest first.
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

    /// The most that names of two shapes can be alike: if all characters that both have stand in the same order.
    fn most_alike(&self, other: &Self) -> f64 {
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

    /// The least likeness that still counts.
    fn bar(&self) -> f64 {
        let last = self.nearest.get(NEAREST - 1).map_or(LEAST_LIKENESS, |(likeness, _)| *likeness);
        last.max(LEAST_LIKENESS) - ROUNDING
    }

    /// Compares with those names of a list that suit and may be among the nearest.
    fn among(&mut self, list: &List, suits: impl Fn(&Listed) -> bool) {
        let bar = self.bar();
        let bounded = list.names.iter().map(|listed| (self.shape.most_alike(&listed.shape), listed));
        let mut promising: Vec<(f64, &Listed)> =
            bounded.filter(|(most, listed)| *most >= bar && suits(listed)).collect();
        promising.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| list.name(a.1).cmp(list.name(b.1))));
        let mut seen = FxHashSet::default();
        for (most, listed) in promising {
            if most < self.bar() {
                return;
            }
            if seen.insert(list.name(listed)) {
                self.compare(list.name(listed));
            }
        }
    }

    fn compare(&mut self, name: &str) {
        let likeness = strsim::jaro_winkler(&self.folded, &fold(name));
        if likeness < LEAST_LIKENESS || self.nearest.iter().any(|(_, known)| known == name) {
            return;
        }
        let before =
            |(other, known): &(f64, String)| likeness.total_cmp(other).then_with(|| known.as_str().cmp(name)).is_lt();
        let at = self.nearest.partition_point(before);
        self.nearest.insert(at, (likeness, name.to_owned()));
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

    /// The stems nearest to `wanted`, each compared.
    fn plainly(wanted: &str, names: &[String]) -> Vec<String> {
        let wanted = fold(wanted);
        let likeness = |name: &String| strsim::jaro_winkler(&wanted, &fold(name));
        let mut scored: Vec<(f64, String)> = names.iter().map(|name| (likeness(name), name.clone())).collect();
        scored.retain(|(score, _)| *score >= LEAST_LIKENESS);
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        scored.dedup_by(|a, b| a.1 == b.1);
        scored.truncate(NEAREST);
        scored.into_iter().map(|(_, name)| name).collect()
    }

    proptest! {
        #[test]
        fn names_that_are_passed_over_are_not_the_nearest(
            wanted in "[a-cA-Cé0 -]{0,8}|[a-z]{200,300}",
            names in prop::collection::vec("[a-cA-Cé0 -]{1,8}|[a-f]{250,270}", 0..40),
        ) {
            let mut list = List::default();
            for name in &names {
                let (shape, name) = (Shape::of(&fold(name)), list.text.push(name));
                list.names.push(Listed { name, file: FileId(0), is_stem: true, is_key: true, shape });
            }
            let mut search = Search::of(&wanted);
            search.among(&list, |_| true);
            prop_assert_eq!(search.names(), plainly(&wanted, &names));
            prop_assert_eq!(nearest(&wanted, names.iter().cloned()), plainly(&wanted, &names));
        }
    }

    #[test]
    fn names_that_came_and_went_are_known_at_once() {
        let mut host = Host::default();
        host.apply(vec![fixture::set("sources/harbour.md", "Words.\n"), fixture::set("sources/bridge.md", "Words.\n")]);
        assert_eq!(host.snapshot().nearest_keys("harbor"), ["harbour"]);
        host.apply(vec![fixture::set("sources/harbours.md", "---\nid: harbor-2\n---\n\nWords.\n")]);
        assert_eq!(host.snapshot().nearest_keys("harbor"), ["harbour", "harbor-2", "harbours"]);
        host.apply(vec![Change::Remove { path: "/workspace/sources/harbour.md".into() }]);
        assert_eq!(host.snapshot().nearest_keys("harbor"), ["harbor-2", "harbours"]);
    }
}
