//! The elements of a note, for navigation, folding and selection.

use ibid_text::Span;
use pulldown_cmark::{Event, Parser, Tag};

use crate::{markdown, written::trim_end};

/// An element of a note: a block, or marked-up inline text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Element {
    /// Its kind.
    pub kind: ElementKind,
    /// The element in the note, without the line breaks and blank lines at its end.
    pub span: Span,
    /// The number of elements around it.
    pub depth: u32,
}

/// The kind of an element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ElementKind {
    /// The YAML block at the head.
    FrontMatter,
    /// A heading with its level, 1 to 6.
    Heading(u8),
    /// A list, including a definition list.
    List,
    /// An item of a list.
    Item,
    /// A blockquote.
    Quote,
    /// A block of code.
    Code,
    /// A block of HTML, including a comment.
    Html,
    /// A table.
    Table,
    /// A paragraph, a table row, a footnote definition.
    Block,
    /// A link, an image, emphasis.
    Inline,
}

/// The elements of a note in order, each before the elements inside it. Never fails.
pub fn elements(text: &str) -> Vec<Element> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let head = ibid_front_matter::find(text, start as u32).map(|block| block.span);
    let start = head.map_or(start, |span| span.end as usize);
    let mut elements: Vec<Element> = head
        .map(|span| Element { kind: ElementKind::FrontMatter, span: trim_end(text, span), depth: 0 })
        .into_iter()
        .collect();
    let mut depth = 0_u32;
    for (event, range) in Parser::new_ext(&text[start..], markdown::options()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                let span = trim_end(text, Span::from(range.start + start..range.end + start));
                elements.push(Element { kind: kind_of(&tag), span, depth });
                depth += 1;
            }
            // Every opened tag is closed.
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    elements
}

/// The kind of element that a tag opens.
fn kind_of(tag: &Tag<'_>) -> ElementKind {
    match tag {
        Tag::Heading { level, .. } => ElementKind::Heading(*level as u8),
        Tag::List(_) | Tag::DefinitionList => ElementKind::List,
        Tag::Item | Tag::DefinitionListDefinition => ElementKind::Item,
        Tag::BlockQuote(_) => ElementKind::Quote,
        Tag::CodeBlock(_) => ElementKind::Code,
        Tag::HtmlBlock => ElementKind::Html,
        Tag::Table(_) => ElementKind::Table,
        Tag::Paragraph
        | Tag::FootnoteDefinition(_)
        | Tag::TableHead
        | Tag::TableRow
        | Tag::TableCell
        | Tag::DefinitionListTitle
        | Tag::MetadataBlock(_) => ElementKind::Block,
        Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::Superscript
        | Tag::Subscript
        | Tag::Link { .. }
        | Tag::Image { .. } => ElementKind::Inline,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::elements;

    fn check(note: &str, expect: &Expect) {
        let line = |element: &super::Element| {
            format!("{}{:?} {:?}\n", "  ".repeat(element.depth as usize), element.kind, element.span.of(note))
        };
        expect.assert_eq(&elements(note).iter().map(line).collect::<String>());
    }

    #[test]
    fn elements_come_before_those_inside_them() {
        check(
            "---\na: b\n---\n\n# One *two*\n\n- a\n  - b\n\n> ## q\n> r\n\n<!-- x\ny -->\n",
            &expect![[r###"
                FrontMatter "---\na: b\n---"
                Heading(1) "# One *two*"
                  Inline "*two*"
                List "- a\n  - b"
                  Item "- a\n  - b"
                    List "- b"
                      Item "- b"
                Quote "> ## q\n> r"
                  Heading(2) "## q"
                  Block "r"
                Html "<!-- x\ny -->"
            "###]],
        );
    }
}
