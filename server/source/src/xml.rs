//! What is asked of the XML parts of a document. Names are compared without their namespaces: the same elements stand in
//! several (Office Open XML, transitional and strict; EPUB 2 and 3).

use roxmltree::{Document, Node, ParsingOptions};

/// Most nodes that are read of one part.
const MOST_NODES: u32 = 20_000_000;

/// The tree of a part; `None` if it is no XML. Entities that a part declares are read, within the limits of the parser.
pub(crate) fn tree(text: &str) -> Option<Document<'_>> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).ok()
}

/// The name of an element without its namespace; "" of what is none.
pub(crate) fn name<'t>(node: Node<'t, '_>) -> &'t str {
    node.tag_name().name()
}

/// The children of an element that have this name.
pub(crate) fn children<'t, 'i>(node: Node<'t, 'i>, wanted: &'static str) -> impl Iterator<Item = Node<'t, 'i>> {
    node.children().filter(move |&child| name(child) == wanted)
}

/// The first child of an element that has this name.
pub(crate) fn child<'t, 'i>(node: Node<'t, 'i>, wanted: &'static str) -> Option<Node<'t, 'i>> {
    children(node, wanted).next()
}

/// The elements of this name in a tree, in order.
pub(crate) fn all<'t, 'i>(tree: &'t Document<'i>, wanted: &'static str) -> impl Iterator<Item = Node<'t, 'i>> {
    tree.descendants().filter(move |&node| name(node) == wanted)
}

/// The value of an attribute, in whatever namespace.
pub(crate) fn value<'t>(node: Node<'t, '_>, wanted: &str) -> Option<&'t str> {
    node.attributes().find(|attribute| attribute.name() == wanted).map(|attribute| attribute.value())
}

/// All text in an element, in one line.
pub(crate) fn words(node: Node) -> String {
    let text: String = node.descendants().filter_map(|inner| inner.text().filter(|_| inner.is_text())).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
