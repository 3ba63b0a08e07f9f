use std::fmt::Write as _;

use expect_test::{Expect, expect};
use ibid_text::Span;

use super::documentation;
use crate::{completion, fixture::Fixture};

const WORKSPACE: &str = "\
//- /refs.bib
@book{weil1949, author = {Simone Weil}, title = {The CheckWorthiness for Roots}, year = {1949}}
//- /sources/page.md
---
id: carlsmith2023
title: Scheming AIs
author: Joe Carlsmith
date: 2023-11-14
---

# Models that plan

A schemer is defined as a model that games its training in order to gain power later.

I think people often use “schemer” in the colloquial sense. The ASARA is near, says the ASARA.
//- /sources/deep/log.txt
Nothing is defined here.
//- /notes/log.md
# A log of readings

## What I read

## Links [and] more
//- /notes/plans.md
---
title: On scheming
---
";

/// Compares the completions at the cursor: kind, label, detail, and the line with each inserted.
fn check(note: &str, expect: &Expect) {
    let note = if note.starts_with("//- ") { note.to_owned() } else { format!("//- /notes/note.md\n{note}") };
    let fixture = Fixture::new(&format!("{WORKSPACE}{note}"));
    let mut shown = String::new();
    if let Some(completion) = completion(&fixture.snapshot, fixture.file, fixture.offset) {
        for item in &completion.items {
            let written = fixture.apply(&[(item.span, item.insert.clone())]);
            let line = fixture.page().lines().line_of(item.span.start);
            let line = written.lines().nth(line as usize).unwrap_or_default();
            let _ =
                writeln!(shown, "{:?} {} ({}) → {line}", item.kind, item.label, item.detail.as_deref().unwrap_or(""));
            let typed = Span::new(item.span.start, fixture.offset).of(fixture.page().text()).to_owned();
            // The client filters a complete list itself; an incomplete one must match what is typed.
            assert!(!completion.is_incomplete || item.filter.starts_with(&typed), "{typed:?} hides {:?}", item.filter);
        }
    }
    expect.assert_eq(&shown);
}

#[test]
fn terms_by_the_beginning_of_their_names() {
    check(
        "Most sche$0",
        &expect![[r#"
        Term schemer (Contested: its senses differ) → Most schemer
    "#]],
    );
    check(
        "Sche$0",
        &expect![[r#"
        Term Schemer (Contested: its senses differ) → Schemer
    "#]],
    );
    check(
        "Before ASA$0",
        &expect![[r#"
        Term ASARA (Used but never defined) → Before ASARA
    "#]],
    );
    check("So sc$0", &expect![[""]]);
    check("The schemer$0", &expect![[""]]);
}

#[test]
fn files_by_name_title_and_author() {
    check(
        "See [[sche$0",
        &expect![[r#"
        Source page (Scheming AIs) → See [[page]]
        Note plans (On scheming) → See [[plans]]
    "#]],
    );
    check(
        "See [[carl$0]] there.",
        &expect![[r#"
        Source page (Scheming AIs) → See [[page]] there.
    "#]],
    );
    check(
        "See [[log$0",
        &expect![[r#"
        Source log () → See [[log]]
        Note notes/log (A log of readings) → See [[notes/log]]
    "#]],
    );
}

#[test]
fn files_that_define_a_term_of_the_sentence_come_first() {
    check(
        "Nothing. Most schemers wait [[$0",
        &expect![[r#"
        Source page (“schemer”, stated by Joe Carlsmith: “a model that games its training in order to gain power later”) → Nothing. Most schemers wait [[page]]
        Source log () → Nothing. Most schemers wait [[log]]
        Note notes/log (A log of readings) → Nothing. Most schemers wait [[notes/log]]
        Note plans (On scheming) → Nothing. Most schemers wait [[plans]]
    "#]],
    );
    check(
        "Schemers. Most wait [@$0",
        &expect![[r#"
        Source carlsmith2023 (Joe Carlsmith, Scheming AIs, 2023-11-14) → Schemers. Most wait [@carlsmith2023
        Source log () → Schemers. Most wait [@log
        Work weil1949 (Weil (1949), The CheckWorthiness for Roots) → Schemers. Most wait [@weil1949
    "#]],
    );
    check(
        "Most schemers wait [@$0",
        &expect![[r#"
        Source carlsmith2023 (“schemer”, stated by Joe Carlsmith: “a model that games its training in order to gain power later”) → Most schemers wait [@carlsmith2023
        Source log () → Most schemers wait [@log
        Work weil1949 (Weil (1949), The CheckWorthiness for Roots) → Most schemers wait [@weil1949
    "#]],
    );
}

#[test]
fn keys_by_author_and_title() {
    check(
        "So it is [@roo$0]",
        &expect![[r#"
        Work weil1949 (Weil (1949), The CheckWorthiness for Roots) → So it is [@weil1949]
    "#]],
    );
    check(
        "So it is [see @joe$0",
        &expect![[r#"
        Source carlsmith2023 (Joe Carlsmith, Scheming AIs, 2023-11-14) → So it is [see @carlsmith2023
    "#]],
    );
    check("Write to me@joe$0", &expect![[""]]);
}

#[test]
fn headings_of_the_linked_file() {
    check(
        "See [[notes/log#$0",
        &expect![[r#"
            Heading A log of readings () → See [[notes/log#A log of readings]]
            Heading What I read () → See [[notes/log#What I read]]
            Heading Links [and] more () → See [[notes/log#Links and more]]
        "#]],
    );
    check(
        "See [it](log.md#wh$0)",
        &expect![[r#"
        Heading A log of readings () → See [it](log.md#a-log-of-readings)
        Heading What I read () → See [it](log.md#what-i-read)
        Heading Links [and] more () → See [it](log.md#links-and-more)
    "#]],
    );
    check(
        "See [[page#$0]]",
        &expect![[r#"
        Heading Models that plan () → See [[page#Models that plan]]
    "#]],
    );
    check(
        "# Here\n\nSee [[#$0",
        &expect![[r#"
        Heading Here () → See [[#Here]]
    "#]],
    );
}

#[test]
fn footnotes_of_the_note() {
    check(
        "So it is.[^$0\n\n[^a]: *Page* one.\n[^long]: Two.\n",
        &expect![[r#"
            Footnote a (*Page* one.) → So it is.[^a]
            Footnote long (Two.) → So it is.[^long]
        "#]],
    );
    check(
        "So it is.[^a$0] It is.[^a]\n\n[^a]: One.\n[^ab]: Two.\n",
        &expect![[r#"
            Footnote a (One.) → So it is.[^a] It is.[^a]
            Footnote ab (Two.) → So it is.[^ab] It is.[^a]
        "#]],
    );
}

#[test]
fn nothing_in_code_and_front_matter() {
    check("```\nSee [[sche$0\n```\n", &expect![[""]]);
    check("    See [[sche$0\n", &expect![[""]]);
    check("See `[[sche$0`.\n", &expect![[""]]);
    check("---\ntitle: sche$0\n---\n", &expect![[""]]);
    check("<!-- sche$0 -->\n", &expect![[""]]);
}

#[test]
fn the_documentation_of_an_item_is_what_hover_shows() {
    let read = |note: &str| {
        let fixture = Fixture::new(&format!("{WORKSPACE}//- /notes/note.md\n{note}"));
        let completion = completion(&fixture.snapshot, fixture.file, fixture.offset).expect("something is offered");
        let about = completion.items[0].about.as_ref().expect("there is more to read of it");
        documentation(&fixture.snapshot, fixture.file, about)
            .expect("it is still there")
            .lines()
            .next()
            .map(str::to_owned)
    };
    assert_eq!(read("Most sche$0").as_deref(), Some("**schemer** is **contested**: its senses differ."));
    assert!(read("So [@carl$0").is_some_and(|first| first.starts_with("**Scheming AIs**, Joe Carlsmith, 2023-11-14")));
    assert!(
        read("So [@weil$0")
            .is_some_and(|first| first.starts_with("**The CheckWorthiness for Roots**, Simone Weil, 1949"))
    );
}

#[test]
fn blocks_of_the_linked_file() {
    let files = "//- /notes/marked.md\nFirst words. ^first\n\n- An item\n  ^second-1\n\nNo^id and ^no id.\n//- /notes/note.md\n";
    check(
        &format!("{files}See [[marked#^$0"),
        &expect![[r#"
        Block first (First words.) → See [[marked#^first]]
        Block second-1 () → See [[marked#^second-1]]
    "#]],
    );
    check(
        &format!("{files}See [[marked#^fi$0]] there."),
        &expect![[r#"
        Block first (First words.) → See [[marked#^first]] there.
        Block second-1 () → See [[marked#^second-1]] there.
    "#]],
    );
}

#[test]
fn sentences_that_continue_the_quotation() {
    check(
        "They say “a schemer is def$0",
        &expect![[r#"
        Quotation a schemer is defined as a model that games its training in order to gain power later (Scheming AIs:10) → They say “a schemer is defined as a model that games its training in order to gain power later” [Scheming AIs](../sources/page.md#L10)
    "#]],
    );
    check(
        "They say \"I think people of$0\" [[page]].",
        &expect![[r#"
        Quotation I think people often use “schemer” in the colloquial sense (Scheming AIs:12) → They say "I think people often use “schemer” in the colloquial sense" [[page]].
    "#]],
    );
    check(
        "Most “schem$0",
        &expect![[r#"
        Term schemer (Contested: its senses differ) → Most “schemer
    "#]],
    );
    check("They say “nobody ever said th$0", &expect![[""]]);
    check("They say “a schemer is” so “a schemer$0", &expect![[""]]);
    check("```\n“A schemer is def$0\n```\n", &expect![[""]]);
}

#[test]
fn what_stands_behind_the_cursor_is_replaced() {
    check(
        "See [[pla$0ge]] and [[log]].",
        &expect![[r#"
        Note plans (On scheming) → See [[plans]] and [[log]].
    "#]],
    );
    check(
        "> See ![[pla$0nes|the plans]] there.",
        &expect![[r#"
        Note plans (On scheming) → > See ![[plans|the plans]] there.
    "#]],
    );
    check(
        "See [[pag$0#Models that plan|it]] and [[pla$0#Gone|it]].",
        &expect![[r#"
        Source page (Scheming AIs) → See [[page#Models that plan|it]] and [[pla$0#Gone|it]].
    "#]],
    );
    check(
        "| [[pla$0nes\\|the plans]] |\n|---|\n",
        &expect![[r#"
        Note plans (On scheming) → | [[plans\|the plans]] |
    "#]],
    );
    check(
        "See [[notes/log#Wha$0t I rad|it]].",
        &expect![[r#"
            Heading A log of readings () → See [[notes/log#A log of readings|it]].
            Heading What I read () → See [[notes/log#What I read|it]].
            Heading Links [and] more () → See [[notes/log#Links and more|it]].
        "#]],
    );
    check(
        "So [see @roo$0ts1949, p. 3].",
        &expect![[r#"
        Work weil1949 (Weil (1949), The CheckWorthiness for Roots) → So [see @weil1949, p. 3].
    "#]],
    );
    check(
        "So it is.[^a$0c] It is.[^ab]\n\n[^ab]: Two.\n",
        &expect![[r#"
        Footnote ab (Two.) → So it is.[^ab] It is.[^ab]
    "#]],
    );
    check(
        "See [it](log.md#rea$0d-what \"why\").",
        &expect![[r#"
        Heading A log of readings () → See [it](log.md#a-log-of-readings "why").
        Heading What I read () → See [it](log.md#what-i-read "why").
        Heading Links [and] more () → See [it](log.md#links-and-more "why").
    "#]],
    );
}

#[test]
fn paths_of_links() {
    check(
        "See [it](sche$0",
        &expect![[r#"
        Source page (Scheming AIs) → See [it](../sources/page.md
        Note plans (On scheming) → See [it](plans.md
    "#]],
    );
    check(
        "> See [it](../sources/sche$0ing.md \"t\").",
        &expect![[r#"
        Source page (Scheming AIs) → > See [it](../sources/page.md "t").
        Note plans (On scheming) → > See [it](plans.md "t").
    "#]],
    );
    check(
        "//- /notes/C# (old) notes.md\n# Sharp\n//- /notes/note.md\nSee [it](shar$0) and [it](<sharp>).",
        &expect![[r#"
            Note C# (old) notes (Sharp) → See [it](C%23%20%28old%29%20notes.md) and [it](<sharp>).
        "#]],
    );
    check(
        "//- /notes/C# (old) notes.md\n# Sharp\n//- /notes/note.md\nSee [it](<shar$0>).",
        &expect![[r#"
        Note C# (old) notes (Sharp) → See [it](<C%23 (old) notes.md>).
    "#]],
    );
}

#[test]
fn a_name_that_no_wiki_link_can_have_is_not_offered_there() {
    check("//- /notes/Sharp [draft].md\n# Sharp\n//- /notes/note.md\nSee [[shar$0", &expect![[""]]);
    check("//- /notes/Sharp^2.md\n# Sharp\n//- /notes/note.md\nSee [[shar$0", &expect![[""]]);
}

#[test]
fn keys_in_braces() {
    check(
        "So [@{roo$0",
        &expect![[r#"
        Work weil1949 (Weil (1949), The CheckWorthiness for Roots) → So [@{weil1949}
    "#]],
    );
    check(
        "//- /sources/odd.md\n---\nid: \"A B+:9\"\ntitle: Odd Keys\n---\nText.\n//- /notes/note.md\nSo [@{od$0dest}].",
        &expect![[r#"
            Source A B+:9 (Odd Keys) → So [@{A B+:9}].
        "#]],
    );
}

#[test]
fn quotations_in_any_marks() {
    for (typed, expected) in [
        (
            "Il écrit « a schemer is def$0",
            "« a schemer is defined as a model that games its training in order to gain power later » [",
        ),
        ("Il écrit «\u{202f}a schemer is$0", "later\u{202f}» ["),
        ("Il écrit «\u{a0}a schemer is defined $0\u{a0}» [[page]].", "later\u{a0}» [[page]]."),
        ("Er schrieb »a schemer is$0", "later« ["),
        ("Han skrev ”a schemer is$0", "later” ["),
        ("He wrote 'a schemer is$0", "later' ["),
        ("He wrote ‘a schemer is$0", "later’ ["),
        ("He wrote “a schemer is defined $0", "later” ["),
    ] {
        let fixture = Fixture::new(&format!("{WORKSPACE}//- /notes/note.md\n{typed}"));
        let completion = completion(&fixture.snapshot, fixture.file, fixture.offset).expect("a sentence is offered");
        let item = &completion.items[0];
        let written = fixture.apply(&[(item.span, item.insert.clone())]);
        assert!(written.contains(expected), "{typed}: {written}");
    }
}
