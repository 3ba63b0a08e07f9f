//! The outline of a Markdown file: its headings, nested as its sections are.

use ibid_corpus::{FileId, Snapshot};
use ibid_note::{Element, ElementKind};
use ibid_text::Span;

use crate::structure;

/// A section of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Symbol {
    /// The heading's words.
    pub name: String,
    /// The heading.
    pub heading: Span,
    /// The section, heading included.
    pub section: Span,
    /// The sections in it.
    pub children: Vec<Symbol>,
}

/// The sections of a Markdown file; empty for a file of another kind.
pub fn outline(snapshot: &Snapshot, file: FileId) -> Vec<Symbol> {
    structure::of(snapshot, file).map_or_else(Vec::new, |(page, elements)| sections(page.text(), &elements))
}

/// The sections of a text with these elements. Headings in lists and quotations open none.
pub(crate) fn sections(text: &str, elements: &[Element]) -> Vec<Symbol> {
    let heading = |element: &Element| match element.kind {
        ElementKind::Heading(level) if element.depth == 0 => Some((level, element.span)),
        _ => None,
    };
    let headings: Vec<(u8, Span)> = elements.iter().filter_map(heading).collect();
    nest(&headings, text, text.trim_end().len() as u32)
}

/// Sections from headings in order; the last ends at `end`.
fn nest(headings: &[(u8, Span)], text: &str, end: u32) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    let mut rest = headings;
    while let [(level, heading), below @ ..] = rest {
        let inner = below.iter().take_while(|(other, _)| other > level).count();
        let (children, next) = below.split_at(inner);
        let section_end = next.first().map_or(end, |(_, heading)| heading.start);
        let body = Span::new(heading.start, section_end.max(heading.end)).of(text).trim_end();
        let section = Span::from(heading.start as usize..heading.start as usize + body.len());
        let children = nest(children, text, section.end);
        symbols.push(Symbol { name: plain(heading.of(text)), heading: *heading, section, children });
        rest = next;
    }
    symbols
}

/// A heading's words without its marks and what emphasis and code need.
fn plain(heading: &str) -> String {
    let first = heading.lines().next().unwrap_or_default();
    let words = first.trim().trim_start_matches('#').trim_end_matches('#').trim();
    let words = words.replace(['*', '`'], "");
    if words.is_empty() { "(no words)".to_owned() } else { words }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::Symbol;
    use crate::{fixture::Fixture, outline};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("//- /notes/note.md\n{note}"));
        let page = fixture.page();
        let text = page.text();
        let mut shown = String::new();
        show(&outline(&fixture.snapshot, fixture.file), text, 0, &mut shown);
        expect.assert_eq(&shown);
    }

    fn show(symbols: &[Symbol], text: &str, depth: usize, out: &mut String) {
        for symbol in symbols {
            let lines = symbol.section.of(text).lines().count();
            let _ = writeln!(out, "{}{} ({lines} lines)", "  ".repeat(depth), symbol.name);
            show(&symbol.children, text, depth + 1, out);
        }
    }

    #[test]
    fn sections_nest() {
        check(
            "---\ntitle: x\n---\n\nBefore.\n\n# One *two*\n\nText.\n\n## Inner\n\nText.\n\n# Two #\n\n### Deep\n",
            &expect![[r#"
                One two (7 lines)
                  Inner (3 lines)
                Two (3 lines)
                  Deep (1 lines)
            "#]],
        );
    }

    #[test]
    fn underlined_headings_count() {
        check(
            "One\n===\n\nText.\n\nTwo\n---\n\nText.\n",
            &expect![[r#"
            One (9 lines)
              Two (4 lines)
        "#]],
        );
    }

    #[test]
    fn code_has_no_headings() {
        check("```\n# no\n```\n", &expect![[""]]);
    }
}
