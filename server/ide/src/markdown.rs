//! Markdown that is shown to people.

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
