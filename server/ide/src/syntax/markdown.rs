//! Escaping text of files for Markdown, and reading Markdown as plain text.

use ibid_corpus::{File, FileId};
use pulldown_cmark::{Event, Parser, TagEnd};

/// Escapes untrusted text so that it is shown literally, on one line. It cannot contain a link, an image, HTML, a command or
/// a block, not even a link that an editor makes of a bare address. White space becomes single spaces; control characters
/// and those that change the direction of writing are removed.
pub fn escape(text: &str) -> String {
    escape_where(text, needs_escape)
}

/// [`escape`] for the text of a link, where editors do not turn bare addresses into links.
fn escape_label(text: &str) -> String {
    escape_where(text, |_, c, _| is_mark(c))
}

fn escape_where(text: &str, needs_escape: impl Fn(Option<char>, char, Option<char>) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let line = one_line(text);
    let chars: Vec<char> = line.chars().collect();
    let margin = usize::from(chars.first() == Some(&' '));
    let digits = chars[margin..].iter().take_while(|c| c.is_ascii_digit()).count();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let begins_block = at == margin + digits && is_block_mark(c, digits);
        if begins_block || needs_escape(before, c, after) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether a character begins a heading, list or rule after `digits` digits at the start of a line.
fn is_block_mark(c: char, digits: usize) -> bool {
    if digits == 0 { matches!(c, '#' | '-' | '+' | '=') } else { matches!(c, '.' | ')') }
}

/// Whether a character can be Markdown syntax, or make an address of the text around it.
fn needs_escape(before: Option<char>, c: char, after: Option<char>) -> bool {
    let joins = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
    match c {
        '@' => true,
        ':' => before.is_some_and(char::is_alphabetic) && after.is_some_and(|c| !c.is_whitespace()),
        '.' => joins(before) && after.is_some_and(char::is_alphabetic),
        _ => is_mark(c),
    }
}

/// Whether a character is syntax in Markdown or one of its extensions.
fn is_mark(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$' | '^')
}

/// Words of a source to be written into a note: on one line, with Markdown syntax escaped.
pub(crate) fn note_text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '*' | '_' | '[' | ']' | '<' | '>' | '`' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The text of Markdown as a reader sees it: without syntax, addresses and HTML, on one line.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for event in Parser::new(text) {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            Event::End(end) if is_block(end) => plain.push(' '),
            _ => {}
        }
    }
    one_line(&plain).trim().to_owned()
}

/// Whether the end is that of a block, which separates the words around it.
fn is_block(end: TagEnd) -> bool {
    matches!(end, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock)
}

/// `text` on one line, without invisible characters.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            out.push(c);
        }
    }
    out
}

/// A link to a line of a file, counted from 0, with an escaped label. Its address has a scheme of its own,
/// `ibid-file:ID#L12` with the line counted from 1; the server replaces it with one that the client understands.
pub fn link(label: &str, file: FileId, line: u32) -> String {
    format!("[{}](ibid-file:{}#L{})", escape_label(label), file.0, line + 1)
}

/// A link to a byte offset in a file's own text, labelled by [`File::place`]. If the file has pages, a second link opens the
/// page itself in a viewer (RFC 8118).
pub(crate) fn link_to(file: &File, offset: u32) -> String {
    let place = link(&file.place(offset), file.id, file.line_of(offset));
    match file.page_number(offset) {
        Some(page) => format!("{place} ([open](ibid-file:{}#page={page}))", file.id.0),
        None => place,
    }
}

/// Escaped text in bold, without white space at its ends, as Markdown requires.
pub(crate) fn bold(text: &str) -> String {
    wrapped(text, "**")
}

/// Escaped text struck through, without white space at its ends.
pub(crate) fn struck(text: &str) -> String {
    wrapped(text, "~~")
}

fn wrapped(text: &str, mark: &str) -> String {
    let words = one_line(text);
    let body = words.trim();
    if body.is_empty() { String::new() } else { format!("{mark}{}{mark}", escape(body)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::{bold, escape, one_line, struck};

    /// Every extension except the one that changes quotation marks.
    fn options() -> Options {
        Options::all() - Options::ENABLE_SMART_PUNCTUATION
    }

    /// The text of a single paragraph; an error if the Markdown is anything else.
    fn shown(markdown: &str) -> Result<String, String> {
        let mut shown = String::new();
        for event in Parser::new_ext(markdown, options()) {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Text(text) => shown.push_str(&text),
                other => return Err(format!("{other:?} is in {markdown:?}")),
            }
        }
        Ok(shown)
    }

    #[test]
    fn hostile_text_is_shown_literally() {
        for text in [
            "[click](command:evil) ![x](http://a.b/c.png) <img src=x onerror=y> <!-- c -->",
            "# Heading",
            "- item",
            "12. item",
            "2) item",
            "---",
            "&lt;b&gt; &amp;",
            "`code` *a* _b_ ~~c~~ $x$ [^1] [[wiki]]",
            "| a | b |",
        ] {
            assert_eq!(shown(&escape(text)).as_deref(), Ok(text));
        }
    }

    #[test]
    fn addresses_are_broken_up() {
        assert_eq!(escape("https://a.example/b www.example.org me@example.org"), {
            r"https\://a\.example/b www\.example\.org me\@example\.org"
        });
    }

    #[test]
    fn plain_prose_stays_readable() {
        let text = "Half of it (1.5, or 2:1) is “new”; the rest isn't - e.g. this!";
        assert_eq!(escape(text), "Half of it (1.5, or 2:1) is “new”; the rest isn't - e\\.g. this!");
    }

    proptest! {
        #[test]
        fn escaped_text_is_only_text(text in "[-a-z0-9 \n\t#*_`~<>&:;/.!\\[\\]()|=+@\\\\$^\"'%{}é]{0,40}") {
            prop_assert_eq!(shown(&escape(&text)), Ok(one_line(&text).trim().to_owned()));
        }

        /// A shown difference contains no syntax but its own.
        #[test]
        fn marked_text_is_only_marked(text in "[a-z #*_`~<>&:/.!\\[\\]()|@\\\\]{0,20}") {
            for markdown in [bold(&text), struck(&text)] {
                let whole = format!("a {markdown} b");
                for event in Parser::new_ext(&whole, options()) {
                    let is_expected = match &event {
                        Event::Start(tag) => matches!(tag, Tag::Paragraph | Tag::Strong | Tag::Strikethrough),
                        other => matches!(other, Event::End(_) | Event::Text(_)),
                    };
                    prop_assert!(is_expected, "{event:?} is in {whole:?}");
                }
            }
        }
    }
}
