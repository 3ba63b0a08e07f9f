//! Open documents, kept in step with the client.

use std::sync::Arc;

use ibid_ide::Memo;
use ibid_text::Encoding;
use ropey::Rope;
use tower_lsp::ls_types::{Position, TextDocumentContentChangeEvent, Uri};

/// A document that is open in the editor.
pub(super) struct Document {
    /// Its URI exactly as the client writes it. Clients do not recognise other spellings.
    pub(super) uri: Uri,
    /// The client's version number of this text.
    pub(super) version: i32,
    /// Results of checks that are reused after an edit.
    pub(super) memo: Arc<Memo>,
    text: Rope,
}

/// Why an edit was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum EditError {
    /// Versions must increase.
    #[error("version {got} came after version {have}")]
    Stale {
        /// The version we hold.
        have: i32,
        /// The version that came.
        got: i32,
    },
    /// A range ends before it starts.
    #[error("a range ends before it starts")]
    Backwards,
}

impl Document {
    /// A document that was just opened.
    pub(super) fn new(uri: Uri, version: i32, text: &str) -> Self {
        Self { uri, version, memo: Arc::default(), text: Rope::from_str(text) }
    }

    /// Applies the changes in order and sets the version. Stops at the first change that fails.
    pub(super) fn edit(
        &mut self,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) -> Result<(), EditError> {
        if version <= self.version {
            return Err(EditError::Stale { have: self.version, got: version });
        }
        self.version = version;
        changes.iter().try_for_each(|change| self.change(change, encoding))
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        self.text.to_string()
    }

    fn change(&mut self, change: &TextDocumentContentChangeEvent, encoding: Encoding) -> Result<(), EditError> {
        let Some(range) = change.range else {
            self.text = Rope::from_str(&change.text);
            return Ok(());
        };
        let start = self.char_at(range.start, encoding);
        let end = self.char_at(range.end, encoding);
        if end < start {
            return Err(EditError::Backwards);
        }
        self.text.remove(start..end);
        self.text.insert(start, &change.text);
        Ok(())
    }

    /// The index of the character after a position. A column past the end of its line means the end of the line, before the
    /// line terminator. A line past the last means the end of the text.
    fn char_at(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.text.len_lines() {
            return self.text.len_chars();
        }
        let mut left = position.character as usize;
        let mut at = self.text.line_to_char(line);
        for c in self.text.line(line).chars() {
            let units = match encoding {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
                Encoding::Utf32 => 1,
            };
            if matches!(c, '\n' | '\r') || left < units {
                break;
            }
            left -= units;
            at += 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use ibid_text::{LineIndex, Position as TextPosition};
    use proptest::prelude::*;
    use tower_lsp::ls_types::Range;

    use super::*;

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn open(text: &str) -> Document {
        Document::new("file:///note.md".parse().expect("a valid URI"), 1, text)
    }

    fn change(start: (u32, u32), end: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let range = Range::new(Position::new(start.0, start.1), Position::new(end.0, end.1));
        TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: text.into() }
    }

    #[test]
    fn versions_must_increase() {
        let mut document = open("a");
        let stale = document.edit(1, &[change((0, 0), (0, 1), "b")], Encoding::Utf16);
        assert_eq!(stale, Err(EditError::Stale { have: 1, got: 1 }));
        assert_eq!(document.text(), "a");
    }

    #[test]
    fn a_range_that_ends_before_it_starts_changes_nothing() {
        let mut document = open("abc");
        let backwards = document.edit(2, &[change((0, 2), (0, 1), "x")], Encoding::Utf16);
        assert_eq!(backwards, Err(EditError::Backwards));
        assert_eq!(document.text(), "abc");
    }

    proptest! {
        /// The rope and the line index agree on positions.
        #[test]
        fn edits_are_made_where_the_line_index_has_them(
            text in "[a-zé😀\r\n]{0,30}",
            edits in proptest::collection::vec((0_u32..5, 0_u32..9, 0_u32..5, 0_u32..9, "[xß\r\n]{0,3}"), 0..6),
        ) {
            for encoding in ENCODINGS {
                let mut document = open(&text);
                let mut expected = text.clone();
                for (version, (line, column, other_line, other_column, new)) in (2..).zip(&edits) {
                    let mut ends = [(*line, *column), (*other_line, *other_column)];
                    ends.sort_unstable();
                    let index = LineIndex::new(&expected);
                    let [start, end] =
                        ends.map(|(line, column)| index.offset(&expected, TextPosition { line, column }, encoding) as usize);
                    expected.replace_range(start..end.max(start), new);
                    let edited = document.edit(version, &[change(ends[0], ends[1], new)], encoding);
                    prop_assert_eq!(edited, Ok(()));
                    prop_assert_eq!(document.text(), expected.clone());
                }
            }
        }
    }
}
