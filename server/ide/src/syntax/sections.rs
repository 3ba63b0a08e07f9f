//! The sections of a Markdown text.

use ibid_note::{Element, ElementKind};
use ibid_text::Span;

/// A section: a heading with the text under it, up to the next heading of the same or a higher level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// The words of the heading.
    pub title: String,
    /// The heading.
    pub heading: Span,
    /// The whole section, heading included.
    pub span: Span,
    /// The sections under deeper headings in it.
    pub children: Vec<Section>,
}

/// The top-level sections of a text with these elements. Headings in lists and quotations open no section.
pub(crate) fn sections(text: &str, elements: &[Element]) -> Vec<Section> {
    let heading = |element: &Element| match element.kind {
        ElementKind::Heading(level) if element.depth == 0 => Some((level, element.span)),
        _ => None,
    };
    let headings: Vec<(u8, Span)> = elements.iter().filter_map(heading).collect();
    nest(&headings, text, text.trim_end().len() as u32)
}

/// Nests sections, given their headings in order; the last section ends at `end`.
fn nest(headings: &[(u8, Span)], text: &str, end: u32) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut rest = headings;
    while let [(level, heading), below @ ..] = rest {
        let inner = below.iter().take_while(|(other, _)| other > level).count();
        let (children, next) = below.split_at(inner);
        let section_end = next.first().map_or(end, |(_, heading)| heading.start);
        let body = Span::new(heading.start, section_end.max(heading.end)).of(text).trim_end();
        let span = Span::from(heading.start as usize..heading.start as usize + body.len());
        let children = nest(children, text, span.end);
        sections.push(Section { title: plain(heading.of(text)), heading: *heading, span, children });
        rest = next;
    }
    sections
}

/// The words of a heading without the marks of headings, emphasis and code.
fn plain(heading: &str) -> String {
    let first = heading.lines().next().unwrap_or_default();
    let words = first.trim().trim_start_matches('#').trim_end_matches('#').trim();
    let words = words.replace(['*', '`'], "");
    if words.is_empty() { "(empty heading)".to_owned() } else { words }
}
