use memchr::memchr2_iter;

/// The unit in which a [`Position`] counts columns, as LSP 3.17 negotiates it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    /// Columns are bytes.
    Utf8,
    /// Columns are UTF-16 code units: the default of LSP.
    #[default]
    Utf16,
    /// Columns are Unicode scalar values.
    Utf32,
}

/// A line and a column, both from 0; the column is in units of an [`Encoding`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Position {
    /// Line, from 0.
    pub line: u32,
    /// Column within the line, from 0, in the encoding's units.
    pub column: u32,
}

/// The starts of the lines of one text. Lines end with `\n`, `\r\n` or a lone `\r`, as in LSP.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    len: u32,
}

impl LineIndex {
    /// Indexes `text` in one pass.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr2_iter(b'\n', b'\r', bytes) {
            let crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !crlf {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts, len: bytes.len() as u32 }
    }

    /// Number of lines; an empty text has one.
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The line, from 0, that contains the byte at `offset`; an offset past the end is on the last line.
    pub fn line_of(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32 - 1
    }

    /// Byte offset at which `line` begins; past the last line, the length of the text.
    pub fn start_of(&self, line: u32) -> u32 {
        self.starts.get(line as usize).copied().unwrap_or(self.len)
    }

    /// The position of a byte offset. An offset inside a character counts as the start of the character.
    pub fn position(&self, text: &str, offset: u32, encoding: Encoding) -> Position {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset as u32);
        let head = &text[self.start_of(line) as usize..offset];
        Position { line, column: width(head, encoding) }
    }

    /// The byte offset of a position. A column past the end of its line means the end of the line (before its terminator),
    /// a line past the end means the end of the text. LSP requires both.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> u32 {
        if position.line >= self.lines() {
            return self.len;
        }
        let start = self.start_of(position.line);
        let end = self.start_of(position.line + 1);
        let line = text[start as usize..end as usize].trim_end_matches(['\n', '\r']);
        let mut left = position.column;
        for (at, c) in line.char_indices() {
            let units = unit(c, encoding);
            if left < units {
                return start + at as u32;
            }
            left -= units;
        }
        start + line.len() as u32
    }
}

fn unit(c: char, encoding: Encoding) -> u32 {
    match encoding {
        Encoding::Utf8 => c.len_utf8() as u32,
        Encoding::Utf16 => c.len_utf16() as u32,
        Encoding::Utf32 => 1,
    }
}

/// The length of a text in units of an encoding.
pub fn width(text: &str, encoding: Encoding) -> u32 {
    match encoding {
        Encoding::Utf8 => text.len() as u32,
        _ => text.chars().map(|c| unit(c, encoding)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn counts_every_kind_of_line_end() {
        let index = LineIndex::new("a\nb\r\nc\rd");
        assert_eq!((0..4).map(|line| index.start_of(line)).collect::<Vec<_>>(), [0, 2, 5, 7]);
    }

    #[test]
    fn columns_follow_the_encoding() {
        let text = "é😀x";
        let index = LineIndex::new(text);
        let columns = ENCODINGS.map(|encoding| index.position(text, 6, encoding).column);
        assert_eq!(columns, [6, 3, 2]);
    }

    proptest! {
        #[test]
        fn offsets_round_trip(text in "[a-zé😀\u{301}\r\n]{0,60}") {
            let index = LineIndex::new(&text);
            for (offset, _) in text.char_indices() {
                // A cursor cannot be before the `\n` of a `\r\n`.
                if text.as_bytes()[..=offset].ends_with(b"\r\n") {
                    continue;
                }
                for encoding in ENCODINGS {
                    let position = index.position(&text, offset as u32, encoding);
                    prop_assert_eq!(index.offset(&text, position, encoding), offset as u32);
                }
            }
        }
    }
}
