//! Words in quotation marks inside a passage.

use ibid_text::Span;

/// The spans between paired double quotation marks (`“…”`, `"…"`, `„…“`, `«…»`, `「…」`), without the marks, in order and
/// disjoint. An unclosed mark opens nothing; of nested quotations the inner one counts.
pub(crate) fn quoted(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in marks(text) {
        match open {
            Some((start, closing)) if c == closing => {
                found.push(Span::from(start..at));
                open = None;
            }
            _ => {
                let before = text[..at].chars().next_back().unwrap_or(' ');
                if let Some(closing) = closing_of(c, before) {
                    open = Some((at + c.len_utf8(), closing));
                }
            }
        }
    }
    found
}

/// The characters that begin with one of the four bytes with which quotation marks begin in UTF-8. These bytes are rare
/// in text.
fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    let leads = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'"' | 0xC2 | 0xE2 | 0xE3));
    leads.filter_map(|(at, _)| Some((at, text[at..].chars().next()?)))
}

/// The mark that closes `mark`, if `mark` can open a quotation after `before`. A straight mark opens one only at the
/// start of a word, so inches and stray marks do not.
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
