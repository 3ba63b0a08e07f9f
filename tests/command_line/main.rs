//! The command line: output, streams and exit codes.

mod books;
mod cache;
mod example;
mod library;
mod papers;
mod quotation;
mod readme;
mod saved_pages;
mod sources;
mod vault;

use std::process::Output;

use ibid_tests::{Workspace, command, example};
use serde_json::Value;

fn ibid(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("the binary runs")
}

/// Runs `ibid check` with arguments, then the path of the workspace.
fn check(workspace: &Workspace, arguments: &[&str]) -> Output {
    let root = workspace.root();
    let mut all = vec!["check"];
    all.extend(arguments);
    all.push(root.to_str().expect("a temporary path is UTF-8"));
    ibid(&all)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn findings_do_not_fail_a_check_that_never_fails() {
    let output = check(&example(), &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("quote-altered"));
}

#[test]
fn findings_fail_a_check_at_or_above_the_level() {
    assert_eq!(check(&example(), &["--fail-on", "warning"]).status.code(), Some(1));
    let clean = Workspace::new("//- /sources/page.txt\nA page.\n//- /note.md\nNothing is quoted here.\n");
    assert_eq!(check(&clean, &["--fail-on", "hint"]).status.code(), Some(0));
}

#[test]
fn a_missing_path_exits_with_2() {
    let output = ibid(&["check", "/nowhere/at/all"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(text(&output.stderr).contains("/nowhere/at/all"));
}

#[test]
fn the_formats_for_programs_are_json() {
    for format in ["json", "sarif"] {
        let output = check(&example(), &["--format", format]);
        let parsed: Result<Value, _> = serde_json::from_slice(&output.stdout);
        assert!(parsed.is_ok(), "{format}: {parsed:?}");
    }
}

#[test]
fn an_unknown_command_exits_with_2() {
    let output = ibid(&["unheard-of"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

#[test]
fn an_unwritable_log_exits_with_2() {
    let output = ibid(&["lsp", "--log", "/nowhere/at/all.log"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("/nowhere/at/all.log"));
}

#[test]
fn the_documentation_of_every_code_can_be_read() {
    let list = text(&ibid(&["explain"]).stdout);
    for code in list.lines().filter_map(|line| line.split_whitespace().next()) {
        let output = ibid(&["explain", code]);
        assert_eq!(output.status.code(), Some(0), "{code}");
        assert!(text(&output.stdout).contains("## What it does"), "{code}");
    }
    assert_eq!(ibid(&["explain", "quote-alterd"]).status.code(), Some(2));
}
