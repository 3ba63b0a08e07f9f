//! Joins the lines of paragraphs, including words hyphenated at a line end.

use rustc_hash::FxHashSet;

use super::paragraph::Paragraph;

/// Joins the lines of paragraphs.
pub(super) struct Joiner {
    /// The hyphenated words inside lines, whose hyphens are not due to a line end.
    hyphened: FxHashSet<String>,
    /// The other words inside lines.
    plain: FxHashSet<String>,
}

impl Joiner {
    pub(super) fn new(paragraphs: &[Paragraph]) -> Self {
        let mut joiner = Self { hyphened: FxHashSet::default(), plain: FxHashSet::default() };
        for (_, line) in paragraphs.iter().flat_map(|paragraph| &paragraph.lines) {
            for word in line.text.split_whitespace().map(bare).filter(|word| !word.ends_with('-')) {
                let set = if word.contains('-') { &mut joiner.hyphened } else { &mut joiner.plain };
                set.insert(word.to_lowercase());
            }
        }
        joiner
    }

    /// The text of a paragraph by page.
    pub(super) fn join(&self, paragraph: &Paragraph) -> Vec<(u32, String)> {
        let mut pages: Vec<(u32, String)> = Vec::new();
        for (page, line) in &paragraph.lines {
            let Some((last_page, text)) = pages.last_mut() else {
                pages.push((*page, line.text.clone()));
                continue;
            };
            let (cut, rest) = line.text.split_once(' ').unwrap_or((&line.text, ""));
            let rest = if self.mend(text, cut) { rest } else { &line.text };
            if rest.is_empty() {
            } else if last_page == page {
                if !text.ends_with(['—']) {
                    text.push(' ');
                }
                text.push_str(rest);
            } else {
                pages.push((*page, rest.to_owned()));
            }
        }
        pages
    }

    /// Appends the first word of a line to a text that ends with a hyphen. The hyphen stays if the document writes the
    /// word with it elsewhere. Returns false if the text does not end with a hyphenated word.
    fn mend(&self, text: &mut String, next: &str) -> bool {
        let Some(cut) = text.strip_suffix(['-', '‐']) else { return false };
        let begun = cut.rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_word = |word: &str| word.chars().any(char::is_alphabetic);
        if !begun.ends_with(char::is_alphanumeric) || !is_word(begun) || !next.starts_with(char::is_alphanumeric) {
            return false;
        }
        let whole = bare(&format!("{begun}{next}")).to_lowercase();
        let apart = bare(&format!("{begun}-{next}")).to_lowercase();
        let keeps = self.hyphened.contains(&apart) && !self.plain.contains(&whole)
            || begun.contains('-')
            || !next.starts_with(char::is_lowercase);
        if !keeps {
            text.truncate(cut.len());
        }
        text.push_str(next);
        true
    }
}

/// A word without surrounding punctuation.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PassageKind, pdf::line::Line};

    fn paragraph(lines: &[&str]) -> Paragraph {
        let line = |text: &&str| {
            let (page, text) = text.split_once('|').unwrap_or(("1", text));
            let page = page.parse().expect("a page");
            (page, Line { text: text.to_owned(), left: 0.0, right: 100.0, y: 0.0, size: 10.0 })
        };
        Paragraph { kind: PassageKind::Paragraph, lines: lines.iter().map(line).collect() }
    }

    #[track_caller]
    fn check(lines: &[&str], expected: &[(u32, &str)]) {
        let paragraphs = [paragraph(lines)];
        let joined = Joiner::new(&paragraphs).join(&paragraphs[0]);
        assert_eq!(joined.iter().map(|(page, words)| (*page, &**words)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn hyphenated_words_are_joined() {
        check(&["what the com-", "mittee said"], &[(1, "what the committee said")]);
        check(&["what the com-", "2|mittee said"], &[(1, "what the committee"), (2, "said")]);
        check(&["one word", "2|and another"], &[(1, "one word"), (2, "and another")]);
    }

    #[test]
    fn a_hyphen_that_the_document_writes_elsewhere_stays() {
        check(&["a well-known thing and a well-", "known word"], &[(1, "a well-known thing and a well-known word")]);
        check(&["from the Franco-", "Prussian war"], &[(1, "from the Franco-Prussian war")]);
    }

    #[test]
    fn a_dash_is_no_hyphen() {
        check(&["so it was -", "or was it"], &[(1, "so it was - or was it")]);
        check(&["pages 10-", "12 of it"], &[(1, "pages 10- 12 of it")]);
    }
}
