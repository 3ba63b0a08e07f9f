//! What the README shows is what the commands print.
//!
//! `UPDATE_EXPECT=1` writes what they print into the README: each finding that is shown, by its place, and the summary.

use std::{env, fs, path::Path};

use ibid_tests::command;

/// What begins a block of the README that shows a command with its output.
const SHOWN: &str = "```text\n$ ibid ";

/// A line for output that is left out.
const LEFT_OUT: &str = "[…]";

#[test]
fn the_readme_shows_what_the_commands_print() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = root.join("README.md");
    let readme = fs::read_to_string(&path).expect("there is a README");
    let mut updated = readme.clone();
    let blocks: Vec<&str> = readme.split(SHOWN).skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    assert_eq!(blocks.len(), 3, "two checks and a definition are shown");
    for block in blocks {
        let (arguments, output) = block.split_once('\n').expect("a command and its output");
        let run = command().args(arguments.split(' ')).current_dir(&root).output().expect("the binary runs");
        let printed = String::from_utf8(run.stdout).expect("what is printed is UTF-8");
        if env::var_os("UPDATE_EXPECT").is_some() {
            updated = updated.replace(output, &renewed(output, &printed));
            continue;
        }
        for stretch in output.split(LEFT_OUT).map(|stretch| stretch.trim_matches('\n')) {
            assert!(printed.contains(stretch), "`ibid {arguments}` does not print:\n{stretch}\nbut:\n{printed}");
        }
    }
    if updated != readme {
        fs::write(path, updated).expect("the README can be written");
    }
}

/// The output that is shown, with each part as it is printed now.
fn renewed(shown: &str, printed: &str) -> String {
    let renewed = |part: &str| match part {
        "" | LEFT_OUT => part.to_owned(),
        _ => {
            let now = printed.trim_end().split("\n\n").find(|now| place(now) == place(part));
            now.unwrap_or_else(|| panic!("no longer printed, so change the README by hand:\n{part}")).to_owned()
        }
    };
    shown.split("\n\n").map(renewed).collect::<Vec<_>>().join("\n\n")
}

/// The line that says where a finding is; `None` for a summary.
fn place(part: &str) -> Option<&str> {
    part.lines().find(|line| line.starts_with("  --> "))
}
