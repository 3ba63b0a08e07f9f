//! Pandoc's citation keys: `[see @doe99, pp. 33-35; -@smith04]`, `@doe99 says`, `@doe99 [p. 3; @smith04]`.
//!
//! Syntax: Pandoc User's Guide, "Extension: citations", and its reader (`Text.Pandoc.Parsing.Citations`). In brackets a key is
//! read further than pandoc would: bibliographies have keys such as `berg--eels` and `d'Orme77`, and whoever writes one means
//! it as a whole.

use ibid_language::Language;
use ibid_text::Span;
use unicode_normalization::char::is_combining_mark;

use crate::Target;

/// A citation key. Spans are of the text that contains it.
pub(crate) struct Key<'a> {
    /// The key with its `@`, prefix and locator.
    pub(crate) span: Span,
    /// The key alone, without `@` and braces.
    pub(crate) name_span: Span,
    pub(crate) name: &'a str,
    pub(crate) locator: Option<String>,
    /// Whether it is in running text or in the prefix or locator of another, without brackets of its own.
    pub(crate) bare: bool,
}

/// A text in which keys are searched.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    /// Whether the mark at a byte is what it seems to be: not escaped, and not in code.
    pub(crate) is_mark: &'a dyn Fn(usize) -> bool,
}

/// Marks that may stand once between the letters and digits of a key.
const INTERNAL: &str = ":.#$%&-+?<>~/";

/// More marks that keys of bibliographies have, though pandoc ends a key at them.
const FURTHER: &str = "'’!=^|";

/// The prefixes of keys that name a work by an identifier or address, which may have any character in it.
const BY_ADDRESS: [&str; 2] = ["doi:", "url:"];

/// A group or the brackets after a key are a line or two; what is longer is prose that mentions an `@`.
const LONGEST: u32 = 1_000;

impl<'a> Reader<'a> {
    /// The keys of a bracketed group with the contents `inner`; `None` if one of its parts has no key.
    pub(crate) fn group(&self, inner: Span) -> Option<Vec<Key<'a>>> {
        if inner.len() > LONGEST {
            return None;
        }
        let mut keys = Vec::new();
        for part in self.parts(inner) {
            self.part(part, &mut keys)?;
        }
        Some(keys)
    }

    /// The keys that begin with the one whose `@` is at `sign` in running text: that key with the locator in brackets after
    /// it, and those that follow in the brackets. Also returns the end of all of it.
    pub(crate) fn in_text(&self, sign: usize) -> Option<(Vec<Key<'a>>, u32)> {
        let (name, end) = self.name_at(sign, false)?;
        let start = if self.text[..sign].ends_with('-') { sign - 1 } else { sign };
        let span = Span::from(start..end);
        let mut keys = vec![Key { span, name_span: name, name: name.of(self.text), locator: None, bare: true }];
        let Some((outer, mut parts)) = self.brackets_after(end) else { return Some((keys, end as u32)) };
        let mut locator = None;
        if let Some(first) = parts.first().filter(|part| self.sign_in(**part).is_none()) {
            locator = Some(first.of(self.text).trim().to_owned());
            parts.remove(0);
        }
        for part in parts {
            if self.part(part, &mut keys).is_none() {
                keys.truncate(1);
                return Some((keys, end as u32));
            }
        }
        keys[0].locator = locator.filter(|locator| !locator.is_empty());
        if keys.len() == 1 {
            keys[0].span.end = outer.end;
        }
        Some((keys, outer.end))
    }

    /// The brackets right after a key in running text, and the parts in them. No link, no footnote mark.
    fn brackets_after(&self, end: usize) -> Option<(Span, Vec<Span>)> {
        let gap = usize::from(self.text[end..].starts_with(' '));
        let open = end + gap;
        let rest = &self.text[open..];
        if !rest.starts_with('[') || rest.starts_with("[^") || rest.starts_with("[]") || !(self.is_mark)(open) {
            return None;
        }
        let close = open + closing(&rest.as_bytes()[..rest.len().min(LONGEST as usize)])?;
        let is_link = self.text[close + 1..].starts_with(['(', '[']);
        let parts = || self.parts(Span::from(open + 1..close));
        (!is_link).then(|| (Span::from(open..close + 1), parts()))
    }

    /// The parts of a group between semicolons outside braces and brackets.
    fn parts(&self, inner: Span) -> Vec<Span> {
        let mut parts = Vec::new();
        let mut from = inner.start;
        let mut depth = 0_u32;
        for (at, byte) in inner.of(self.text).bytes().enumerate() {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                b';' if depth == 0 => {
                    parts.push(Span::new(from, inner.start + at as u32));
                    from = inner.start + at as u32 + 1;
                }
                _ => {}
            }
        }
        parts.push(Span::new(from, inner.end));
        parts
    }

    /// Adds the key of one part of a group, and those in its locator; `None` if it has none.
    fn part(&self, part: Span, keys: &mut Vec<Key<'a>>) -> Option<()> {
        let sign = self.sign_in(part)?;
        let (name, end) = self.name_at(sign, true)?;
        let text = self.text;
        let behind = Span::from(end.min(part.end as usize)..part.end as usize);
        let locator = behind.of(text).trim_start_matches([',', ' ', '}']).trim();
        let whole = part.of(text);
        let lead = (whole.len() - whole.trim_start().len()) as u32;
        let span = Span::new(part.start + lead, part.start + (whole.trim_end().len() as u32).max(lead));
        keys.push(Key {
            span,
            name_span: name,
            name: name.of(text),
            locator: (!locator.is_empty()).then(|| locator.to_owned()),
            bare: false,
        });
        self.within_locator(behind, keys);
        Some(())
    }

    /// Adds the keys within the locator of another: `[@doe99, and see [@smith04]]`.
    fn within_locator(&self, locator: Span, keys: &mut Vec<Key<'a>>) {
        let mut from = locator.start;
        while let Some(sign) = self.sign_in(Span::new(from, locator.end)) {
            let Some((name, end)) = self.name_at(sign, true) else { return };
            let before = Span::new(locator.start, sign as u32).of(self.text);
            let open = before.rfind('[').filter(|&open| !before[open..].contains(']'));
            let bare = open.is_none();
            let span = Span::from(sign..end);
            keys.push(Key { span, name_span: name, name: name.of(self.text), locator: None, bare });
            from = (end as u32).min(locator.end);
        }
    }

    /// The first `@` in a span that a key follows.
    fn sign_in(&self, span: Span) -> Option<usize> {
        let from = span.start as usize;
        let signs = memchr::memchr_iter(b'@', span.of(self.text).as_bytes()).map(|at| from + at);
        signs.into_iter().find(|&sign| self.name_at(sign, true).is_some())
    }

    /// The name after an `@`, and its end, closing brace included; `a@b` is an email address. In brackets it is read
    /// `generously`: with marks, and in braces with spaces, that pandoc would not accept.
    fn name_at(&self, sign: usize, generously: bool) -> Option<(Span, usize)> {
        let before = self.text[..sign].chars().next_back();
        let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '/' | '\\');
        if before.is_some_and(is_inside) || !(self.is_mark)(sign) {
            return None;
        }
        let start = sign + 1;
        let rest = &self.text[start..];
        if rest.starts_with('{') {
            return braced(rest, generously).map(|name| (name.shift(start as u32), start + name.end as usize + 1));
        }
        let strict = strict_end(rest)?;
        let end = if generously { generous_end(rest, strict) } else { strict };
        Some((Span::from(start..start + end), start + end))
    }
}

/// The key as it is written after `@` in brackets: in braces if it needs them. `None` if it cannot be written.
pub fn written_key(key: &str) -> Option<String> {
    let plain = strict_end(key) == Some(key.len());
    let written = if plain { key.to_owned() } else { format!("{{{key}}}") };
    let note = crate::parse(&format!("See [@{written}].\n"), Language::NONE);
    let is_read = matches!(&*note.citations, [only] if only.target == Target::Key(key.to_owned()));
    is_read.then_some(written)
}

/// The offset of the bracket that closes the one at the beginning.
fn closing(text: &[u8]) -> Option<usize> {
    let mut depth = 0_u32;
    text.iter().position(|byte| {
        depth = match byte {
            b'[' => depth + 1,
            b']' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0
    })
}

/// The name in `{…}` at the beginning of a text. It may have braces in it, if they are balanced, and spaces if it is read
/// `generously`.
fn braced(text: &str, generously: bool) -> Option<Span> {
    let mut depth = 0_u32;
    let end = text.find(|c: char| {
        depth = match c {
            '{' => depth + 1,
            '}' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0 || c == '\n' || c.is_whitespace() && !generously
    })?;
    let is_named = text[1..end].trim().len() == end - 1 && end > 1;
    (text[end..].starts_with('}') && is_named).then(|| Span::from(1..end))
}

/// Whether a key may have the character anywhere.
fn is_regular(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c)
}

/// The length of the key at the beginning of a text, as pandoc reads it: letters, digits, `_`, and single marks between
/// them; `://` as in an address.
fn strict_end(text: &str) -> Option<usize> {
    let mut end = 0;
    let mut pending: Option<char> = None;
    for (at, c) in text.char_indices() {
        let joins = pending.is_none_or(|before| matches!(before, ':' | '/') && c == '/');
        if is_regular(c) && (end > 0 || !is_combining_mark(c)) {
            end = at + c.len_utf8();
            pending = None;
        } else if end > 0 && joins && INTERNAL.contains(c) {
            pending = Some(c);
        } else {
            break;
        }
    }
    (end > 0).then_some(end)
}

/// The length of the key at the beginning of a text, whose first `strict` bytes pandoc would read: further letters behind
/// several marks, or behind marks that only bibliographies use. A possessive is no part of it (`@doe99's`).
fn generous_end(text: &str, strict: usize) -> usize {
    if BY_ADDRESS.iter().any(|prefix| text.starts_with(prefix)) {
        let address = text.split([' ', ';', ',', ']', '[']).next().unwrap_or_default();
        return strict.max(address.trim_end_matches(['.', ':', '?', '!']).len());
    }
    let mut end = strict;
    loop {
        let rest = &text[end..];
        let marks = rest.find(|c: char| !INTERNAL.contains(c) && !FURTHER.contains(c)).unwrap_or(rest.len());
        let Some(more) = strict_end(&rest[marks..]).filter(|_| marks > 0) else { return end };
        if matches!(&rest[..marks], "'" | "’") && &rest[marks..marks + more] == "s" {
            return end;
        }
        end += marks + more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(group: &str, expected: &[&str]) {
        let reader = Reader { text: group, is_mark: &|_| true };
        let keys = reader.group(Span::from(0..group.len()));
        let names: Vec<&str> = keys.iter().flatten().map(|key| key.name).collect();
        assert_eq!(names, expected, "{group}");
    }

    #[test]
    fn a_key_has_single_marks_inside() {
        check("@oats:1790: chap. 2", &["oats:1790"]);
        check("see @a.b#c$d%e&f-g+h?i<j>k~l/m.", &["a.b#c$d%e&f-g+h?i<j>k~l/m"]);
        check("@https://example.org/a", &["https://example.org/a"]);
        check("-@Lo\u{308}vgren2003b, p. 3", &["Lo\u{308}vgren2003b"]);
    }

    #[test]
    fn a_key_of_a_bibliography_may_have_more() {
        check("@berg--eels_1932", &["berg--eels_1932"]);
        check("see @RV:d'Orme77, p. 3", &["RV:d'Orme77"]);
        check("@KAL+:B20:11", &["KAL+:B20:11"]);
        check("@doe99's list", &["doe99"]);
        check("@doi:10.1016/S0933-3657(01)00077-X.", &["doi:10.1016/S0933-3657(01)00077-X"]);
    }

    #[test]
    fn braces_take_any_name() {
        check("@{who_???}; see @{salt book; 2}, p. 1", &["who_???", "salt book; 2"]);
        check("@{a{b}c}", &["a{b}c"]);
        check("@{ a}", &[]);
    }

    #[test]
    fn a_key_is_written_as_it_is_read() {
        let check = |key: &str, expected: Option<&str>| assert_eq!(written_key(key).as_deref(), expected, "{key}");
        check("plain_1790", Some("plain_1790"));
        check("oats:1790", Some("oats:1790"));
        check("KAL+:B20:11", Some("{KAL+:B20:11}"));
        check("salt book 2", Some("{salt book 2}"));
        check("Ames [b]", Some("{Ames [b]}"));
        check("whose?", Some("{whose?}"));
        check("a}b", None);
        check("two\nlines", None);
        check("", None);
    }

    #[test]
    fn every_part_has_a_key() {
        check("@a; p. 3", &[]);
        check("see @a, {pp. iv; 5}; -@b", &["a", "b"]);
        check("@a, 12 and [@b] and @c", &["a", "b", "c"]);
    }
}
