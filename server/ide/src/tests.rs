//! A memo changes no answer, whatever happens between two requests.

use std::{path::Path, sync::Arc};

use ibid_corpus::{
    Cache, Change, Config, Discovery, Disk, FileAccess, MemoryDisk, Severity, Snapshot, Workspace, extract_in_process,
};
use proptest::prelude::*;

use crate::{Memo, diagnostics::examine_with, document_links, goto_definition, hover, semantic_tokens};

const NOTE: &str = "/w/notes/note.md";

/// Parts of a note, one for each kind of result.
const PARTS: [&str; 18] = [
    "The page says “the harbour froze early that winter” ([page](../sources/page.md)).",
    "The page says “the harbour froze late that winter and the boats stayed in” [@page].",
    "Ada Holm writes: “the harbour froze early that winter and the boats stayed in” [@survey].",
    "They say “nobody ever wrote these very words” ([page](../sources/page.md#Harbour)).",
    "See [[other#First]], [that](other.md#Second) and [this](#here), [gone](gone.md) or [@pag].",
    "Most worries about deployment are about schemers.",
    "The word “schemer” is used loosely.",
    "By “schemer” I mean a model that waits.",
    "Most worries are about schemers, [as the page has it](../sources/page.md).",
    "More than 70 percent of the papers published in 2024 used the word without defining it.",
    "The survey covered 41,000 households in twelve regions [@survey].",
    "Half of recent progress comes from using more compute [@survey].",
    "The parliament of Norway moved to a new building on Karl Johans gate in 1866 [@page].",
    "# Here",
    "> The harbour froze early\n> that spring and the boats stayed in.\n>\n> — [page](../sources/page.md)",
    "So it is.[^1] And so.[^2]",
    "[^1]: [[page]]",
    "<!-- ibid-disable-next-line quote-altered -->",
];

const PAGES: [&str; 3] = [
    "---\nid: page\nauthor: Ada Holm\n---\n\n# Harbour\n\nThe harbour froze early that winter and the boats stayed in.\n\nA \
     schemer is defined as a model that games its training.\n\nI think people often use “schemer” in the colloquial sense.\n",
    "---\nid: page\n---\n\nThe harbour froze late that winter and the boats stayed in.\n",
    "",
];

const SURVEYS: [&str; 2] = [
    "---\nid: survey\n---\n\nThe survey covered 4,100 households in twelve regions. In 2024, more than 70 percent of the \
     surveyed papers used the word without defining it.\n\nWe assume that half of recent progress comes from using more compute.\n",
    "---\nid: survey\n---\n\nThe survey covered 41,000 households in twelve regions.\n",
];

const OTHERS: [&str; 4] = [
    "# First\n\nWords.\n",
    "Before it.\n\n# First\n\nWords.\n\n# Second\n",
    "A schemer is defined as a boat that carries two masts and no sail.\n",
    "Words before it. A schemer is defined as a boat that carries two masts and no sail.\n",
];

/// A change between two examinations.
#[derive(Clone, Debug)]
enum Event {
    /// A part is inserted before the part with this index.
    Write(usize, &'static str),
    /// A part is deleted.
    Delete(usize),
    /// A letter is typed.
    Type(usize, &'static str),
    Page(&'static str),
    Survey(&'static str),
    Other(&'static str),
    Severity(Severity),
    /// Nothing.
    Wait,
}

fn event() -> impl Strategy<Value = Event> {
    let part = prop::sample::select(PARTS.to_vec());
    let letter = prop::sample::select(vec!["e", " ", ".", "”", "\n\n", "[", "not "]);
    prop_oneof![
        6 => (any::<usize>(), part).prop_map(|(at, part)| Event::Write(at, part)),
        2 => any::<usize>().prop_map(Event::Delete),
        4 => (any::<usize>(), letter).prop_map(|(at, letter)| Event::Type(at, letter)),
        1 => prop::sample::select(PAGES.to_vec()).prop_map(Event::Page),
        1 => prop::sample::select(SURVEYS.to_vec()).prop_map(Event::Survey),
        1 => prop::sample::select(OTHERS.to_vec()).prop_map(Event::Other),
        1 => prop::sample::select(vec![Severity::Off, Severity::Warning]).prop_map(Event::Severity),
        1 => Just(Event::Wait),
    ]
}

/// A workspace with an open note. Its files are on a disk in memory.
struct Edited {
    workspace: Workspace,
    disk: MemoryDisk,
    parts: Vec<String>,
    version: i32,
}

impl Edited {
    fn new(parts: &[&str]) -> Self {
        let disk = MemoryDisk::new([]);
        let access = FileAccess { disk: Disk::Memory(disk.clone()), cache: Cache::NONE, extractor: extract_in_process };
        let workspace = Workspace::new(Arc::default(), access);
        let parts = parts.iter().map(|&part| part.to_owned()).collect();
        let mut new = Self { workspace, disk, parts, version: 0 };
        new.configure(Severity::Warning);
        new
    }

    /// A new configuration drops all files, as in the server, so they are discovered again.
    fn configure(&mut self, severity: Severity) {
        let mut config = Config { root: "/w".into(), written: true, ..Config::default() };
        config.severity.insert("claim-uncited".to_owned(), severity);
        let files =
            [("/w/sources/page.md", PAGES[0]), ("/w/sources/survey.md", SURVEYS[0]), ("/w/notes/other.md", OTHERS[0])];
        for (path, text) in files {
            self.disk.write(path, text);
        }
        self.workspace.restart(Arc::new(config));
        let (config, access) = (self.workspace.config(), self.workspace.access());
        let discovery = Discovery { config, access, progress: &|_| {}, cancelled: self.workspace.cancelled() };
        let found = discovery.run().expect("nobody cancels");
        self.workspace.add_discovered(found);
        while self.workspace.apply_some().is_some() {}
        self.workspace.read_in_full(&|_| {});
    }

    fn set(&mut self, path: &str, text: &str) {
        match text {
            "" => self.disk.remove(Path::new(path)),
            _ => self.disk.write(path, text),
        }
        self.workspace.refresh(Path::new(path));
    }

    fn apply(&mut self, event: &Event) {
        let at = |at: usize, of: usize| at % of.max(1);
        match event {
            Event::Write(before, part) => {
                let before = at(*before, self.parts.len() + 1);
                self.parts.insert(before, (*part).to_owned());
            }
            Event::Delete(_) if self.parts.is_empty() => {}
            Event::Delete(gone) => drop(self.parts.remove(at(*gone, self.parts.len()))),
            Event::Type(place, letter) => {
                let count = self.parts.len();
                if let Some(part) = self.parts.get_mut(at(*place, count)) {
                    let ends: Vec<usize> = part.char_indices().map(|(end, _)| end).collect();
                    part.insert_str(ends[at(place / count, ends.len())], letter);
                }
            }
            Event::Page(text) => self.set("/w/sources/page.md", text),
            Event::Survey(text) => self.set("/w/sources/survey.md", text),
            Event::Other(text) => self.set("/w/notes/other.md", text),
            Event::Severity(severity) => self.configure(*severity),
            Event::Wait => {}
        }
    }

    fn snapshot(&mut self) -> Snapshot {
        self.version += 1;
        let text = self.parts.join("\n\n").into();
        self.workspace.apply(vec![Change::Open { path: NOTE.into(), version: self.version, text }]);
        self.workspace.snapshot()
    }
}

/// Checks that a memo changes no answer. Returns the number of findings.
fn check(parts: &[&str], events: &[Event]) -> Result<usize, TestCaseError> {
    let mut workspace = Edited::new(parts);
    let memo = Memo::default();
    let mut found = 0;
    for event in events {
        workspace.apply(event);
        let snapshot = workspace.snapshot();
        let file = snapshot.by_path(Path::new(NOTE)).expect("the note is held").id;
        let fresh = examine_with(&snapshot, file, &Memo::default());
        found += fresh.findings.len();
        prop_assert_eq!(&*memo.examine(&snapshot, file), &fresh, "after {:?}", event);
        prop_assert_eq!(&*memo.examined(&snapshot, file), &fresh);
        let none = Memo::default();
        prop_assert_eq!(document_links(&snapshot, file, &memo), document_links(&snapshot, file, &none));
        prop_assert_eq!(semantic_tokens(&snapshot, file, &memo), semantic_tokens(&snapshot, file, &none));
        for at in
            (0..snapshot.file(file).and_then(|file| file.page()).map_or(0, |page| page.text().len() as u32)).step_by(40)
        {
            prop_assert_eq!(hover(&snapshot, file, at, &memo), hover(&snapshot, file, at, &none));
            prop_assert_eq!(goto_definition(&snapshot, file, at, &memo), goto_definition(&snapshot, file, at, &none));
        }
    }
    Ok(found)
}

proptest! {
    // Each case examines a note up to a dozen times, with a memo and without.
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_memo_changes_no_answer(
        parts in prop::sample::subsequence(PARTS.to_vec(), 4..12),
        events in prop::collection::vec(event(), 1..12),
    ) {
        check(&parts, &events)?;
    }
}

#[test]
fn the_parts_have_many_findings() {
    let found = check(&PARTS, &[Event::Wait]).expect("a memo changes no answer");
    assert!(found >= 10, "{found}");
}

#[test]
fn an_older_snapshot_uses_no_newer_results() {
    let mut workspace = Edited::new(&PARTS);
    let memo = Memo::default();
    let old = workspace.snapshot();
    workspace.apply(&Event::Page(PAGES[1]));
    let new = workspace.snapshot();
    let file = new.by_path(Path::new(NOTE)).expect("the note is held").id;
    for snapshot in [&old, &new, &old, &new] {
        assert_eq!(*memo.examine(snapshot, file), examine_with(snapshot, file, &Memo::default()));
    }
}
