//! Pandoc's citation keys: `[see @doe99, pp. 33-35; -@smith04]`, `@doe99 says`.
//!
//! Syntax: Pandoc User's Guide, "Extension: citations".

use ibid_text::Span;

/// A citation key. Spans are of the text that contains it.
pub(crate) struct Key<'a> {
    /// The key with its `@`, prefix and locator.
    pub(crate) span: Span,
    /// The key alone, without `@` and braces.
    pub(crate) name_span: Span,
    pub(crate) name: &'a str,
    pub(crate) locator: Option<String>,
}

/// The keys of a bracketed group with the contents `inner`; `None` if one of its parts has no key.
pub(crate) fn group(text: &str, inner: Span) -> Option<Vec<Key<'_>>> {
    /// A group is a line or two; what is longer is prose that mentions an `@`.
    const LONGEST: u32 = 1_000;
    if inner.len() > LONGEST {
        return None;
    }
    let mut keys = Vec::new();
    let mut at = inner.start as usize;
    for part in inner.of(text).split(';') {
        let sign = part.match_indices('@').map(|(sign, _)| at + sign).find(|&sign| name_at(text, sign).is_some())?;
        let (name, end) = name_at(text, sign)?;
        let part_end = at + part.len();
        let locator = text[end.min(part_end)..part_end].trim_start_matches([',', ' ', '}']).trim();
        let lead = part.len() - part.trim_start().len();
        keys.push(Key {
            span: Span::from(at + lead..at + part.trim_end().len().max(lead)),
            name_span: name,
            name: name.of(text),
            locator: (!locator.is_empty()).then(|| locator.to_owned()),
        });
        at = part_end + 1;
    }
    Some(keys)
}

/// The key whose `@` is at `sign` in running text, with the locator in brackets after it, if any.
pub(crate) fn bare_key(text: &str, sign: usize) -> Option<Key<'_>> {
    let (name, end) = name_at(text, sign)?;
    let start = if text[..sign].ends_with('-') { sign - 1 } else { sign };
    let mut span = Span::from(start..end);
    let mut locator = None;
    if let Some(rest) = text[end..].strip_prefix(" [")
        && let Some(len) = rest.find([']', '[', '@'])
        && rest[len..].starts_with(']')
        && len > 0
    {
        locator = Some(rest[..len].to_owned());
        span.end += len as u32 + 3;
    }
    Some(Key { span, name_span: name, name: name.of(text), locator })
}

/// The name after an `@`, and its end, closing brace included. A key consists of letters, digits, `_` and single
/// punctuation marks between them; `a@b` is an email address.
fn name_at(text: &str, sign: usize) -> Option<(Span, usize)> {
    let before = text[..sign].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '/' | '\\')) {
        return None;
    }
    let start = sign + 1;
    let rest = &text[start..];
    if let Some(braced) = rest.strip_prefix('{') {
        let len = braced.find(['}', ' ', '{']).filter(|&len| len > 0 && braced[len..].starts_with('}'))?;
        return Some((Span::from(start + 1..start + 1 + len), start + len + 2));
    }
    let mut end = 0;
    let mut pending = false;
    for (at, c) in rest.char_indices() {
        if c.is_alphanumeric() || c == '_' {
            end = at + c.len_utf8();
            pending = false;
        } else if end > 0 && !pending && ":.#$%&-+?<>~/".contains(c) {
            pending = true;
        } else {
            break;
        }
    }
    (end > 0).then(|| (Span::from(start..start + end), start + end))
}
