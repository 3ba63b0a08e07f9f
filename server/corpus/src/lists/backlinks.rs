//! The citations that lead to a file, and the quotations of its words.
//!
//! Each note's summary has, as numbers, the names that its citations use and runs of the words that it quotes. A list over all
//! notes gives the notes with a number; then only the citations of these are resolved.

use std::{cell::RefCell, hash::BuildHasher, sync::Arc};

use ibid_note::{Citation, Note, Target};
use ibid_text::{Span, words};
use rustc_hash::{FxBuildHasher, FxHashSet};
use serde::{Deserialize, Serialize};

use super::LazyList;
use crate::{
    File, FileId, Resolution, Snapshot,
    resolve::{Name, names_meant},
};

/// Notes by what they mention.
#[derive(Clone, Default)]
pub(crate) struct Mentions(LazyList<List>);

/// The first halves of numbers and the notes that have them, ascending.
type List = Box<[(u32, FileId)]>;

impl Mentions {
    /// Records that a file changed from `old` to `new`; `None` if it did not exist, or does not any more.
    pub(crate) fn change(&mut self, file: FileId, old: Option<&File>, new: Option<&File>) {
        self.0.change(file, || old.and_then(File::mentioned) == new.and_then(File::mentioned));
    }
}

/// What all notes mention.
fn list(snapshot: &Snapshot) -> List {
    let of_file = |file: &Arc<File>| {
        let numbers = file.mentioned().map(Mentioned::numbers).unwrap_or_default();
        numbers.into_iter().map(|number| (first_half(number), file.id)).collect::<Vec<_>>()
    };
    let mut list: Vec<(u32, FileId)> = snapshot.files().flat_map(of_file).collect();
    list.sort_unstable();
    list.dedup();
    list.into()
}

fn first_half(number: u64) -> u32 {
    (number >> 32) as u32
}

/// How many words in a row a note must share with a passage to be a candidate for quoting it.
const RUN: usize = 3;

/// One in this many runs of a quotation is kept.
const KEPT: u64 = 4;

/// A citation that leads somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Backlink {
    /// The note.
    pub note: FileId,
    /// The citation: index into [`Note::citations`].
    pub citation: u32,
    /// The place it leads to (bytes of the text of that file); `None` for the file as a whole.
    pub place: Option<Span>,
}

/// What a note mentions.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub(crate) struct Mentioned {
    /// The names that each citation uses, as numbers, with its index into [`Note::citations`]; ascending.
    names: Box<[(u64, u32)]>,
    /// Runs of quoted words, as numbers, ascending.
    runs: Box<[u64]>,
}

impl Snapshot {
    /// Every citation that leads to `file`, including its own, by note and place. Resolves the citations that use one of its
    /// names.
    pub fn backlinks(&self, file: FileId) -> Vec<Backlink> {
        self.backlinks_of(file, |_| true)
    }

    /// [`Snapshot::backlinks`] of citations whose targets are wanted; no other is resolved.
    pub fn backlinks_of(&self, file: FileId, is_wanted: impl Fn(&Target) -> bool) -> Vec<Backlink> {
        let Some(held) = self.file(file) else { return Vec::new() };
        let leads = |note: FileId, citation: &Citation| match self.resolve(note, citation) {
            Resolution::Source { file: there, span } | Resolution::Note { file: there, span } => {
                (there == file).then_some(span)
            }
            _ => None,
        };
        self.leading(self.that_may_lead_to(held), is_wanted, leads)
    }

    /// Every citation that leads to `file`, whether or not the part that it names exists: by note, with its index into
    /// [`Note::citations`]. Faster than [`Snapshot::backlinks`], which looks for the part in what may be a long page.
    pub fn citing(&self, file: FileId) -> Vec<(FileId, u32)> {
        self.file(file).map_or_else(Vec::new, |held| self.leading_anywhere_in(file, self.that_may_lead_to(held)))
    }

    /// [`Snapshot::citing`] in one note.
    pub fn citations_of(&self, file: FileId, note: FileId) -> Vec<u32> {
        let (Some(held), Some(in_note)) = (self.file(file), self.file(note)) else { return Vec::new() };
        let mut asked = in_note.mentioned().map_or_else(Vec::new, |it| it.going_by(&self.names_leading_to(held)));
        asked.extend(inner(in_note).filter(|_| note == file));
        let asked = asked.into_iter().map(|at| (note, at)).collect();
        self.leading_anywhere_in(file, asked).into_iter().map(|(_, at)| at).collect()
    }

    /// Those of some citations that lead to `file`, in order.
    fn leading_anywhere_in(&self, file: FileId, asked: Vec<(FileId, u32)>) -> Vec<(FileId, u32)> {
        // Of several links in a row to one page, only the first is resolved.
        let last: RefCell<Option<(FileId, Target, bool)>> = RefCell::default();
        let leads = |note: FileId, citation: &Citation| {
            if citation.target.is_within_note() {
                return Some(None);
            }
            let target = citation.target.without_fragment();
            let known = last.borrow().as_ref().filter(|last| (last.0, &last.1) == (note, &target)).map(|last| last.2);
            let leads = known.unwrap_or_else(|| {
                let leads = self.file(note).and_then(|note| self.resolve_target(note, &target).file()) == Some(file);
                last.replace(Some((note, target, leads)));
                leads
            });
            leads.then_some(None)
        };
        self.leading(asked, |_| true, leads).into_iter().map(|link| (link.note, link.citation)).collect()
    }

    /// Every citation that means the same as `target`, if that is not a file of the workspace but a work without text or a note
    /// not yet written; by note and place.
    pub fn pointing_alike(&self, target: &Target) -> Vec<Backlink> {
        let asked = self.going_by(&names_meant(target));
        self.leading(asked, |_| true, |note, citation| self.resolve(note, citation).file().is_none().then_some(None))
    }

    /// The quotations that share a run of words with `text`, by note and index into [`Note::quotations`]: nearly all quotations
    /// of `text`, and some others.
    pub fn quoting(&self, text: &str) -> Vec<(FileId, u32)> {
        let asked: FxHashSet<u64> = runs(text).into_iter().collect();
        let mut notes: Vec<FileId> = asked.iter().flat_map(|&run| self.mentioning(run)).collect();
        notes.sort_unstable();
        notes.dedup();
        let mut found = Vec::new();
        for file in notes.into_iter().take_while(|_| !self.is_abandoned()) {
            let Some(note) = self.file(file).and_then(|file| file.note()) else { continue };
            for (at, quotation) in note.quotations.iter().enumerate() {
                if runs(quotation.words.text()).iter().any(|run| asked.contains(run)) {
                    found.push((file, at as u32));
                }
            }
        }
        found
    }

    /// The notes that may mention something with this number.
    pub(crate) fn mentioning(&self, number: u64) -> impl Iterator<Item = FileId> {
        let Mentions(listing) = self.mentions();
        let (listed, half) = (listing.get(|| list(self)), first_half(number));
        let from = listed.partition_point(|&(other, _)| other < half);
        let under = listed[from..].iter().take_while(move |(other, _)| *other == half).map(|&(_, note)| note);
        let has = move |note: &FileId| {
            self.file(*note).and_then(|note| note.mentioned()).is_some_and(|mentioned| mentioned.has(number))
        };
        under.filter(|note| !listing.is_changed(*note)).chain(listing.changed().filter(has))
    }

    /// The citations that use a name of a file, and those of the file itself that lead to its own places, by note and index;
    /// possibly with duplicates.
    fn that_may_lead_to(&self, file: &File) -> Vec<(FileId, u32)> {
        let mut asked = self.going_by(&self.names_leading_to(file));
        asked.extend(inner(file).map(|at| (file.id, at)));
        asked
    }

    /// The citations that use one of these names, by note and index; possibly with duplicates.
    fn going_by(&self, names: &[Name]) -> Vec<(FileId, u32)> {
        let mut notes: Vec<FileId> = names.iter().flat_map(|name| self.mentioning(number(name))).collect();
        notes.sort_unstable();
        notes.dedup();
        let held = notes.into_iter().filter_map(|note| self.file(note));
        let going_by =
            |note: &Arc<File>| note.mentioned().map(|mentioned| mentioned.going_by(names)).unwrap_or_default();
        held.flat_map(|note| going_by(note).into_iter().map(|at| (note.id, at))).collect()
    }

    /// The citations for which `leads` gives a place, in order.
    fn leading(
        &self,
        mut asked: Vec<(FileId, u32)>,
        is_wanted: impl Fn(&Target) -> bool,
        leads: impl Fn(FileId, &Citation) -> Option<Option<Span>>,
    ) -> Vec<Backlink> {
        asked.sort_unstable();
        asked.dedup();
        let in_note = |asked: &[(FileId, u32)]| {
            let summary = self.file(asked[0].0).and_then(|note| note.summary()).unwrap_or_default();
            let citations = summary.some_citations(asked.iter().map(|&(_, at)| at));
            let link = |(&(note, at), citation): (&(FileId, u32), Option<Citation>)| {
                let citation = citation.filter(|citation| is_wanted(&citation.target))?;
                Some(Backlink { note, citation: at, place: leads(note, &citation)? })
            };
            asked.iter().zip(citations).filter_map(link).collect::<Vec<_>>()
        };
        let by_note = asked.chunk_by(|a, b| a.0 == b.0).take_while(|_| !self.is_abandoned());
        by_note.flat_map(in_note).collect()
    }
}

/// The citations of a note that lead to places in the note itself, by index.
fn inner(note: &File) -> impl Iterator<Item = u32> {
    let citations = note.citations().into_iter();
    (0..).zip(citations).filter(|(_, citation)| citation.target.is_within_note()).map(|(at, _)| at)
}

impl Mentioned {
    /// What a note mentions.
    pub(crate) fn by(note: &Note) -> Self {
        let names_of = |(at, citation): (u32, &Citation)| {
            names_meant(&citation.target).into_iter().map(move |name| (number(&name), at))
        };
        let mut names: Vec<(u64, u32)> = (0..).zip(&note.citations).flat_map(names_of).collect();
        names.sort_unstable();
        names.dedup();
        let mut kept = Vec::new();
        for quotation in &note.quotations {
            let runs = runs(quotation.words.text());
            // The lowest run is always kept: a short quotation may have no other.
            kept.extend(runs.iter().min());
            kept.extend(runs.iter().filter(|&run| run.is_multiple_of(KEPT)));
        }
        kept.sort_unstable();
        kept.dedup();
        Self { names: names.into(), runs: kept.into() }
    }

    /// All numbers, ascending.
    pub(crate) fn numbers(&self) -> Vec<u64> {
        let mut numbers: Vec<u64> =
            self.names.iter().map(|(number, _)| *number).chain(self.runs.iter().copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Whether something has this number.
    fn has(&self, number: u64) -> bool {
        self.names.binary_search_by_key(&number, |(other, _)| *other).is_ok()
            || self.runs.binary_search(&number).is_ok()
    }

    /// The citations that use one of these names; possibly with duplicates.
    fn going_by(&self, names: &[Name]) -> Vec<u32> {
        let of_name = |name: &Name| {
            let number = number(name);
            let from = self.names.partition_point(|(other, _)| *other < number);
            self.names[from..].iter().take_while(move |(other, _)| *other == number).map(|(_, at)| *at)
        };
        names.iter().flat_map(of_name).collect()
    }
}

fn number(name: &Name) -> u64 {
    FxBuildHasher.hash_one(name)
}

/// The runs of neighbouring words of a text, as numbers.
fn runs(text: &str) -> Vec<u64> {
    let mut hashes = Vec::new();
    words::for_each_folded(text, |_, folded| hashes.push(FxBuildHasher.hash_one(folded)));
    hashes.windows(RUN).map(|run| FxBuildHasher.hash_one(run)).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::Backlink;
    use crate::fixture;

    const FILES: [(&str, &str); 6] = [
        (
            "sources/page.md",
            "---\nid: page\nurl: https://example.org/page\n---\n\n# Head\n\nThe first words of it here.\n",
        ),
        ("notes/a.md", "See [@page], [[page#Head]] and [it](../sources/page.md).\n"),
        ("notes/b.md", "On the web: <https://example.org/page/>; unheld: [@gone] <https://example.org/gone>.\n"),
        ("notes/c.md", "# Top\n\nBack to [the top](#top), and [[a]].\n"),
        ("notes/d.md", "Not held either: <https://example.org/gone#part>.\n"),
        ("notes/e.md", "They say “words of it here”.\n"),
    ];

    /// The citations that lead to the file at `path`.
    fn check(path: &str, expect: &Expect) {
        let snapshot = fixture::snapshot(&FILES);
        let file = snapshot.files().find(|file| file.path == path).expect("the file is held");
        expect.assert_eq(&show(&snapshot, snapshot.backlinks(file.id)));
    }

    fn show(snapshot: &crate::Snapshot, found: Vec<Backlink>) -> String {
        let line = |link: Backlink| {
            let file = snapshot.file(link.note)?;
            let citation = file.citations().into_iter().nth(link.citation as usize)?;
            let place = if link.place.is_some() { " (a place in it)" } else { "" };
            Some(format!("{}: {}{place}\n", file.path, file.words_at(citation.span)))
        };
        found.into_iter().filter_map(line).collect()
    }

    #[test]
    fn a_source_is_cited_by_key_name_path_and_address() {
        check(
            "sources/page.md",
            &expect![[r#"
                notes/a.md: [@page]
                notes/a.md: [[page#Head]] (a place in it)
                notes/a.md: [it](../sources/page.md)
                notes/b.md: <https://example.org/page/>
            "#]],
        );
    }

    #[test]
    fn a_note_points_at_itself_too() {
        check(
            "notes/c.md",
            &expect![[r#"
                notes/c.md: [the top](#top) (a place in it)
            "#]],
        );
        check(
            "notes/a.md",
            &expect![[r#"
                notes/c.md: [[a]]
            "#]],
        );
    }

    #[test]
    fn a_work_that_is_not_held_is_known_by_its_name() {
        let snapshot = fixture::snapshot(&FILES);
        let note = snapshot.files().find(|file| file.path == "notes/d.md").and_then(|file| file.note());
        let found = snapshot.pointing_alike(&note.expect("the note is held").citations[0].target);
        expect![[r#"
            notes/b.md: <https://example.org/gone>
            notes/d.md: <https://example.org/gone#part>
        "#]]
        .assert_eq(&show(&snapshot, found));
    }

    #[test]
    fn who_shares_a_run_of_words_may_quote_them() {
        let snapshot = fixture::snapshot(&FILES);
        let paths =
            |text| snapshot.quoting(text).into_iter().filter_map(|(id, _)| Some(snapshot.file(id)?.path.clone()));
        assert_eq!(paths("The first words of it here.").collect::<Vec<_>>(), ["notes/e.md"]);
        assert_eq!(paths("Other words of no account.").count(), 0);
    }
}
