//! The syntax nodes of a Markdown block around an offset, from tree-sitter.
//!
//! `ibid_note` finds the blocks of a note and what they mean. A syntax tree also has the parts without a meaning of their
//! own, such as emphasis and the label of a link, and parts that are half written.

use ibid_text::Span;
use tree_sitter::{Language, Node, Parser, Tree};

/// The kind of the node with running text, which has a grammar of its own.
const RUNNING_TEXT: &str = "inline";

/// The spans of all nodes in a block of `text` that touch a byte offset, outer nodes first.
pub(crate) fn nodes_at(text: &str, block: Span, offset: u32) -> Vec<Span> {
    let mut spans = Vec::new();
    let running = spans_at(text, block, offset, &tree_sitter_md::LANGUAGE.into(), &mut spans);
    if let Some(running) = running {
        spans_at(text, running, offset, &tree_sitter_md::INLINE_LANGUAGE.into(), &mut spans);
    }
    spans
}

/// Adds the nodes that one grammar finds at an offset within a span of `text`. Returns the node with running text, if the
/// grammar has one there.
fn spans_at(text: &str, within: Span, offset: u32, grammar: &Language, spans: &mut Vec<Span>) -> Option<Span> {
    let tree = parse(within.of(text), grammar)?;
    let mut running = None;
    let mut waiting = vec![tree.root_node()];
    // Blocks nest as deeply as a file wants, so this must not recurse.
    while let Some(node) = waiting.pop() {
        let span = span(node, text, within.start);
        if span.touches(offset) {
            spans.push(span);
            if node.kind() == RUNNING_TEXT {
                running = Some(span);
            }
            waiting.extend(node.named_children(&mut node.walk()));
        }
    }
    running
}

fn parse(text: &str, grammar: &Language) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(grammar).ok()?;
    parser.parse(text, None)
}

/// The span of a node in `text`, whose parsed part begins at `start`; without white space at its end.
fn span(node: Node<'_>, text: &str, start: u32) -> Span {
    let range = node.byte_range();
    let span = Span::from(range).shift(start);
    Span::from(span.start as usize..span.start as usize + span.of(text).trim_end().len())
}
