use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{extract, without_times};
use crate::ExtractError;

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
fn check(file: &str, expected: Expect) {
    let text = extract(file.as_bytes()).expect("it has cues");
    expected.assert_eq(&text.replace('\u{c}', "␌"));
}

#[test]
fn sentences_go_on_from_cue_to_cue() {
    check(
        "1\r\n00:59:58,000 --> 00:59:59,100\r\nThe <i>barge</i> was late\r\n\r\n2\r\n01:00:01,000 --> 01:00:02,000\r\n{\\an8}that\r\n\
         spring.\r\n\r\n3\r\n01:00:06,000 --> 01:00:07,000\r\n[Music]\r\n\r\n4\r\n01:00:08,000 --> 01:00:09,000\r\nNobody knew why.\r\n",
        expect![[r"
            ␌[at 59:58]
            The barge was late
            ␌[at 1:00:01]
            that
            ␌[at 1:00:01]
            spring.

            ␌[at 1:00:08]
            Nobody knew why.
        "]],
    );
}

#[test]
fn speakers_begin_turns() {
    check(
        "WEBVTT - an interview\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Noor Haddad>Where is the mill?\n\n\
         00:02.000 --> 00:03.000\n<v.loud Ines Prado>Tom &amp; I\n\n00:03.000 --> 00:04.000\n<v.loud Ines Prado>sold it.\n",
        expect![[r"
            ␌[at 0:01]
            Noor Haddad: Where is the mill?

            ␌[at 0:02]
            Ines Prado: Tom & I
            ␌[at 0:03]
            sold it.
        "]],
    );
    check(
        "0:00:01.000,0:00:02.000\n- Where?\n- There.\n\n0:00:02.000,0:00:03.000\n>> Noor: I see\n\n0:00:03.000,0:00:04.000\nit: a mill.\n",
        expect![[r"
            ␌[at 0:01]
            Where?

            ␌[at 0:01]
            There.

            ␌[at 0:02]
            Noor: I see
            ␌[at 0:03]
            it: a mill.
        "]],
    );
}

#[test]
fn rolling_captions_are_read_once() {
    let cue = |begin: u32, end: u32, lines: &str| format!("00:00:0{begin}.000 --> 00:00:0{end}.000\n{lines}\n\n");
    check(
        &[
            "WEBVTT\nKind: captions\nLanguage: en\n\n".to_owned(),
            cue(1, 2, " \nthe river<00:00:01.500><c> rose</c>"),
            cue(2, 2, "the river rose\n "),
            cue(2, 3, "the river rose\nat<00:00:02.500><c> night</c>"),
            cue(3, 3, "at night\n "),
            cue(3, 4, "at night\nand again and again"),
        ]
        .concat(),
        expect![[r"
            ␌[at 0:01]
            the river rose
            ␌[at 0:02]
            at night
            ␌[at 0:03]
            and again and again
        "]],
    );
}

#[test]
fn scripts_name_their_fields() {
    check(
        "[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
         Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,and so, it\\Nended.\n\
         Dialogue: 0,0:00:01.00,0:00:02.00,Default,Ines,0,0,0,,{\\i1}Well,{\\i0} we waited\n",
        expect![[r"
            ␌[at 0:01]
            Ines: Well, we waited
            ␌[at 0:05]
            and so, it
            ␌[at 0:05]
            ended.
        "]],
    );
}

#[test]
fn cues_saved_as_text_lose_their_times() {
    let cues = "1\n00:00:01,000 --> 00:00:02,000\nWe counted\n\n2\n00:00:02,000 --> 00:00:03,000\nthe lamps\n\n3\n\
                00:00:03,000 --> 00:00:04,000\nby hand.\n";
    let words = without_times(cues).expect("it is nothing but cues");
    assert_eq!(words.text(), "We counted the lamps by hand.");
    let text = format!("{cues}\nThat was an example.\n\nIt shows how cues are written.\n");
    assert!(without_times(&text).is_none());
    assert!(without_times("a --> b\n\nThe arrow is text.\n").is_none());
}

#[test]
fn a_sentence_over_cues_is_one_passage() {
    let file = "00:01.000 --> 00:02.000\nThe mill\nstood still\n\n00:02.000 --> 00:03.000\nall summer.\n";
    let text = extract(file.as_bytes()).expect("it has cues");
    let source = crate::read(crate::Format::Captions, text.as_bytes(), ibid_language::Language::ENGLISH);
    let source = source.expect("it is text");
    let passages: Vec<&str> = source.passages.iter().map(|passage| passage.span.of(source.text())).collect();
    assert_eq!(passages, ["The mill stood still all summer."]);
    let times: Vec<String> = crate::chapters(&text).into_iter().map(|line| line.title).collect();
    assert_eq!(times, ["0:01", "0:01", "0:02"]);
}

#[test]
fn other_files_are_errors() {
    assert_eq!(extract(b"no cues"), Err(ExtractError::Damaged));
    assert_eq!(extract(b"\0"), Err(ExtractError::Damaged));
    assert_eq!(extract(b"00:01.000 --> 00:02.000\n[Music]\n"), Err(ExtractError::Wordless));
}

proptest! {
    /// Reading ends without a panic, and text without times stays inside of the file.
    #[test]
    fn nothing_panics(file in "(00:01.000 --> 00:02.000|0:00:01.000,0:00:02.000|\n|\n\n|\r\n|1|<v |<v Ö>|>|</v>|\\{|\\{\\\\an8\\}|\\}|-|>>|é|a: |\\[Script Info\\]\n|Format: Text\n|Dialogue: |,|\\\\N|♪|&amp;| ){0,32}") {
        drop(extract(file.as_bytes()));
        if let Some(words) = without_times(&file) {
            let whole = words.to_original(ibid_text::Span::from(0..words.text().len()));
            prop_assert!(file.get(whole.range()).is_some());
        }
    }
}
