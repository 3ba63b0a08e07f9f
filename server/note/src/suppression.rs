//! Comments that switch findings off.

use ibid_text::{LineIndex, Span, words};
use serde::{Deserialize, Serialize};

/// All suppressions of a note.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Suppressions {
    /// The spans in which codes are switched off, ascending.
    pub stretches: Vec<Suppression>,
    /// The sentences of which codes are switched off, wherever they stand in the note.
    pub sentences: Vec<IgnoredSentence>,
    /// Every code that a comment names, so that unknown ones can be reported.
    pub named: Vec<(Span, String)>,
}

/// A sentence, told by its words, of which codes are switched off.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct IgnoredSentence {
    /// The folded words that it begins with.
    pub words: Vec<String>,
    /// The codes; empty means all.
    pub codes: Vec<String>,
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

    /// Whether a finding of `code` on the sentence `text` is switched off by the sentence's words.
    pub fn ignores(&self, code: &str, text: &str) -> bool {
        self.sentences
            .iter()
            .filter(|ignored| ignored.codes.is_empty() || ignored.codes.iter().any(|known| known == code))
            .any(|ignored| ignored.is_of(text))
    }
}

impl IgnoredSentence {
    fn is_of(&self, text: &str) -> bool {
        let mut words = words(text);
        self.words.iter().all(|expected| words.next().is_some_and(|word| word.folded == *expected))
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
/// `ibid-disable-line`, `ibid-disable-next-line`, `ibid-disable-file`. No code means all. `ibid-disable CODE… "the first words"` is
/// about one sentence.
pub(crate) fn read(text: &str, comments: &[Span]) -> Suppressions {
    let mut suppressions = Suppressions::default();
    let mut lines = None;
    // Suppressions that `ibid-disable` opened and nothing has closed yet.
    let mut open: Vec<Suppression> = Vec::new();
    let end = text.len() as u32;
    for &comment in comments {
        let Some(Directive { word, codes, quoted }) = directive(text, comment) else { continue };
        let names: Vec<String> = codes.iter().map(|(_, code)| code.clone()).collect();
        let lines = lines.get_or_insert_with(|| LineIndex::new(text));
        let line = lines.line_of(comment.start);
        match word {
            "ibid-disable" if !quoted.is_empty() => {
                suppressions.sentences.push(IgnoredSentence { words: quoted, codes: names });
            }
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

/// What a comment says to ibid.
struct Directive<'a> {
    /// What to do.
    word: &'a str,
    /// The codes that it names, with their spans.
    codes: Vec<(Span, String)>,
    /// The folded words in quotation marks: how the sentence begins that it is about.
    quoted: Vec<String>,
}

fn directive(text: &str, comment: Span) -> Option<Directive<'_>> {
    let inside = comment.of(text).strip_prefix("<!--")?;
    let inside = inside.strip_suffix("-->").unwrap_or(inside);
    let base = comment.start + 4;
    let (named, quoted) = inside.split_once('"').unwrap_or((inside, ""));
    let mut parts = named
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - inside.as_ptr() as usize, word));
    let (_, word) = parts.next().filter(|(_, word)| word.starts_with("ibid-"))?;
    // A reason may follow `--` or `:`, and may quote something.
    let is_reason = |word: &str| matches!(word, "--" | ":" | "—");
    let has_reason = parts.clone().any(|(_, word)| is_reason(word));
    let quoted = quoted.split_once('"').map_or("", |(quoted, _)| quoted);
    let quoted = words(quoted).filter(|_| !has_reason).map(|word| word.folded.into_owned()).collect();
    let codes = parts
        .take_while(|(_, word)| !is_reason(word))
        .map(|(at, word)| (Span::from(at..at + word.len()).shift(base), word.to_owned()))
        .collect();
    Some(Directive { word, codes, quoted })
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

    #[test]
    fn one_sentence_is_told_by_its_first_words() {
        let text = "a\n<!-- ibid-disable x \"the Boats were\" -->\nb\n";
        let found = read(text, &comments(text, Span::new(0, text.len() as u32)));
        assert!(found.ignores("x", "The boats were late.") && found.ignores("x", "*The* boats were"));
        assert!(!found.ignores("x", "The boats are late.") && !found.ignores("y", "The boats were late."));
        assert!(found.stretches.is_empty(), "the rest of the note is checked");
        check("a\nb <!-- ibid-disable x -- he says \"no\" -->\nc\n", "x", &["c"]);
    }
}
