//! Comments that switch findings off.

use ibid_text::{LineIndex, Span};
use serde::{Deserialize, Serialize};

/// All suppressions of a note.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Suppressions {
    /// The spans in which codes are switched off, ascending.
    pub stretches: Vec<Suppression>,
    /// Every code that a comment names, so that unknown ones can be reported.
    pub named: Vec<(Span, String)>,
}

/// A span of a note in which codes are switched off.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Suppression {
    /// Where the codes are switched off.
    pub span: Span,
    /// The codes; empty means all.
    pub codes: Vec<String>,
}

impl Suppressions {
    /// Whether a finding of `code` that begins at `offset` is switched off.
    pub fn covers(&self, code: &str, offset: u32) -> bool {
        self.stretches
            .iter()
            .any(|s| s.span.touches(offset) && (s.codes.is_empty() || s.codes.iter().any(|c| c == code)))
    }
}

/// The comments `<!-- … -->` within `span` of `text`.
pub(crate) fn comments(text: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = span.start;
    while let Some(open) = Span::new(at, span.end).of(text).find("<!--") {
        let start = at + open as u32;
        let rest = Span::new(start, span.end).of(text);
        let len = rest.find("-->").map_or(rest.len(), |close| close + 3);
        found.push(Span::new(start, start + len as u32));
        at = start + len as u32;
    }
    found
}

/// Reads the comments that switch findings off: `ibid-disable CODE…` to `ibid-enable CODE…` or the end,
/// `ibid-disable-line`, `ibid-disable-next-line`, `ibid-disable-file`. No code means all.
pub(crate) fn read(text: &str, comments: &[Span]) -> Suppressions {
    let mut suppressions = Suppressions::default();
    let mut lines = None;
    // Suppressions that `ibid-disable` opened and nothing has closed yet.
    let mut open: Vec<Suppression> = Vec::new();
    let end = text.len() as u32;
    for &comment in comments {
        let Some((word, codes)) = directive(text, comment) else { continue };
        let names: Vec<String> = codes.iter().map(|(_, code)| code.clone()).collect();
        let lines = lines.get_or_insert_with(|| LineIndex::new(text));
        let line = lines.line_of(comment.start);
        match word {
            "ibid-disable" => open.push(Suppression { span: Span::new(comment.start, end), codes: names }),
            "ibid-enable" => enable(&mut open, &names, comment.start, &mut suppressions.stretches),
            "ibid-disable-file" => {
                suppressions.stretches.push(Suppression { span: Span::new(0, end), codes: names });
            }
            "ibid-disable-line" | "ibid-disable-next-line" => {
                let line = if word == "ibid-disable-line" { line } else { lines.line_of(comment.end) + 1 };
                let (start, stop) = (lines.start_of(line), lines.start_of(line + 1));
                let span = Span::new(start, start + Span::new(start, stop).of(text).trim_end().len() as u32);
                if line < lines.lines() {
                    suppressions.stretches.push(Suppression { span, codes: names });
                }
            }
            _ => continue,
        }
        suppressions.named.extend(codes);
    }
    suppressions.stretches.extend(open);
    suppressions.stretches.sort_by_key(|stretch| stretch.span);
    suppressions
}

/// Switches `codes` on again from `at`; no codes means all. A suppression that loses some of its codes continues with the
/// others. One of all codes ends only when all are switched on.
fn enable(open: &mut Vec<Suppression>, codes: &[String], at: u32, closed: &mut Vec<Suppression>) {
    for mut stretch in std::mem::take(open) {
        let (ended, goes_on): (Vec<String>, Vec<String>) =
            stretch.codes.iter().cloned().partition(|code| codes.is_empty() || codes.contains(code));
        let ends = codes.is_empty() || !ended.is_empty();
        if !ends {
            open.push(stretch);
            continue;
        }
        if !goes_on.is_empty() {
            open.push(Suppression { span: stretch.span, codes: goes_on });
        }
        stretch.codes = ended;
        stretch.span.end = at;
        closed.push(stretch);
    }
}

/// The directive of a comment and the codes it names with their spans.
fn directive(text: &str, comment: Span) -> Option<(&str, Vec<(Span, String)>)> {
    let inside = comment.of(text).strip_prefix("<!--")?;
    let inside = inside.strip_suffix("-->").unwrap_or(inside);
    let base = comment.start + 4;
    let mut words = inside
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - inside.as_ptr() as usize, word));
    let (_, first) = words.next().filter(|(_, word)| word.starts_with("ibid-"))?;
    // A reason may follow `--` or `:`.
    let codes = words
        .take_while(|(_, word)| !matches!(*word, "--" | ":" | "—"))
        .map(|(at, word)| (Span::from(at..at + word.len()).shift(base), word.to_owned()))
        .collect();
    Some((first, codes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, code: &str, expected: &[&str]) {
        let suppressions = read(text, &comments(text, Span::new(0, text.len() as u32)));
        let covered: Vec<&str> = text
            .lines()
            .filter(|line| {
                let at = line.as_ptr() as usize - text.as_ptr() as usize;
                !line.starts_with("<!") && suppressions.covers(code, at as u32)
            })
            .collect();
        assert_eq!(covered, expected);
    }

    #[test]
    fn a_suppression_ends_where_it_is_enabled() {
        let text = "a\n<!-- ibid-disable x y -->\nb\n<!-- ibid-enable x -->\nc\n<!-- ibid-enable -->\nd\n";
        check(text, "x", &["b"]);
        check(text, "y", &["b", "c"]);
        check(text, "z", &[]);
    }

    #[test]
    fn lines_and_files() {
        check("a\n<!-- ibid-disable-next-line -->\nb\nc\n", "x", &["b"]);
        check("a\nb <!-- ibid-disable-line x -->\nc\n", "x", &["b <!-- ibid-disable-line x -->"]);
        check("a\nb\n<!-- ibid-disable-file x -->\n", "x", &["a", "b"]);
        check("a\nb\n<!-- ibid-disable-file x -->\n", "y", &[]);
    }

    #[test]
    fn codes_have_their_spans() {
        let text = "<!-- ibid-disable quote-altered, other -- since it is a joke -->";
        let named = read(text, &[Span::new(0, text.len() as u32)]).named;
        let found: Vec<&str> = named.iter().map(|(span, _)| span.of(text)).collect();
        assert_eq!(found, ["quote-altered", "other"]);
    }
}
