//! Growing a selection: word, quoted words, quotation, sentence, block, section, file.

mod nodes;

use ibid_corpus::{FileId, Snapshot};
use ibid_text::{Span, words};

use crate::syntax::{
    sections::{Section, sections},
    structure::elements_of,
};

/// The spans around a byte offset that a person may want to select, each inside the next, the smallest first.
pub fn selection_ranges(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Span> {
    let Some(page) = snapshot.file(file).and_then(|held| held.page()) else { return Vec::new() };
    let mut spans = Vec::new();
    if let Some(note) = page.note() {
        for quotation in &note.quotations {
            spans.push(quotation.words.to_original(Span::from(0..quotation.words.text().len())));
            spans.push(quotation.span);
        }
        spans.extend(note.citations.iter().map(|citation| citation.span));
        spans.extend(note.statements.iter().map(|statement| statement.span));
    }
    if let Some((page, elements)) = elements_of(snapshot, file) {
        for block in elements.iter().filter(|element| element.depth == 0 && element.span.touches(offset)) {
            spans.push(block.span);
            spans.extend(nodes::nodes_at(page.text(), block.span, offset));
        }
        push_sections(&sections(page.text(), &elements), &mut spans);
    }
    if let Some(source) = page.source() {
        spans.extend(source.passages.iter().map(|passage| source.content.to_original(passage.span)));
    }
    spans.push(Span::from(0..page.text().len()));
    spans.retain(|span| span.touches(offset));
    let line = spans.iter().copied().min_by_key(|span| span.len()).unwrap_or_default();
    spans.extend(word_at(page.text(), line, offset));
    nested(spans)
}

fn push_sections(sections: &[Section], spans: &mut Vec<Span>) {
    for section in sections {
        spans.push(section.span);
        push_sections(&section.children, spans);
    }
}

/// The word at a byte offset within a span.
fn word_at(text: &str, within: Span, offset: u32) -> Option<Span> {
    let here = words(within.of(text)).map(|word| word.span.shift(within.start));
    here.filter(|span| span.touches(offset)).last()
}

/// The spans that are nested in one another, the smallest first. A span that overlaps a smaller one without containing it
/// is left out.
fn nested(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.len(), span.start));
    let mut chain: Vec<Span> = Vec::new();
    for span in spans {
        if !span.is_empty() && chain.last().is_none_or(|inner| span.covers(*inner) && span != *inner) {
            chain.push(span);
        }
    }
    chain
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{fixture::Fixture, selection_ranges};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("//- /notes/note.md\n{note}"));
        let page = fixture.page();
        let text = page.text();
        let spans = selection_ranges(&fixture.snapshot, fixture.file, fixture.offset);
        assert!(spans.windows(2).all(|pair| pair[1].covers(pair[0])));
        let shown: Vec<String> = spans.iter().map(|span| format!("{:?}\n", span.of(text))).collect();
        expect.assert_eq(&shown.concat());
    }

    #[test]
    fn from_a_word_to_the_file() {
        check(
            "# One\n\nText. They say “some wo$0rds of theirs” here.\n\n# Two\n",
            &expect![[r##"
            "words"
            "some words of theirs"
            "“some words of theirs”"
            "They say “some words of theirs” here."
            "Text. They say “some words of theirs” here."
            "# One\n\nText. They say “some words of theirs” here."
            "# One\n\nText. They say “some words of theirs” here.\n\n# Two\n"
        "##]],
        );
    }

    #[test]
    fn in_a_link() {
        check(
            "See *the [first pa$0ge](a.md) of it* here.\n",
            &expect![[r#"
                "page"
                "first page"
                "[first page](a.md)"
                "*the [first page](a.md) of it*"
                "See *the [first page](a.md) of it* here."
                "See *the [first page](a.md) of it* here.\n"
            "#]],
        );
    }

    #[test]
    fn in_a_list() {
        check(
            "- a\n  - b $0c\n- d\n",
            &expect![[r#"
            "c"
            "b c"
            "- b c"
            "- a\n  - b c"
            "- a\n  - b c\n- d"
            "- a\n  - b c\n- d\n"
        "#]],
        );
    }
}
