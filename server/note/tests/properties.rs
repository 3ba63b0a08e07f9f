//! Properties of the parser, for any text: it never fails, spans are valid, and words map back to the note.

use ibid_language::Language;
use ibid_note::{Note, elements, parse};
use ibid_text::{Mapped, Span};
use proptest::{prelude::*, test_runner::FileFailurePersistence};

/// Pieces that a parser of notes reacts to.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "> ",
    ">> ",
    "- ",
    "1. ",
    "  ",
    "    ",
    "\t",
    "# ",
    "## ",
    "* ",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "~~",
    "$",
    "$$",
    "|",
    "|-|-|\n",
    "---\n",
    "...\n",
    "[",
    "]",
    "(",
    ")",
    "[[",
    "]]",
    "![[",
    "![",
    "](",
    "|alias]]",
    "#^b1",
    "#L3-L9",
    "#:~:text=a,b",
    "[^1]",
    "[^1]: ",
    "^[",
    "@",
    "[@key",
    "[-@a; @b, p. 3]",
    "; ",
    "<!-- ",
    " -->",
    "<!-- ibid-disable x -->",
    "<b>",
    "<br>",
    "<q>",
    "</q>",
    "<blockquote>",
    "</blockquote>\n",
    "<p>",
    "<https://a.org>",
    "https://a.org/x_(y)",
    "\"",
    "'",
    "“",
    "”",
    "‘",
    "’",
    "„",
    "«",
    "»",
    "「",
    "」",
    "— ",
    "&quot;",
    "&nGg;",
    "&amp;",
    "\\",
    "\u{feff}",
    "\0",
    "é",
    "字",
    "😀",
    "\u{301}",
    "X writes: ",
    "according to Kwa, ",
    "(Kwa, 2023)",
    "he says ",
    "the word ",
    "A word. ",
    "more words",
    "> [!note] T\n",
    ": ",
    ":: ",
    "- [ ] ",
    "title: x\n",
    "ibid: off\n",
    "a.txt",
    "<sup>",
    "</sup>",
    "2",
    "^2^",
    "~2~",
    ":::{note}\n",
    "{ref}`a`",
    "(a)=\n",
    "[!tip]- ",
    "==",
    ".. ",
];

fn notes() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        2 => "[a-zA-Z .,]{1,12}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Every span of a note, each with the name of its owner.
fn spans(note: &Note) -> Vec<(&'static str, Span)> {
    let mut spans: Vec<(&'static str, Span)> = Vec::new();
    spans.extend(note.front_matter.iter().map(|front| ("front matter", front.span)));
    spans.extend(note.headings.iter().flat_map(|h| [("heading", h.span), ("section", h.section)]));
    spans.extend(note.quotations.iter().map(|q| ("quotation", q.span)));
    spans.extend(note.quotations.iter().flat_map(|q| q.attribution.names.iter().map(|name| ("name", *name))));
    spans.extend(note.citations.iter().flat_map(|c| [("citation", c.span), ("target", c.target_span)]));
    spans.extend(note.footnotes.iter().map(|f| ("footnote", f.span)));
    spans.extend(note.footnotes.iter().flat_map(|f| f.marks.iter().map(|mark| ("mark", *mark))));
    spans.extend(note.statements.iter().map(|s| ("statement", s.span)));
    spans.extend(note.glossary.iter().flat_map(|e| [("term", e.term), ("sense", e.sense)]));
    spans.extend(note.suppressions.stretches.iter().map(|s| ("suppression", s.span)));
    spans.extend(note.suppressions.named.iter().map(|(span, _)| ("code", *span)));
    spans.extend(note.prose.iter().map(|span| ("prose", *span)));
    spans
}

fn in_order(starts: impl Iterator<Item = u32>) -> bool {
    starts.is_sorted()
}

/// Every character of the words maps to a place in the note, and the places ascend.
fn maps_back(words: &Mapped, text: &str, within: Span) -> Result<(), TestCaseError> {
    let mut last = 0;
    for (at, c) in words.text().char_indices() {
        let there = words.to_original(Span::from(at..at + c.len_utf8()));
        prop_assert!(within.covers(there), "{there:?} outside {within:?}");
        prop_assert!(text.is_char_boundary(there.start as usize) && text.is_char_boundary(there.end as usize));
        prop_assert!(there.start >= last);
        last = there.start;
        if let Some(plain) = words.to_plain(there.start).filter(|_| !there.is_empty()) {
            prop_assert!(plain as usize <= at && words.text().is_char_boundary(plain as usize));
        }
    }
    Ok(())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    check_note(&parse(text, Language::NONE), text)?;
    check_note(&parse(text, Language::ENGLISH), text)
}

fn check_note(note: &Note, text: &str) -> Result<(), TestCaseError> {
    let elements = elements(text);
    for (what, span) in spans(note).into_iter().chain(elements.iter().map(|element| ("element", element.span))) {
        prop_assert!(span.start <= span.end && span.end as usize <= text.len(), "{what} {span:?}");
        prop_assert!(text.is_char_boundary(span.start as usize), "{what} {span:?}");
        prop_assert!(text.is_char_boundary(span.end as usize), "{what} {span:?}");
    }
    prop_assert!(elements.windows(2).all(|pair| pair[1].depth <= pair[0].depth + 1), "depths");
    prop_assert!(in_order(note.headings.iter().map(|h| h.span.start)));
    prop_assert!(in_order(note.quotations.iter().map(|q| q.span.start)));
    prop_assert!(in_order(note.citations.iter().map(|c| c.span.start)));
    prop_assert!(in_order(note.statements.iter().map(|s| s.span.start)));
    prop_assert!(note.prose.windows(2).all(|pair| pair[0].end <= pair[1].start), "prose {:?}", note.prose);
    for quotation in &note.quotations {
        prop_assert!(!quotation.words.text().trim().is_empty());
        maps_back(&quotation.words, text, quotation.span)?;
        prop_assert!(quotation.attribution.citations.iter().all(|&c| (c as usize) < note.citations.len()));
    }
    for statement in &note.statements {
        maps_back(&statement.words, text, statement.span)?;
        prop_assert!(statement.citations.iter().all(|&c| (c as usize) < note.citations.len()));
        prop_assert!(statement.quotations.iter().all(|&q| (q as usize) < note.quotations.len()));
        prop_assert!(statement.heading.is_none_or(|h| (h as usize) < note.headings.len()));
    }
    for citation in &note.citations {
        prop_assert!(citation.footnote.is_none_or(|f| (f as usize) < note.footnotes.len()));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(debug_assertions) { 1_000 } else { 20_000 },
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_mixture_of_marks_is_read(text in notes()) {
        check(&text)?;
    }

    /// The kind of line end changes neither the words nor what they are.
    #[test]
    fn line_ends_do_not_matter(text in notes()) {
        let unix = text.replace('\r', "");
        let words = |note: &Note| -> Vec<String> {
            let quotations = note.quotations.iter().map(|q| q.words.text().to_owned());
            quotations.chain(note.statements.iter().map(|s| s.words.text().to_owned())).collect()
        };
        prop_assert_eq!(words(&parse(&unix, Language::ENGLISH)), words(&parse(&unix.replace('\n', "\r\n"), Language::ENGLISH)));
    }
}
