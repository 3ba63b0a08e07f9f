//! What an editor can fold in a Markdown file: sections, lists, quotations, code, comments, front matter.

use ibid_corpus::{FileId, Snapshot};
use ibid_text::Span;
use tree_sitter::Node;

use crate::structure;

/// A stretch of whole lines that folds into its first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fold {
    /// From the first line's beginning to the last line's end.
    pub span: Span,
    /// Whether it is a comment.
    pub is_comment: bool,
}

/// The folds of a Markdown file, by place; empty for a file of another kind.
pub fn folding(snapshot: &Snapshot, file: FileId) -> Vec<Fold> {
    let (Some(tree), Some(file)) = (structure::blocks(snapshot, file), snapshot.file(file)) else { return Vec::new() };
    let mut folds = Vec::new();
    collect(tree.root_node(), &file.text, &mut folds);
    folds.sort_by_key(|fold| (fold.span.start, std::cmp::Reverse(fold.span.end)));
    folds
}

fn collect(node: Node<'_>, text: &str, folds: &mut Vec<Fold>) {
    let span = structure::span(node, text);
    if folds_whole(node) && span.of(text).contains('\n') {
        folds.push(Fold { span, is_comment: span.of(text).starts_with("<!--") });
    }
    for child in structure::children(node) {
        collect(child, text, folds);
    }
}

/// Whether a block folds. A section without a heading has no line to fold into.
fn folds_whole(node: Node<'_>) -> bool {
    match node.kind() {
        "section" => structure::children(node).first().is_some_and(|child| child.kind().ends_with("_heading")),
        "list_item" | "block_quote" | "fenced_code_block" | "html_block" | "pipe_table" | "minus_metadata"
        | "plus_metadata" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{fixture::Fixture, folding};

    fn check(note: &str, expect: Expect) {
        let fixture = Fixture::new(&format!("//- /notes/note.md\n{note}"));
        let text = fixture.file().text.clone();
        let folds = folding(&fixture.snapshot, fixture.file);
        let show = |fold: &super::Fold| format!("{:?}\n", fold.span.of(&text));
        expect.assert_eq(&folds.iter().map(show).collect::<String>());
    }

    #[test]
    fn sections_lists_and_quotations_fold() {
        check(
            "---\na: b\n---\n\n# One\n\n- a\n  - b\n- c\n\n> q\n> r\n\n```\ncode\n```\n\n<!-- x\ny -->\n",
            expect![[""]],
        );
    }

    #[test]
    fn single_lines_do_not() {
        check("Text.\n\n- a\n\n> q\n", expect![[""]]);
    }
}
