use std::{
    fs,
    path::{Path, PathBuf},
};

use ibid_text::Span;

use super::{Disk, Entry, EntryKind, MemoryDisk, Stamp};

const FILES: [(&str, &str); 5] = [
    ("a.md", "A."),
    ("sources/.hidden/x.txt", "X."),
    ("sources/deep/b.txt", "Words of b."),
    ("sources/deep/c.txt", ""),
    ("sources.md", "S."),
];

/// The files on a real disk and in memory, each with the root they are under.
fn disks() -> (tempfile::TempDir, [(Disk, PathBuf); 2]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path().canonicalize().expect("the folder is there");
    for (path, text) in FILES {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    let in_memory = Path::new("/workspace");
    let memory = Disk::in_memory(FILES.map(|(path, text)| (in_memory.join(path), text.into())));
    (folder, [(Disk::Real, root), (memory, in_memory.to_owned())])
}

/// Asks both disks the same question.
fn check_alike<T: PartialEq + std::fmt::Debug>(ask: impl Fn(&Disk, &Path) -> T) -> T {
    let (_folder, disks) = disks();
    let [real, memory] = disks.map(|(disk, root)| ask(&disk, &root));
    assert_eq!(real, memory);
    memory
}

#[test]
fn a_walk_visits_folders_first_and_no_hidden_entry() {
    let walked = check_alike(|disk, root| {
        let within = root.to_owned();
        let is_entered = move |entry: Entry<&Path>| entry.path != within.join("sources/deep/c.txt");
        let relative = |entry: Entry| {
            let path = entry.path.strip_prefix(root).expect("it is below the root").to_string_lossy().into_owned();
            (path, entry.depth, entry.kind)
        };
        disk.walk(root, is_entered).map(|entry| relative(entry.expect("it can be read"))).collect::<Vec<_>>()
    });
    let paths: Vec<&str> = walked.iter().map(|(path, ..)| path.as_str()).collect();
    assert_eq!(paths, ["", "a.md", "sources", "sources/deep", "sources/deep/b.txt", "sources.md"]);
    assert_eq!((walked[2].1, walked[2].2, walked[4].2), (1, EntryKind::Folder, EntryKind::File));
}

#[test]
fn a_walk_from_a_file_visits_that_file() {
    let count = check_alike(|disk, root| disk.walk(&root.join("sources/deep/b.txt"), |_| true).count());
    assert_eq!(count, 1);
}

#[test]
fn files_and_folders_are_distinguished() {
    for path in ["a.md", "sources", "sources/deep", "sources/de", "none", ""] {
        check_alike(|disk, root| {
            let path = root.join(path);
            (disk.exists(&path), disk.is_file(&path), disk.is_folder(&path), disk.canonicalize(&path).is_ok())
        });
    }
    let mut names = check_alike(|disk, root| {
        let mut names = disk.names_in(root);
        names.sort();
        names
    });
    assert_eq!(names.pop().as_deref(), Some("sources.md".as_ref()));
    assert_eq!(names.len(), 2);
}

#[test]
fn files_are_read_whole_and_in_part() {
    let read = check_alike(|disk, root| {
        let path = root.join("sources/deep/b.txt");
        let bytes = disk.read(&path).expect("it is there");
        let stamp = Stamp::of(&bytes, disk.metadata(&path).expect("it is there").modified);
        let part = |span| disk.read_part(&path, &stamp, span).ok();
        let parts = [part(Span::new(0, 5)), part(Span::new(6, 900)), part(Span::new(700, 900))];
        let outdated = disk.read_part(&path, &Stamp { size: 1, ..stamp }, Span::new(0, 1)).is_err();
        (bytes, parts, outdated, disk.has(&path, &stamp))
    });
    let part = |text: &str| Some(text.as_bytes().to_vec());
    assert_eq!(read, (b"Words of b.".to_vec(), [part("Words"), part("of b."), part("")], true, true));
    assert!(check_alike(|disk, root| disk.read(&root.join("none")).is_err_and(|error| error.is_not_found())));
}

#[test]
fn a_file_in_memory_can_be_written_and_removed() {
    let files = MemoryDisk::new([("/w/a.md".into(), b"A.".to_vec())]);
    let disk = Disk::Memory(files.clone());
    let path = Path::new("/w/a.md");
    let stamp = Stamp::of(b"A.", disk.metadata(path).expect("it is there").modified);
    files.write(path, "B.");
    assert!(!disk.has(path, &stamp), "it was written again");
    files.remove(Path::new("/w"));
    assert!(!disk.exists(path) && !disk.exists(Path::new("/w")));
}

#[cfg(unix)]
#[test]
fn what_may_never_end_is_not_read() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let at = |name: &str| folder.path().join(name);
    let pipe = |name: &str| {
        let made = std::process::Command::new("mkfifo").arg(at(name)).status();
        assert!(made.is_ok_and(|status| status.success()));
    };
    pipe("pipe.md");
    std::os::unix::fs::symlink("/dev/zero", at("zero.md")).expect("a link can be made");
    let _socket = std::os::unix::net::UnixListener::bind(at("socket.md")).expect("a socket can be made");
    for name in ["pipe.md", "zero.md", "socket.md"] {
        assert!(Disk::Real.read(&at(name)).is_err(), "{name}");
        assert!(Disk::Real.read_to_string(&at(name)).is_err(), "{name}");
    }
    // The walk reads ignore files by itself.
    for inner in ["pipe", "zero", "plain"] {
        fs::create_dir(at(inner)).expect("a folder can be made");
        fs::write(at(inner).join("a.md"), "A.").expect("a file can be written");
    }
    pipe("pipe/.gitignore");
    std::os::unix::fs::symlink("/dev/zero", at("zero/.ignore")).expect("a link can be made");
    let (found, faults): (Vec<_>, Vec<_>) = Disk::Real.walk(folder.path(), |_| true).partition(Result::is_ok);
    let found: Vec<PathBuf> = found.into_iter().flatten().map(|entry| entry.path).collect();
    assert!(
        found.contains(&at("plain/a.md")) && !found.contains(&at("pipe/a.md")) && !found.contains(&at("zero/a.md"))
    );
    assert_eq!(faults.len(), 2);
    pipe(".gitignore");
    assert!(Disk::Real.walk(folder.path(), |_| true).flatten().any(|entry| entry.path == at("plain/a.md")));
}
