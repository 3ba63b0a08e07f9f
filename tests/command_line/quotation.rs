//! `ibid locate`, `ibid cite` and `ibid explain`.

use std::process::Output;

use expect_test::{Expect, expect};
use ibid_tests::{Workspace, command, example_of};
use serde_json::Value;

const FILES: &str = "//- /ibid.toml\nsources = [\"sources\"]\n\
    //- /sources/page.md\n---\nid: page\ntitle: A Page\n---\n\nIt may often rain, but nobody stays at home for it.\n\n\
    So the bells rang twice.\n\
    //- /sources/other.txt\nThe first line.\nNobody stays at home for a whole year.\n\
    //- /notes/note.md\nA note ([[page]]).\n";

fn ibid(arguments: &[&str]) -> Output {
    let workspace = Workspace::new(FILES);
    command().current_dir(workspace.root()).args(arguments).output().expect("the binary runs")
}

/// Checks the output of a command and that it succeeds.
fn check(arguments: &[&str], expected: Expect) {
    check_with_code(0, arguments, expected);
}

/// Checks the output of a command and its exit code.
#[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
fn check_with_code(code: i32, arguments: &[&str], expected: Expect) {
    let output = ibid(arguments);
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
    expected.assert_eq(&String::from_utf8_lossy(&output.stdout));
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_slice(&ibid(arguments).stdout).expect("it is JSON")
}

#[test]
fn locate_shows_the_match() {
    check(
        &["locate", "the bells rang twice"],
        expect![[r#"
        verbatim
          sources/page.md:8
            “the bells rang twice”
    "#]],
    );
}

#[test]
fn locate_shows_what_was_changed() {
    check(
        &["locate", "It will often rain, but nobody stays at home for it"],
        expect![[r#"
        altered
          sources/page.md:6
            “It may often rain, but nobody stays at home for it”
            the source says “may”, the quotation says “will”
    "#]],
    );
}

#[test]
fn locate_shows_every_match_and_the_nearest_passage() {
    check(
        &["locate", "nobody stays at home for"],
        expect![[r#"
        verbatim, in 2 places
          sources/page.md:6
            “nobody stays at home for”
          sources/other.txt:2
            “Nobody stays at home for”
    "#]],
    );
    check_with_code(
        1,
        &["locate", "somebody stays in a home for that whole long year"],
        expect![[r#"
        not found in any source
        nearest passage, 50 % similar:
          sources/other.txt:2
            “Nobody stays at home for a whole year”
            a negation was dropped: the source says “Nobody”, the quotation says “somebody”; the source says “at”, the quotation says “in a”; the source says “a”, the quotation says “that”; one more change
    "#]],
    );
    check_with_code(
        1,
        &["locate", "?!"],
        expect![[r#"
        unchecked: the quotation has no words
    "#]],
    );
}

#[test]
fn locate_answers_in_json() {
    let found = json(&["locate", "--format", "json", "It will often rain, but nobody stays"]);
    assert_eq!(found["verdict"], "altered");
    let place = &found["matches"][0];
    assert_eq!((&place["path"], &place["line"]), (&Value::from("sources/page.md"), &Value::from(6)));
    let edit = &place["edits"][0];
    assert_eq!((&edit["kind"], &edit["quote"]["text"]), (&Value::from("replace"), &Value::from("will")));
    assert_eq!(edit["source"]["text"], "may");
    let absent = json(&["locate", "--format", "json", "rain poured from a leaden sky"]);
    assert_eq!((&absent["verdict"], &absent["matches"]), (&Value::from("not-found"), &Value::Array(Vec::new())));
}

#[test]
fn cite_prints_a_citation() {
    check(
        &["cite", "the bells rang twice"],
        expect![[r#"
        [@page]
    "#]],
    );
    check(
        &["cite", "Nobody stays at home for a whole year"],
        expect![[r#"
            [other\.txt](sources/other.txt#L2)
        "#]],
    );
    check(
        &["cite", "--note", "notes/note.md", "the bells rang twice"],
        expect![[r#"
        [[page]]
    "#]],
    );
}

#[test]
fn cite_leads_to_the_words_on_the_web() {
    let quote = "noise can be averaged away, while an audience error cannot";
    let cite = |style: &[&str]| {
        let workspace = example_of("saved-pages");
        let output = command().arg("cite").args(style).arg(quote).current_dir(workspace.root()).output();
        String::from_utf8(output.expect("the binary runs").stdout).expect("what is printed is text")
    };
    expect![[r#"
        [What a lighthouse measures](https://www.lesswrong.com/posts/kQ7harbour2024x/what-a-lighthouse-measures#:~:text=noise%20can%20be%20averaged%20away%2C%20while%20an%20audience%20error%20cannot)
    "#]].assert_eq(&cite(&[]));
    expect![[r#"
        [What a lighthouse measures](sources/lesswrong.html#L30)
    "#]]
    .assert_eq(&cite(&["--style", "link"]));
    expect![[r#"
        [[lesswrong]]
    "#]]
    .assert_eq(&cite(&["--note", "notes/instruments.md"]));
}

#[test]
fn cite_fails_if_no_source_has_the_words() {
    let output = ibid(&["cite", "rain poured from a leaden sky"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no source contains this quotation"));
    assert_eq!(ibid(&["cite", "--note", "gone.md", "the bells rang twice"]).status.code(), Some(2));
}

#[test]
fn explain_lists_the_codes_and_shows_one() {
    let all = String::from_utf8(ibid(&["explain"]).stdout).expect("it is UTF-8");
    assert!(all.lines().all(|line| line.split_whitespace().count() > 2) && all.contains("quote-altered "), "{all}");
    let one = String::from_utf8(ibid(&["explain", "quote-altered"]).stdout).expect("it is UTF-8");
    assert!(one.starts_with("# quote-altered\n") && one.contains("## Fires\n"), "{one}");
}

#[test]
fn explain_says_why_a_line_is_reported_or_not() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder is made");
        std::fs::write(path, text).expect("the file is written");
    };
    write("ibid.toml", "sources = [\"sources\"]\nnotes = [\"notes\"]\n");
    write("sources/page.md", "---\nid: page\n---\nThe dyke was raised by 40 centimetres in 1953.\n");
    write(
        "notes/note.md",
        "The dyke was raised by 30 centimetres in 1953 [@page].\n\nI like dykes.\n\n```\n\u{1b}[31m\n```\n",
    );
    let explain = |line: &str| {
        let note = folder.path().join("notes/note.md").to_string_lossy().into_owned();
        ibid(&["explain", &format!("{note}:{line}")])
    };
    let shown = |line| String::from_utf8(explain(line).stdout).expect("it is UTF-8");
    let first = shown("1");
    for part in
        ["claim-contradicted", "a figure (“30", "[@page] leads to sources/page.md", "sources/page.md:4: “The dyke"]
    {
        assert!(first.contains(part), "{part}: {first}");
    }
    assert!(shown("3").contains("too few signs"), "{}", shown("3"));
    assert!(shown("6").contains("nothing is checked"), "{}", shown("6"));
    assert_eq!(explain("99").status.code(), Some(2));
}

#[test]
fn explain_suggests_the_nearest_code() {
    let output = ibid(&["explain", "quote-alterd"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `quote-altered`?"));
}
