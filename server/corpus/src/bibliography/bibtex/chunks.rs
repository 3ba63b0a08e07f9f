//! Splits a `.bib` file into entries, each in a form that the parser reads.
//!
//! The parser knows entries in braces only, and takes a backslash before a brace for an escape. BibTeX also reads entries in
//! parentheses, and counts every brace.

use std::{borrow::Cow, ops::Range};

/// One entry of a `.bib` file, with whatever follows it up to the next.
pub(super) struct Chunk<'t> {
    /// Its first byte in the file.
    pub(super) start: usize,
    /// The entry as written, but in braces. Has the length of the text in the file.
    pub(super) text: Cow<'t, str>,
}

impl<'t> Chunk<'t> {
    /// The entries of a file. An entry begins a line, so that one without a closing brace does not affect the others.
    pub(super) fn all(text: &'t str) -> impl Iterator<Item = Self> {
        ranges(text).into_iter().map(|range| Self { start: range.start, text: in_braces(&text[range]) })
    }

    /// The key as written; empty if there is none.
    pub(super) fn key(&self) -> &str {
        let inside = self.text.split_once('{').map_or("", |(_, inside)| inside);
        let key = inside.split([',', '}', '\n', '=']).next().unwrap_or_default();
        key.trim()
    }

    /// The entry with every brace counted, as BibTeX does: a backslash before a brace becomes a space. `None` if no brace is
    /// escaped.
    pub(super) fn without_escaped_braces(&self) -> Option<String> {
        let is_escaped = self.text.contains("\\{") || self.text.contains("\\}");
        is_escaped.then(|| self.text.replace("\\{", " {").replace("\\}", " }"))
    }

    /// The deepest nesting of braces. Escaped braces do not count, as in the parser.
    pub(super) fn nesting(&self) -> usize {
        let (mut depth, mut deepest) = (0_usize, 0);
        let mut is_escaped = false;
        for byte in self.text.bytes() {
            match byte {
                _ if is_escaped => {}
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
            is_escaped = byte == b'\\' && !is_escaped;
        }
        deepest
    }
}

fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        if opening(body).is_some() {
            starts.push(at + line.len() - body.len());
        }
        at += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The index of the bracket that opens an entry, if `text` begins with `@kind{` or `@kind(`.
fn opening(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('@')?.trim_start_matches(char::is_alphabetic).trim_start();
    rest.starts_with(['{', '(']).then(|| text.len() - rest.len())
}

/// An entry in parentheses, rewritten in braces; any other as it is.
fn in_braces(entry: &str) -> Cow<'_, str> {
    match opening(entry).filter(|&at| entry[at..].starts_with('(')) {
        Some(open) => {
            let mut braced = entry.to_owned();
            braced.replace_range(open..=open, "{");
            if let Some(close) = closing(entry, open) {
                braced.replace_range(close..=close, "}");
            }
            Cow::Owned(braced)
        }
        None => Cow::Borrowed(entry),
    }
}

/// The index of the parenthesis that closes an entry: the first outside of braces and quotation marks.
fn closing(entry: &str, open: usize) -> Option<usize> {
    let (mut depth, mut is_quoted) = (0_usize, false);
    for (at, c) in entry.char_indices().skip_while(|&(at, _)| at <= open) {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '"' if depth == 0 => is_quoted = !is_quoted,
            ')' if depth == 0 && !is_quoted => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        Chunk::all(text).map(|chunk| chunk.text.trim().to_owned()).collect()
    }

    #[test]
    fn entries_begin_lines() {
        assert_eq!(texts("x @a{b}\n @book {c, t = {@d{}}}\n@e{f\n@g{h}"), ["@book {c, t = {@d{}}}", "@e{f", "@g{h}"]);
    }

    #[test]
    fn parentheses_become_braces() {
        assert_eq!(
            texts("@book(k, t = {a )} , u = \"(b)\")\n@misc(open, t = {x}\n"),
            ["@book{k, t = {a )} , u = \"(b)\"}", "@misc{open, t = {x}"],
        );
    }

    #[test]
    fn the_key_of_a_broken_entry_is_known() {
        let key = |text| Chunk::all(text).map(|chunk| chunk.key().to_owned()).next();
        assert_eq!(key("@misc{ a:b , title = {").as_deref(), Some("a:b"));
        assert_eq!(key("@misc{a\n title = {").as_deref(), Some("a"));
        assert_eq!(key("@misc{").as_deref(), Some(""));
    }
}
