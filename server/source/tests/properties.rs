//! Properties of any input: reading text never fails, and passages are in order inside it.

use ibid_language::Language;
use ibid_source::{Format, Source, read, readable_text};
use ibid_text::Span;
use proptest::prelude::*;

const FORMATS: [Format; 4] = [Format::Text, Format::Markdown, Format::Html, Format::Pdf];

/// Checks that all spans of `source` are inside its text and on character boundaries, that passages are ascending and
/// disjoint, and that repeats of a passage have its words.
fn check(source: &Source, bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = source.text();
    let page = std::str::from_utf8(bytes).expect("what was read is text");
    if source.format == Format::Text && !page.contains('&') {
        prop_assert_eq!(text, page);
    }
    let mut places = source.passages.iter().map(|passage| source.content.to_original(passage.span));
    prop_assert!(places.all(|place| page.get(place.range()).is_some() && !place.is_empty()));
    let inside = |span: Span| text.get(span.range()).is_some();
    let mut end = 0;
    let mut all: Vec<Span> = Vec::new();
    for passage in &source.passages {
        prop_assert!(passage.span.start >= end && !passage.span.is_empty());
        end = passage.span.end;
        prop_assert!(inside(passage.span));
        prop_assert_eq!(passage.span.of(text).trim(), passage.span.of(text));
        prop_assert!((0.0..=1.0).contains(&passage.voice.confidence));
        prop_assert!(passage.voice.evidence.is_none_or(inside));
        for &repeat in &passage.repeats {
            prop_assert!(inside(repeat));
            prop_assert_eq!(repeat.of(text), passage.span.of(text));
        }
        all.push(passage.span);
        all.extend(&passage.repeats);
    }
    all.sort_unstable();
    prop_assert!(all.windows(2).all(|pair| pair[0].end <= pair[1].start));
    let mut end = 0;
    for (at, comment) in source.comments.iter().enumerate() {
        prop_assert!(comment.span.start >= end && inside(comment.span));
        end = comment.span.end;
        prop_assert!(comment.parent.is_none_or(|parent| parent != at && parent < source.comments.len()));
        prop_assert!(source.ancestors(comment).take(source.comments.len()).count() < source.comments.len());
    }
    for requotation in &source.requotations {
        prop_assert!(all.iter().any(|passage| passage.covers(requotation.quoted)));
        prop_assert!(all.iter().any(|passage| passage.covers(requotation.original)));
    }
    Ok(())
}

/// Fragments that together reach every rule of the readers.
fn page() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "  • ",
        "\u{c}[p. 2]\n",
        "\u{c}[at 1:02]\n",
        "# ",
        "\\",
        "- ",
        "1. ",
        "> ",
        "> > ",
        "# ",
        "---\n",
        "```\n",
        "| a | b |\n|---|---|\n",
        "Load More",
        "Comments",
        "[...]",
        "“",
        "”",
        "\"",
        "Title: ",
        "https://example.org",
        "I think ",
        "You say that ",
        "we prove the ",
        "By “x” you mean ",
        "Tan et al says",
        "as a result it has less impact ",
        "é漢🙂 ",
        "\u{feff}",
        "\u{a0}",
        "\t",
        "*",
        "**",
        "[a](b)",
        "[[a|b]]",
        "![a](b)",
        "[a]",
        "[a]: b\n",
        "[^1]",
        "[^1]: ",
        "<b>",
        "<br>",
        "<div>",
        "</div>",
        "<p>",
        "<li id=comment-1>",
        "<li class=comment>",
        "<a class=author href=/users/x>",
        "</a>",
        "<time datetime=2024>",
        "<div class=comment-body>",
        "<blockquote>",
        "</blockquote>",
        "<table><td>",
        "<pre>",
        "<q>",
        "<sup><a href=#fn1>1</a></sup>",
        "<script>",
        "<title>",
        "<span hidden>",
        "<!--",
        "-->",
        "&amp;",
        "title: [",
        "author: x\n",
        "Is this ",
        "\nada 3 hours ago | parent | next [–]\n",
        "\n  [–]bo 2 points 3 years ago\n",
        "\nAda Moreau says:\nMarch 3, 2015 at 5:04 pm\n",
        "\n[-]\nada\n2y\n4\n",
        "\nreply\n",
        "\nOn Jan 3, 2022, Ada Moreau <a@b.c> wrote:\n",
        "? ",
        ". ",
        ",",
        "—",
    ]);
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => ".{0,8}"], 0..60)
        .prop_map(|pieces| pieces.concat().replace('\0', ""))
}

const LANGUAGES: [Language; 2] = [Language::ENGLISH, Language::NONE];

fn formats_and_languages() -> impl Iterator<Item = (Format, Language)> {
    FORMATS.into_iter().flat_map(|format| LANGUAGES.map(|language| (format, language)))
}

proptest! {
    #[test]
    fn reading_a_page_keeps_its_passages_in_order(page in page()) {
        for (format, language) in formats_and_languages() {
            let source = read(format, page.as_bytes(), language).unwrap();
            check(&source, page.as_bytes())?;
        }
    }

    #[test]
    fn the_readable_text_is_that_of_the_source(page in page()) {
        for (format, language) in formats_and_languages() {
            let source = read(format, page.as_bytes(), language).unwrap();
            let readable = readable_text(format, page.as_bytes(), language).unwrap();
            prop_assert_eq!(&readable.metadata, &source.metadata);
            prop_assert_eq!(&readable.content, &source.content);
            prop_assert_eq!(readable.read(&page, language), source);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for (format, language) in formats_and_languages() {
            if let Ok(source) = read(format, &bytes, language) {
                check(&source, &bytes)?;
            }
        }
    }
}
