mod moves;

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::{FileEdits, RenameError, move_files, prepare_rename, rename};
use crate::fixture::Fixture;

const WORKSPACE: &str = "\
//- /sources/page.txt
We waited for slack hours. Drift is defined as the slow change of a sensor.
//- /notes/other.md
**Drift**: a change that nobody asked for.

See [[note#Inner part]], [it](note.md#inner-part), [also](note.md#Inner%20part) and [[note]]. Slack hours pass.
";

/// Compares what can be renamed at the cursor, and every line that renaming it to `new` changes, or the refusal.
fn check(note: &str, new: &str, expect: &Expect) {
    let note = if note.starts_with("//- ") { note.to_owned() } else { format!("//- /notes/note.md\n{note}") };
    let fixture = Fixture::new(&format!("{WORKSPACE}{note}"));
    let mut shown = String::new();
    if let Some(renamable) = prepare_rename(&fixture.snapshot, fixture.file, fixture.offset) {
        let _ = writeln!(shown, "{:?} now {:?}", renamable.span.of(fixture.page().text()), renamable.name);
    }
    match rename(&fixture.snapshot, fixture.file, fixture.offset, new) {
        Err(error) => writeln!(shown, "refused: {error}"),
        Ok(renaming) => {
            renaming.edits.iter().for_each(|edited| show_changes(&fixture, edited, &mut shown));
            renaming.moved.iter().try_for_each(|(_, there)| writeln!(shown, "moved to {}", there.display()))
        }
    }
    .expect("a string takes all");
    expect.assert_eq(&shown);
}

/// Adds every line of a file that edits change.
fn show_changes(fixture: &Fixture, edited: &FileEdits, shown: &mut String) {
    let file = fixture.snapshot.file(edited.file).expect("an edited file is held");
    let before = file.page().expect("its text is held").text().to_owned();
    let mut after = before.clone();
    for (span, new) in edited.edits.iter().rev() {
        after.replace_range(span.range(), new);
    }
    for (_, after) in before.lines().zip(after.lines()).filter(|(before, after)| before != after) {
        let _ = writeln!(shown, "{}: {after}", file.path);
    }
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
        refused: “B” already exists
    "#]],
    );
    check(
        note,
        "a b",
        &expect![[r#"
            "a" now "a"
            refused: “a b” is not a valid name: a footnote label cannot have spaces, brackets or ^
        "#]],
    );
    check(
        "One.[^a$0] Two.[^c]\n\n[^a]: First.\n",
        "c",
        &expect![[r#"
        "a" now "a"
        refused: “c” already exists
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
        refused: “Note” already exists
    "#]],
    );
    check(
        note,
        "a|b",
        &expect![[r#"
            "Inner part" now "Inner part"
            notes/note.md: ## a|b ##
            notes/note.md: See [[#a b]] and [above](#note).
            notes/other.md: See [[note#a b]], [it](note.md#ab), [also](note.md#a|b) and [[note]]. Slack hours pass.
        "#]],
    );
    check(
        note,
        "L4",
        &expect![[r#"
        "Inner part" now "Inner part"
        refused: “L4” is not a valid name: a link to it would be read as something else
    "#]],
    );
    check(
        note,
        "***",
        &expect![[r#"
            "Inner part" now "Inner part"
            refused: “***” is not a valid name: a heading must have words
        "#]],
    );
    check(
        "Inner$0 part\n---\n\n## Inner part\n",
        "Other",
        &expect![[r#"
            "Inner part" now "Inner part"
            notes/note.md: Other
            notes/other.md: See [[note#Other]], [it](note.md#other), [also](note.md#Other) and [[note]]. Slack hours pass.
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
fn links_in_every_form_follow_a_heading() {
    let note = "//- /notes/Long Name.md\n# Log\n\n## Über $0den Regen\n\n[[Long Name#Über den Regen|so]], ![[long name#über den regen]].\n\
        [a](Long%20Name.md#%C3%BCber-den-regen) [b](Long%20Name.md#%C3%9Cber%20den%20Regen) [c](<Long Name#über-den-regen>)\n\
        [d](#u%CC%88ber-den-regen) [e](Long%20Name#Über%20den%20Regen \"t\") [[Long Name#Log#Über den Regen]]\n\n\
        Next [f][r]: [[#^kept]] [[#Log]]\n\n[r]: <Long Name.md#über-den-regen>\n";
    check(
        note,
        "Über den [Tau]",
        &expect![[r#"
        "Über den Regen" now "Über den Regen"
        notes/Long Name.md: ## Über den [Tau]
        notes/Long Name.md: [[Long Name#Über den Tau|so]], ![[long name#Über den Tau]].
        notes/Long Name.md: [a](Long%20Name.md#%C3%BCber-den-tau) [b](Long%20Name.md#%C3%9Cber%20den%20%5BTau%5D) [c](<Long Name#über-den-tau>)
        notes/Long Name.md: [d](#%C3%BCber-den-tau) [e](Long%20Name#Über%20den%20[Tau] "t") [[Long Name#Log#Über den Tau]]
        notes/Long Name.md: [r]: <Long Name.md#über-den-tau>
    "#]],
    );
}

#[test]
fn a_path_of_headings_follows_each_of_them() {
    let note = "# Log\n\n## Pet$0rel\n\n### Repairs\n\n## Heron\n\n### Repairs\n\n\
        [[#Petrel#Repairs]] [[note#Log#Petrel#Repairs|it]] [[#Heron#Repairs]] [a](#petrel#repairs)\n";
    check(
        note,
        "Puffin",
        &expect![[r#"
        "Petrel" now "Petrel"
        notes/note.md: ## Puffin
        notes/note.md: [[#Puffin#Repairs]] [[note#Log#Puffin#Repairs|it]] [[#Heron#Repairs]] [a](#puffin#repairs)
    "#]],
    );
}

#[test]
fn the_second_of_two_equal_headings() {
    let note = "# Log\n\n## Petrel\n\n### Repairs\n\n## Heron\n\n### Rep$0airs\n\n\
        [[#Heron#Repairs]] [[#Petrel#Repairs]] [[#Repairs]] [a](#repairs-1) [b](#repairs)\n";
    check(
        note,
        "Sails",
        &expect![[r#"
        "Repairs" now "Repairs"
        notes/note.md: ### Sails
        notes/note.md: [[#Heron#Sails]] [[#Petrel#Repairs]] [[#Repairs]] [a](#sails) [b](#repairs)
    "#]],
    );
    let first = note.replace("Rep$0airs", "Repairs").replacen("### Repairs", "### Rep$0airs", 1);
    check(
        &first,
        "Sails",
        &expect![[r#"
        "Repairs" now "Repairs"
        refused: “[a](#repairs-1)” at notes/note.md:11 cannot be renamed safely
    "#]],
    );
    check(
        &first.replace("[a](#repairs-1)", ""),
        "Sails",
        &expect![[r#"
        "Repairs" now "Repairs"
        notes/note.md: ### Sails
        notes/note.md: [[#Heron#Repairs]] [[#Petrel#Sails]] [[#Sails]]  [b](#sails)
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
            refused: “idle: hour” is not a valid name: a term cannot have any of [ ] | # ^ < > ` * _ :, and must begin with a letter or digit
        "#]],
    );
    check(
        note,
        "Drift",
        &expect![[r#"
        "slack-hours" now "Slack hour"
        refused: “Drift” already exists
    "#]],
    );
    check(
        "No dri$0ft here.\n",
        "change",
        &expect![[r#"
            "drift" now "Drift"
            refused: A source defines “Drift” too, so it is not clear which uses have your sense
        "#]],
    );
}

/// Every line that renaming a term changes, and the edits that the person is asked about.
fn check_doubts(files: &str, new: &str, expect: &Expect) {
    let fixture = Fixture::new(&format!("//- /sources/page.txt\nWords.\n{files}"));
    let mut shown = String::new();
    match rename(&fixture.snapshot, fixture.file, fixture.offset, new) {
        Err(error) => shown = format!("refused: {error}\n"),
        Ok(renaming) => {
            renaming.edits.iter().for_each(|edited| show_changes(&fixture, edited, &mut shown));
            for (file, span, doubt) in renaming.doubts {
                let file = fixture.snapshot.file(file).expect("an edited file is held");
                let _ = writeln!(shown, "{doubt:?}: {:?}, {}", file.words_at(span), file.place(span.start));
            }
        }
    }
    expect.assert_eq(&shown);
}

#[test]
fn a_part_of_a_longer_name_is_asked_about() {
    let glossary = "//- /notes/note.md\n# Glossary\n\n- **Quo$0ta** — a share of the catch that one boat may take.\n\n\
        The quota is small, and a better quota is asked for. Import quotas and the quota board are something else. \
        Whose quota? Quota. Each ship's quota.\n\nShe wrote: “my quota is my own”.\n";
    check_doubts(
        glossary,
        "Portion",
        &expect![[r#"
            notes/note.md: - **Portion** — a share of the catch that one boat may take.
            notes/note.md: The portion is small, and a better portion is asked for. Import portions and the portion board are something else. Whose portion? Portion. Each ship's portion.
            LongerName: "quotas", notes/note.md:5
            LongerName: "quota", notes/note.md:5
        "#]],
    );
}

#[test]
fn a_term_is_renamed_in_the_notes_that_share_its_glossary() {
    let files = "//- /notes/north/terms.md\n- **Quo$0ta** – a share of the catch that one boat may take.\n\
        //- /notes/north/log.md\nThe quota is small.\n\
        //- /notes/south/glossary.md\n**Quota**: the number of pages that a translator owes each week.\n\
        //- /notes/south/log.md\nThe quota is small.\n\
        //- /notes/south/harbour.md\nSee [[terms]]: the quota is small.\n\
        //- /notes/diary.md\nThe quota is small.\n";
    check_doubts(
        files,
        "Portion",
        &expect![[r#"
        notes/north/terms.md: - **Portion** – a share of the catch that one boat may take.
        notes/north/log.md: The portion is small.
        notes/south/harbour.md: See [[terms]]: the portion is small.
        OtherNote: "quota", notes/north/log.md:1
        OtherNote: "quota", notes/south/harbour.md:1
    "#]],
    );
    let at_use = files.replace("Quo$0ta", "Quota").replace("diary.md\nThe quo", "diary.md\nThe q$0uo");
    check_doubts(
        &at_use,
        "Portion",
        &expect![[r#"
        refused: It is not clear which glossary defines “Quota” for this note: rename it where it is defined, or link this note to its glossary
    "#]],
    );
}

#[test]
fn an_entry_in_a_note_that_is_no_glossary_holds_there_and_in_notes_that_link_to_it() {
    let files = "//- /notes/log.md\n**Quo$0ta**: a share of the catch that one boat may take.\n\nThe quota is small.\n\
        //- /notes/linked.md\nSee [[log]]: the quota is small.\n\
        //- /notes/other.md\nThe quota is small.\n";
    check_doubts(
        files,
        "Portion",
        &expect![[r#"
        notes/log.md: **Portion**: a share of the catch that one boat may take.
        notes/log.md: The portion is small.
        notes/linked.md: See [[log]]: the portion is small.
        OtherNote: "quota", notes/linked.md:1
    "#]],
    );
}

#[test]
fn a_bold_word_with_a_dash_in_a_list_is_no_entry_elsewhere() {
    for dash in ["—", "–", "-", "--"] {
        let note = format!(
            "//- /notes/log.md\n# Boats\n\n- **quo$0ta** {dash} what is asked of us;\n- **hold** {dash} what is left.\n"
        );
        let fixture = Fixture::new(&format!("//- /sources/page.txt\nWords.\n{note}"));
        let refused = rename(&fixture.snapshot, fixture.file, fixture.offset, "portion");
        assert_eq!(refused, Err(RenameError::Nothing), "{dash}");
    }
}

#[test]
fn nothing_else() {
    check(
        "Plain wor$0ds.\n",
        "x",
        &expect![[r#"
            refused: Nothing here can be renamed. You can rename footnotes, headings of notes, terms of your own glossary, keys of your bibliography, and notes at a link to them
        "#]],
    );
    check(
        "See [[oth$0er]].\n",
        "x",
        &expect![[r#"
            "other" now "other"
            notes/note.md: See [[x]].
            moved to /workspace/notes/x.md
        "#]],
    );
}

#[test]
fn a_key_in_the_bibliography_and_wherever_it_is_cited() {
    let note = "//- /refs.bib\n@book{ weil1949,\n title = {Roots}}\n@book{other, title = {Others}}\n\
                //- /notes/note.md\nSo it is [@we$0il1949, p. 3; @other], says @weil1949, see [[weil1949]].[^1]\n\n[^1]: @weil1949.\n";
    check(
        note,
        "weil52",
        &expect![[r#"
        "weil1949" now "weil1949"
        notes/note.md: So it is [@weil52, p. 3; @other], says @weil52, see [[weil52]].[^1]
        notes/note.md: [^1]: @weil52.
        refs.bib: @book{ weil52,
    "#]],
    );
    check(
        note,
        "other",
        &expect![[r#"
        "weil1949" now "weil1949"
        refused: “other” already exists
    "#]],
    );
    check(
        note,
        "we il",
        &expect![[r#"
            "weil1949" now "weil1949"
            refused: “we il” is not a valid name: a key can have letters, digits and :.#$%&-+?<>~/_ only
        "#]],
    );
}

#[test]
fn a_key_of_a_source_is_not_renamed() {
    check(
        "So it is [@pa$0ge].\n",
        "leaf",
        &expect![[r#"
            "page" now "page"
            refused: “page” is not in a bibliography: it is the name of a source in its front matter or the name of its file
        "#]],
    );
}

#[test]
fn a_note_by_a_link_to_it() {
    check(
        "See [[oth$0er]], [it](other.md#top) and [[notes/other#Part|there]].\n",
        "more words",
        &expect![[r#"
        "other" now "other"
        notes/note.md: See [[more words]], [it](more%20words.md#top) and [[notes/more words#Part|there]].
        moved to /workspace/notes/more words.md
    "#]],
    );
    check(
        "See [it](oth$0er.md).\n",
        "note",
        &expect![[r#"
        "other" now "other"
        refused: “note” already exists
    "#]],
    );
    check(
        "See [it](oth$0er.md).\n",
        "a/b",
        &expect![[r#"
            "other" now "other"
            refused: “a/b” is not a valid name: a file name cannot have any of / \ : [ ] | # ^ < > " * ?, or begin with a dot
        "#]],
    );
}

/// Compares every line that changes when files move; paths are relative to the root.
fn check_moves(files: &str, moves: &[(&str, &str)], expect: &Expect) {
    let fixture = Fixture::new(files);
    let root = &fixture.snapshot.config().root;
    let moves: Vec<_> = moves.iter().map(|(from, to)| (root.join(from), root.join(to))).collect();
    let mut shown = String::new();
    for edited in move_files(&fixture.snapshot, &moves) {
        show_changes(&fixture, &edited, &mut shown);
    }
    expect.assert_eq(&shown);
}

#[test]
fn links_follow_a_file_that_is_moved() {
    let files = "\
//- /sources/page.txt
Words.
//- /notes/a.md
See [[b]], [b](b.md#part), [b](./b.md), [b](/notes/b.md), [[notes/b|so]], [[b.md]] and [@page], [p](<../sources/page.txt>).
//- /notes/b.md
Back to [a](a.md), [the page](../sources/page.txt#L1), [none](gone.md) and ![a picture](img/x.png).[^1]

[^1]: ../sources/page.txt
";
    check_moves(
        files,
        &[("notes/b.md", "notes/deep/c d.md")],
        &expect![[r#"
        notes/a.md: See [[c d]], [b](deep/c%20d.md#part), [b](./deep/c%20d.md), [b](/notes/deep/c%20d.md), [[notes/deep/c d|so]], [[c d.md]] and [@page], [p](<../sources/page.txt>).
        notes/b.md: Back to [a](../a.md), [the page](../../sources/page.txt#L1), [none](../gone.md) and ![a picture](../img/x.png).[^1]
        notes/b.md: [^1]: ../../sources/page.txt
    "#]],
    );
    check_moves(
        files,
        &[("sources", "texts")],
        &expect![[r#"
        notes/a.md: See [[b]], [b](b.md#part), [b](./b.md), [b](/notes/b.md), [[notes/b|so]], [[b.md]] and [@page], [p](<../texts/page.txt>).
        notes/b.md: Back to [a](a.md), [the page](../texts/page.txt#L1), [none](gone.md) and ![a picture](img/x.png).[^1]
        notes/b.md: [^1]: ../texts/page.txt
    "#]],
    );
    check_moves(
        files,
        &[("sources/page.txt", "sources/leaf.txt")],
        &expect![[r#"
        notes/a.md: See [[b]], [b](b.md#part), [b](./b.md), [b](/notes/b.md), [[notes/b|so]], [[b.md]] and [@leaf], [p](<../sources/leaf.txt>).
        notes/b.md: Back to [a](a.md), [the page](../sources/leaf.txt#L1), [none](gone.md) and ![a picture](img/x.png).[^1]
        notes/b.md: [^1]: ../sources/leaf.txt
    "#]],
    );
    check_moves(
        files,
        &[("notes", "writing")],
        &expect![[r#"
        notes/a.md: See [[b]], [b](b.md#part), [b](./b.md), [b](/writing/b.md), [[writing/b|so]], [[b.md]] and [@page], [p](<../sources/page.txt>).
    "#]],
    );
}

#[test]
fn a_name_that_another_note_has_is_written_with_its_path() {
    let files = "//- /notes/a.md\nSee [[b]].\n//- /notes/b.md\nB.\n//- /other/c.md\nC.\n";
    check_moves(
        files,
        &[("notes/b.md", "notes/c.md")],
        &expect![[r#"
        notes/a.md: See [[notes/c]].
    "#]],
    );
}
