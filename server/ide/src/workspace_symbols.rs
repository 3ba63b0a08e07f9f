//! The landmarks of a workspace by some letters of their names: terms, sources, notes, headings.

use std::{cmp::Reverse, collections::BinaryHeap};

use ibid_corpus::{FileId, Snapshot};
use ibid_text::Span;

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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Default)]
struct Best<'a> {
    heap: BinaryHeap<Rank<'a>>,
}

impl<'a> Best<'a> {
    fn add(&mut self, score: Option<u32>, length: usize, found: Found<'a>) {
        let Some(score) = score else { return };
        let rank = (Reverse(score), length, found);
        if self.heap.len() < MOST {
            self.heap.push(rank);
        } else if let Some(mut worst) = self.heap.peek_mut().filter(|worst| rank < **worst) {
            *worst = rank;
        }
    }
}

/// The landmarks whose names have all letters of `typed` in their order, the best first; of many some. All that is looked at
/// is kept ready.
pub fn workspace_symbols(snapshot: &Snapshot, typed: &str) -> Vec<Landmark> {
    let typed = Typed::new(typed);
    let mut best = Best::default();
    for key in snapshot.terms().keys() {
        best.add(typed.score(key), key.len(), Found::Term(key));
    }
    for file in snapshot.files().filter(|file| file.is_source() || file.note.is_some()) {
        let title = file.metadata.as_ref().and_then(|metadata| metadata.title.as_deref());
        let score = title.into_iter().chain([file.stem()]).filter_map(|name| typed.score(name)).max();
        best.add(score, file.stem().len(), Found::File(&file.path, file.id));
        let Some(note) = &file.note else { continue };
        let may_match = file.heading_letters().iter().enumerate().filter(|(_, letters)| typed.may_match(**letters));
        for (at, heading) in may_match.filter_map(|(at, _)| Some((at, note.headings.get(at)?))) {
            best.add(typed.score(&heading.text), heading.text.len(), Found::Heading(&file.path, file.id, at));
        }
    }
    best.heap.into_sorted_vec().into_iter().filter_map(|(_, _, found)| describe(snapshot, found)).collect()
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
            let heading = held.note.as_ref()?.headings.get(at)?;
            let place = Place { file, span: written(held.page()?.text(), heading) };
            let name = heading.text.clone();
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
