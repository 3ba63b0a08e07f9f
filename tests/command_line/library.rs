//! The example `library`: clippings, a thread, papers and a bibliography.

use std::fmt::Write;

use expect_test::expect;
use ibid_tests::{command, example_of};
use serde_json::Value;

fn json(arguments: &[&str]) -> Value {
    let workspace = example_of("library");
    let output = command().args(arguments).args(["--format", "json"]).current_dir(workspace.root()).output();
    serde_json::from_slice(&output.expect("the binary runs").stdout).expect("what is printed is JSON")
}

#[test]
fn check_finds_what_was_planted_and_nothing_else() {
    let report = json(&["check"]);
    let notes = report["notes"].as_array().expect("notes");
    let findings = notes.iter().filter_map(|note| note["findings"].as_array()).flatten();
    let mut shown = String::new();
    for finding in findings {
        let part = |name: &str| finding[name].as_str().expect(name).replace('\n', " ");
        let evidence = finding["related"].as_array().and_then(|related| related.first()).expect("it has evidence");
        let place = format!("{}:{}", evidence["path"].as_str().expect("path"), evidence["line"]);
        writeln!(shown, "{} “{}”\n    {}\n    {place}", part("code"), part("text"), part("message"))
            .expect("a string takes all");
    }
    expect![[r#"
        quote-altered “always”
            The source says “often”, the quotation says “always”
            clippings/Bread and Its Calendar.md:13
        quote-misattributed “this is exactly what the weather diary says about the missing days”
            These are somebody else's words, not Prado's
            clippings/Bread and Its Calendar.md:14
        quote-altered “117”
            A number was changed: the source has “171”, the quotation “117” (p. 1)
            storage/GH90IJ12/Ekström - 2020 - What a Census Leaves Out.pdf:14
    "#]]
    .assert_eq(&shown);
}

#[test]
fn sources_tells_works_from_highlights_of_works() {
    let listed = json(&["sources"]);
    let mut shown = String::new();
    for source in listed["sources"].as_array().expect("sources") {
        let (path, title) = (source["path"].as_str().expect("path"), source["title"].as_str().expect("title"));
        let extent = if source["highlights"] == true { "highlights of " } else { "" };
        writeln!(shown, "{path}: {extent}{title}").expect("a string takes all");
    }
    for works in listed["bibliographies"].as_array().expect("bibliographies") {
        writeln!(shown, "{} works, {} with text, {}", works["works"], works["held"], works["problems"][0]["message"])
            .expect("a string takes all");
    }
    expect![[r#"
        clippings/@varga2021.md: highlights of Slow Gauges in Fast Water
        clippings/Bread and Its Calendar.md: highlights of Bread and Its Calendar
        clippings/Keeping a weather diary.md: Keeping a weather diary
        storage/AB12CD34/Varga and de Vries - 2021 - Slow Gauges in Fast Water.pdf: Slow Gauges in Fast Water
        storage/GH90IJ12/Ekström - 2020 - What a Census Leaves Out.pdf: What a Census Leaves Out
        storage/KL34MN56/Banerjee and Ruiz - 2019 - Counting Twice.pdf: Counting Twice
        threads/how-many-wells.html: How many wells are there?
        7 works, 6 with text, "entry `unfinished` skipped: unexpected end of file; check its braces and commas"
    "#]]
    .assert_eq(&shown);
}

#[test]
fn a_quotation_of_a_highlight_cites_the_work() {
    let workspace = example_of("library");
    let cite = |arguments: &[&str]| {
        let output = command().arg("cite").args(arguments).current_dir(workspace.root()).output();
        String::from_utf8(output.expect("the binary runs").stdout).expect("what is printed is text")
    };
    assert_eq!(cite(&["Weighing is a way of listening"]), "[@prado2021]\n");
    assert_eq!(cite(&["A damped gauge reports the tide"]), "[@varga2021]\n");
    assert_eq!(cite(&["An undercount is not a smaller copy"]), "[@ekstrom2020]\n");
    assert_eq!(cite(&["Of 62 wells on either"]), "[@haddad2022]\n");
    let clipped = "[Keeping a weather diary](https://almanac.example/weather-diary/#:~:text=you%20notice%20when%20it%20is%20away)\n";
    assert_eq!(cite(&["--style", "web", "you notice when it is away"]), clipped);
}
