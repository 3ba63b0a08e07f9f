//! Where UAX 29 proposes that sentences end, at the speed of a table.
//!
//! Nearly all of a sentence has no bearing on where it ends: what counts are line ends, terminators, and the few
//! characters behind a terminator. Where all of these are known to a table, the rules SB3–SB11 come down to a few
//! comparisons; where another character bears on a boundary, `unicode-segmentation` finds that one. Both give the same
//! boundaries, because no rule looks back across one.

use unicode_segmentation::UnicodeSegmentation;

/// The ends of the sentences of a text as UAX 29 has them; the last is the end of the text.
#[derive(Clone, Debug)]
pub(super) struct Bounds<'a> {
    text: &'a str,
    /// The last boundary.
    at: usize,
}

/// What a character means for the boundaries around it: the values of `Sentence_Break`, as far as the table knows them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    Lower,
    Upper,
    /// `OLetter`: a letter without case.
    Letter,
    Numeric,
    /// `ATerm`: the full stop.
    Stop,
    /// `STerm`.
    Term,
    /// `SContinue`.
    Continue,
    Close,
    /// `Sp`.
    Space,
    /// `CR` and `LF`.
    LineEnd,
    Other,
    /// No terminator and no end of a line; all else about it is not known.
    Inner,
    /// Not known, or the end of the text.
    Unknown,
}

/// The sorts of ASCII characters; `Unknown` for all other bytes.
static SORTS: [Sort; 256] = {
    let mut sorts = [Sort::Unknown; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        sorts[byte as usize] = match byte {
            b'a'..=b'z' => Sort::Lower,
            b'A'..=b'Z' => Sort::Upper,
            b'0'..=b'9' => Sort::Numeric,
            b'.' => Sort::Stop,
            b'!' | b'?' => Sort::Term,
            b',' | b'-' | b':' | b';' => Sort::Continue,
            b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => Sort::Close,
            b'\t' | 0x0B | 0x0C | b' ' => Sort::Space,
            b'\n' | b'\r' => Sort::LineEnd,
            _ => Sort::Other,
        };
        byte += 1;
    }
    sorts
};

/// Whether a byte has to be looked at in search of the end of a sentence.
static TELLING: [bool; 256] = {
    let mut telling = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        telling[byte] = matches!(SORTS[byte], Sort::Stop | Sort::Term | Sort::LineEnd | Sort::Unknown);
        byte += 1;
    }
    telling
};

/// The sort of the character at `at` and its length in bytes.
fn sort_at(bytes: &[u8], at: usize) -> (Sort, usize) {
    let Some(&first) = bytes.get(at) else { return (Sort::Unknown, 0) };
    if first < 0x80 {
        return (SORTS[first as usize], 1);
    }
    let (Some(&second), third) = (bytes.get(at + 1), bytes.get(at + 2)) else { return (Sort::Unknown, 0) };
    match (first, second) {
        (0xC2, 0xA0) => (Sort::Space, 2),
        (0xC2, 0xAB | 0xBB) => (Sort::Close, 2),
        (0xC2, 0xA1..=0xA9 | 0xAC | 0xAE..=0xB4 | 0xB6..=0xB9 | 0xBC..=0xBF) | (0xC3, 0x97 | 0xB7) => (Sort::Other, 2),
        (0xC3, 0x80..=0x9E) | (0xD0, 0x80..=0xAF) => (Sort::Upper, 2),
        (0xC3 | 0xD0, _) | (0xD1, 0x80..=0x9F) => (Sort::Lower, 2),
        // Latin, Greek and Cyrillic of all kinds, combining marks.
        (0xC4..=0xD4, _) => (Sort::Inner, 2),
        (0xE2, 0x80) => match third {
            Some(0x80..=0x8A) => (Sort::Space, 3),
            Some(0x93 | 0x94) => (Sort::Continue, 3),
            Some(0x98..=0x9F | 0xB9 | 0xBA) => (Sort::Close, 3),
            Some(0x90..=0x92 | 0x95..=0x97 | 0xA0..=0xA3 | 0xA5..=0xA6 | 0xB0..=0xB8 | 0xBB) => (Sort::Other, 3),
            _ => (Sort::Unknown, 0),
        },
        // Symbols; kana; Han and Hangul.
        (0xE2, 0x82..=0xB7) | (0xE3, 0x81..=0x83) => (Sort::Inner, 3),
        (0xE5..=0xE9 | 0xEB | 0xEC, _) => (Sort::Letter, 3),
        // Emoji.
        (0xF0, 0x9F) => (Sort::Inner, 4),
        _ => (Sort::Unknown, 0),
    }
}

/// What follows from a terminator.
enum Behind {
    /// The sentence ends here.
    Bound(usize),
    /// It goes on, and the search does from here.
    GoesOn(usize),
}

impl<'a> Bounds<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next boundary; `None` where a character bears on it that the table does not know.
    fn next_known(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            at += bytes[at..].iter().position(|&byte| TELLING[byte as usize]).unwrap_or(bytes.len() - at);
            if at == bytes.len() {
                return Some(at);
            }
            match sort_at(bytes, at) {
                (Sort::LineEnd, _) => return Some(self.behind_line_end(at)),
                (Sort::Stop | Sort::Term, _) => match self.behind_terminator(at)? {
                    Behind::Bound(bound) => return Some(bound),
                    Behind::GoesOn(from) => at = from,
                },
                (Sort::Unknown, _) => return None,
                (_, len) => at += len,
            }
        }
    }

    /// SB3 and SB4.
    fn behind_line_end(&self, at: usize) -> usize {
        at + if self.text.as_bytes()[at..].starts_with(b"\r\n") { 2 } else { 1 }
    }

    /// SB6 to SB11, for the terminator at `at`; `None` where a character bears on that which the table does not know.
    fn behind_terminator(&self, mut at: usize) -> Option<Behind> {
        let bytes = self.text.as_bytes();
        loop {
            let is_stop = bytes[at] == b'.';
            let next = at + 1;
            match sort_at(bytes, next).0 {
                Sort::Numeric if is_stop => return Some(Behind::GoesOn(next)),
                Sort::Upper if is_stop && self.is_letter_before(at)? => return Some(Behind::GoesOn(next)),
                _ => {}
            }
            let behind = self.skip(self.skip(next, Sort::Close), Sort::Space);
            match sort_at(bytes, behind).0 {
                _ if behind == bytes.len() => return Some(Behind::GoesOn(behind)),
                Sort::Unknown | Sort::Inner => return None,
                Sort::LineEnd => return Some(Behind::Bound(self.behind_line_end(behind))),
                Sort::Continue => return Some(Behind::GoesOn(behind)),
                Sort::Stop | Sort::Term => at = behind,
                _ if is_stop && self.is_lower_ahead(behind)? => return Some(Behind::GoesOn(behind)),
                _ => return Some(Behind::Bound(behind)),
            }
        }
    }

    /// Whether a letter with case is right before the full stop at `at` (SB7).
    fn is_letter_before(&self, at: usize) -> Option<bool> {
        let before = self.text.as_bytes()[self.at..at].last().copied().unwrap_or(b' ');
        before.is_ascii().then_some(before.is_ascii_alphabetic())
    }

    /// Whether a lower-case letter comes before any other letter, terminator or line end (SB8).
    fn is_lower_ahead(&self, mut at: usize) -> Option<bool> {
        let bytes = self.text.as_bytes();
        loop {
            match sort_at(bytes, at) {
                _ if at == bytes.len() => return Some(false),
                (Sort::Lower, _) => return Some(true),
                (Sort::Upper | Sort::Letter | Sort::LineEnd | Sort::Stop | Sort::Term, _) => return Some(false),
                (Sort::Unknown | Sort::Inner, _) => return None,
                (_, len) => at += len,
            }
        }
    }

    /// The end of the run of characters of one sort that begins at `at`.
    fn skip(&self, mut at: usize, sort: Sort) -> usize {
        while let (found, len) = sort_at(self.text.as_bytes(), at)
            && found == sort
        {
            at += len;
        }
        at
    }

    /// The next boundary by the whole of UAX 29.
    #[cold]
    fn next_rare(&self) -> usize {
        let rest = &self.text[self.at..];
        self.at + rest.split_sentence_bounds().next().map_or(rest.len(), str::len)
    }
}

impl Iterator for Bounds<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.at == self.text.len() {
            return None;
        }
        self.at = self.next_known().unwrap_or_else(|| self.next_rare());
        Some(self.at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) {
        let ends = text.split_sentence_bound_indices().map(|(at, sentence)| at + sentence.len());
        assert_eq!(Bounds::new(text).collect::<Vec<_>>(), ends.collect::<Vec<_>>(), "{text:?}");
    }

    fn is_known(c: char) -> bool {
        sort_at(c.encode_utf8(&mut [0; 4]).as_bytes(), 0).0 != Sort::Unknown
    }

    /// Characters that the table knows, in places where their sort shows.
    #[test]
    fn the_table_errs_about_no_character() {
        for c in ('\0'..=char::MAX).filter(|&c| is_known(c)) {
            check(&format!("a{c}A a.{c}A a.{c} A a!{c} a a. {c}a a. {c}A a.{c}{c}a {c}. A {c}.A {c}1.{c}"));
        }
    }

    /// Texts of characters on which the rules turn.
    fn tricky() -> impl Strategy<Value = String> {
        let chars = "aaAAéÉяЯ11...!?。\n\r   \t\u{A0}\"'()[]“”’»,-:;–—…*_^知한ﬁβß€😀\u{AD}\u{301}\u{200D}\u{85}\u{2028}\u{2024}\u{FF0E}\u{1680}";
        let chars: Vec<char> = chars.chars().collect();
        prop::collection::vec(prop::sample::select(chars), 0..40).prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_table_gives_the_bounds_of_uax_29(text in tricky()) {
            check(&text);
        }

        #[test]
        fn the_table_gives_the_bounds_of_any_text(text in "(?s).{0,60}") {
            check(&text);
        }
    }
}
