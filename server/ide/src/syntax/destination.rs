//! Paths as the destinations of Markdown links.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What the reader of links would take for something else, also in angle brackets.
const IN_BRACKETS: &AsciiSet = &CONTROLS.add(b'<').add(b'>').add(b'#').add(b'%').add(b'\\');

/// What else would end a destination without angle brackets, or the link. Letters of all scripts stay.
const PLAIN: &AsciiSet = &IN_BRACKETS.add(b' ').add(b'(').add(b')').add(b'"');

/// A path as it is written for the destination of a link, which may be in angle brackets.
pub(crate) fn destination(path: &str, is_bracketed: bool) -> String {
    let set = if is_bracketed { IN_BRACKETS } else { PLAIN };
    let encoded = path.chars().map(|c| encoded(c, set)).collect::<String>();
    let first = path.split('/').next().unwrap_or_default();
    // Otherwise it would be a scheme.
    if first.contains(':') { format!("./{encoded}") } else { encoded }
}

fn encoded(c: char, set: &'static AsciiSet) -> String {
    let mut bytes = [0; 4];
    let written = c.encode_utf8(&mut bytes);
    if c.is_ascii() { utf8_percent_encode(written, set).to_string() } else { written.to_owned() }
}

#[cfg(test)]
mod tests {
    use ibid_language::Language;
    use ibid_note::Target;

    use super::destination;

    #[test]
    fn a_destination_is_read_as_the_path_that_was_written() {
        for path in
            ["a b.md", "../x/C# (2).md", "50% of it.md", "a%20b.md", "a:b/c.md", "é [1].md", "<q>.md", "a\\b.md"]
        {
            for (open, close) in [("", ""), ("<", ">")] {
                let link = format!("[it]({open}{}{close})", destination(path, !open.is_empty()));
                let note = ibid_note::parse(&link, Language::NONE);
                let read = note.citations.first().map(|citation| citation.target.clone());
                let expected = if path.contains("a:b") { format!("./{path}") } else { path.to_owned() };
                assert_eq!(read, Some(Target::Path { path: expected, fragment: None }), "{link}");
            }
        }
    }
}
