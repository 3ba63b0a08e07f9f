use std::{fmt::Write as _, fs, path::Path, sync::Arc};

use expect_test::{Expect, expect};
use tempfile::TempDir;

use super::*;
use crate::{Host, disk::LARGEST, extract_in_process};

/// Real files, nothing kept.
const ACCESS: FileAccess = FileAccess { disk: Disk::Real, cache: Cache::NONE, extractor: extract_in_process };

fn discover(config: &Config) -> Vec<Change> {
    discover_with(config, &|_| {}, &AtomicBool::new(false)).expect("nobody cancels")
}

fn discover_with(
    config: &Config,
    progress: &(dyn Fn(Progress) + Sync),
    cancelled: &AtomicBool,
) -> Result<Vec<Change>, Cancelled> {
    Discovery { config, access: &ACCESS, progress, cancelled }.run()
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (path, bytes) in files {
        write(&folder, path, bytes);
    }
    folder
}

fn write(folder: &TempDir, path: &str, bytes: &[u8]) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

fn root(folder: &TempDir) -> PathBuf {
    folder.path().canonicalize().expect("the folder is there")
}

/// Each file with its role, then what was skipped, then what is wrong with the configuration.
fn listing(root: &Path) -> String {
    let config = Config::load(root);
    let changes = discover(&config);
    let shown = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    let mut out = String::new();
    for problem in &config.problems {
        let _ = writeln!(out, "problem: {}", problem.message);
    }
    let mut host = Host::default();
    host.apply(vec![Change::Configure(Arc::new(config))]);
    host.apply(changes);
    let snapshot = host.snapshot();
    for file in snapshot.files() {
        let Role { source, note, bibliography } = file.role;
        let roles = [(source, "source"), (note, "note"), (bibliography, "bibliography")];
        let roles: Vec<_> = roles.into_iter().filter(|(is, _)| *is).map(|(_, role)| role).collect();
        let _ = writeln!(out, "{}: {}", file.path, roles.join(", "));
    }
    for skipped in snapshot.skipped() {
        let _ = writeln!(out, "skipped {}: {}", shown(&skipped.path), skipped.reason);
    }
    out
}

#[expect(clippy::needless_pass_by_value, reason = "reads better at the call")]
fn check(files: &[(&str, &[u8])], expected: Expect) {
    expected.assert_eq(&listing(&root(&folder(files))));
}

#[test]
fn without_a_configuration_folders_have_roles_by_their_names() {
    let files: &[(&str, &[u8])] = &[
        ("Clippings/a.md", b"A."),
        ("sources/deep/b.txt", b"B."),
        ("c.md", b"C."),
        ("journal/d.md", b"D."),
        ("e.txt", b"E."),
        ("sources.md", b"F."),
    ];
    check(
        files,
        expect![[r"
        Clippings/a.md: source
        c.md: note
        journal/d.md: note
        sources/deep/b.txt: source
        sources.md: note
    "]],
    );
}

#[test]
fn a_configuration_names_files_folders_and_globs() {
    let files: &[(&str, &[u8])] = &[
        ("ibid.toml", b"sources = [\"clips/*.txt\", \"one.md\", \"both\"]\nnotes = [\"both\", \"n/**/*.md\"]\nbibliography = [\"refs.bib\"]\n"),
        ("clips/a.txt", b"A."),
        ("clips/deep/b.txt", b"B."),
        ("one.md", b"C."),
        ("both/d.md", b"D."),
        ("n/x/e.md", b"E."),
        ("other.md", b"F."),
        ("refs.bib", b"@book{g, title = {G}}\n"),
    ];
    check(
        files,
        expect![[r"
        both/d.md: source, note
        clips/a.txt: source
        n/x/e.md: note
        one.md: source
        refs.bib: bibliography
    "]],
    );
}

#[test]
fn ignored_and_hidden_files_are_passed_over() {
    let files: &[(&str, &[u8])] = &[
        (".gitignore", b"drafts/\n/sources/secret.txt\n"),
        (".ignore", b"b.md\n"),
        ("sources/a.txt", b"A."),
        ("sources/secret.txt", b"S."),
        ("b.md", b"B."),
        ("drafts/c.md", b"C."),
        (".obsidian/d.md", b"D."),
        ("e.md", b"E."),
    ];
    check(
        files,
        expect![[r"
        e.md: note
        sources/a.txt: source
    "]],
    );
}

#[test]
fn what_is_ignored_above_a_folder_that_is_named_is_read_there() {
    let files: &[(&str, &[u8])] = &[
        ("ibid.toml", b"sources = [\"a\"]\n"),
        (".gitignore", b"*.txt\n"),
        ("a/b.txt", b"B."),
        ("a/c.md", b"C."),
        ("d.txt", b"D."),
    ];
    check(
        files,
        expect![[r"
        a/b.txt: source
        a/c.md: source
    "]],
    );
}

#[test]
fn a_folder_that_is_named_is_walked_though_ignored() {
    let files: &[(&str, &[u8])] = &[
        ("ibid.toml", b"sources = [\"private\"]\n"),
        (".gitignore", b"private/\n"),
        ("private/a.txt", b"A."),
        ("n.md", b"N."),
    ];
    check(
        files,
        expect![[r"
        n.md: note
        private/a.txt: source
    "]],
    );
}

#[test]
fn a_workspace_inside_is_another_workspace() {
    let files: &[(&str, &[u8])] =
        &[("README.md", b"R."), ("example/ibid.toml", b""), ("example/sources/a.txt", b"A."), ("example/n.md", b"N.")];
    check(
        files,
        expect![[r"
        README.md: note
    "]],
    );
}

#[test]
fn what_cannot_be_read_is_reported_and_the_rest_is_read() {
    let files: &[(&str, &[u8])] = &[
        ("sources/good.txt", b"Good."),
        ("sources/latin.txt", b"caf\xe9 au lait"),
        ("sources/nul.txt", b"a\0b"),
        ("sources/paper.pdf", b"%PDF"),
        ("sources/bare", b"?"),
        ("latin.md", b"na\xefve"),
        ("n.md", b"N."),
    ];
    check(
        files,
        expect![[r"
        n.md: note
        sources/good.txt: source
        skipped latin.md: not valid UTF-8 at byte 2: convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`
        skipped sources/bare: no extension tells what it is: rename it to .txt or .md
        skipped sources/latin.txt: not valid UTF-8 at byte 3: convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`
        skipped sources/nul.txt: contains a NUL byte at 1, so it is not a text file: convert it to text, or leave it out of `sources`
        skipped sources/paper.pdf: damaged, or not a document of this format: open it in a viewer and save it again
    "]],
    );
}

#[test]
fn what_a_browser_saved_beside_a_page_is_part_of_the_page() {
    let files: &[(&str, &[u8])] = &[
        ("sources/storage/AB12/page.html", b"<p>Words."),
        ("sources/storage/AB12/page_files/style.css", b"p {}"),
        ("sources/storage/AB12/page_files/frame.html", b"<p>Buy."),
        ("sources/other_files/kept.txt", b"Words."),
        ("sources/other_files/chart.png", b"x"),
    ];
    check(
        files,
        expect![[r"
            sources/other_files/kept.txt: source
            sources/storage/AB12/page.html: source
            skipped sources/other_files/chart.png: no reader for .png yet: save its text as .txt or .md
        "]],
    );
}

#[test]
fn a_file_that_the_disk_does_not_give_is_reported() {
    // A folder takes the place of a file without permission, which the superuser could still read.
    let folder = folder(&[]);
    let Change::Skip(skipped) = read_as(&root(&folder), Role::default(), Language::ENGLISH, &ACCESS) else {
        panic!("it was read")
    };
    assert!(skipped[0].reason.starts_with("cannot be read ("), "{}", skipped[0].reason);
}

#[test]
fn an_empty_source_is_reported() {
    check(
        &[("sources/empty.txt", b""), ("sources/blank.txt", b" \n"), ("empty.md", b"")],
        expect![[r"
        empty.md: note
        skipped sources/blank.txt: is empty: save the page's text in it
        skipped sources/empty.txt: is empty: save the page's text in it
    "]],
    );
}

#[test]
fn a_missing_folder_is_reported() {
    check(
        &[("ibid.toml", b"sources = [\"lib\", \"here\"]\n"), ("here/a.txt", b"A."), ("n.md", b"N.")],
        expect![[r"
        problem: `lib` in ibid.toml is not there: create it or correct the path
        here/a.txt: source
        n.md: note
        skipped lib: `lib` in ibid.toml is not there: create it or correct the path
    "]],
    );
}

#[test]
fn a_configuration_that_is_not_text_is_reported() {
    check(
        &[("ibid.toml", b"sources = [\"caf\xe9\"]"), ("sources/a.txt", b"A."), ("n.md", b"N.")],
        expect![[r"
        problem: not valid UTF-8 at byte 15: save it as UTF-8
        n.md: note
        sources/a.txt: source
    "]],
    );
}

#[test]
fn a_huge_file_is_reported_and_not_read() {
    let folder = folder(&[("sources/a.txt", b"A.")]);
    let huge = fs::File::create(folder.path().join("sources/huge.txt")).expect("a file can be made");
    // A sparse file: it takes no room on disk.
    huge.set_len(LARGEST + 1).expect("a file can be made large");
    expect![[r"
        sources/a.txt: source
        skipped sources/huge.txt: 268435457 bytes: larger than the limit of 268435456; split it
    "]]
    .assert_eq(&listing(&root(&folder)));
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_only_and_loops_end() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.md", b"S.")]);
    let folder = folder(&[("sources/a.txt", b"A."), ("n/b.md", b"B."), (".kept/c.md", b"C.")]);
    let link = |to: &Path, at: &str| symlink(to, folder.path().join(at)).expect("a link can be made");
    link(outside.path(), "away");
    link(&outside.path().join("secret.md"), "secret.md");
    link(folder.path(), "n/loop");
    link(&folder.path().join("n/b.md"), "again.md");
    link(&folder.path().join(".kept"), "kept");
    link(Path::new("nowhere.md"), "broken.md");
    let root = root(&folder);
    let shown = listing(&root);
    expect![[r"
        kept/c.md: note
        n/b.md: note
        sources/a.txt: source
        skipped away: a link that leads out of the workspace: name the place itself in `sources` to have it read
        skipped broken.md: a link that leads nowhere: mend or remove it
        skipped n/loop: a link to a folder that it lies in: not followed
        skipped secret.md: a link that leads out of the workspace: name the place itself in `sources` to have it read
    "]]
    .assert_eq(&shown);
}

#[cfg(unix)]
#[test]
fn a_workspace_opened_through_a_link_has_each_file_once_by_its_path_below_the_link() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("real/sources/z.txt", b"Z."), ("real/notes/n.md", b"N."), ("lib/sub/l.txt", b"L.")]);
    let at = |path: &str| root(&folder).join(path);
    symlink("real", at("link")).expect("a link can be made");
    symlink("lib", at("books")).expect("a link can be made");
    // In the order of names these come before what they lead to.
    symlink("../sources/z.txt", at("real/notes/a.txt")).expect("a link can be made");
    symlink("notes", at("real/again")).expect("a link can be made");
    symlink("sub/l.txt", at("lib/first.txt")).expect("a link can be made");
    for name in ["real", "link"] {
        let config = "sources = [\"sources\", \"notes\", \"../books\"]\nnotes = [\"**/*.md\"]\n";
        let changes = discover(&Config::parse(&at(name), config));
        let paths: Vec<PathBuf> = changes.iter().filter_map(path_of).map(Path::to_owned).collect();
        let expected = ["books/sub/l.txt", &format!("{name}/notes/n.md"), &format!("{name}/sources/z.txt")];
        assert_eq!(paths, expected.map(at), "{name}");
    }
}

#[test]
fn a_path_outside_is_the_persons_choice() {
    let outside = folder(&[("lib/a.txt", b"A.")]);
    let lib = root(&outside).join("lib");
    let config = format!("sources = [{:?}]\n", lib.display().to_string());
    let folder = folder(&[("ibid.toml", config.as_bytes()), ("n.md", b"N.")]);
    let changes = discover(&Config::load(&root(&folder)));
    let paths: std::collections::BTreeSet<PathBuf> = changes.iter().filter_map(path_of).map(Path::to_owned).collect();
    assert_eq!(paths, [lib.join("a.txt"), root(&folder).join("n.md")].into());
}

#[test]
fn a_file_read_alone_is_read_as_discovery_reads_it() {
    let folder = folder(&[
        (".gitignore", b"drafts/\n"),
        ("sources/a.txt", b"A."),
        ("sources/p.pdf", b"%PDF"),
        ("n.md", b"N."),
        ("drafts/d.md", b"D."),
        ("picture.png", b"P"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere.md", folder.path().join("broken.md")).expect("a link can be made");
    let root = root(&folder);
    let config = Config::load(&root);
    let kind = |path: &str| match read_file(&config, &ACCESS, &root.join(path)) {
        Change::Set { role, .. } | Change::KeepOnDisk { role, .. } => format!("{role:?}"),
        Change::Skip(skipped) => skipped[0].reason.clone(),
        Change::Remove { .. } => "nothing".to_owned(),
        other => format!("{other:?}"),
    };
    let paths = ["sources/a.txt", "sources/p.pdf", "n.md", "drafts/d.md", "picture.png", "gone.md", "sources"];
    let shown = paths.map(|path| format!("{path}: {}", kind(path))).join("\n");
    expect![[r"
        sources/a.txt: Role { source: true, note: false, bibliography: false }
        sources/p.pdf: damaged, or not a document of this format: open it in a viewer and save it again
        n.md: Role { source: false, note: true, bibliography: false }
        drafts/d.md: nothing
        picture.png: nothing
        gone.md: nothing
        sources: nothing"]]
    .assert_eq(&shown);
}

#[test]
fn reading_can_be_stopped_and_reports_progress() {
    let folder = folder(&[("sources/a.txt", b"A."), ("n.md", b"N.")]);
    let config = Config::load(&root(&folder));
    let furthest = std::sync::Mutex::new((0, 0));
    let record = |progress: Progress| {
        let mut furthest = furthest.lock().expect("no test panicked");
        *furthest = (furthest.0.max(progress.read), progress.of);
    };
    assert!(discover_with(&config, &record, &AtomicBool::new(false)).is_ok());
    assert_eq!(*furthest.lock().expect("no test panicked"), (2, 2));
    assert_eq!(discover_with(&config, &record, &AtomicBool::new(true)).err(), Some(Cancelled));
}

#[test]
fn the_root_is_the_nearest_with_a_configuration_or_sources() {
    let folder = folder(&[
        ("with/ibid.toml", b""),
        ("with/notes/deep/n.md", b"N."),
        ("by-name/references/a.txt", b"A."),
        ("by-name/n.md", b"N."),
        ("neither/n.md", b"N."),
    ]);
    let root = root(&folder);
    let of = |path: &str| Config::root_of(&root.join(path)).map(|found| found.strip_prefix(&root).map(Path::to_owned));
    assert_eq!(of("with/notes/deep/n.md"), Some(Ok("with".into())));
    assert_eq!(of("with/notes"), Some(Ok("with".into())));
    assert_eq!(of("by-name/n.md"), Some(Ok("by-name".into())));
    assert_eq!(of("neither/n.md"), None);
}

/// The file that a change is about.
fn path_of(change: &Change) -> Option<&Path> {
    match change {
        Change::Set { path, .. } | Change::KeepOnDisk { path, .. } => Some(path),
        _ => None,
    }
}
