//! The blocks of text that a page shows: paragraphs, list items, headings, table rows.

use ibid_text::Span;

use super::{
    name::Name,
    tree::{Id, Node, ROOT, Tree},
};
use crate::PassageKind;

/// A block of text.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// From its first to its last word, in the page as written.
    pub(super) span: Span,
    /// The innermost element around its first words.
    pub(super) holder: Id,
    /// The kind of passage it makes.
    pub(super) kind: PassageKind,
    /// The outermost blockquote around it.
    pub(super) quote: Option<Id>,
    /// Bytes of visible text.
    pub(super) length: u32,
    pub(super) linked: u32,
}

/// The blocks of a page in order, without code.
pub(super) fn blocks(tree: &Tree) -> Vec<Block> {
    let mut reader = Reader { tree, blocks: Vec::new(), reading: None, open: Vec::new(), after_break: false };
    for node in tree.visible(ROOT) {
        match node {
            Node::Open(id) => reader.open(id),
            Node::Close(id, _) => reader.close(id),
            Node::Text(span) => reader.text(span),
            Node::Comment(_) => {}
        }
    }
    reader.flush();
    reader.blocks
}

/// What the enclosing elements say about a piece of text.
#[derive(Clone, Copy)]
struct Enclosing {
    id: Id,
    /// The kind, ignoring blockquotes; `None` in code.
    kind: Option<PassageKind>,
    quote: Option<Id>,
    is_link: bool,
}

impl Enclosing {
    const NOTHING: Self = Self { id: ROOT, kind: Some(PassageKind::Paragraph), quote: None, is_link: false };
}

struct Reader<'a, 't> {
    tree: &'a Tree<'t>,
    blocks: Vec<Block>,
    /// The block being read.
    reading: Option<Block>,
    open: Vec<Enclosing>,
    /// Whether the last node was a line break.
    after_break: bool,
}

impl Reader<'_, '_> {
    fn open(&mut self, id: Id) {
        let name = self.tree.element(id).name;
        let mut enclosing = Enclosing { id, ..self.open.last().copied().unwrap_or(Enclosing::NOTHING) };
        match name {
            Name::Blockquote => enclosing.quote = enclosing.quote.or(Some(id)),
            Name::Li | Name::Dd | Name::Dt => enclosing.kind = enclosing.kind.and(Some(PassageKind::ListItem)),
            Name::Pre | Name::Listing => enclosing.kind = None,
            Name::A => enclosing.is_link = true,
            Name::Br if self.after_break => self.flush(),
            _ if name.is_heading() => enclosing.kind = enclosing.kind.and(Some(PassageKind::Heading)),
            _ => {}
        }
        self.after_break = name == Name::Br;
        if self.tree.element(id).is_block {
            self.flush();
        }
        self.open.push(enclosing);
    }

    fn close(&mut self, id: Id) {
        self.open.pop();
        if self.tree.element(id).is_block {
            self.flush();
        }
    }

    fn text(&mut self, span: Span) {
        let text = span.of(self.tree.text);
        let words = text.trim_ascii();
        let enclosing = self.open.last().copied().unwrap_or(Enclosing::NOTHING);
        let Some(kind) = enclosing.kind.filter(|_| !words.is_empty()) else { return };
        self.after_break = false;
        let start = span.start + (text.len() - text.trim_ascii_start().len()) as u32;
        let span = Span::new(start, start + words.len() as u32);
        let block = self.reading.get_or_insert_with(|| Block {
            span,
            holder: enclosing.id,
            kind: if enclosing.quote.is_some() { PassageKind::Blockquote } else { kind },
            quote: enclosing.quote,
            length: 0,
            linked: 0,
        });
        block.span.end = span.end;
        block.length += span.len();
        block.linked += if enclosing.is_link { span.len() } else { 0 };
    }

    fn flush(&mut self) {
        self.blocks.extend(self.reading.take());
    }
}
