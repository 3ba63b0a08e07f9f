//! How the code is written.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{report, sources::root};

/// The most lines of a file.
const LINES: usize = 600;

/// All Rust files of the repository, in the order of their paths.
fn rust_files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["server", "tests", "benches"] {
        collect(&root().join(folder), &mut files);
    }
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a Rust file is UTF-8");
        (path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().replace('\\', "/"), text)
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "target" && name != "node_modules" {
                collect(&path, files);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn no_file_is_long() {
    let long = |(path, text): (String, String)| {
        let lines = text.lines().count();
        (lines > LINES).then(|| format!("{path}:{LINES}: {lines} lines"))
    };
    let faults: Vec<String> = rust_files().into_iter().filter_map(long).collect();
    report(&format!("No file has more than {LINES} lines."), &faults);
}

/// "The same, but …" makes a reader look for the other item first.
#[test]
fn documentation_says_what_an_item_is() {
    let mut faults = Vec::new();
    for (path, text) in rust_files() {
        let mut before = "";
        for (at, line) in text.lines().map(str::trim_start).enumerate() {
            let documentation = line.strip_prefix("/// ").or_else(|| line.strip_prefix("//! "));
            let is_first = !(before.starts_with("///") || before.starts_with("//!"));
            if is_first && documentation.is_some_and(|text| text.starts_with("The same")) {
                faults.push(format!("{path}:{}: {line}", at + 1));
            }
            before = line;
        }
    }
    report("Documentation begins with what the item is, not with “The same”.", &faults);
}
