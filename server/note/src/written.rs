//! Positions of the parts of links and callouts in the Markdown source.

use ibid_text::Span;

/// The kind of a callout: `note` in `> [!note] Title`.
pub(crate) fn callout_kind(quote: &str) -> Option<String> {
    let inside = quote.strip_prefix('>')?.trim_start_matches([' ', '\t']).strip_prefix("[!")?;
    let kind: String = inside.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '|')).collect();
    inside[kind.len()..].starts_with(']').then(|| kind.to_lowercase())
}

/// The first occurrence of `needle` in `span`.
pub(crate) fn find_within(text: &str, span: Span, needle: &str) -> Option<Span> {
    let at = span.of(text).find(needle)? as u32 + span.start;
    Some(Span::new(at, at + needle.len() as u32))
}

/// The name in `[[name|alias]]`.
pub(crate) fn wiki_name(text: &str, link: Span) -> Span {
    let inner = link.of(text).strip_prefix("[[").unwrap_or_default();
    let start = link.end - inner.len() as u32;
    let inner = inner.strip_suffix("]]").unwrap_or(inner);
    let len = inner.find('|').unwrap_or(inner.len());
    Span::new(start, start + inner[..len].trim_end_matches('\\').len() as u32)
}

/// The address in the tail `](address "title")` of an inline link.
pub(crate) fn inline_destination(text: &str, tail: Span) -> Option<Span> {
    let at = tail.start + tail.of(text).find("](")? as u32 + 2;
    let rest = Span::new(at, tail.end).of(text);
    let lead = rest.len() - rest.trim_start().len();
    let bracketed = rest[lead..].starts_with('<');
    let lead = lead + usize::from(bracketed);
    let body = &rest[lead..];
    let mut depth = 0_u32;
    let ends = |c: char| {
        depth += u32::from(c == '(');
        let closes = c == ')' && depth == 0;
        depth -= u32::from(c == ')' && depth > 0);
        if bracketed { c == '>' } else { closes || c.is_whitespace() }
    };
    let len = body.find(ends).unwrap_or(body.len());
    let start = at + lead as u32;
    Some(Span::new(start, start + len as u32))
}

/// The span without `by` bytes at both ends, if it is long enough.
pub(crate) fn inside(span: Span, by: u32) -> Span {
    if span.len() > 2 * by { Span::new(span.start + by, span.end - by) } else { span }
}

/// The span without white space at its end.
pub(crate) fn trim_end(text: &str, span: Span) -> Span {
    Span::new(span.start, span.start + span.of(text).trim_end().len() as u32)
}
