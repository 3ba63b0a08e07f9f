//! The outline of a Markdown file: its headings, nested as its sections are.

use ibid_corpus::{FileId, Snapshot};
use ibid_text::Span;
use tree_sitter::Node;

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
    let (Some(tree), Some(file)) = (structure::blocks(snapshot, file), snapshot.file(file)) else { return Vec::new() };
    sections(tree.root_node(), &file.text)
}

/// The sections directly in a node. One without a heading (the text before the first) lends its own.
fn sections(node: Node<'_>, text: &str) -> Vec<Symbol> {
    let inner = structure::children(node).into_iter().filter(|child| child.kind() == "section");
    inner
        .flat_map(|section| symbol(section, text).map_or_else(|| sections(section, text), |symbol| vec![symbol]))
        .collect()
}

fn symbol(section: Node<'_>, text: &str) -> Option<Symbol> {
    let heading = structure::children(section).into_iter().find(|child| child.kind().ends_with("_heading"))?;
    let heading_span = structure::span(heading, text);
    let name = plain(heading_span.of(text));
    Some(Symbol {
        name: if name.is_empty() { "(no heading)".to_owned() } else { name },
        heading: heading_span,
        section: structure::span(section, text).cover(heading_span),
        children: sections(section, text),
    })
}

/// A heading's words without its marks and what emphasis and code need.
fn plain(heading: &str) -> String {
    let first = heading.lines().next().unwrap_or_default();
    let words = first.trim().trim_start_matches('#').trim_end_matches('#').trim();
    words.replace(['*', '`'], "")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::Symbol;
    use crate::{fixture::Fixture, outline};

    fn check(note: &str, expect: Expect) {
        let fixture = Fixture::new(&format!("//- /notes/note.md\n{note}"));
        let text = fixture.file().text.clone();
        let mut shown = String::new();
        show(&outline(&fixture.snapshot, fixture.file), &text, 0, &mut shown);
        expect.assert_eq(&shown);
    }

    fn show(symbols: &[Symbol], text: &str, depth: usize, out: &mut String) {
        for symbol in symbols {
            let lines = symbol.section.of(text).lines().count();
            out.push_str(&format!("{}{} ({lines} lines)\n", "  ".repeat(depth), symbol.name));
            show(&symbol.children, text, depth + 1, out);
        }
    }

    #[test]
    fn sections_nest() {
        check(
            "---\ntitle: x\n---\n\nBefore.\n\n# One *two*\n\nText.\n\n## Inner\n\nText.\n\n# Two #\n\n### Deep\n",
            expect![[""]],
        );
    }

    #[test]
    fn underlined_headings_count() {
        check("One\n===\n\nText.\n\nTwo\n---\n\nText.\n", expect![[""]]);
    }

    #[test]
    fn code_has_no_headings() {
        check("```\n# no\n```\n", expect![[""]]);
    }
}
