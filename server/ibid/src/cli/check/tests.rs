#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::{error::Error, fs, path::Path};

use expect_test::expect;
use ibid_corpus::Severity;
use serde_json::Value;

use super::{github, json, report::Report, sarif, text};

/// A source, and a note with an unresolved citation and the suppression of an unknown code.
fn with_report(test: impl FnOnce(&Report, &Path)) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let root = folder.path().canonicalize()?;
    fs::create_dir_all(root.join("sources"))?;
    fs::create_dir_all(root.join("notes"))?;
    fs::write(root.join("ibid.toml"), "sources = [\"sources\"]\nnotes = [\"notes\"]\n")?;
    fs::write(root.join("sources/page.md"), "---\nid: page\n---\n\nNothing is known.\n")?;
    fs::write(root.join("notes/a, b.md"), "<!-- ibid-disable quote-altred -->\n\nNaïve, as they say [@pgae].\n")?;
    fs::write(root.join("notes/other.md"), "Nothing.\n")?;
    test(&Report::of(&[], &root, None)?, &root);
    Ok(())
}

#[test]
fn text_shows_the_words() -> Result<(), Box<dyn Error>> {
    with_report(|report, _| {
        let plain = anstream::adapter::strip_str(&text::render(report)).to_string();
        expect![[r#"
            warning: Unknown code `quote-altred`; did you mean `quote-altered`?
             --> notes/a, b.md:1:19
              |
            1 | <!-- ibid-disable quote-altred -->
              |                   ^^^^^^^^^^^^ named here

            error[citation-unresolved]: No source or bibliography entry has the key `pgae`
             --> notes/a, b.md:3:22
              |
            3 | Naïve, as they say [@pgae].
              |                      ^^^^ cited here
              |
              = help: Change to `page`

            2 notes, 0 quotations, 1 finding (1 error)
        "#]]
        .assert_eq(&plain);
    })
}

#[test]
fn json_has_every_documented_key() -> Result<(), Box<dyn Error>> {
    with_report(|report, _| {
        let found: Value = serde_json::from_str(&json::render(report, false)).expect("JSON");
        assert_eq!(found["version"], 1);
        let note = &found["notes"][0];
        assert_eq!(note["path"], "notes/a, b.md");
        let finding = &note["findings"][0];
        assert_eq!(finding["code"], "citation-unresolved");
        assert_eq!((&finding["line"], &finding["column"], &finding["endColumn"]), (&3.into(), &22.into(), &26.into()));
        assert_eq!(finding["text"], "pgae");
        assert_eq!(finding["fixes"][0]["edits"][0]["text"], "page");
        assert_eq!(note["problems"][0]["line"], 1);
        assert_eq!(found["summary"]["findings"]["error"], 1);
    })
}

#[test]
fn sarif_follows_the_standard() -> Result<(), Box<dyn Error>> {
    with_report(|report, _| {
        let log: Value = serde_json::from_str(&sarif::render(report)).expect("JSON");
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let result = &run["results"][0];
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "notes/a%2C%20b.md");
        assert_eq!(place["region"]["startColumn"], 22);
        let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(change["insertedContent"]["text"], "page");
    })
}

#[test]
fn github_commands_stay_on_one_line() -> Result<(), Box<dyn Error>> {
    with_report(|report, _| {
        expect![[r#"
        ::error file=notes/a%2C b.md,line=3,col=22,endLine=3,endColumn=26,title=citation-unresolved::No source or bibliography entry has the key `pgae`
    "#]].assert_eq(&github::render(report));
    })
}

#[test]
fn paths_limit_the_notes() -> Result<(), Box<dyn Error>> {
    with_report(|_, root| {
        let one = Report::of(&[root.join("notes/other.md")], root, None).expect("it is there");
        assert_eq!(one.notes().count(), 1);
        assert!(Report::of(&[root.join("absent.md")], root, None).is_err());
    })
}

#[test]
fn the_threshold_decides_what_fails() -> Result<(), Box<dyn Error>> {
    with_report(|report, _| {
        assert!(report.fails(None));
        assert!(report.fails(Some(Severity::Error)));
        assert!(!report.fails(Some(Severity::Off)));
    })
}
