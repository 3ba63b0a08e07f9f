use std::fmt::Write as _;

use expect_test::{Expect, expect};
use ibid_text::Span;

use super::{actions, match_typography};
use crate::{Memo, fixture::Fixture};

const SOURCES: &str = "//- /sources/page.md\n---\nid: page\ntitle: A Page\n---\n\n\
    I don’t think that clarity—above all—is very important for deciding … in the end.\n\n\
    The harbour froze early that winter, and 70 percent of the boats stayed in.\n//- /notes/note.md\n";

/// Compares the actions at the cursor, or with a selection of so many bytes there, and the note after each.
fn check(note: &str, selected: u32, expect: &Expect) {
    let fixture = Fixture::new(&format!("{SOURCES}{note}"));
    let span = Span::new(fixture.offset, fixture.offset + selected);
    let mut shown = String::new();
    for action in actions(&fixture.snapshot, fixture.file, span, &Memo::default()) {
        let _ = writeln!(shown, "{}:\n{}", action.title, fixture.apply(&action.edits));
    }
    expect.assert_eq(&shown);
}

#[test]
fn a_quotation_is_cited() {
    check(
        "He wrote “the harbour froze $0early that winter” once.\n",
        0,
        &expect![[r#"
        Cite sources/page.md:8:
        He wrote “the harbour froze early that winter” [A Page](../sources/page.md#L8) once.

        Turn into a block quotation with its citation:
        He wrote

        > the harbour froze early that winter
        >
        > — [A Page](../sources/page.md#L8)

        once.

    "#]],
    );
    check(
        "> The harbour froze $0early\n> that winter\n\nSo.\n",
        0,
        &expect![[r#"
        Cite sources/page.md:8:
        > The harbour froze early
        > that winter
        >
        > — [A Page](../sources/page.md#L8)

        So.

    "#]],
    );
    check("He wrote “nobody ever $0wrote this anywhere” once.\n", 0, &expect![[""]]);
}

#[test]
fn a_quotation_becomes_a_block() {
    check(
        "As “the harbour froze $0early that winter” ([it](../sources/page.md)), all stayed.\n",
        0,
        &expect![[r#"
        Turn into a block quotation with its citation:
        As

        > the harbour froze early that winter
        >
        > — [it](../sources/page.md)

        all stayed.

    "#]],
    );
    check("- He wrote “the harbour froze $0early that winter” [@page].\n", 0, &expect![[""]]);
}

#[test]
fn a_selected_sentence_is_cited() {
    let note = "So it was. $0In that winter 70 percent of the boats stayed in the harbour.\n";
    check(
        note,
        10,
        &expect![[r#"
        Cite sources/page.md:8:
        So it was. In that winter 70 percent of the boats stayed in the harbour [A Page](../sources/page.md#L8).

    "#]],
    );
    check(note, 0, &expect![[""]]);
}

#[test]
fn a_citation_is_rewritten_in_another_style() {
    check(
        "So it is [@pa$0ge].\n",
        0,
        &expect![[r#"
        Cite by wiki-link:
        So it is [[page]].

        Cite by link:
        So it is [A Page](../sources/page.md).

    "#]],
    );
    check(
        "So [it is](../sources/pa$0ge.md).\n",
        0,
        &expect![[r#"
        Cite by key:
        So it is [@page].

        Cite by wiki-link:
        So it is [[page]].

    "#]],
    );
    check("So it is [@pa$0ge, p. 3], [@page; @page].\n", 0, &expect![[""]]);
    check("So it is [[page#$0A]].\n", 0, &expect![[""]]);
}

/// Compares the note after the typography of all quotations was matched.
fn check_set(note: &str, expect: &Expect) {
    let fixture = Fixture::new(&format!("{SOURCES}{note}"));
    let action = match_typography(&fixture.snapshot, fixture.file, &Memo::default());
    expect.assert_eq(&action.map_or_else(|| "nothing to do\n".to_owned(), |action| fixture.apply(&action.edits)));
}

#[test]
fn typography_follows_the_source() {
    check_set(
        "“I don't think that clarity - above all - is *very* important for deciding ... in the end” [@page].\n",
        &expect![[r#"
            “I don’t think that clarity—above all—is *very* important for deciding … in the end” [@page].
        "#]],
    );
    check_set(
        "> i don’t think that clarity—above\n> all—is very important\n",
        &expect![[r#"
        nothing to do
    "#]],
    );
    check_set(
        "“I do not think that clarity - above all - is important” [@page].\n",
        &expect![[r#"
        nothing to do
    "#]],
    );
}
