use expect_test::{Expect, expect};

use ibid_language::Language;

use crate::Format;

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
fn check(format: Format, text: &str, expected: Expect) {
    let source = crate::read(format, text.as_bytes(), Language::ENGLISH).expect("it is text");
    expected.assert_eq(&crate::shown(&source));
}

#[test]
fn a_time_stands_beside_each_name() {
    check(
        Format::Markdown,
        "# On bees\n\nIda Quill (00:00:00):\nThe hive was full by then.\n\nOtto Reed (00:01:10):\nBy which month?\n\n\
         Ida Quill (00:01:30):\nJune, I would say.\n\nAnd again in August.\n\nOtto Reed (00:02:00):\nThank you.\n\n\
         Subscribe for more.\n",
        expect![[r#"
            title: On bees
            Heading (author, 0.80): On bees
            Paragraph (quoted, Ida Quill, 0.95): The hive was full by then.
            Paragraph (quoted, Otto Reed, 0.95): By which month?
            Paragraph (quoted, Ida Quill, 0.95): June, I would say.
            Paragraph (quoted, Ida Quill, 0.95): And again in August.
            Paragraph (quoted, Otto Reed, 0.95): Thank you.
            Paragraph (quoted, Otto Reed, 0.85): Subscribe for more.
        "#]],
    );
    check(
        Format::Text,
        "Ida Quill  00:12\nThe hive was full by then.\n\nOtto Reed  01:10\nBy which month?\n\nIda Quill  01:30\nJune, I \
         would say.\n",
        expect![[r#"
            Paragraph (quoted, Ida Quill, 0.95): The hive was full by then.
            Paragraph (quoted, Otto Reed, 0.95): By which month?
            Paragraph (quoted, Ida Quill, 0.95): June, I would say.
        "#]],
    );
    check(
        Format::Text,
        "[00:12] Ida Quill: The hive was full by then.\n[01:10] Otto Reed: By which month?\n[01:30] Ida Quill: June.\n",
        expect![[r#"
            Paragraph (quoted, Ida Quill, 0.95): The hive was full by then.
            Paragraph (quoted, Otto Reed, 0.95): By which month?
            Paragraph (quoted, Ida Quill, 0.95): June.
        "#]],
    );
}

#[test]
fn names_stand_before_their_words() {
    check(
        Format::Markdown,
        "**Ida Quill:** The hive was full by then.\n\nIt never had been before.\n\n**Otto Reed:** By which month do you \
         think?\n\n**Ida Quill:** June, I would say.\n\n**Otto Reed:** I see.\n",
        expect![[r#"
            Paragraph (quoted, Ida Quill, 0.95): The hive was full by then.
            Paragraph (quoted, Ida Quill, 0.95): It never had been before.
            Paragraph (quoted, Otto Reed, 0.95): By which month do you think?
            Paragraph (quoted, Ida Quill, 0.95): June, I would say.
            Paragraph (quoted, Otto Reed, 0.95): I see.
        "#]],
    );
    check(
        Format::Html,
        "<article><h1>Radio</h1><p><b>Ida Quill:</b> I had a full hive.</p><p><b>Otto Reed:</b> By which month, do you \
         think, was it full?</p></article>",
        expect![[r#"
            title: Radio
            Heading (author, 0.80): Radio
            Paragraph (quoted, Ida Quill, 0.95): I had a full hive.
            Paragraph (quoted, Otto Reed, 0.95): By which month, do you think, was it full?
        "#]],
    );
    check(
        Format::Markdown,
        "Present: Ida Quill (IQ), Otto Reed (OR)\n\nIQ: The hive is full, I fear.\n\nOR: It has to be split.\n\nIda Quill: Agreed.\n\n\
         Note: the smoker is in the shed.\n",
        expect![[r#"
            Paragraph (author, 0.80): Present: Ida Quill (IQ), Otto Reed (OR)
            Paragraph (author, 0.80): IQ: The hive is full, I fear.
            Paragraph (author, 0.80): OR: It has to be split.
            Paragraph (author, 0.80): Ida Quill: Agreed.
            Paragraph (author, 0.80): Note: the smoker is in the shed.
        "#]],
    );
}

#[test]
fn tables_have_a_column_of_speakers() {
    check(
        Format::Markdown,
        "| Time | Speaker | Words |\n|---|---|---|\n| 00:00:12 | Ida Quill | The hive was full by then. |\n| 00:01:10 | Otto \
         Reed | By which month? |\n| 00:01:30 | Ida Quill | June. |\n",
        expect![[r#"
            Paragraph (author, 0.80): Time | Speaker | Words
            Paragraph (quoted, Ida Quill, 0.95): The hive was full by then.
            Paragraph (quoted, Otto Reed, 0.95): By which month?
            Paragraph (quoted, Ida Quill, 0.95): June.
        "#]],
    );
    check(
        Format::Html,
        "<table><tr><td>Ida Quill</td><td>I had a full hive by then.</td></tr><tr><td>Otto Reed</td><td>By which month \
         do you think?</td></tr><tr><td>Ida Quill</td><td>June, I would say.</td></tr><tr><td>Otto Reed</td><td>I see.\
         </td></tr></table>",
        expect![[r#"
            Paragraph (quoted, Ida Quill, 0.95): I had a full hive by then.
            Paragraph (quoted, Otto Reed, 0.95): By which month do you think?
            Paragraph (quoted, Ida Quill, 0.95): June, I would say.
            Paragraph (quoted, Otto Reed, 0.95): I see.
        "#]],
    );
}

#[test]
fn terms_and_fields_are_no_speakers() {
    for page in [
        "**Spaced Repetition:** reading again after a while.\n\n**Active Recall:** asking oneself.\n\n**Sleep Debt:** too \
         little rest.\n",
        "Note: this is a remark.\n\nWarning: this is another.\n\nNote: you should read it.\n\nWarning: I mean it.\n",
        "Q: Is it so?\n\nA: It is.\n\nQ: And why?\n\nA: You know why.\n",
        "See John 3:16 and Luke 10:25.\n\nGenesis 22:14: this is what I mean.\n\nhttps://example.org: is it a name?\n",
        "Ida Quill: I am the only one who speaks here.\n\nThe rest is prose, and you can see that.\n",
        "Berlin: a city.\n\nParis: a city too.\n\nBerlin: said again.\n\nParis: again, and so on.\n",
        "| Country | Capital |\n|---|---|\n| France | Paris |\n| Spain | Madrid |\n| France | Lyon |\n| Spain | Toledo |\n",
    ] {
        let source = crate::read(Format::Markdown, page.as_bytes(), Language::ENGLISH).expect("it is text");
        let names: Vec<_> = source.passages.iter().filter_map(|passage| passage.voice.name.as_deref()).collect();
        assert!(names.is_empty(), "{page}: {names:?}");
    }
}

#[test]
fn quotations_are_signed() {
    check(
        Format::Markdown,
        "---\nauthor: Otto Reed\n---\n> The hive was full by then - Ida Quill\n\n> It was not.\n> — Lena Moor, 1911\n\n> It \
         was, and is.\n> - Ida Quill\n\n> Nobody knows – not even I\n\n“It is full.” — Ida Quill\n\n“It is full” — so she \
         says\n",
        expect![[r#"
            author: Otto Reed
            Blockquote (quoted, Ida Quill, 0.95): The hive was full by then - Ida Quill
            Blockquote (quoted, Lena Moor, 0.95): It was not.⏎> — Lena Moor, 1911
            Blockquote (quoted, Ida Quill, 0.95): It was, and is.
            Blockquote (quoted, Ida Quill, 0.95): Ida Quill
            Blockquote (quoted, 0.85): Nobody knows – not even I
            Paragraph (quoted, Ida Quill, 0.95): “It is full.” — Ida Quill
            Paragraph (author, Otto Reed, 0.80): “It is full” — so she says
        "#]],
    );
}
