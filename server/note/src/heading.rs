//! Headings.

use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::markdown::HeadingLine;

/// A heading of a note.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Heading {
    /// The whole heading, marks included.
    pub span: Span,
    /// 1 to 6.
    pub level: u8,
    /// Its text without Markdown.
    pub text: String,
    /// The section that it opens: up to the next heading of the same or a higher level.
    pub section: Span,
}

/// The text of a heading, and the contents of the attribute block after it: `#id .class` in `Words {#id .class}`.
pub fn split_attributes(heading: &str) -> (&str, Option<&str>) {
    let block = heading.trim_end().strip_suffix('}').and_then(|open| open.rsplit_once('{'));
    block.map_or((heading, None), |(words, attributes)| (words, Some(attributes)))
}

/// The headings with their sections. `text_of` gives the text of a block, `end` is the length of the note in bytes.
pub(crate) fn sections(lines: &[HeadingLine], text_of: impl Fn(usize) -> String, end: u32) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::with_capacity(lines.len());
    // Headings whose sections are open, each of a deeper level than the one before it.
    let mut open: Vec<usize> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        while let Some(&last) = open.last()
            && headings[last].level >= line.level
        {
            headings[last].section.end = line.span.start;
            open.pop();
        }
        open.push(number);
        let text = line.block.map(&text_of).unwrap_or_default();
        headings.push(Heading { span: line.span, level: line.level, text, section: Span::new(line.span.start, end) });
    }
    headings
}

#[test]
fn an_attribute_block_is_split_off() {
    assert_eq!(split_attributes("Drift {#drift .wide}"), ("Drift ", Some("#drift .wide")));
    assert_eq!(split_attributes("Drift {#drift} "), ("Drift ", Some("#drift")));
    assert_eq!(split_attributes("Sets {a} of"), ("Sets {a} of", None));
    assert_eq!(split_attributes("}"), ("}", None));
}
