//! Appends parts of the Markdown source to a mapped text.

use ibid_text::{Mapped, Span};

/// Appends `plain`, the text of `span`. If it is decoded and yet as long as its original, the last character becomes a
/// piece of its own, since pieces of equal length must have equal bytes.
pub(crate) fn push_exact(to: &mut Mapped, text: &str, plain: &str, span: Span) {
    let decoded = plain.len() as u32 == span.len() && span.of(text) != plain;
    match plain.char_indices().next_back() {
        Some((last, _)) if decoded && last > 0 => {
            to.push(&plain[..last], span);
            to.push(&plain[last..], Span::empty(span.end));
        }
        _ => to.push(plain, span),
    }
}

/// Appends the lines of `span` (code or the text of a link) with spaces between them.
pub(crate) fn push_lines(to: &mut Mapped, text: &str, span: Span) {
    let mut last_end = None;
    for line in span.of(text).split(['\n', '\r']) {
        let words = line.trim_matches([' ', '\t', '>', '`']);
        if words.is_empty() {
            continue;
        }
        let start = (words.as_ptr() as usize - text.as_ptr() as usize) as u32;
        if let Some(end) = last_end {
            to.push(" ", Span::new(end, start));
        }
        let words = Span::new(start, start + words.len() as u32);
        to.push_verbatim(text, words);
        last_end = Some(words.end);
    }
}
