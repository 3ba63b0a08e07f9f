use std::{collections::BTreeMap, path::Path, sync::Arc};

use ibid_note::{Citation, Target};
use ibid_text::Span;
use proptest::prelude::*;

use super::{Change, Host};
use crate::{
    Backlink, Config, File, FileId, Resolution, Roles, Skipped, Snapshot,
    fixture::{self, ROOT, set},
};

const PATHS: [&str; 6] = ["refs.bib", "sources/a.txt", "sources/b.md", "more/a.md", "notes/n.md", "notes/deep/m.md"];

const TEXTS: [&str; 7] = [
    "",
    "@book{b, title = {B}}\n@misc{work, url = {https://example.org/a}}\n",
    "A schemer is a model that games its training.\n",
    "---\nid: a\nurl: https://example.org/a\n---\n\n# Head\n\nFirst words here.\n",
    "They say “first words here” [@a] [@work], [[b]], [[more/a#Head]] and [it](../sources/b.md#head).\n",
    "**Schemer**: a model that plots.\n",
    "no text\0at all",
];

/// One step by a person, an editor or the disk. Files and texts are given by number.
#[derive(Clone, Debug)]
enum Step {
    Set(usize, usize),
    Remove(usize),
    RemoveFolder(&'static str),
    Skip(usize),
    Open(usize, usize),
    Close(usize),
    Configure(usize),
    Ready,
}

fn step() -> impl Strategy<Value = Step> {
    let (path, text) = (0..PATHS.len(), 0..TEXTS.len());
    prop_oneof![
        4 => (path.clone(), text.clone()).prop_map(|(path, text)| Step::Set(path, text)),
        1 => path.clone().prop_map(Step::Remove),
        1 => prop_oneof![Just("notes"), Just("sources")].prop_map(Step::RemoveFolder),
        1 => path.clone().prop_map(Step::Skip),
        3 => (path.clone(), text).prop_map(|(path, text)| Step::Open(path, text)),
        2 => path.prop_map(Step::Close),
        1 => (0..2_usize).prop_map(Step::Configure),
        1 => Just(Step::Ready),
    ]
}

fn configuration(number: usize) -> Arc<Config> {
    let sources = if number == 0 { Vec::new() } else { vec!["more".to_owned()] };
    Arc::new(Config { sources, bibliography: vec!["refs.bib".to_owned()], ..fixture::config() })
}

/// A simple model of the final state after a sequence of steps.
struct Model {
    config: usize,
    ready: bool,
    disk: BTreeMap<usize, Option<usize>>,
    open: BTreeMap<usize, usize>,
    version: i32,
}

impl Model {
    fn new() -> Self {
        Self { config: 0, ready: false, disk: BTreeMap::new(), open: BTreeMap::new(), version: 0 }
    }

    /// Applies a step to the model and returns the corresponding change for a host.
    fn take(&mut self, step: &Step) -> Change {
        match *step {
            Step::Set(path, text) => {
                self.disk.insert(path, Some(text));
                self.on_disk(path, Some(text))
            }
            Step::Skip(path) => {
                self.disk.insert(path, None);
                self.on_disk(path, None)
            }
            Step::Remove(path) => {
                self.disk.remove(&path);
                Change::Remove { path: absolute(path) }
            }
            Step::RemoveFolder(folder) => {
                self.disk.retain(|&path, _| !PATHS[path].starts_with(folder));
                Change::Remove { path: Path::new(ROOT).join(folder) }
            }
            Step::Open(path, text) => {
                self.open.insert(path, text);
                self.version += 1;
                Change::Open { path: absolute(path), version: self.version, text: TEXTS[text].into() }
            }
            Step::Close(path) => {
                self.open.remove(&path);
                Change::Close { path: absolute(path) }
            }
            Step::Configure(config) => {
                if self.config != config {
                    self.config = config;
                    self.disk.clear();
                    self.ready = false;
                }
                Change::Configure(configuration(config))
            }
            Step::Ready => {
                self.ready = true;
                Change::Ready
            }
        }
    }

    fn on_disk(&self, path: usize, text: Option<usize>) -> Change {
        let absolute = absolute(path);
        match text {
            Some(text) => {
                let role = Roles::new(&configuration(self.config)).of(&absolute);
                Change::Set { path: absolute, role, bytes: TEXTS[text].as_bytes().into() }
            }
            None => Change::Skip(vec![Skipped { path: absolute, reason: "locked".to_owned() }]),
        }
    }

    /// A host that is given the final state only.
    fn fresh(&self) -> Host {
        let mut changes = vec![Change::Configure(configuration(self.config))];
        changes.extend(self.disk.iter().map(|(&path, &text)| self.on_disk(path, text)));
        changes.extend(self.open.iter().map(|(&path, &text)| Change::Open {
            path: absolute(path),
            version: 1,
            text: TEXTS[text].into(),
        }));
        changes.extend(self.ready.then_some(Change::Ready));
        let mut host = Host::default();
        host.apply(changes);
        host
    }
}

fn absolute(path: usize) -> std::path::PathBuf {
    Path::new(ROOT).join(PATHS[path])
}

/// Everything a reader can see, with paths in place of ids.
fn observe(snapshot: &Snapshot) -> String {
    let path = |id: FileId| snapshot.file(id).map(|file| file.path.clone());
    let files: Vec<String> = snapshot
        .files()
        .map(|file| {
            let works = file.bibliography.as_ref().map(|works| &works.entries);
            let page = file.page().expect("its text is held");
            let facts = (
                &file.path,
                file.role,
                page.text(),
                page.source(),
                file.note(),
                works,
                page.sentences(),
                file.speakers(),
            );
            format!("{facts:?} {:?}", snapshot.by_path(&file.absolute).map(|same| same.id == file.id))
        })
        .collect();
    let terms: Vec<String> = snapshot
        .terms()
        .all()
        .into_iter()
        .map(|term| {
            // Equal senses are merged into the one with the lowest file id, so all their places are compared.
            let mut senses: Vec<_> = term
                .senses
                .iter()
                .chain(&term.asked)
                .flat_map(|sense| sense.also.iter().copied().chain([(sense.file, sense.sentence)]))
                .map(|(file, sentence)| (path(file), sentence))
                .collect();
            senses.sort();
            format!("{} {} {senses:?}", term.name, term.contested)
        })
        .collect();
    let led = |file: FileId, target: Target| {
        let span = Span::default();
        let citation = Citation { span, target_span: span, target, footnote: None, locator: None, bare: false };
        match snapshot.resolve(file, &citation) {
            Resolution::Source { file, span } => format!("source {:?} {span:?}", path(file)),
            Resolution::Note { file, span } => format!("note {:?} {span:?}", path(file)),
            Resolution::Several(files) => {
                let mut paths: Vec<_> = files.into_iter().map(path).collect();
                paths.sort();
                format!("several {paths:?}")
            }
            other => format!("{other:?}"),
        }
    };
    let citations: Vec<String> = snapshot
        .files()
        .flat_map(|file| {
            let names = ["a", "b", "n"].map(|name| Target::Wiki { file: name.to_owned(), fragment: None });
            let keys = ["a", "b", "work"].map(|key| Target::Key(key.to_owned()));
            let url = Target::Url { url: "https://example.org/a".to_owned(), fragment: None };
            names.into_iter().chain(keys).chain([url]).map(|target| led(file.id, target)).collect::<Vec<_>>()
        })
        .collect();
    let called: Vec<Vec<_>> = ["b", "head", "n", "scheme"]
        .map(|typed| {
            let mut called: Vec<_> = snapshot.files_by_name(typed).into_iter().map(path).collect();
            called.sort();
            called
        })
        .into();
    let state = (snapshot.is_ready(), snapshot.sources(), snapshot.is_checked(), snapshot.skipped());
    format!("{state:#?}\n{files:#?}\n{terms:#?}\n{citations:#?}\n{called:#?}")
}

/// Every citation that leads to a file, found by resolving all citations.
fn leading_to(snapshot: &Snapshot, file: FileId) -> Vec<Backlink> {
    let mut found = Vec::new();
    for note in snapshot.files() {
        for (at, citation) in note.citations().iter().enumerate() {
            match snapshot.resolve(note.id, citation) {
                Resolution::Source { file: there, span } | Resolution::Note { file: there, span } if there == file => {
                    found.push(Backlink { note: note.id, citation: at as u32, place: span });
                }
                _ => {}
            }
        }
    }
    found.sort_by_key(|link| (link.note, link.citation));
    found
}

proptest! {
    /// The state depends only on the final inputs, not on the sequence or grouping of changes.
    #[test]
    fn step_by_step_equals_from_scratch(portions in prop::collection::vec(prop::collection::vec(step(), 1..4), 1..10)) {
        let mut model = Model::new();
        let mut host = Host::default();
        host.apply(vec![Change::Configure(configuration(0))]);
        for portion in portions {
            host.apply(portion.iter().map(|step| model.take(step)).collect());
        }
        let snapshot = host.snapshot();
        prop_assert_eq!(observe(&snapshot), observe(&model.fresh().snapshot()));
        for file in snapshot.files() {
            let backlinks = snapshot.backlinks(file.id);
            let citing = snapshot.citing(file.id);
            prop_assert!(backlinks.iter().all(|link| citing.contains(&(link.note, link.citation))));
            prop_assert_eq!(backlinks, leading_to(&snapshot, file.id));
        }
    }
}

fn text_of(file: &Arc<File>) -> String {
    file.words_at(Span::from(0..file.page().map_or(0, |page| page.text().len())))
}

#[test]
fn unsaved_text_wins_until_the_file_is_closed() {
    let mut host = Host::default();
    host.apply(vec![Change::Configure(fixture::config().into()), set("n.md", "on disk")]);
    let path = Path::new(ROOT).join("n.md");
    let text = |host: &Host| host.snapshot().by_path(&path).map(text_of);
    let open = |version, text: &str| Change::Open { path: path.clone(), version, text: text.into() };
    host.apply(vec![open(3, "opened")]);
    assert_eq!(text(&host).as_deref(), Some("opened"));
    host.apply(vec![set("n.md", "saved by another"), open(2, "late")]);
    assert_eq!(text(&host).as_deref(), Some("opened"), "neither the disk nor an older version counts");
    host.apply(vec![open(4, "edited")]);
    assert_eq!(text(&host).as_deref(), Some("edited"));
    host.apply(vec![Change::Close { path: path.clone() }]);
    assert_eq!(text(&host).as_deref(), Some("saved by another"));
}

#[test]
fn a_snapshot_stays_as_it_was_and_shares_what_did_not_change() {
    let mut host = Host::default();
    host.apply(vec![Change::Configure(fixture::config().into()), set("a.md", "One."), set("b.md", "Two.")]);
    let before = host.snapshot();
    host.apply(vec![set("a.md", "Three.")]);
    let after = host.snapshot();
    let text = |snapshot: &Snapshot| snapshot.files().map(text_of).collect::<Vec<_>>();
    assert_eq!(
        (text(&before), text(&after)),
        (vec!["One.".into(), "Two.".into()], vec!["Three.".into(), "Two.".into()])
    );
    let b = |snapshot: &Snapshot| snapshot.files().last().cloned().expect("b.md is held");
    assert!(Arc::ptr_eq(&b(&before), &b(&after)));
}

#[test]
fn a_path_keeps_its_id() {
    let mut host = Host::default();
    host.apply(vec![Change::Configure(fixture::config().into()), set("a.md", "One.")]);
    let path = Path::new(ROOT).join("a.md");
    let id = host.snapshot().by_path(&path).map(|file| file.id);
    host.apply(vec![Change::Remove { path: path.clone() }]);
    assert!(host.snapshot().by_path(&path).is_none());
    host.apply(vec![set("b.md", "Two."), set("a.md", "Three.")]);
    assert_eq!(host.snapshot().by_path(&path).map(|file| file.id), id);
}
