//! A library with malicious and broken documents: each is reported with its reason, and the server keeps working.

use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
};

use ibid_tests::{Client, Server, Workspace};
use serde_json::Value;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{ALTERED, codes};

const NOTE: &str = "notes/note.md";

/// The beginning of the line that reports each file.
const TOLD: [(&str, &str); 8] = [
    ("bomb.epub", "unpacks to far more than a document of its size should"),
    ("cut.mhtml", "damaged"),
    ("empty.html", "is empty"),
    ("latin.txt", "not valid UTF-8 at byte 3"),
    ("locked.pdf", "locked by a password"),
    ("nul.md", "contains a NUL byte at 6"),
    ("page.ps", "no reader for .ps yet"),
    ("round", "a link to a folder that it lies in: not followed"),
];

/// An archive of 160 MB whose compressed size is tiny.
fn bomb() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("META-INF/container.xml", SimpleFileOptions::default()).expect("it can be begun");
    let zeros = vec![b' '; 16 << 20];
    (0..10).for_each(|_| zip.write_all(&zeros).expect("it can be written"));
    zip.finish().expect("it can be ended").into_inner()
}

fn library() -> Workspace {
    let workspace = Workspace::new(ALTERED);
    let locked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/source/tests/papers/locked.pdf");
    workspace.write("sources/locked.pdf", fs::read(locked).expect("it is there"));
    workspace.write("sources/bomb.epub", bomb());
    workspace.write(
        "sources/cut.mhtml",
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n",
    );
    workspace.write("sources/empty.html", " \n");
    workspace.write("sources/latin.txt", b"caf\xe9 \xff\xfe au lait");
    workspace.write("sources/nul.md", b"before\0after");
    workspace.write("sources/page.ps", "%!PS");
    workspace.write(
        "sources/line.txt",
        "One line that nobody has ever ended with a STOP or an NBA of any kind and so on ".repeat(20_000),
    );
    workspace.write("sources/deep.html", "<div>".repeat(200_000) + "The words at the bottom of it all.");
    #[cfg(unix)]
    std::os::unix::fs::symlink(workspace.path("sources"), workspace.path("sources/round")).expect("a link");
    workspace
}

/// Sends typical requests about the note, and requests the report of what was read.
fn report(server: &mut Server, workspace: &Workspace) -> String {
    assert_eq!(codes(&server.diagnostics(workspace, NOTE)), ["quote-altered"]);
    let place = workspace.at_cursor();
    for method in ["textDocument/hover", "textDocument/definition"] {
        assert_ne!(server.request(method, place.clone()), Value::Null, "{method}");
    }
    server.request("ibid/report", Value::Null).as_str().expect("a report").to_owned()
}

#[test]
fn a_library_of_hostile_files_works_and_each_is_reported() {
    let (workspace, cache) = (library(), Workspace::new(""));
    let kept = cache.path("kept");
    // Without a cache, with a full cache and with a corrupt cache.
    for is_rotten in [false, false, true] {
        if is_rotten {
            corrupt(&kept);
        }
        let mut server = Server::keeping(&Client::pulling(&workspace), &kept);
        server.open(&workspace, NOTE);
        let report = report(&mut server, &workspace);
        for (file, reason) in TOLD {
            assert!(report.contains(&format!("    sources/{file}: {reason}")), "{file}: {report}");
        }
        for file in ["line.txt", "deep.html", "page.txt"] {
            assert!(report.contains(&format!("sources/{file}\n")), "{file}: {report}");
        }
    }
}

/// Overwrites the middle of every file of a folder and leaves the rest.
fn corrupt(folder: &Path) {
    for entry in fs::read_dir(folder).expect("it is there") {
        let path = entry.expect("it is there").path();
        if path.is_dir() {
            corrupt(&path);
        } else {
            let mut bytes = fs::read(&path).expect("it is there");
            let middle = bytes.len() / 3..bytes.len() / 2;
            bytes[middle].fill(0xA5);
            // Extracted texts are read-only, but they can be replaced.
            fs::remove_file(&path).and_then(|()| fs::write(&path, bytes)).expect("it can be written");
        }
    }
}

#[test]
fn a_source_that_vanished_unnoticed_proves_nothing() {
    let workspace = library();
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    report(&mut server, &workspace);
    workspace.remove("sources/page.txt");
    // The server has not been notified. What it still knows of the source has no text any more.
    server.request("textDocument/hover", workspace.at_cursor());
    server.request("textDocument/definition", workspace.at_cursor());
    server.touched(&workspace, "sources/page.txt");
    let findings = server.diagnostics(&workspace, NOTE);
    assert!(!codes(&findings).contains(&"quote-altered"), "{findings:?}");
}
