use std::{
    fs,
    path::PathBuf,
    time::{Duration, UNIX_EPOCH},
};

use proptest::prelude::*;
use tempfile::TempDir;

use ibid_evidence::Verdict;

use crate::{Cache, Change, Config, Disk, FileAccess, Host, Snapshot, Workspace, extract_in_process};

const SNOW: &str =
    "Snow fell on the twelve wooden houses of Upper Marsh, and nobody knew how long it would not stop.\n";
const TRAIN: &str = "A schemer is a model that plots. The last train had left the station when the lights went out.\n";
const RIVER: &str =
    "---\nid: river\n---\n\nThe **river** rose over both banks before the watchman could ring his bell.\n";

const NOTE: &str = "---\naliases: [Plots]\n---\n\n# On winters\n\nThey say “twelve wooden houses of Upper Marsh” [@river].\n\n\
    **Schemer**: a model that waits. See [[other#Part]] and [it](../sources/river.md).[^1]\n\n[^1]: [[snow]]\n";
const OTHER: &str = "# Other\n\n## Part\n\nBack to [[plan]].\n";

const QUOTES: [&str; 4] = [
    "twelve wooden houses of Upper Marsh",
    "the last train had left the station when",
    "the river rose over both banks before",
    "no source of this folder says anything like it",
];

/// A workspace and a cache, each in a folder of its own.
struct Bench {
    workspace: TempDir,
    cache: TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { workspace: folder(), cache: folder() };
        bench.write("snow.txt", SNOW);
        bench.write("deep/train.txt", TRAIN);
        bench.write("river.md", RIVER);
        bench.write("../notes/plan.md", NOTE);
        bench.write("../notes/other.md", OTHER);
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.workspace.path().canonicalize().expect("the folder is there").join("sources").join(name)
    }

    /// Writes a source with an old time. A file written just now is not considered unchanged by its time alone.
    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(&path, text).expect("a file can be written");
        let long_ago = UNIX_EPOCH + Duration::from_secs(1_000_000_000 + text.len() as u64);
        let file = fs::File::options().write(true).open(path).expect("it was just written");
        file.set_modified(long_ago).expect("its time can be set");
    }

    fn kept(&self) -> Cache {
        Cache::new(self.cache.path().to_owned(), 1)
    }

    fn open(&self, cache: &Cache) -> Snapshot {
        let mut workspace = self.discover(cache);
        workspace.read_in_full(&|_| {});
        workspace.snapshot()
    }

    /// The workspace before files are read in full, when only quotations can be found.
    fn open_for_quotations(&self, cache: &Cache) -> Snapshot {
        self.discover(cache).snapshot()
    }

    fn discover(&self, cache: &Cache) -> Workspace {
        let config = Config { root: self.path("").parent().expect("it has a root").to_owned(), ..Config::default() };
        let access = FileAccess { disk: Disk::Real, cache: cache.clone(), extractor: extract_in_process };
        Workspace::open(config.into(), access, &|_| {})
    }

    /// The workspace with all files in memory.
    fn open_held(&self) -> Snapshot {
        let snapshot = self.open(&Cache::NONE);
        let set = |file: &std::sync::Arc<crate::File>| {
            let bytes = fs::read(&file.absolute).expect("it is there").into();
            Change::Set { path: file.absolute.to_path_buf(), role: file.role, bytes }
        };
        let mut host = Host::default();
        host.apply(vec![Change::Configure(snapshot.config().clone().into())]);
        host.apply(snapshot.files().map(set).chain([Change::Ready, Change::ReadInFull]).collect());
        host.snapshot()
    }

    /// The cache files.
    fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.cache.path())
            .expect("the folder is there")
            .map(|entry| entry.expect("it is").path())
            .collect();
        files.sort();
        files
    }

    /// Checks that the cache does not change any answer. Returns the answers.
    #[track_caller]
    fn check(&self) -> String {
        let plain = answers(&self.open(&Cache::NONE));
        assert_eq!(answers(&self.open_held()), plain, "with all in memory");
        assert_eq!(answers(&self.open(&self.kept())), plain, "with what is kept");
        assert_eq!(answers(&self.open(&self.kept())), plain, "with what was kept just now");
        plain
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

/// The places of each quotation, the names, terms and notes of files, and the citations that lead to them.
fn answers(snapshot: &Snapshot) -> String {
    let path = |id| snapshot.file(id).map(|file| file.path.clone());
    let located = QUOTES.map(|quote| {
        let located = snapshot.locate(quote);
        let places: Vec<_> = located.matches.iter().map(|found| (path(found.file), found.span)).collect();
        (located.verdict, places)
    });
    let files: Vec<_> = snapshot.files().map(|file| (&file.path, &file.metadata, file.speakers())).collect();
    let terms: Vec<_> = snapshot.terms().all().iter().map(|term| (term.name.clone(), term.senses.len())).collect();
    let pointed_at: Vec<_> = snapshot
        .files()
        .map(|file| snapshot.backlinks(file.id).iter().map(|link| (path(link.note), link.citation)).collect::<Vec<_>>())
        .collect();
    let cards: Vec<_> = snapshot.files().map(|file| (file.summary(), file.note())).collect();
    let called = ["plo", "win", "riv", "other"]
        .map(|typed| snapshot.files_by_name(typed).into_iter().map(path).collect::<Vec<_>>());
    let quoting = snapshot.quoting(SNOW).len();
    let notes = format!("{pointed_at:#?}\n{cards:#?}\n{called:#?}\n{quoting}");
    format!("{located:#?}\n{files:#?}\n{terms:#?}\n{notes}\n{} {}", snapshot.is_ready(), snapshot.is_read())
}

#[test]
fn the_cache_changes_no_answer() {
    let bench = Bench::new();
    let answers = bench.check();
    assert!(answers.contains("schemer") && answers.contains("train.txt"), "{answers}");
    assert_eq!(bench.files().len(), 3, "the notes, the postings and the readings of one workspace");
}

#[test]
fn a_changed_moved_or_removed_source_is_recognised_by_its_content() {
    let bench = Bench::new();
    bench.check();
    bench.write("snow.txt", &SNOW.replace("twelve", "thirteen"));
    bench.check();
    fs::rename(bench.path("deep/train.txt"), bench.path("train.txt")).expect("it can be moved");
    bench.check();
    bench.write("again.txt", TRAIN);
    bench.check();
    fs::remove_file(bench.path("river.md")).expect("it can be removed");
    bench.check();
    fs::write(bench.path("broken.txt"), b"caf\xe9").expect("it can be written");
    bench.check();
}

#[test]
fn files_of_another_build_are_not_read() {
    let bench = Bench::new();
    bench.check();
    let plain = answers(&bench.open(&Cache::NONE));
    assert_eq!(answers(&bench.open(&Cache::new(bench.cache.path().to_owned(), 2))), plain);
    assert_eq!(bench.files().len(), 6);
}

#[test]
fn files_of_an_unused_build_are_deleted() {
    let bench = Bench::new();
    let old = Cache::new(bench.cache.path().to_owned(), 2);
    bench.open(&old);
    let [facts, _, postings] = &bench.files()[..] else { panic!("three files are kept") };
    let file = fs::File::options().write(true).open(postings).expect("it is there");
    file.set_modified(UNIX_EPOCH).expect("its time can be set");
    bench.check();
    assert!(!postings.exists() && facts.exists());
    assert_eq!(bench.files().len(), 5);
}

#[test]
fn a_changed_note_is_recognised_by_its_content() {
    let bench = Bench::new();
    bench.check();
    bench.write("../notes/plan.md", &NOTE.replace("winters", "long summers"));
    assert!(bench.check().contains("On long summers"));
    fs::remove_file(bench.path("../notes/other.md")).expect("it can be removed");
    bench.check();
    fs::write(bench.path("../notes/broken.md"), b"no text\0at all").expect("it can be written");
    bench.check();
}

#[test]
fn a_cache_folder_that_cannot_be_written_is_ignored() {
    let bench = Bench::new();
    let plain = answers(&bench.open(&Cache::NONE));
    fs::write(bench.cache.path().join("file"), "no folder").expect("it can be written");
    let cache = Cache::new(bench.cache.path().join("file"), 1);
    assert_eq!(answers(&bench.open(&cache)), plain);
}

#[test]
fn a_quotation_from_a_deleted_source_is_unchecked() {
    let bench = Bench::new();
    let snapshot = bench.open_for_quotations(&bench.kept());
    fs::remove_file(bench.path("snow.txt")).expect("it can be removed");
    assert_eq!(snapshot.locate(QUOTES[0]).verdict, Verdict::Unchecked);
    assert_eq!(snapshot.locate("Zebras galloped past").verdict, Verdict::NotFound);
}

#[test]
fn a_source_with_a_new_time_but_the_same_bytes_is_unchanged() {
    let bench = Bench::new();
    let snapshot = bench.open_for_quotations(&bench.kept());
    fs::write(bench.path("snow.txt"), SNOW).expect("it can be written");
    assert_eq!(snapshot.locate(QUOTES[0]).verdict, Verdict::Verbatim);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Truncated and corrupt files are ignored: no damage makes a quotation that exists count as not found.
    #[test]
    fn damage_is_noticed(at in 0.0_f64..1.0, cut in any::<bool>(), flip in 1_u8.., which in 0..3_usize) {
        let bench = Bench::new();
        let plain = answers(&bench.open(&bench.kept()));
        let file = &bench.files()[which];
        let mut bytes = fs::read(file).expect("it is there");
        let place = (bytes.len() as f64 * at) as usize;
        if cut {
            bytes.truncate(place);
        } else {
            bytes[place] ^= flip;
        }
        fs::write(file, bytes).expect("it can be written");
        let snapshot = bench.open_for_quotations(&bench.kept());
        for quote in &QUOTES[..3] {
            prop_assert!(snapshot.locate(quote).verdict != Verdict::NotFound);
        }
        prop_assert_eq!(answers(&bench.open(&bench.kept())), plain);
    }
}
