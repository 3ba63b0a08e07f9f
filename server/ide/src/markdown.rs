//! Markdown that is shown to people.

use ibid_corpus::FileId;

/// Escapes text of unknown origin so that it shows as it is: no link, image, HTML or command can come alive.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A link to a line (from 0) of a file, with an escaped label. Its address has a scheme of our own,
/// `ibid-file:ID#L12` with the line counted from 1; the edge turns it into one that its client understands.
pub fn link(label: &str, file: FileId, line: u32) -> String {
    format!("[{}](ibid-file:{}#L{})", escape(label), file.0, line + 1)
}
