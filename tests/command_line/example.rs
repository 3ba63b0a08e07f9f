//! Commands in the bundled example.

use std::{fmt::Write, process::Output};

use expect_test::{Expect, expect};
use ibid_tests::{command, example};
use serde_json::Value;

/// Runs `ibid` in a copy of the example, without colours.
fn ibid(arguments: &[&str]) -> Output {
    let workspace = example();
    let output = command().args(arguments).arg("--color=never").current_dir(workspace.path("")).output();
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
            let (code, quoted, message) = (part("code"), part("text"), part("message"));
            writeln!(findings, "{path}:{line} {code} “{quoted}”\n    {message}{evidence}").expect("a string takes all");
        }
    }
    expect![[r#"
        notes/consequentialism.md:14 quote-altered “3:1 or 4”
            A number was changed: the source has “1.5”, the quotation “3”; a number was changed: the source has “2”, the quotation “4”
            sources/001_bfa0dc0747c7faaa.txt:31
        notes/schemers.md:25 quote-altered “always”
            The source says “often”, the quotation says “always”
            sources/003_8279fd142acaf4fa.txt:7
        notes/schemers.md:30 quote-not-found “a schemer is any model that would rather be trusted than be right”
            No source has these words
        notes/schemers.md:31 quote-misattributed “terminally value curiosity and are scheming to be deployed so they can learn about the real world firsthand”
            The cited source does not say this, but “Comments on interpretability, consequentialism and selection theorems” does
            sources/001_bfa0dc0747c7faaa.txt:47
        notes/schemers.md:35 claim-uncited “More than 70 percent of the papers on deceptive alignment published in 2024 used the word without defining it.”
            Uncited claim: it gives a share (“70 percent”), a date (“2024”)
        notes/schemers.md:37 citation-unresolved “carlsmith2032”
            No source or bibliography entry has the key `carlsmith2032`
        notes/software-progress.md:7 claim-overstated “Half of recent AI progress comes from using more compute [@review-comments].”
            Stated as a fact, but the source says “We assume that half of recent AI progress comes …”
            sources/003_8279fd142acaf4fa.txt:29
        notes/software-progress.md:26 quote-altered “much”
            The source says “more”, the quotation says “much”
            sources/003_8279fd142acaf4fa.txt:34
        notes/software-progress.md:28 claim-uncited “Training compute for the largest models grew by a factor of 4.2 per year between 2018 and 2024.”
            Uncited claim: it gives a superlative (“largest”), a trend (“grew”), a comparison (“factor of 4.2”)
    "#]].assert_eq(&findings);
}

#[test]
fn check_shows_the_sources_passage_and_sums_up() {
    let report = text(&ibid(&["check"]));
    assert!(report.contains("clarity is often very important for deciding the right interventions"), "{report}");
    let summary = report.lines().last().unwrap_or_default();
    expect!["4 notes, 47 quotations (30 verbatim, 5 verbatim except for typography, 2 with marked changes, 3 altered, 1 misattributed, 1 not found, 5 unchecked), 9 findings (1 error, 8 warnings)"].assert_eq(summary);
}

#[test]
fn check_writes_sarif_and_github_commands() {
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

/// Checks the output of `ibid define`.
fn check_define(term: &str, expected: &Expect) {
    expected.assert_eq(&text(&ibid(&["define", term])));
}

#[test]
fn define_shows_whose_senses_a_contested_term_has() {
    check_define(
        "schemers",
        &expect![[r#"
        schemer: contested, its senses differ
          reported as Joe Carlsmith’s: “something quite specific with reference to training gaming”
            sources/003_8279fd142acaf4fa.txt:6 (88 % sure)
          contrasted with other uses: “I think people often use it now just in the colloquial sense”
            sources/003_8279fd142acaf4fa.txt:7 (86 % sure)
          asked: “Agree, and would add: what even is the definition of the term “schemer”?”
            sources/003_8279fd142acaf4fa.txt:6 (88 % sure)
          used 7 times in 2 files
    "#]],
    );
}

#[test]
fn define_reports_a_term_that_is_never_defined() {
    check_define(
        "ASARA",
        &expect![[r#"
        ASARA: used but never defined
          “We simulate AI progress after the deployment of ASARA.”
            sources/003_8279fd142acaf4fa.txt:28
          “It looks like your “gradual boost” section is for people like me; you simulate the gradual emergence of the ASARA boost over a period of five years.”
            sources/003_8279fd142acaf4fa.txt:38
          used 8 times in 2 files
    "#]],
    );
}

#[test]
fn define_exits_with_1_for_an_unknown_term() {
    let output = ibid(&["define", "schemr"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    expect!["ibid: No definition of `schemr` found; did you mean `schemer`?\n"]
        .assert_eq(&String::from_utf8_lossy(&output.stderr));
}
