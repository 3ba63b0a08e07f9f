//! The lines of a page, and the width at which it was wrapped.

use ibid_text::Span;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its text, without surrounding space and the mark of a list item.
    pub(super) span: Span,
    /// Bytes of white space before the first character.
    pub(super) indent: u32,
    /// Bytes of the list mark and the space after it; 0 if there is none.
    pub(super) marker: u32,
    /// Whether there is a blank line or the page's edge before it.
    pub(super) gap_before: bool,
}

/// The lines of `text` that are not blank. Lines end with `\n`, `\r\n` or a lone `\r`.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let text_start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Vec::new();
    let mut gap_before = true;
    let mut at = text_start;
    while at < text.len() {
        let rest = &text[at..];
        let len = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        match line(&rest[..len], at, gap_before) {
            Some(line) => {
                lines.push(line);
                gap_before = false;
            }
            None => gap_before = true,
        }
        let crlf = rest.as_bytes()[len..].starts_with(b"\r\n");
        at += len + if crlf { 2 } else { 1 };
    }
    lines
}

fn line(raw: &str, at: usize, gap_before: bool) -> Option<Line> {
    let body = raw.trim_start();
    let indent = raw.len() - body.len();
    let marker = marker(body);
    let words = body[marker..].trim_end();
    let start = at + indent + marker;
    (!words.is_empty()).then(|| Line {
        span: Span::from(start..start + words.len()),
        indent: indent as u32,
        marker: marker as u32,
        gap_before,
    })
}

/// Bytes of the list mark (`•`, `-`, `1.`, `(a)` …) at the start of `body`, with the space after it.
fn marker(body: &str) -> usize {
    let Some((mark, rest)) = body.split_once(char::is_whitespace) else { return 0 };
    let bullet = matches!(mark, "•" | "◦" | "▪" | "▫" | "‣" | "·" | "●" | "○" | "*" | "-" | "–" | "—" | "+");
    if bullet || is_enumerator(mark) { body.len() - rest.trim_start().len() } else { 0 }
}

/// Whether this is `1.`, `12)`, `(3)` or `(a)`. At most three digits, so that a sentence may begin with a year.
fn is_enumerator(mark: &str) -> bool {
    let bracketed = mark.strip_prefix('(').and_then(|mark| mark.strip_suffix(')'));
    let Some(number) = bracketed.or_else(|| mark.strip_suffix(['.', ')'])) else { return false };
    let digits = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let letter = bracketed.is_some() && number.len() == 1 && number.bytes().all(|b| b.is_ascii_lowercase());
    digits || letter
}

/// The width at which the page's lines were wrapped, in bytes; `None` if lines end where paragraphs end.
///
/// Greedy wrapping breaks a line because the next word does not fit. If that explains most line breaks, the page is
/// wrapped.
pub(super) fn wrap_width(text: &str, lines: &[Line]) -> Option<u32> {
    const WIDTHS: std::ops::RangeInclusive<u32> = 50..=130;
    const FEWEST: usize = 3;
    let mut lengths: Vec<u32> = lines.iter().map(Line::length).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 9 / 10)?;
    if !WIDTHS.contains(&width) {
        return None;
    }
    let breaks = || lines.windows(2).filter(|pair| !pair[1].gap_before && pair[1].marker == 0);
    let forced = breaks().filter(|pair| !would_fit(text, pair[0], pair[1], width)).count();
    let all = breaks().count();
    (all >= FEWEST && forced * 5 >= all * 3).then_some(width)
}

/// Whether the first word of `next` would fit on `line` at this width, with some slack for ragged lines.
pub(super) fn would_fit(text: &str, line: Line, next: Line, width: u32) -> bool {
    const SLACK: u32 = 3;
    let word = next.span.of(text).split_whitespace().next().map_or(0, |word| word.len() as u32);
    line.length() + 1 + word + SLACK < width
}

impl Line {
    /// Length from the margin to the last character, in bytes.
    fn length(&self) -> u32 {
        self.indent + self.marker + self.span.len()
    }
}
