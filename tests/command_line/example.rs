//! What the commands say of the bundled example, as a person types them.

use std::process::{Command, Output};

use expect_test::{Expect, expect};
use ibid_tests::{binary, example};
use serde_json::Value;

/// Runs `ibid` in a copy of the example, without colours.
fn ibid(arguments: &[&str]) -> Output {
    let workspace = example();
    let output =
        Command::new(binary()).args(arguments).arg("--color=never").current_dir(workspace.path("")).output();
    output.expect("the binary runs")
}

fn text(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("what is printed is UTF-8")
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&text(output)).expect("what is printed is JSON")
}

#[test]
fn check_finds_what_was_planted_and_nothing_else() {
    let report = json(&ibid(&["check", "--format", "json"]));
    let mut findings = String::new();
    for note in report["notes"].as_array().expect("notes") {
        for finding in note["findings"].as_array().expect("findings") {
            let part = |name: &str| finding[name].as_str().expect(name).replace('\n', " ");
            let evidence = finding["related"].as_array().expect("related").first();
            let evidence = evidence.map_or(String::new(), |place| {
                format!("\n    {}:{}", place["path"].as_str().expect("path"), place["line"])
            });
            let (path, line) = (note["path"].as_str().expect("path"), &finding["line"]);
            findings += &format!("{path}:{line} {} “{}”\n    {}{evidence}\n", part("code"), part("text"), part("message"));
        }
    }
    expect![[""]].assert_eq(&findings);
}

#[test]
fn check_shows_the_sources_passage_and_sums_up() {
    let report = text(&ibid(&["check"]));
    assert!(report.contains("clarity is often very important for deciding the right interventions"), "{report}");
    let summary = report.lines().last().unwrap_or_default();
    expect![[""]].assert_eq(summary);
}

#[test]
fn check_speaks_sarif_and_githubs_commands() {
    let sarif = json(&ibid(&["check", "--format", "sarif"]));
    assert_eq!(sarif["version"], "2.1.0");
    let results = sarif["runs"][0]["results"].as_array().expect("results").len();
    let github = text(&ibid(&["check", "--format", "github"]));
    assert_eq!(github.lines().filter(|line| line.starts_with("::")).count(), results);
}

#[test]
fn a_threshold_on_the_command_line_beats_the_files() {
    assert_eq!(ibid(&["check", "--fail-on", "warning"]).status.code(), Some(1));
    assert_eq!(ibid(&["check", "--fail-on", "error", "notes/consequentialism.md"]).status.code(), Some(0));
}

/// What `ibid define` prints of a term.
fn check_define(term: &str, expected: &Expect) {
    expected.assert_eq(&text(&ibid(&["define", term])));
}

#[test]
fn define_shows_a_contested_term_with_whose_senses_they_are() {
    check_define("schemers", &expect![[""]]);
}

#[test]
fn define_says_that_a_term_is_never_defined() {
    check_define("ASARA", &expect![[""]]);
}
