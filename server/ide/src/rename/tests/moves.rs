//! Links when files move. Whatever is rewritten, each link leads where it led before.

use expect_test::{Expect, expect};

use super::show_changes;
use crate::{
    fixture::Fixture,
    links_left, move_files,
    round_trip::{after, check_links},
};

/// Compares every line that a move changes, and makes it: each link that led somewhere must lead to the same file and heading.
fn check(workspace: &str, moves: &[(&str, &str)], expect: &Expect) {
    let fixture = Fixture::new(workspace);
    let root = &fixture.snapshot.config().root;
    let moves: Vec<_> = moves.iter().map(|(from, to)| (root.join(from), root.join(to))).collect();
    let mut shown = String::new();
    let edits = move_files(&fixture.snapshot, &moves);
    for edited in &edits {
        show_changes(&fixture, edited, &mut shown);
    }
    expect.assert_eq(&shown);
    let then = after(&fixture, &edits, &moves);
    check_links(&fixture, &then, &moves, |_, place| place.to_owned()).expect("every link leads where it led");
}

const LOG: &str = "//- /notes/Tide Log.md\n# Tides\n\n## High Water\n\nAt noon. ^noon\n";

#[test]
fn links_without_extension_keep_their_form() {
    let files = format!(
        "{LOG}//- /notes/n.md\n[a](Tide%20Log) [b](Tide%20Log#high-water) [c](<Tide Log>) [d](<./Tide Log#High Water> \"t\") \
         [e](/notes/Tide%20Log) [f](Tide%20Log.md) [g](notes/Tide%20Log)\n"
    );
    check(
        &files,
        &[("notes/Tide Log.md", "notes/deep/Ebb (old).md")],
        &expect![[r#"
        notes/n.md: [a](deep/Ebb%20%28old%29) [b](deep/Ebb%20%28old%29#high-water) [c](<deep/Ebb (old)>) [d](<./deep/Ebb (old)#High Water> "t") [e](/notes/deep/Ebb%20%28old%29) [f](deep/Ebb%20%28old%29.md) [g](notes/deep/Ebb%20%28old%29)
    "#]],
    );
}

#[test]
fn links_of_a_note_to_itself() {
    let files = "//- /notes/Tide Log.md\n# Tides\n\nSee [[Tide Log#Tides|here]], ![[Tide Log]], [x](<Tide Log.md#tides>), [y](Tide%20Log), [[#Tides]].\n";
    check(
        files,
        &[("notes/Tide Log.md", "notes/deep/Ebb Log.md")],
        &expect![[r#"
        notes/Tide Log.md: See [[Ebb Log#Tides|here]], ![[Ebb Log]], [x](<Ebb Log.md#tides>), [y](Ebb%20Log), [[#Tides]].
    "#]],
    );
}

#[test]
fn links_in_front_matter() {
    let files = format!(
        "{LOG}//- /notes/n.md\n---\nsource: \"[[Tide Log]]\"\nrelated:\n  - '[[Tide Log#High Water|water]]'\n  - \"[[notes/Tide Log]]\"\n\
         # up: \"[[Tide Log]]\"\n---\n\nSee [[Tide Log]].\n"
    );
    check(
        &files,
        &[("notes/Tide Log.md", "notes/Ebb Log.md")],
        &expect![[r#"
        notes/n.md: source: "[[Ebb Log]]"
        notes/n.md:   - '[[Ebb Log#High Water|water]]'
        notes/n.md:   - "[[notes/Ebb Log]]"
        notes/n.md: See [[Ebb Log]].
    "#]],
    );
    check(
        &files,
        &[("notes", "texts")],
        &expect![[r#"
        notes/n.md:   - "[[texts/Tide Log]]"
    "#]],
    );
}

#[test]
fn a_name_that_no_wiki_link_can_have_makes_markdown_links() {
    let files = format!(
        "{LOG}//- /n.md\nSee [[Tide Log]], [[Tide Log#High Water|the water]], ![[Tide Log#^noon]] and [t](<notes/Tide Log.md>).\n"
    );
    check(
        &files,
        &[("notes/Tide Log.md", "notes/Log [ebb].md")],
        &expect![[r#"
            n.md: See [Log \[ebb\]](notes/Log%20[ebb].md), [the water](notes/Log%20[ebb].md#High%20Water), ![Log \[ebb\]](notes/Log%20[ebb].md#^noon) and [t](<notes/Log [ebb].md>).
        "#]],
    );
    check(
        &files,
        &[("notes/Tide Log.md", "notes/C# log.md")],
        &expect![[r#"
            n.md: See [C# log](notes/C%23%20log.md), [the water](notes/C%23%20log.md#High%20Water), ![C# log](notes/C%23%20log.md#^noon) and [t](<notes/C%23 log.md>).
        "#]],
    );
}

#[test]
fn links_without_a_form_for_the_name_are_told() {
    let files = format!("{LOG}//- /n.md\n---\nup: \"[[Tide Log]]\"\nalso: '[[Tide Log]]'\n---\n\nSee [[Tide Log]].\n");
    let fixture = Fixture::new(&files);
    let left = |name: &str| {
        let root = &fixture.snapshot.config().root;
        let moves = [(root.join("notes/Tide Log.md"), root.join(name))];
        links_left(&fixture.snapshot, &moves).into_iter().map(|place| fixture.show(place) + ";").collect::<String>()
    };
    assert_eq!(left("notes/Log [ebb].md"), "n.md:2:6 \"[[Tide Log]]\";n.md:3:8 \"[[Tide Log]]\";");
    assert_eq!(left("notes/Ann's log.md"), "n.md:3:8 \"[[Tide Log]]\";");
    assert_eq!(left("notes/Ebb.md"), "");
    assert_eq!(left("notes/deep/Tide Log.md"), "");
}

#[test]
fn an_embedded_note_is_a_link() {
    let files = format!("{LOG}//- /notes/n.md\n![the log](Tide%20Log.md) ![more](<Tide Log#high-water>)\n");
    check(
        &files,
        &[("notes/Tide Log.md", "Ebb.md")],
        &expect![[r#"
        notes/n.md: ![the log](../Ebb.md) ![more](<../Ebb#high-water>)
    "#]],
    );
}

#[test]
fn pictures_that_move() {
    let files = "//- /notes/n.md\n![a](img/high%20tide.png) ![b](<../notes/img/high tide.png>) ![[high tide.png|200]] ![[notes/img/high tide.png]] \
                 ![c](img/low.png \"t\") [d](img/high%20tide.png)\n//- /notes/deep/m.md\n![a](../img/high%20tide.png)\n";
    check(
        files,
        &[("notes/img/high tide.png", "notes/img/ebb (2).png")],
        &expect![[r#"
        notes/deep/m.md: ![a](../img/ebb%20%282%29.png)
        notes/n.md: ![a](img/ebb%20%282%29.png) ![b](<img/ebb (2).png>) ![[ebb (2).png|200]] ![[notes/img/ebb (2).png]] ![c](img/low.png "t") [d](img/ebb%20%282%29.png)
    "#]],
    );
    check(
        files,
        &[("notes/img", "pictures")],
        &expect![[r#"
        notes/deep/m.md: ![a](../../pictures/high%20tide.png)
        notes/n.md: ![a](../pictures/high%20tide.png) ![b](<../pictures/high tide.png>) ![[high tide.png|200]] ![[pictures/high tide.png]] ![c](../pictures/low.png "t") [d](../pictures/high%20tide.png)
    "#]],
    );
    check(
        files,
        &[("notes/n.md", "n.md")],
        &expect![[r#"
        notes/n.md: ![a](notes/img/high%20tide.png) ![b](<notes/img/high tide.png>) ![[high tide.png|200]] ![[notes/img/high tide.png]] ![c](notes/img/low.png "t") [d](notes/img/high%20tide.png)
    "#]],
    );
}

#[test]
fn a_name_that_another_note_gets() {
    let files = "//- /a/log.md\n# One\n//- /b/day.md\n# Two\n//- /b/n.md\n[[log]], [[log#One|x]] and [[day]].\n//- /a/m.md\n[[log]] [[a/log]]\n";
    check(
        files,
        &[("b/day.md", "b/log.md")],
        &expect![[r#"
        a/m.md: [[a/log]] [[a/log]]
        b/n.md: [[a/log]], [[a/log#One|x]] and [[b/log]].
    "#]],
    );
    check(files, &[("a/m.md", "m.md")], &expect![[r""]]);
    let twins =
        "//- /a/log.md\n# One\n//- /b/log.md\n# Two\n//- /a/n.md\n[[log]] and [[b/log]].\n//- /b/m.md\n[[log]].\n";
    check(
        twins,
        &[("a/n.md", "b/n.md")],
        &expect![[r#"
        a/n.md: [[a/log]] and [[b/log]].
    "#]],
    );
    check(
        twins,
        &[("b/log.md", "log.md")],
        &expect![[r#"
            a/n.md: [[a/log]] and [[/log]].
            b/m.md: [[/log]].
        "#]],
    );
}
