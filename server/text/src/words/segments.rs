//! Where words begin and end, by UAX 29, at the speed of a table.
//!
//! Nearly all boundaries lie between characters of a few kinds: ASCII, accented Latin letters and the typographer's
//! marks. For these the rules come down to a few comparisons. Where any other character bears on a boundary,
//! `unicode-segmentation` decides about that one segment. Both give the same words, because UAX 29 has no memory: the
//! segments of what follows a boundary do not depend on what lies before it.

use unicode_segmentation::UnicodeSegmentation;

use super::letters;
use crate::Span;

/// The words of a text, as written. Segments without a letter or digit are none.
#[derive(Clone, Debug)]
pub(super) struct Segments<'a> {
    text: &'a str,
    /// A boundary; all words before it have been given.
    at: usize,
}

/// A word as it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Segment {
    /// Where it stands, without underscores around it.
    pub(super) span: Span,
    pub(super) spelling: Spelling,
}

/// What a word is spelt with, as far as folding it is concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Spelling {
    /// ASCII without capitals: folded as it stands.
    Lower,
    /// ASCII with capitals.
    Ascii,
    /// Anything.
    Unicode,
}

impl Spelling {
    pub(super) fn of(word: &str) -> Self {
        let all = word.bytes().fold(0, |all, byte| all | byte);
        if all >= 0x80 {
            Self::Unicode
        } else if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Self::Ascii
        } else {
            Self::Lower
        }
    }
}

/// What a character means for the boundaries beside it: the values of `Word_Break` that
/// matter among frequent characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// `ALetter`.
    Letter,
    /// `Numeric`.
    Digit,
    /// `ExtendNumLet`: the underscore.
    Underscore,
    /// `MidLetter`: between two letters, no boundary.
    MidLetter,
    /// `MidNum`: between two digits, no boundary.
    MidNum,
    /// `MidNumLet` and `Single_Quote`: between two letters or two digits, no boundary.
    MidBoth,
    /// A boundary on both sides, but between spaces.
    Gap,
    /// A character whose kind is not known here, or the first byte of any that is not ASCII.
    Rare,
}

/// The kinds of ASCII characters; `Rare` for all other bytes.
static KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Rare; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        kinds[byte as usize] = match byte {
            b'A'..=b'Z' | b'a'..=b'z' => Kind::Letter,
            b'0'..=b'9' => Kind::Digit,
            b'_' => Kind::Underscore,
            b':' => Kind::MidLetter,
            b',' | b';' => Kind::MidNum,
            b'.' | b'\'' => Kind::MidBoth,
            _ => Kind::Gap,
        };
        byte += 1;
    }
    kinds
};

/// The kind of the character at `at` and its length in bytes. Behind the end of the text there is a gap.
fn kind_at(bytes: &[u8], at: usize) -> (Kind, usize) {
    let Some(&first) = bytes.get(at) else { return (Kind::Gap, 0) };
    if first < 0x80 {
        return (KINDS[first as usize], 1);
    }
    match (first, bytes.get(at + 1), bytes.get(at + 2)) {
        // NBSP, section sign, guillemets.
        (0xC2, Some(0xA0 | 0xA7 | 0xAB | 0xBB), _) => (Kind::Gap, 2),
        // Letters: Latin-1 without × and ÷, Latin Extended-A and -B up to U+023F, Greek without accents, Cyrillic
        // without its combining marks.
        (0xC3, Some(0x80..=0x96 | 0x98..=0xB6 | 0xB8..=0xBF), _)
        | (0xC4..=0xC8 | 0xD0 | 0xD1, Some(_), _)
        | (0xCE, Some(0x91..=0xA1 | 0xA3..=0xA9 | 0xB1..=0xBF), _)
        | (0xCF, Some(0x80..=0x89), _) => (Kind::Letter, 2),
        // The apostrophe ’ and its counterpart.
        (0xE2, Some(0x80), Some(0x98 | 0x99)) => (Kind::MidBoth, 3),
        // Hyphens, dashes, double quotation marks, daggers, bullets, the ellipsis, primes, angle quotation marks.
        (0xE2, Some(0x80), Some(0x90..=0x95 | 0x9C..=0xA3 | 0xA6 | 0xB0..=0xBB)) => (Kind::Gap, 3),
        _ => (Kind::Rare, 0),
    }
}

impl<'a> Segments<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Where the next word begins, in the reach of the table: behind segments that are no words. `Err` where a rare
    /// character bears on the segment that begins there.
    #[inline]
    fn next_start(&self) -> Result<usize, usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at) {
            match KINDS[byte as usize] {
                Kind::Letter | Kind::Digit | Kind::Underscore => break,
                Kind::Rare => match kind_at(bytes, at) {
                    (Kind::Letter, _) => break,
                    (Kind::Rare, _) => return Err(self.segment_before(at)),
                    (_, len) => at += len,
                },
                _ => at += 1,
            }
        }
        Ok(at)
    }

    /// Where the segment begins that a rare character at `at` may belong to: a combining mark goes with the character
    /// before it (rule 4), and spaces go together (rule 3d).
    fn segment_before(&self, at: usize) -> usize {
        let gap = &self.text[self.at..at];
        let unspaced = gap.trim_end_matches(' ');
        if unspaced.len() < gap.len() {
            return self.at + unspaced.len();
        }
        at - gap.chars().next_back().map_or(0, char::len_utf8)
    }

    /// The segment from `start` on, if it is a word: in the reach of the table, no other begins there but underscores.
    #[inline]
    fn word(&mut self, start: usize) -> Option<Segment> {
        let bytes = self.text.as_bytes();
        let run = letters::run(&bytes[start..]);
        let at = start + run.len;
        // Most words are nothing but letters.
        if run.len > 0 && bytes.get(at).is_none_or(|&byte| KINDS[byte as usize] == Kind::Gap) {
            self.at = at;
            let spelling = if run.has_capital { Spelling::Ascii } else { Spelling::Lower };
            return Some(Segment { span: Span::from(start..at), spelling });
        }
        match self.end(at, if run.len > 0 { Kind::Letter } else { Kind::Gap }) {
            Some(end) => {
                self.at = end;
                self.trimmed(start)
            }
            None => self.rare(start),
        }
    }

    /// Where the word ends whose character before `at` is of the kind `before`; `None` where a rare character bears on
    /// that.
    fn end(&self, mut at: usize, mut before: Kind) -> Option<usize> {
        let bytes = self.text.as_bytes();
        loop {
            let (kind, len) = kind_at(bytes, at);
            match kind {
                Kind::Letter | Kind::Digit | Kind::Underscore => {
                    at += len;
                    before = kind;
                }
                Kind::Gap => return Some(at),
                Kind::Rare => return None,
                Kind::MidLetter | Kind::MidNum | Kind::MidBoth => {
                    let (after, after_len) = kind_at(bytes, at + len);
                    let joins = match before {
                        Kind::Letter => kind != Kind::MidNum,
                        Kind::Digit => kind != Kind::MidLetter,
                        _ => false,
                    };
                    if after == Kind::Rare {
                        return None;
                    }
                    if !joins || after != before {
                        return Some(at);
                    }
                    at += len + after_len;
                }
            }
        }
    }

    /// The segment from `start` on, by the whole of UAX 29, if it is a word.
    #[cold]
    fn rare(&mut self, start: usize) -> Option<Segment> {
        let segment = self.text[start..].split_word_bounds().next()?;
        self.at = start + segment.len();
        // Most words that get here are Chinese.
        let is_word =
            segment.starts_with(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) || segment.unicode_words().next().is_some();
        if is_word { self.trimmed(start) } else { None }
    }

    /// The word from `start` to the boundary, if there is anything but underscores.
    fn trimmed(&self, start: usize) -> Option<Segment> {
        let word = &self.text[start..self.at];
        let start = self.at - word.trim_start_matches('_').len();
        let word = word.trim_matches('_');
        let span = Span::from(start..start + word.len());
        (!word.is_empty()).then(|| Segment { span, spelling: Spelling::of(word) })
    }
}

impl Iterator for Segments<'_> {
    type Item = Segment;

    #[inline]
    fn next(&mut self) -> Option<Segment> {
        while self.at < self.text.len() {
            let word = match self.next_start() {
                Ok(start) => self.word(start),
                Err(start) => self.rare(start),
            };
            if word.is_some() {
                return word;
            }
        }
        None
    }
}

/// Whether the table decides about boundaries beside the character.
#[cfg(test)]
pub(super) fn is_known(c: char) -> bool {
    kind_at(c.encode_utf8(&mut [0; 4]).as_bytes(), 0).0 != Kind::Rare
}
