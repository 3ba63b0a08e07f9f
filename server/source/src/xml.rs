//! Access to the XML parts of a document. Names are compared without namespaces, because the same elements occur in
//! several (transitional and strict Office Open XML; EPUB 2 and 3).

use roxmltree::{Document, Node, ParsingOptions};

/// The most nodes that are read in one part.
const MOST_NODES: u32 = 20_000_000;

/// Parses a part; `None` if it is not XML. Entities declared in the part are expanded, within the parser's limits.
pub(crate) fn tree(text: &str) -> Option<Document<'_>> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).ok()
}

/// The name of an element without its namespace; empty for other nodes.
pub(crate) fn name<'t>(node: Node<'t, '_>) -> &'t str {
    node.tag_name().name()
}

/// The children of an element with this name.
pub(crate) fn children<'t, 'i>(node: Node<'t, 'i>, wanted: &'static str) -> impl Iterator<Item = Node<'t, 'i>> {
    node.children().filter(move |&child| name(child) == wanted)
}

/// The first child of an element with this name.
pub(crate) fn child<'t, 'i>(node: Node<'t, 'i>, wanted: &'static str) -> Option<Node<'t, 'i>> {
    children(node, wanted).next()
}

/// All elements of a tree with this name, in order.
pub(crate) fn all<'t, 'i>(tree: &'t Document<'i>, wanted: &'static str) -> impl Iterator<Item = Node<'t, 'i>> {
    tree.descendants().filter(move |&node| name(node) == wanted)
}

/// The value of an attribute, in any namespace.
pub(crate) fn value<'t>(node: Node<'t, '_>, wanted: &str) -> Option<&'t str> {
    node.attributes().find(|attribute| attribute.name() == wanted).map(|attribute| attribute.value())
}

/// The text of an element and its descendants, on one line.
pub(crate) fn words(node: Node) -> String {
    let text: String = node.descendants().filter_map(|inner| inner.text().filter(|_| inner.is_text())).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
