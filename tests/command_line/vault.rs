//! An old vault with many findings: counting them, accepting them, checking only what changed.

use std::{fs, process::Command};

use expect_test::expect;
use ibid_tests::{Workspace, command};
use serde_json::Value;

use crate::text;

const VAULT: &str = "\
//- /ibid.toml
baseline = \"known.json\"
[[override]]
paths = [\"drafts\"]
severity = { quote-altered = \"off\" }
//- /sources/snow.md
---
id: snow
---
Snow fell on the twelve wooden houses of Upper Marsh. We assume that half of all roofs broke that winter.
//- /notes/one.md
They write: \"Snow fell on the thirteen wooden houses of Upper Marsh\" ([snow](../sources/snow.md)).

Half of all roofs broke that winter [@snow].
//- /notes/two.md
As they say [@snaw].
//- /drafts/three.md
They write: \"Snow fell on the fourteen wooden houses of Upper Marsh\" ([snow](../sources/snow.md)).
//- /drafts/four.md
---
ibid: off
---
As they say [@snaw].
";

/// The exit code, the last line of stdout and the stderr of `ibid check` in the vault.
fn check(vault: &Workspace, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = command().arg("check").args(arguments).current_dir(vault.root()).output().expect("the binary runs");
    let last = text(&output.stdout).lines().last().unwrap_or_default().to_owned();
    (output.status.code(), last, text(&output.stderr))
}

fn vault() -> Workspace {
    let vault = Workspace::new(VAULT);
    assert_eq!(check(&vault, &["--write-baseline", "known.json"]).0, Some(0));
    vault
}

fn git(vault: &Workspace, arguments: &[&str]) {
    let who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"];
    let status = Command::new("git").args(who).args(arguments).current_dir(vault.root()).status();
    assert!(status.expect("git runs").success(), "{arguments:?}");
}

#[test]
fn claims_and_quotations_are_counted_for_each_note_and_for_all() {
    let vault = Workspace::new(&VAULT.replace("baseline = \"known.json\"\n", ""));
    let output = command().args(["check", "--stats"]).current_dir(vault.root()).output().expect("the binary runs");
    let counts = expect![[r#"
        drafts/three.md: 1 claim · 1 not-checked; 1 quotation · 1 altered; 0 findings
        notes/one.md: 2 claims · 1 overstated · 1 not-checked; 1 quotation · 1 altered; 2 findings
        notes/two.md: 0 claims; 0 quotations; 1 finding
        4 notes: 3 claims · 1 overstated · 2 not-checked; 2 quotations · 2 altered; 3 findings
    "#]];
    counts.assert_eq(&text(&output.stdout));
    let output = command().args(["check", "--stats", "--format", "json"]).current_dir(vault.root()).output();
    let json: Value = serde_json::from_slice(&output.expect("the binary runs").stdout).expect("JSON");
    assert_eq!(json["summary"]["claims"]["overstated"], 1);
    assert_eq!(check(&vault, &["--stats", "--format", "sarif"]).0, Some(2));
}

#[test]
fn findings_of_the_baseline_are_hidden_even_if_they_move() {
    let vault = Workspace::new(VAULT);
    let (_, last, said) = check(&vault, &[]);
    assert!(last.contains("3 findings") && said.contains("`known.json` is not there"), "{last} {said}");
    let (code, _, said) = check(&vault, &["--write-baseline", "known.json"]);
    assert!(code == Some(0) && said.ends_with("ibid: Accepted 3 findings in known.json\n"), "{said}");
    let note = vault.root().join("notes/one.md");
    let old = fs::read_to_string(&note).expect("it is there");
    fs::write(&note, format!("# New\n\nSo it begins.\n\n{old}")).expect("it can be written");
    let (code, last, _) = check(&vault, &[]);
    assert!(code == Some(0) && last.ends_with("0 findings, 3 more accepted by the baseline"), "{last}");
    fs::write(&note, old.replace("thirteen", "thirty")).expect("it can be written");
    let (code, last, _) = check(&vault, &[]);
    assert!(code == Some(1) && last.ends_with("1 finding (1 warning), 2 more accepted by the baseline"), "{last}");
}

#[test]
fn a_baseline_of_one_note_keeps_the_entries_of_others() {
    let vault = vault();
    fs::write(vault.root().join("notes/two.md"), "As they say [@snuw].\n").expect("it can be written");
    let (_, _, said) = check(&vault, &["--write-baseline", "known.json", "notes/two.md"]);
    assert!(said.contains("Accepted 3 findings"), "{said}");
    assert!(check(&vault, &[]).1.ends_with("0 findings, 3 more accepted by the baseline"));
}

#[test]
fn only_what_changed_since_a_revision_is_checked() {
    let vault = vault();
    let (code, _, said) = check(&vault, &["--changed-since", "HEAD"]);
    assert!(code == Some(2) && said.contains("needs a git repository"), "{said}");
    git(&vault, &["init", "--quiet"]);
    git(&vault, &["add", "."]);
    git(&vault, &["commit", "--quiet", "--message=All of it"]);
    assert!(check(&vault, &["--changed-since", "HEAD"]).1.starts_with("0 notes"));
    fs::write(vault.root().join("notes/two.md"), "As they said [@snaw].\n").expect("it can be written");
    fs::write(vault.root().join("notes/new.md"), "So it is.\n").expect("it can be written");
    let (code, last, _) = check(&vault, &["--changed-since", "HEAD"]);
    assert!(code == Some(1) && last.starts_with("2 notes") && last.contains("1 finding"), "{last}");
    let (code, _, said) = check(&vault, &["--changed-since=--output=x"]);
    assert!(code == Some(2) && said.contains("there is no git revision `--output=x`"), "{said}");
}

#[cfg(unix)]
#[test]
fn no_program_of_the_repository_is_run() {
    let vault = vault();
    git(&vault, &["init", "--quiet"]);
    git(&vault, &["add", "."]);
    git(&vault, &["commit", "--quiet", "--message=All of it"]);
    let ran = |name: &str| format!("touch {}; cat", vault.root().join(name).display());
    git(&vault, &["config", "core.fsmonitor", &ran("ran-monitor")]);
    git(&vault, &["config", "filter.odd=name.clean.clean", &ran("ran-clean")]);
    git(&vault, &["config", "filter.other.process", &ran("ran-process")]);
    git(&vault, &["config", "filter.other.required", "true"]);
    git(&vault, &["config", "diff.external", &ran("ran-diff")]);
    let config = vault.root().join(".git/config");
    let mut bytes = fs::read(&config).expect("git has a configuration");
    bytes.extend_from_slice(b"[filter \"\xff\"]\n\tclean = \"");
    bytes.extend_from_slice(ran("ran-bytes").as_bytes());
    bytes.extend_from_slice(b"\"\n");
    fs::write(&config, bytes).expect("it can be written");
    let attributes = b"one.md filter=odd=name.clean\ntwo.md filter=other\nthree.md filter=\xff\n";
    fs::write(vault.root().join(".gitattributes"), attributes).expect("it can be written");
    for note in ["notes/one.md", "notes/two.md", "drafts/three.md"] {
        fs::write(vault.root().join(note), "As they said [@snaw].\n").expect("it can be written");
    }
    let (_, last, said) = check(&vault, &["--changed-since", "HEAD"]);
    assert!(last.starts_with("3 notes"), "{last} {said}");
    let names = fs::read_dir(vault.root()).expect("it is there").flatten().map(|entry| entry.file_name());
    let ran: Vec<_> = names.filter(|name| name.to_string_lossy().starts_with("ran-")).collect();
    assert!(ran.is_empty(), "{ran:?}");
}

#[test]
fn a_baseline_is_written_over_nothing_else() {
    let vault = vault();
    for name in ["notes/one.md", "sources/snow.md", "ibid.toml"] {
        let before = fs::read(vault.root().join(name)).expect("it is there");
        let (code, _, said) = check(&vault, &["--write-baseline", name]);
        assert!(code == Some(2) && said.contains("is no baseline"), "{said}");
        assert_eq!(fs::read(vault.root().join(name)).expect("it is there"), before);
    }
    assert_eq!(check(&vault, &["--write-baseline", "known.json"]).0, Some(0));
}

#[test]
fn changed_since_needs_git() {
    let vault = vault();
    let output =
        command().args(["check", "--changed-since", "HEAD"]).current_dir(vault.root()).env("PATH", "").output();
    let output = output.expect("the binary runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("needs git"), "{}", text(&output.stderr));
}
