//! Checks against PDFs, whose text is extracted.

use ibid_tests::{Workspace, command, example_of};
use serde_json::Value;

use super::{check, text};

const PAPER: &str = "sources/moreau-2021.pdf";

fn listed(workspace: &Workspace) -> String {
    let output = command().arg("sources").current_dir(workspace.root()).output().expect("the binary runs");
    text(&output.stdout)
}

#[test]
fn check_names_the_page() {
    let output = check(&example_of("papers"), &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("what is printed is JSON");
    let note = &report["notes"][0];
    let place = |one: &Value| format!("{}, p. {}", one["verdicts"][0], one["matches"][0]["page"]).replace('"', "");
    let places: Vec<_> = note["quotations"].as_array().expect("quotations").iter().map(place).collect();
    assert_eq!(places, ["verbatim, p. 2", "typographic, p. 2", "verbatim, p. 2", "verbatim, p. 3", "altered, p. 3"]);
    let [finding] = &note["findings"].as_array().expect("findings")[..] else {
        panic!("one fault was planted: {note}")
    };
    assert_eq!(finding["message"], "One word was added that the source does not have (“always”) (p. 3)");
    assert!(finding["related"][0]["path"].as_str().is_some_and(|path| path.ends_with(PAPER)));
}

#[test]
fn check_finds_a_wrong_page_and_a_broken_link() {
    let output = check(&example_of("papers"), &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("what is printed is JSON");
    let findings = report["notes"][1]["findings"].as_array().expect("findings");
    let shown: Vec<_> = findings.iter().map(|one| (one["code"].as_str(), one["message"].as_str())).collect();
    assert_eq!(
        shown,
        [
            (Some("quote-wrong-page"), Some("Wrong place: the words are not on p. 3, but on p. 2")),
            (Some("link-broken"), Some("`committees` has no heading `What they saw`")),
        ]
    );
    assert_eq!(findings[0]["fixes"][0]["edits"][0]["text"], "2");
}

#[test]
fn an_unreadable_document_is_listed_and_causes_no_finding() {
    let workspace = example_of("papers");
    std::fs::write(workspace.root().join(PAPER), b"%PDF-1.7\nNothing of the kind.\n").expect("it can be written");
    let listed = listed(&workspace);
    assert!(listed.contains("moreau-2021.pdf: damaged") && listed.contains("0 sources"), "{listed}");
    let output = check(&workspace, &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("what is printed is JSON");
    assert_eq!(report["notes"][0]["findings"], serde_json::json!([]), "{report}");
    let quotations = report["notes"][0]["quotations"].as_array().expect("quotations");
    assert!(quotations.iter().all(|one| one["verdicts"] == serde_json::json!(["unchecked"])), "{report}");
}

#[test]
fn a_truncated_document_causes_no_finding() {
    let workspace = example_of("papers");
    let whole = std::fs::read(workspace.root().join(PAPER)).expect("the paper is there");
    std::fs::write(workspace.root().join(PAPER), &whole[..whole.len() / 3]).expect("it can be cut");
    let listed = listed(&workspace);
    assert!(listed.contains("not all of it could be read"), "{listed}");
    let output = check(&workspace, &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("what is printed is JSON");
    assert_eq!(report["notes"][0]["findings"], serde_json::json!([]), "{report}");
}

#[test]
fn an_extracted_text_is_cached_by_the_document_s_content() {
    let (workspace, cache) = (example_of("papers"), tempfile::tempdir().expect("a folder can be made"));
    let texts = || {
        let output = command().env("IBID_CACHE", cache.path()).arg("sources").current_dir(workspace.root()).output();
        assert!(text(&output.expect("the binary runs").stdout).contains(PAPER));
        let folders = std::fs::read_dir(cache.path().join("extracted")).expect("texts are kept");
        let text = |folder: std::io::Result<std::fs::DirEntry>| {
            folder.expect("it is there").path().join("moreau-2021.pdf.txt")
        };
        folders.map(text).collect::<Vec<_>>()
    };
    let [kept] = &texts()[..] else { panic!("one text is kept") };
    let (written, words) = (kept.metadata().and_then(|kept| kept.modified()), std::fs::read_to_string(kept));
    assert!(words.as_ref().expect("it is text").contains("\u{c}[p. 2]\n"));
    std::fs::copy(workspace.root().join(PAPER), workspace.root().join("sources/moved.pdf")).expect("it can be copied");
    std::fs::remove_file(workspace.root().join(PAPER)).expect("it can be removed");
    std::fs::rename(workspace.root().join("sources/moved.pdf"), workspace.root().join(PAPER)).expect("it can be moved");
    assert_eq!(texts(), std::slice::from_ref(kept));
    assert_eq!(kept.metadata().and_then(|kept| kept.modified()).ok(), written.ok());
    // Another program has written to it in spite of the read-only mark.
    std::fs::remove_file(kept).expect("it can be removed");
    std::fs::write(kept, "Other words.").expect("it can be written");
    texts();
    assert_eq!(std::fs::read_to_string(kept).ok(), words.ok());
}
