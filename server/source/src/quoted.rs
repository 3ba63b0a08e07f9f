//! Words in quotation marks inside a passage.

use ibid_text::Span;

/// What stands between paired double marks (`“…”`, `"…"`, `„…“`, `«…»`, `「…」`), without the marks, in order and
/// disjoint. A mark that never closes opens nothing; of marks within marks the inner ones count.
pub(crate) fn quoted(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match open {
            Some((start, closing)) if c == closing => {
                found.push(Span::from(start..at));
                open = None;
            }
            _ => {
                if let Some(closing) = closing_of(c, before) {
                    open = Some((at + c.len_utf8(), closing));
                }
            }
        }
        before = c;
    }
    found
}

/// The mark that closes what `mark` opens, if it opens anything behind `before`: a straight mark opens only where a word
/// may begin, so that inches and stray marks do not.
fn closing_of(mark: char, before: char) -> Option<char> {
    match mark {
        '“' => Some('”'),
        '„' => Some('“'),
        '«' => Some('»'),
        '「' => Some('」'),
        '"' if before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '/' | '‘' | '\'') => Some('"'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_pair_by_kind() {
        let text = r#"a “b” and ("c d") 6" x «e» “f “g” „h“"#;
        let found: Vec<&str> = quoted(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["b", "c d", "e", "g", "h"]);
    }
}
