use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::extract;
use crate::{ExtractError, archive::tests::archive};

const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"#;

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/styles" Target="styles.xml"/>
<Relationship Id="b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="/word/footnotes.xml"/>
<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/footnotes" TargetMode="External"/>
</Relationships>"#;

const STYLES: &str = r#"<w:styles xmlns:w="w">
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="V1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Kreis"><w:name w:val="Kreis"/><w:basedOn w:val="Kreis"/></w:style>
</w:styles>"#;

const NOTES: &str = r#"<w:footnotes xmlns:w="w"><w:footnote w:id="-1"><w:p><w:r><w:t>separator</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> A note.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>Another.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;

const CORE: &str = r#"<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc" xmlns:dcterms="dt"><dc:title>Document1</dc:title>
<dc:creator>Ada Moreau; Tomas Lindqvist</dc:creator><dcterms:created>2021-04-02T10:00:00Z</dcterms:created></cp:coreProperties>"#;

/// A document with this body.
fn document(body: &str) -> Vec<u8> {
    let main =
        format!(r#"<?xml version="1.0"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", PACKAGE),
        ("word/document.xml", &main),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", NOTES),
        ("docProps/core.xml", CORE),
    ])
}

/// A paragraph with a style and these runs.
fn styled(style: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>"#)
}

fn run(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

/// The extracted text of a document, without its head.
fn below_head(body: &str) -> String {
    let text = extract(&document(body)).expect("it can be read");
    let head = "author: Ada Moreau\nauthor: Tomas Lindqvist\n";
    let (_, below) = text.split_once(head).expect("the properties are there");
    below.replace('\u{c}', "␌")
}

#[track_caller]
fn check(body: &str, expected: &Expect) {
    expected.assert_eq(&below_head(body));
}

#[test]
fn paragraphs_are_what_their_styles_say() {
    let list = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>An item.</w:t></w:r></w:p>"#;
    let level = r#"<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>By level</w:t></w:r></w:p>"#;
    let body = [
        styled("Titel", &run("Small Groups")),
        styled("V1", &run("Introduction 3")),
        styled("Kapitel", &run("Introduction")),
        styled("Kreis", &run("Plain.")),
        styled("Zitat", &run("Quoted.")),
        list.to_owned(),
        level.to_owned(),
        styled("gone", &run("# Plain too.")),
    ];
    check(
        &body.concat(),
        &expect![[r#"
            ␌[§ Small Groups]
            # Small Groups

            ␌[§ Introduction]
            # Introduction

            Plain.

            > Quoted.

            - An item.

            ␌[§ By level]
            # By level

            \# Plain too.
        "#]],
    );
    let text = extract(&document(&body.concat())).expect("it can be read");
    assert!(text.starts_with("title: Small Groups\n"), "{text}");
}

#[test]
fn tracked_changes_are_accepted() {
    let deleted = "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>";
    let inserted = format!("<w:ins>{}</w:ins>", run("surely "));
    let moved = format!("<w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>", run("gone"), run("here"));
    let joined = format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>", run("It is "));
    check(
        &format!("{joined}<w:p>{deleted}{inserted}{moved}{}</w:p>", run(", and so.")),
        &expect![[r#"
            ␌
            It is surely here, and so.
        "#]],
    );
}

#[test]
fn all_visible_inline_text_is_read() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">One </w:t><w:tab/><w:t>two</w:t><w:softHyphen/><w:t>fold</w:t></w:r>
        <w:hyperlink><w:r><w:t xml:space="preserve"> three</w:t></w:r></w:hyperlink>
        <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:t xml:space="preserve"> four</w:t></w:r>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>,</w:t></w:r>
        <w:r><w:br/><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:char="2020"/></w:r></w:p>"#;
    check(
        body,
        &expect![[r#"
            ␌
            One twofold three four,
            co-op†
        "#]],
    );
}

#[test]
fn a_drop_cap_belongs_to_the_word_behind_it() {
    let cap = |letter: &str, kind: &str| {
        format!(r#"<w:p><w:pPr><w:framePr w:dropCap="{kind}" w:lines="3"/></w:pPr>{}</w:p>"#, run(letter))
    };
    let rest = |words: &str| format!(r#"<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>"#);
    let body = [
        cap("S", "drop"),
        rest("now fell on the yard."),
        cap("A", "margin"),
        rest(" cart stood in it."),
        cap("No cap.", "none"),
        rest("It was empty."),
    ];
    check(
        &body.concat(),
        &expect![[r#"
            ␌
            Snow fell on the yard.

            A cart stood in it.

            No cap.

            It was empty.
        "#]],
    );
}

#[test]
fn formulas_are_read_as_they_are_written_by_hand() {
    let math = |inner: &str| format!("<m:oMath>{inner}</m:oMath>");
    let part = |name: &str, inner: &str| format!("<m:{name}>{inner}</m:{name}>");
    let letters = |words: &str| format!("<m:r><m:rPr><m:sty/></m:rPr><m:t>{words}</m:t></m:r>");
    let e = |words: &str| part("e", &letters(words));
    let raised = |base: &str, power: &str| part("sSup", &(e(base) + &part("sup", &letters(power))));
    let lowered = |base: &str, index: &str| part("sSub", &(e(base) + &part("sub", &letters(index))));
    let fraction = |over: &str, under: &str| part("f", &(part("num", &letters(over)) + &part("den", &letters(under))));
    let root = part("rad", &(part("deg", "") + &e("2gh")));
    let group = part("d", &e("a+b"));
    let formulas = [
        math(&(letters("E=m") + &raised("c", "2"))),
        math(&(lowered("x", "10") + &letters("≤-") + &raised("10", "-3"))),
        math(&(letters("v=") + &root + &letters("+") + &fraction("m+1", "n"))),
        math(&(group + &raised("x", "k") + &lowered("v", "max"))),
        part("oMathPara", &math(&letters("a→b"))),
    ];
    let body: Vec<String> = formulas.iter().map(|one| format!("<w:p>{one}{}</w:p>", run("."))).collect();
    let body = body.concat().replace("<w:p>", r#"<w:p xmlns:m="m">"#);
    check(
        &body,
        &expect![[r#"
            ␌
            E = mc².

            x₁₀ ≤ -10⁻³.

            v = √(2gh) + (m + 1)/n.

            (a + b)xkvmax.

            a → b.
        "#]],
    );
}

#[test]
fn tables_are_read_cell_by_cell_and_boxes_once() {
    let cell = |words: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(words));
    let inner = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("Inner."));
    let text_box = |words: &str| format!("<w:txbxContent><w:p>{}</w:p></w:txbxContent>", run(words));
    let body = format!(
        "<w:tbl><w:tr>{}<w:tc>{inner}<w:p/></w:tc></w:tr><w:tr>{}</w:tr></w:tbl><w:sdt><w:sdtContent><w:p>{}\
         <w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>{}</w:p>\
         </w:sdtContent></w:sdt>",
        cell("One."),
        cell("Two."),
        run("Around "),
        text_box("In a box."),
        text_box("Again."),
        run("it.")
    );
    check(
        &body,
        &expect![[r#"
            ␌
            One.

            Inner.

            Two.

            Around it.

            In a box.
        "#]],
    );
}

#[test]
fn notes_follow_the_body_in_the_order_of_their_marks() {
    let mark = |id: &str| format!(r#"<w:r><w:footnoteReference w:id="{id}"/></w:r>"#);
    let body = format!("<w:p>{}{}{}{}</w:p>", run("Words"), mark("2"), run(" go on."), mark("1"));
    check(
        &body,
        &expect![[r#"
            ␌
            Words go on.

            ␌[§ Notes]
            Another.

            A note.
        "#]],
    );
}

#[test]
fn unreadable_files_are_errors() {
    assert_eq!(extract(b"no archive"), Err(ExtractError::Damaged));
    assert_eq!(extract(&archive(&[("a", "b")])), Err(ExtractError::Damaged));
    assert_eq!(extract(&document("<w:p/>")), Err(ExtractError::Wordless));
    assert_eq!(extract(&document("<w:p>")), Err(ExtractError::Damaged));
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    assert_eq!(extract(&locked), Err(ExtractError::Damaged));
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(extract(&locked), Err(ExtractError::Locked));
}

#[test]
fn deep_nesting_does_not_overflow() {
    let depth = 100_000;
    for name in ["w:tbl", "w:p", "w:r", "w:x"] {
        let deep =
            format!("{}{}{}", format!("<{name}>").repeat(depth), run("Deep."), format!("</{name}>").repeat(depth));
        drop(extract(&document(&format!("<w:p>{}</w:p>{deep}", run("Words.")))));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Reading ends without a panic, however a document is cut and corrupted.
    #[test]
    fn corrupted_documents_do_not_panic(
        body in "(<w:p>|</w:p>|<w:r>|</w:r>|<w:t>|</w:t>|<w:tbl/>|<w:sym w:char='D800'/>|<w:footnoteReference w:id='1'/>|&amp;|&#0;|é|\u{ad}|words ){0,24}",
        cut in 0..3000_usize,
        garbled in prop::collection::vec((0..3000_usize, any::<u8>()), 0..8),
    ) {
        let mut bytes = document(&body);
        drop(extract(&bytes));
        drop(extract(&bytes[..cut.min(bytes.len())]));
        for (at, byte) in garbled {
            if let Some(there) = bytes.get_mut(at) {
                *there = byte;
            }
        }
        drop(extract(&bytes));
    }
}
