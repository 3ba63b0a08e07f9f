//! Terms, sources, notes, works and headings of a workspace, searched by some letters of their names. Sources and works are also
//! found by their keys and authors.

mod fuzzy;

use std::{cmp::Reverse, collections::BinaryHeap};

use ibid_corpus::{File, FileId, LandmarkKind, Snapshot};
use ibid_text::Span;
use rustc_hash::FxHashSet;

use crate::analysis::{place::Place, subject::written};
use fuzzy::Pattern;

/// The most symbols that are returned.
const MOST: usize = 64;

/// Something with a name in the workspace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkspaceSymbol {
    /// The name.
    pub name: String,
    /// The kind.
    pub kind: WorkspaceSymbolKind,
    /// The place: the best sense of a term, a heading, an entry of a bibliography, or the beginning of a file.
    pub place: Place,
    /// The path of its file.
    pub within: String,
}

/// The kind of a symbol.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WorkspaceSymbolKind {
    /// A term that something defines or asks for.
    Term,
    /// A source.
    Source,
    /// A note.
    Note,
    /// A work in a bibliography.
    Work,
    /// A heading of a note.
    Heading,
}

/// A symbol without its description.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Candidate<'a> {
    /// By its key.
    Term(&'a str),
    /// By its path.
    File(&'a str, FileId),
    /// By its path, and the number of the name that it was found by.
    FileBy(&'a str, FileId, usize),
    /// By its bibliography and its index there.
    Work(&'a str, FileId, usize),
    /// By its file and its index there.
    Heading(&'a str, FileId, usize),
}

/// The rank of a symbol, smaller is better: by score, then by length of the name.
type Rank<'a> = (Reverse<u32>, usize, Candidate<'a>);

/// The best symbols so far, with the worst of them on top of the heap.
struct Best<'a> {
    pattern: Pattern,
    heap: BinaryHeap<Rank<'a>>,
}

impl<'a> Best<'a> {
    /// Adds a symbol if its name matches better than the worst one so far. Returns whether a longer name could still do so.
    fn add(&mut self, name: &str, length: usize, found: impl FnOnce() -> Option<Candidate<'a>>) -> bool {
        let is_full = self.heap.len() == MOST;
        let worst = self.heap.peek().filter(|_| is_full).map(|&(score, length, _)| (score, length));
        if worst.is_some_and(|worst| worst < (Reverse(self.pattern.most()), length)) {
            return false;
        }
        let score = self.pattern.score(name).map(Reverse);
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

/// The symbols whose names have all letters of `typed` in their order, the best first. No file is read to find them.
pub fn workspace_symbols(snapshot: &Snapshot, typed: &str) -> Vec<WorkspaceSymbol> {
    let mut best = Best { pattern: Pattern::new(typed), heap: BinaryHeap::new() };
    let wanted = best.pattern.letters();
    let mut keys = snapshot.terms().keys().filter(|(letters, _)| letters.may_hold(wanted));
    keys.all(|(_, key)| best.add(key, key.len(), || Some(Candidate::Term(key))));
    snapshot.each_name(wanted, |called| {
        let found = || {
            let path = &*snapshot.file(called.file)?.path;
            Some(match called.kind {
                LandmarkKind::Heading(at) => Candidate::Heading(path, called.file, at as usize),
                LandmarkKind::OtherName(at) => Candidate::FileBy(path, called.file, at as usize),
                LandmarkKind::File => Candidate::File(path, called.file),
            })
        };
        best.add(called.name, called.length, found)
    });
    for (file, works) in snapshot.bibliographies().filter_map(|file| Some((file, file.bibliography.as_ref()?))) {
        for (at, work) in works.entries.iter().enumerate() {
            let names = std::iter::once(&work.key).chain(work.authors.iter().map(|author| &author.family));
            for name in names {
                best.add(name, name.len(), || Some(Candidate::Work(&file.path, file.id, at)));
            }
        }
    }
    let mut found: Vec<Candidate<'_>> = best.heap.into_sorted_vec().into_iter().map(|(_, _, found)| found).collect();
    // A file is found by its title and by its other names, but returned once.
    let mut met = FxHashSet::default();
    let same = |found| if let Candidate::FileBy(path, id, _) = found { Candidate::File(path, id) } else { found };
    found.retain(|&found| met.insert(same(found)));
    found.into_iter().filter_map(|found| describe(snapshot, found)).collect()
}

/// `None` for a term that is never defined: there is no place to go to.
fn describe(snapshot: &Snapshot, found: Candidate<'_>) -> Option<WorkspaceSymbol> {
    match found {
        Candidate::Term(key) => {
            let term = snapshot.terms().with_key(key)?;
            let sense = term.senses.iter().chain(&term.asked).next()?;
            let place = Place { file: sense.file, span: sense.sentence };
            let within = snapshot.file(sense.file)?.path.clone();
            Some(WorkspaceSymbol { name: term.name.clone(), kind: WorkspaceSymbolKind::Term, place, within })
        }
        Candidate::File(_, id) => {
            let file = snapshot.file(id)?;
            let kind = if file.is_source() { WorkspaceSymbolKind::Source } else { WorkspaceSymbolKind::Note };
            let place = Place { file: id, span: Span::default() };
            Some(WorkspaceSymbol { name: title(file), kind, place, within: file.path.clone() })
        }
        Candidate::FileBy(path, id, at) => {
            let file = snapshot.file(id)?;
            let symbol = describe(snapshot, Candidate::File(path, id))?;
            // Editors filter by the name once more, so it has what was typed.
            let name = format!("{} · {}", file.other_names().get(at)?, symbol.name);
            Some(WorkspaceSymbol { name, ..symbol })
        }
        Candidate::Work(path, id, at) => {
            let entry = snapshot.file(id)?.bibliography.as_ref()?.entries.get(at)?;
            let place = Place { file: id, span: entry.span };
            let name = format!("{} · {entry}", entry.key);
            Some(WorkspaceSymbol { name, kind: WorkspaceSymbolKind::Work, place, within: path.to_owned() })
        }
        Candidate::Heading(path, file, at) => {
            let held = snapshot.file(file)?;
            let heading = held.headings().into_iter().nth(at)?;
            let place = Place { file, span: written(held.page()?.text(), &heading) };
            let name = heading.text;
            Some(WorkspaceSymbol { name, kind: WorkspaceSymbolKind::Heading, place, within: path.to_owned() })
        }
    }
}

/// The title of a file, or its name.
fn title(file: &File) -> String {
    let title = file.metadata.as_ref().and_then(|metadata| metadata.title.clone());
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| file.stem().to_owned())
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
        let line = |landmark: &super::WorkspaceSymbol| {
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
    fn sources_and_works_are_found_by_key_and_author() {
        let fixture = Fixture::new(
            "//- /refs.bib\n@book{weil1949, author = {Simone Weil}, title = {The Need for Roots}, year = {1949}}\n\
             //- /sources/page.md\n---\nid: carl2023\ntitle: On Plans\nauthor: Joe Carl\n---\n\nWords.\n\
             //- /notes/n.md\n---\naliases: [Logbook]\n---\n\nWords.\n",
        );
        let found = |typed: &str| {
            let symbols = workspace_symbols(&fixture.snapshot, typed);
            let line = |symbol: super::WorkspaceSymbol| format!("{:?} {}\n", symbol.kind, symbol.name);
            symbols.into_iter().map(line).collect::<Vec<_>>().concat()
        };
        expect![[r#"
            Work weil1949 · Weil (1949), The Need for Roots
            Source carl2023 · On Plans
            Source Joe Carl · On Plans
            Note Logbook · n
            Source On Plans
        "#]]
        .assert_eq(&["weil", "carl2023", "joe c", "logb", "on plans"].map(found).concat());
    }

    #[test]
    fn what_is_defined_nowhere_has_no_place() {
        check("asara", &expect![[""]]);
    }

    #[test]
    fn without_letters_everything_is_returned() {
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
