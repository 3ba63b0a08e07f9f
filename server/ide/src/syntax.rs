//! How a block of Markdown is written around one place, as tree-sitter sees it: marks, and the parts of links too.
//!
//! What a note *means*, and where its blocks are, is read by `ibid_note`; a syntax tree tells also of what has no meaning, and
//! of what is half written.

use ibid_text::Span;
use tree_sitter::{Language, Node, Parser, Tree};

/// The kind of the node that holds running text: its insides have a grammar of their own.
const RUNNING_TEXT: &str = "inline";

/// The stretches of a block of `text` that are one thing to the grammar and touch an offset, the larger before those in it.
pub(crate) fn nodes_at(text: &str, block: Span, offset: u32) -> Vec<Span> {
    let mut spans = Vec::new();
    let running = spans_at(text, block, offset, &tree_sitter_md::LANGUAGE.into(), &mut spans);
    if let Some(running) = running {
        spans_at(text, running, offset, &tree_sitter_md::INLINE_LANGUAGE.into(), &mut spans);
    }
    spans
}

/// Adds what a grammar finds at an offset within a stretch of `text`; the running text there, if it knows of such.
fn spans_at(text: &str, within: Span, offset: u32, grammar: &Language, spans: &mut Vec<Span>) -> Option<Span> {
    let tree = parse(within.of(text), grammar)?;
    let mut running = None;
    let mut waiting = vec![tree.root_node()];
    // Blocks nest as deep as a file likes, so the stack is our own.
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

/// Where a node stands in `text`, of which the tree's own begins at `start`; without the white space at its end.
fn span(node: Node<'_>, text: &str, start: u32) -> Span {
    let range = node.byte_range();
    let span = Span::from(range).shift(start);
    Span::from(span.start as usize..span.start as usize + span.of(text).trim_end().len())
}
