//! The paragraphs of a document in reading order.

use roxmltree::{Document, Node};

use super::{
    formula,
    style::{Role, Styles},
};
use crate::{PassageKind, xml};

/// The depth of nested tables and text boxes beyond which nothing is read.
const DEEPEST: usize = 64;

/// A paragraph.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Block {
    pub(super) kind: PassageKind,
    /// Its text; a line break in the document is a line break here.
    pub(super) words: String,
}

/// What is read from the body of a document, or from a note.
#[derive(Default)]
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    /// The first paragraph with the style of a document title.
    pub(super) title: Option<String>,
    /// The ids of the footnotes, in the order of their marks.
    pub(super) footnotes: Vec<String>,
    pub(super) endnotes: Vec<String>,
}

impl Body {
    /// Reads the main part of a document.
    pub(super) fn of(document: &Document, styles: &Styles) -> Self {
        let body = xml::child(document.root_element(), "body");
        body.map_or_else(Self::default, |body| Self::within(body, styles))
    }

    /// Reads the contents of an element.
    pub(super) fn within(node: Node, styles: &Styles) -> Self {
        let mut reader = Reader { body: Self::default(), styles, begun: String::new() };
        reader.blocks(node, 0);
        reader.body
    }
}

struct Reader<'s> {
    body: Body,
    styles: &'s Styles,
    /// The text of paragraphs that the next one continues: their end mark is deleted, or they are a drop cap.
    begun: String,
}

impl Reader<'_> {
    /// Reads the paragraphs of an element; a table is read cell by cell.
    fn blocks(&mut self, parent: Node, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for node in parent.children() {
            match xml::name(node) {
                "p" => self.paragraph(node, depth),
                "tbl" | "tr" | "tc" | "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag"
                | "txbxContent" | "Choice" => self.blocks(node, depth + 1),
                "AlternateContent" => self.blocks(chosen(node), depth + 1),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node, depth: usize) {
        let properties = xml::child(node, "pPr");
        let mut boxes = Vec::new();
        let mut words = std::mem::take(&mut self.begun);
        self.inline(node, &mut words, &mut boxes, 0);
        if properties.is_some_and(|properties| is_end_deleted(properties) || is_drop_cap(properties)) {
            self.begun = words;
        } else {
            self.end(self.styles.role(properties), &words);
        }
        for inner in boxes {
            self.blocks(inner, depth + 1);
        }
    }

    /// Ends a paragraph.
    fn end(&mut self, role: Role, words: &str) {
        let words = words.trim().to_owned();
        let kind = match role {
            _ if words.is_empty() => return,
            Role::Contents => return,
            Role::Title => {
                self.body.title.get_or_insert_with(|| words.clone());
                PassageKind::Heading
            }
            Role::Passage(kind) => kind,
        };
        self.body.blocks.push(Block { kind, words });
    }

    /// Reads the text of an inline element into `words`; text boxes anchored in it are collected in `boxes`.
    fn inline<'t, 'i>(
        &mut self,
        parent: Node<'t, 'i>,
        words: &mut String,
        boxes: &mut Vec<Node<'t, 'i>>,
        depth: usize,
    ) {
        if depth > DEEPEST {
            return;
        }
        for node in parent.children() {
            match xml::name(node) {
                "t" => words.push_str(node.text().unwrap_or_default()),
                "tab" | "ptab" => words.push('\t'),
                "br" | "cr" => words.push('\n'),
                "noBreakHyphen" => words.push('-'),
                "sym" => words.extend(symbol(node)),
                "footnoteReference" => self.body.footnotes.extend(xml::value(node, "id").map(str::to_owned)),
                "endnoteReference" => self.body.endnotes.extend(xml::value(node, "id").map(str::to_owned)),
                "txbxContent" => boxes.push(node),
                "AlternateContent" => self.inline(chosen(node), words, boxes, depth + 1),
                "oMath" => words.push_str(&formula::written(node)),
                // Deletions, moved text at its old place, properties, field codes and ruby text.
                "del" | "moveFrom" | "pPr" | "rPr" | "instrText" | "rt" => {}
                "r" if is_hidden(node) => {}
                _ => self.inline(node, words, boxes, depth + 1),
            }
        }
    }
}

/// Whether the end mark of a paragraph is deleted.
fn is_end_deleted(properties: Node) -> bool {
    xml::child(properties, "rPr").is_some_and(|mark| xml::child(mark, "del").is_some())
}

/// Whether a paragraph is the large first letter of the next one, in a frame of its own.
fn is_drop_cap(properties: Node) -> bool {
    let frame = xml::child(properties, "framePr");
    frame.and_then(|frame| xml::value(frame, "dropCap")).is_some_and(|kind| kind != "none")
}

/// A character given by its code in a font; `None` for private-use codes, which only that font can draw.
fn symbol(node: Node) -> Option<char> {
    const PRIVATE: std::ops::RangeInclusive<char> = '\u{e000}'..='\u{f8ff}';
    let letter = char::from_u32(u32::from_str_radix(xml::value(node, "char")?, 16).ok()?)?;
    (!PRIVATE.contains(&letter)).then_some(letter)
}

/// The alternative to read among several representations of the same content (ISO/IEC 29500-3, 9.3).
fn chosen<'t, 'i>(alternatives: Node<'t, 'i>) -> Node<'t, 'i> {
    let choice = xml::child(alternatives, "Choice").or_else(|| xml::child(alternatives, "Fallback"));
    choice.unwrap_or(alternatives)
}

/// Whether a run is hidden text.
fn is_hidden(run: Node) -> bool {
    let hidden = xml::child(run, "rPr").and_then(|properties| xml::child(properties, "vanish"));
    hidden.is_some_and(|hidden| !matches!(xml::value(hidden, "val"), Some("0" | "false" | "off")))
}
