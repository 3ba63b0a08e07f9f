//! Checks against pages saved from the web.

use std::fmt::Write;

use expect_test::expect;
use ibid_tests::{Workspace, command, example_of};
use serde_json::Value;

fn json(workspace: &Workspace, arguments: &[&str]) -> Value {
    let output = command().args(arguments).args(["--format", "json"]).current_dir(workspace.root()).output();
    let output = output.expect("the binary runs");
    serde_json::from_slice(&output.stdout).expect("what is printed is JSON")
}

#[test]
fn check_finds_what_was_planted_and_nothing_else() {
    let report = json(&example_of("saved-pages"), &["check"]);
    let mut findings = String::new();
    for finding in
        report["notes"].as_array().expect("notes").iter().filter_map(|note| note["findings"].as_array()).flatten()
    {
        let part = |name: &str| finding[name].as_str().expect(name).replace('\n', " ");
        let evidence = finding["related"].as_array().and_then(|related| related.first()).expect("it has evidence");
        let place = format!("{}:{}", evidence["path"].as_str().expect("path"), evidence["line"]);
        writeln!(
            findings,
            "{} {} “{}”\n    {}\n    {place}",
            finding["line"],
            part("code"),
            part("text"),
            part("message")
        )
        .expect("a string takes all");
    }
    expect![[r#"
        6 quote-altered “always”
            One word was added that the source does not have (“always”)
            sources/lesswrong.html:51
        8 quote-misattributed “the second log was copied from the first on foggy nights”
            These are R. Halvorsen's words, not Okafor's
            sources/lesswrong.html:55
    "#]]
    .assert_eq(&findings);
}

#[test]
fn sources_lists_the_metadata_of_pages() {
    let listed = json(&example_of("saved-pages"), &["sources"]);
    let mut shown = String::new();
    for source in listed["sources"].as_array().expect("sources") {
        let (path, title) = (source["path"].as_str().expect("path"), source["title"].as_str().expect("title"));
        let (format, commenters) = (source["format"].as_str().expect("format"), &source["voices"]["commenters"]);
        writeln!(shown, "{path}: {title}, {format}, {commenters} by commenters").expect("a string takes all");
    }
    expect![[r#"
        sources/arxiv-abstract.html: Damped Instruments Under Selective Observation, html, 0 by commenters
        sources/arxiv-paper.html: Damped Instruments Under Selective Observation, html, 0 by commenters
        sources/blog.htm: Keeping a paper index, html, 1 by commenters
        sources/ea-forum.html: Counting wells twice, html, 1 by commenters
        sources/greaterwrong.html: Ballast and forecasts, html, 3 by commenters
        sources/lesswrong.html: What a lighthouse measures, html, 3 by commenters
        sources/substack.html: The second oven, html, 1 by commenters
        sources/wikipedia.html: Tidal gauge of Marren, html, 0 by commenters
    "#]]
    .assert_eq(&shown);
}

#[test]
fn a_page_in_another_encoding_is_read_and_pointed_at_in_its_bytes() {
    let workspace = Workspace::new("//- /ibid.toml\nsources = [\"sources\"]\n//- /sources/a.txt\nWords.\n");
    let page = b"<meta charset=iso-8859-1>\n<p>Un caf\xe9 noir, d\xe9j\xe0 froid \x96 rien de plus.";
    workspace.write("sources/page.html", page);
    let found = json(&workspace, &["locate", "d\u{e9}j\u{e0} froid – rien de plus"]);
    assert_eq!(found["verdict"], "verbatim", "{found}");
    let place = |name: &str| usize::try_from(found["matches"][0][name].as_u64().expect(name)).expect("it is small");
    assert_eq!(&page[place("start")..place("end")], b"d\xe9j\xe0 froid \x96 rien de plus");
    assert_eq!(place("line"), 2);
}

/// A thread as a browser saves it as a single file.
const ARCHIVE: &str = "MIME-Version: 1.0\r
Snapshot-Content-Location: https://example.org/tides\r
Content-Type: multipart/related; type=\"text/html\"; boundary=\"part\"\r
\r
--part\r
Content-Type: text/html\r
Content-Transfer-Encoding: quoted-printable\r
\r
<!DOCTYPE html><title>Of tides</title><meta name=3D\"author\" content=3D\"Ines Okafor\"><article><h1>Of tides</h1>=\r
<p>Nobody who lives beside the sea keeps count=E2=80=94the tide co=\r
mes back whether it is counted or not.</p></article>=\r
<div class=3Dcomment id=3Dcomment-7><a class=3Dauthor href=3D\"/users/tomas\">Tomas Reed</a><time>today</time>=\r
<div class=3Dcomment-body><p>I kept count of it for a year, and it was late on every second day.</p></div></div>\r
--part--\r
";

#[test]
fn a_page_saved_as_one_file_is_read_with_its_thread() {
    let workspace = Workspace::new(
        "//- /notes/tides.md\n# Tides\n\nOkafor writes: \"Nobody who lives beside the sea keeps count—the tide often comes \
         back whether it is counted or not\" ([tides](https://example.org/tides)).\n\n\
         Okafor writes: \"I kept count of it for a year, and it was late on every second day\" \
         ([tides](https://example.org/tides#comment-7)).\n",
    );
    workspace.write("sources/tides.mhtml", ARCHIVE);
    let listed = json(&workspace, &["sources"]);
    let source = &listed["sources"][0];
    assert_eq!((&source["format"], &source["title"]), (&"mhtml".into(), &"Of tides".into()), "{listed}");
    assert_eq!(source["voices"]["commenters"], 1, "{listed}");
    let report = json(&workspace, &["check"]);
    let findings = report["notes"][0]["findings"].as_array().expect("findings");
    let codes: Vec<_> = findings.iter().map(|one| (&one["code"], &one["text"])).collect();
    let (altered, misattributed) = ("quote-altered".into(), "quote-misattributed".into());
    let (often, whole) = ("often".into(), "I kept count of it for a year, and it was late on every second day".into());
    assert_eq!(codes, [(&altered, &often), (&misattributed, &whole)], "{report}");
}
