//! The landmarks of a workspace by some letters of their names: terms, sources, notes, headings.

use std::{cmp::Reverse, collections::BinaryHeap};

use ibid_corpus::{FileId, Snapshot};
use ibid_text::Span;
use rustc_hash::FxHashSet;

use crate::{Place, fuzzy::Typed, subject::written};

/// So many are told.
const MOST: usize = 64;

/// Something in the workspace with a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Landmark {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: LandmarkKind,
    /// Where it is: the best sense of a term, a heading, the beginning of a file.
    pub place: Place,
    /// The path of the file in which it is.
    pub within: String,
}

/// What a landmark is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LandmarkKind {
    /// A term that something defines or asks for.
    Term,
    /// A source.
    Source,
    /// A note.
    Note,
    /// A heading of a note.
    Heading,
}

/// A landmark not yet described.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Found<'a> {
    /// By its key.
    Term(&'a str),
    /// By its path.
    File(&'a str, FileId),
    /// By its file and its number there.
    Heading(&'a str, FileId, usize),
}

/// How well a landmark is found, the better the less; of equal ones the shorter name is meant.
type Rank<'a> = (Reverse<u32>, usize, Found<'a>);

/// The best landmarks met so far, the worst of them on top.
struct Best<'a> {
    typed: Typed,
    heap: BinaryHeap<Rank<'a>>,
}

impl<'a> Best<'a> {
    /// Takes a landmark of some length if one of its names matches better than those that were met. Whether a longer one may
    /// still do so.
    fn add(&mut self, name: &str, length: usize, found: impl FnOnce() -> Option<Found<'a>>) -> bool {
        let is_full = self.heap.len() == MOST;
        let worst = self.heap.peek().filter(|_| is_full).map(|&(score, length, _)| (score, length));
        if worst.is_some_and(|worst| worst < (Reverse(self.typed.most()), length)) {
            return false;
        }
        let score = self.typed.score(name).map(Reverse);
        let Some(score) = score.filter(|&score| worst.is_none_or(|worst| (score, length) <= worst)) else {
            return true;
        };
        let Some(rank) = found().map(|found| (score, length, found)) else { return true };
        if !is_full {
            self.heap.push(rank);
        } else if let Some(mut worst) = self.heap.peek_mut().filter(|worst| rank < **worst) {
            *worst = rank;
        }
        true
    }
}

/// The landmarks whose names have all letters of `typed` in their order, the best first; of many some. All that is looked at
/// is kept ready.
pub fn workspace_symbols(snapshot: &Snapshot, typed: &str) -> Vec<Landmark> {
    let mut best = Best { typed: Typed::new(typed), heap: BinaryHeap::new() };
    let wanted = best.typed.letters();
    let mut keys = snapshot.terms().keys().filter(|(letters, _)| letters.may_hold(wanted));
    keys.all(|(_, key)| best.add(key, key.len(), || Some(Found::Term(key))));
    snapshot.each_name(wanted, |called| {
        let found = || {
            let path = &*snapshot.file(called.file)?.path;
            Some(match called.heading {
                Some(heading) => Found::Heading(path, called.file, heading as usize),
                None => Found::File(path, called.file),
            })
        };
        best.add(called.name, called.length, found)
    });
    let mut found: Vec<Found<'_>> = best.heap.into_sorted_vec().into_iter().map(|(_, _, found)| found).collect();
    // A file is found by its title and by its name.
    let mut met = FxHashSet::default();
    found.retain(|&found| met.insert(found));
    found.into_iter().filter_map(|found| describe(snapshot, found)).collect()
}

/// `None` for a term that is used and never defined: there is no place to go to.
fn describe(snapshot: &Snapshot, found: Found<'_>) -> Option<Landmark> {
    match found {
        Found::Term(key) => {
            let term = snapshot.terms().with_key(key)?;
            let sense = term.senses.iter().chain(&term.asked).next()?;
            let place = Place { file: sense.file, span: sense.sentence };
            let within = snapshot.file(sense.file)?.path.clone();
            Some(Landmark { name: term.name.clone(), kind: LandmarkKind::Term, place, within })
        }
        Found::File(_, id) => {
            let file = snapshot.file(id)?;
            let kind = if file.is_source() { LandmarkKind::Source } else { LandmarkKind::Note };
            let title = file.metadata.as_ref().and_then(|metadata| metadata.title.clone());
            let name = title.filter(|title| !title.is_empty()).unwrap_or_else(|| file.stem().to_owned());
            let place = Place { file: id, span: Span::default() };
            Some(Landmark { name, kind, place, within: file.path.clone() })
        }
        Found::Heading(path, file, at) => {
            let held = snapshot.file(file)?;
            let heading = held.headings().into_iter().nth(at)?;
            let place = Place { file, span: written(held.page()?.text(), &heading) };
            let name = heading.text;
            Some(Landmark { name, kind: LandmarkKind::Heading, place, within: path.to_owned() })
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{fixture::Fixture, workspace_symbols};

    fn check(typed: &str, expect: &Expect) {
        let fixture = Fixture::new(
            "//- /sources/page.md\n---\ntitle: Scheming AIs\n---\n\nA schemer is defined as a model that games its \
             training. Before ASARA it was slow.\n//- /notes/plans.md\n# On plans\n\n## Schedules\n",
        );
        let line = |landmark: &super::Landmark| {
            let place = fixture.show(landmark.place);
            format!("{:?} {} ({}) → {place}\n", landmark.kind, landmark.name, landmark.within)
        };
        expect.assert_eq(&workspace_symbols(&fixture.snapshot, typed).iter().map(line).collect::<String>());
    }

    #[test]
    fn some_letters_will_do() {
        check(
            "sche",
            &expect![[r###"
                Source Scheming AIs (sources/page.md) → sources/page.md:1:1 ""
                Term schemer (sources/page.md) → sources/page.md:5:1 "A schemer is defined as a model that games its training."
                Heading Schedules (notes/plans.md) → notes/plans.md:3:1 "## Schedules"
            "###]],
        );
        check(
            "oplan",
            &expect![[r##"
                Heading On plans (notes/plans.md) → notes/plans.md:1:1 "# On plans"
            "##]],
        );
    }

    #[test]
    fn what_is_defined_nowhere_has_no_place() {
        check("asara", &expect![[""]]);
    }

    #[test]
    fn without_letters_all_are_told() {
        check(
            "",
            &expect![[r###"
                Source Scheming AIs (sources/page.md) → sources/page.md:1:1 ""
                Note plans (notes/plans.md) → notes/plans.md:1:1 ""
                Term schemer (sources/page.md) → sources/page.md:5:1 "A schemer is defined as a model that games its training."
                Heading On plans (notes/plans.md) → notes/plans.md:1:1 "# On plans"
                Heading Schedules (notes/plans.md) → notes/plans.md:3:1 "## Schedules"
            "###]],
        );
    }
}
