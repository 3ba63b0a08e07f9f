//! A Markdown file's blocks as tree-sitter sees them, for what an editor asks of structure.
//!
//! What a note *means* is read by `ibid_note`; this tree only says how it is built. Its block grammar alone is used.

use ibid_corpus::{FileId, Snapshot};
use ibid_source::Format;
use ibid_text::Span;
use tree_sitter::{Node, Parser, Tree};

/// The blocks of a Markdown file; `None` for a file of another kind.
pub(crate) fn blocks(snapshot: &Snapshot, file: FileId) -> Option<Tree> {
    let file = snapshot.file(file)?;
    let is_markdown = file.is_note() || Format::of_name(&file.path) == Some(Format::Markdown);
    if is_markdown { parse(file.page()?.text()) } else { None }
}

fn parse(text: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_md::LANGUAGE.into()).ok()?;
    parser.parse(text, None)
}

/// The children of a node that have a name in the grammar.
pub(crate) fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).collect()
}

/// Every node below `root` that `enter` says to look into, `root` first. Blocks nest as deep as a file likes, so the
/// stack is our own.
pub(crate) fn walk<'tree>(root: Node<'tree>, mut enter: impl FnMut(Node<'tree>) -> bool) {
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        if enter(node) {
            waiting.extend(children(node));
        }
    }
}

/// Where a node stands, without the line breaks and blank lines at its end.
pub(crate) fn span(node: Node<'_>, text: &str) -> Span {
    let range = node.byte_range();
    let body = text.get(range.clone()).unwrap_or_default().trim_end();
    Span::from(range.start..range.start + body.len())
}
