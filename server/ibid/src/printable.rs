//! Text of unknown origin, made safe for a terminal and for a log: names of files, words of sources, messages with either.

use std::borrow::Cow;

/// The text with each character escaped (`\u{202e}`) that a terminal would obey, that would begin a new line, or that would
/// change the direction or order in which the rest is shown.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, is_active)
}

/// [`printable`], but lines remain lines.
pub(crate) fn printable_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c != '\n' && is_active(c))
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_escaped(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

fn is_active(c: char) -> bool {
    // Controls; marks, embeddings, overrides and isolates of direction; separators of lines and paragraphs.
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn what_a_terminal_would_obey_is_escaped() {
    assert_eq!(printable("a\n::error::b\r\u{1b}[2J"), "a\\n::error::b\\r\\u{1b}[2J");
    assert_eq!(printable("x\u{202e}fdp.txt \u{2067}\u{2028}\u{9b}"), "x\\u{202e}fdp.txt \\u{2067}\\u{2028}\\u{9b}");
    assert_eq!(printable_lines("a\n\u{7}b"), "a\n\\u{7}b");
    assert!(matches!(printable("Grüße, 知る: שלום"), Cow::Borrowed(_)));
}
