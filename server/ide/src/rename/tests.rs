use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::{prepare_rename, rename};
use crate::fixture::Fixture;

const WORKSPACE: &str = "\
//- /sources/page.txt
We waited for slack hours. Drift is defined as the slow change of a sensor.
//- /notes/other.md
**Drift**: a change that nobody asked for.

See [[note#Inner part]], [it](note.md#inner-part), [also](note.md#Inner%20part) and [[note]]. Slack hours pass.
";

/// What can be renamed at the cursor of a note, and every changed line once it is called `new`; or why not.
fn check(note: &str, new: &str, expect: &Expect) {
    let fixture = Fixture::new(&format!("{WORKSPACE}//- /notes/note.md\n{note}"));
    let mut shown = String::new();
    if let Some(renamable) = prepare_rename(&fixture.snapshot, fixture.file, fixture.offset) {
        let _ = writeln!(shown, "{:?} now {:?}", renamable.span.of(fixture.page().text()), renamable.name);
    }
    match rename(&fixture.snapshot, fixture.file, fixture.offset, new) {
        Err(error) => writeln!(shown, "refused: {error}"),
        Ok(files) => files.iter().try_for_each(|edited| {
            let file = fixture.snapshot.file(edited.file).expect("an edited file is held");
            let before = file.page().expect("its text is held").text().to_owned();
            let mut after = before.clone();
            for (span, new) in edited.edits.iter().rev() {
                after.replace_range(span.range(), new);
            }
            let changed = before.lines().zip(after.lines()).filter(|(before, after)| before != after);
            changed.into_iter().try_for_each(|(_, after)| writeln!(shown, "{}: {after}", file.path))
        }),
    }
    .expect("a string takes all");
    expect.assert_eq(&shown);
}

#[test]
fn a_footnote_with_its_marks() {
    let note = "One.[^a$0] Two.[^b] Three.[^a]\n\n[^a]: First.\n[^b]: Second.\n";
    check(
        note,
        "first",
        &expect![[r#"
        "a" now "a"
        notes/note.md: One.[^first] Two.[^b] Three.[^first]
        notes/note.md: [^first]: First.
    "#]],
    );
    check(
        note,
        "B",
        &expect![[r#"
        "a" now "a"
        refused: there is “B” already
    "#]],
    );
    check(
        note,
        "a b",
        &expect![[r#"
        "a" now "a"
        refused: “a b” cannot be the name: a footnote's label has no spaces and brackets
    "#]],
    );
    check(
        "One.[^a$0] Two.[^c]\n\n[^a]: First.\n",
        "c",
        &expect![[r#"
        "a" now "a"
        refused: there is “c” already
    "#]],
    );
}

#[test]
fn a_heading_with_the_links_to_it() {
    let note = "# Note\n\n## Inner$0 part ##\n\nSee [[#Inner part]] and [above](#note).\n";
    check(
        note,
        "The *outer* part",
        &expect![[r#"
        "Inner part" now "Inner part"
        notes/note.md: ## The *outer* part ##
        notes/note.md: See [[#The outer part]] and [above](#note).
        notes/other.md: See [[note#The outer part]], [it](note.md#the-outer-part), [also](note.md#The%20outer%20part) and [[note]]. Slack hours pass.
    "#]],
    );
    check(
        note,
        "Note",
        &expect![[r#"
        "Inner part" now "Inner part"
        refused: there is “Note” already
    "#]],
    );
    check(
        note,
        "a|b",
        &expect![[r#"
        "Inner part" now "Inner part"
        refused: “a|b” cannot be the name: a wiki-link to it cannot have these signs
    "#]],
    );
    check(
        note,
        "***",
        &expect![[r#"
        "Inner part" now "Inner part"
        refused: “***” cannot be the name: a heading has words
    "#]],
    );
    check(
        "Inner$0 part\n---\n\n## Inner part\n",
        "Other",
        &expect![[r#"
        "Inner part" now "Inner part"
        refused: “Inner part
        ---” in notes/note.md:1 cannot be renamed surely
    "#]],
    );
    check(
        "## Inn$0er part {#inner-part}\n",
        "Outer",
        &expect![[r#"
        "Inner part" now "Inner part"
        notes/note.md: ## Outer {#inner-part}
        notes/other.md: See [[note#Outer]], [it](note.md#outer), [also](note.md#Outer) and [[note]]. Slack hours pass.
    "#]],
    );
}

#[test]
fn a_term_of_ones_own_glossary() {
    let note = "**Slack hour**: an hour of the week that nobody has planned.\n\n\
        Two slack$0-hours; “a slack hour of the week is good”, [[slack hour]], `slack hour`.\n";
    check(
        note,
        "idle hour",
        &expect![[r#"
            "slack-hours" now "Slack hour"
            notes/note.md: **Idle hour**: an hour of the week that nobody has planned.
            notes/note.md: Two idle hours; “a slack hour of the week is good”, [[slack hour]], `slack hour`.
            notes/other.md: See [[note#Inner part]], [it](note.md#inner-part), [also](note.md#Inner%20part) and [[note]]. Idle hours pass.
        "#]],
    );
    check(
        note,
        "idle: hour",
        &expect![[r#"
        "slack-hours" now "Slack hour"
        refused: “idle: hour” cannot be the name: a term is a few words
    "#]],
    );
    check(
        note,
        "Drift",
        &expect![[r#"
        "slack-hours" now "Slack hour"
        refused: there is “Drift” already
    "#]],
    );
    check(
        "No dri$0ft here.\n",
        "change",
        &expect![[r#"
        "drift" now "Drift"
        refused: a source defines “Drift” too: which uses mean your sense cannot be told
    "#]],
    );
}

#[test]
fn nothing_else() {
    check(
        "Plain wor$0ds.\n",
        "x",
        &expect![[r#"
        refused: nothing here can be renamed: only footnotes, headings of notes and terms of your own glossary
    "#]],
    );
    check(
        "See [[oth$0er]].\n",
        "x",
        &expect![[r#"
        refused: nothing here can be renamed: only footnotes, headings of notes and terms of your own glossary
    "#]],
    );
}
