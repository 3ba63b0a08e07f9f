//! The reader for .txt files.

use ibid_text::{Mapped, Span};

use crate::{Format, Metadata, Passage, PassageKind, Source, Voice};

/// Reads a page; never fails.
pub fn read(text: &str) -> Source {
    let mut passages = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let body = line.trim();
        if !body.is_empty() {
            let span = Span::from(start..start + body.len());
            passages.push(Passage { span, kind: PassageKind::Paragraph, voice: Voice::UNKNOWN, repeats: Vec::new() });
        }
        at += line.len();
    }
    let content = Mapped::verbatim(text, Span::from(0..text.len()));
    Source { format: Format::Text, metadata: Metadata::default(), passages, content }
}
