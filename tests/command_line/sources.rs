//! `ibid init` and `ibid sources`.

use std::process::Output;

use expect_test::expect;
use ibid_tests::{Workspace, command};
use serde_json::Value;

fn ibid(workspace: &Workspace, arguments: &[&str]) -> Output {
    command().current_dir(workspace.root()).args(arguments).output().expect("the binary runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

#[test]
fn init_writes_a_configuration_that_is_without_fault() {
    let workspace = Workspace::new("//- /Clippings/a.txt\nWords.\n");
    let first = ibid(&workspace, &["init"]);
    assert_eq!(first.status.code(), Some(0));
    assert!(workspace.read("ibid.toml").contains("sources = [\"Clippings\"]"));
    let listed = ibid(&workspace, &["sources"]);
    assert_eq!(String::from_utf8_lossy(&listed.stderr), "");
}

#[test]
fn init_leaves_a_configuration_that_is_there() {
    let workspace = Workspace::new("//- /ibid.toml\n# mine\n");
    let output = ibid(&workspace, &["init"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(workspace.read("ibid.toml"), "# mine\n");
    assert!(String::from_utf8_lossy(&output.stderr).contains("was not changed"));
}

#[test]
fn init_prints_the_schema_that_the_documents_hold() {
    let workspace = Workspace::new("//- /n.md\nWords.\n");
    let printed: Value = serde_json::from_str(&stdout(&ibid(&workspace, &["init", "--schema"]))).expect("it is JSON");
    assert_eq!(printed["properties"]["quotes"]["properties"]["minimum-words"]["type"], "integer");
    assert!(!workspace.path("ibid.toml").exists());
}

#[test]
fn sources_lists_what_is_read_and_what_was_skipped() {
    let workspace = Workspace::new(
        "//- /ibid.toml\nsources = [\"sources\", \"gone\"]\nbibliography = [\"refs.bib\"]\n\
         //- /sources/a.md\n---\ntitle: A page\nauthor: Ada\n---\n\nOne two three.\n\
         //- /sources/paper.pdf\n%PDF\n\
         //- /refs.bib\n@book{one, title = {One}}\n",
    );
    workspace.write("sources/latin.txt", b"caf\xe9");
    let output = ibid(&workspace, &["sources"]);
    assert_eq!(output.status.code(), Some(0));
    expect![[r#"
        sources/a.md
            A page, Ada
            markdown, 1 passage, 3 words; voices: 1 author, 0 quoted, 0 unknown
        refs.bib
            bibliography, 1 work, 0 with text
        skipped:
            gone: `gone` in ibid.toml is not there: create it or correct the path
            sources/latin.txt: not valid UTF-8 at byte 3: convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`
            sources/paper.pdf: damaged, or not a document of this format: open it in a viewer and save it again
        1 source, 1 passage, 3 words; 3 skipped
    "#]]
    .assert_eq(&stdout(&output));
    assert!(String::from_utf8_lossy(&output.stderr).contains("ibid.toml:1: `gone` in ibid.toml is not there"));
    let listed: Value =
        serde_json::from_str(&stdout(&ibid(&workspace, &["sources", "--format", "json"]))).expect("JSON");
    assert_eq!(listed["version"], 1);
    assert_eq!(listed["sources"][0]["path"], "sources/a.md");
    assert_eq!(listed["skipped"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_check_that_found_no_files_fails() {
    let code = |toml: &str| {
        let workspace = Workspace::new(&format!(
            "//- /ibid.toml\n{toml}\n//- /sources/a.txt\nOne two three.\n//- /notes/n.md\nWords.\n"
        ));
        let output = ibid(&workspace, &["check"]);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(code("sources = [\"sources\"]\nnotes = [\"notes\"]"), (Some(0), String::new()));
    for (toml, key) in
        [("sources = [\"sorces\"]", "sources"), ("sources = [\"sources\"]\nnotes = [\"ntoes\"]", "notes")]
    {
        let (code, said) = code(toml);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(&format!("Nothing was checked: `{key}`")), "{said}");
    }
}
