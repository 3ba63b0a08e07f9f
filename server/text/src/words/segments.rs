//! Word boundaries by UAX 29, mostly by a table.
//!
//! Nearly all boundaries are between characters of a few kinds: ASCII, accented Latin letters and typographic
//! punctuation. For these a few comparisons decide. Where any other character affects a boundary, `unicode-segmentation`
//! decides about that one segment. Both give the same words, because the segments after a boundary do not depend on the
//! text before it.

use unicode_segmentation::UnicodeSegmentation;

use super::ascii;
use crate::Span;

/// The words of a text: its segments that contain a letter or digit.
#[derive(Clone, Debug)]
pub(super) struct Segments<'a> {
    text: &'a str,
    /// A boundary. All words before it have been returned.
    at: usize,
}

/// A word of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Segment {
    /// Its span, without underscores around it.
    pub(super) span: Span,
    pub(super) spelling: Spelling,
}

/// The characters of a word, which decide how it is folded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Spelling {
    /// ASCII without capitals: folded already.
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

/// The value of `Word_Break` of a frequent character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum WordBreak {
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
    /// A character with a boundary on both sides, except between spaces.
    Gap,
    /// A character outside the table, or the first byte of any character that is not ASCII.
    Rare,
}

/// The values of ASCII characters; `Rare` for all other bytes.
static CLASSES: [WordBreak; 256] = {
    let mut kinds = [WordBreak::Rare; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        kinds[byte as usize] = match byte {
            b'A'..=b'Z' | b'a'..=b'z' => WordBreak::Letter,
            b'0'..=b'9' => WordBreak::Digit,
            b'_' => WordBreak::Underscore,
            b':' => WordBreak::MidLetter,
            b',' | b';' => WordBreak::MidNum,
            b'.' | b'\'' => WordBreak::MidBoth,
            _ => WordBreak::Gap,
        };
        byte += 1;
    }
    kinds
};

/// The value of the character at `at`, and its length in bytes. The end of the text is a gap.
fn class_at(bytes: &[u8], at: usize) -> (WordBreak, usize) {
    let Some(&first) = bytes.get(at) else { return (WordBreak::Gap, 0) };
    if first < 0x80 {
        return (CLASSES[first as usize], 1);
    }
    match (first, bytes.get(at + 1), bytes.get(at + 2)) {
        // NBSP, section sign, guillemets.
        (0xC2, Some(0xA0 | 0xA7 | 0xAB | 0xBB), _) => (WordBreak::Gap, 2),
        // Letters: Latin-1 without × and ÷, Latin Extended-A and -B up to U+023F, Greek without accents, Cyrillic
        // without its combining marks.
        (0xC3, Some(0x80..=0x96 | 0x98..=0xB6 | 0xB8..=0xBF), _)
        | (0xC4..=0xC8 | 0xD0 | 0xD1, Some(_), _)
        | (0xCE, Some(0x91..=0xA1 | 0xA3..=0xA9 | 0xB1..=0xBF), _)
        | (0xCF, Some(0x80..=0x89), _) => (WordBreak::Letter, 2),
        // The apostrophe ’ and its counterpart.
        (0xE2, Some(0x80), Some(0x98 | 0x99)) => (WordBreak::MidBoth, 3),
        // Hyphens, dashes, double quotation marks, daggers, bullets, the ellipsis, the narrow no-break space, primes, angle
        // quotation marks.
        (0xE2, Some(0x80), Some(0x90..=0x95 | 0x9C..=0xA3 | 0xA6 | 0xAF..=0xBB)) => (WordBreak::Gap, 3),
        _ => (WordBreak::Rare, 0),
    }
}

const NARROW_SPACE: char = '\u{202F}';
const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// Whether two characters with a zero-width space between them belong to one word: letters of scripts that have spaces
/// between words. Others mark their words with it.
pub(super) fn is_joined(before: Option<char>, after: Option<char>) -> bool {
    let is_spaced = |c: char| c.is_alphabetic() && matches!(c, '\0'..='\u{06FF}' | '\u{1E00}'..='\u{1FFF}');
    before.is_some_and(is_spaced) && after.is_some_and(is_spaced)
}

/// Whether one of two characters beside each other is a lowered digit that belongs to the word of the other: H₂O.
fn is_lowered(before: Option<char>, after: Option<char>) -> bool {
    let is_digit = |c: char| matches!(c, '₀'..='₉');
    let is_word = |c: char| c.is_alphabetic() || c.is_ascii_digit() || is_digit(c);
    let all = before.is_some_and(is_word) && after.is_some_and(is_word);
    all && (before.is_some_and(is_digit) || after.is_some_and(is_digit))
}

impl<'a> Segments<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The start of the next word, if the table decides; otherwise `Err` with the start of the segment that a rare
    /// character affects.
    #[inline]
    fn next_start(&self) -> Result<usize, usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at) {
            match CLASSES[byte as usize] {
                WordBreak::Letter | WordBreak::Digit | WordBreak::Underscore => break,
                WordBreak::Rare => match class_at(bytes, at) {
                    (WordBreak::Letter, _) => break,
                    (WordBreak::Rare, _) => return Err(self.segment_before(at)),
                    (_, len) => at += len,
                },
                _ => at += 1,
            }
        }
        Ok(at)
    }

    /// The start of the segment that a rare character at `at` may belong to: a combining mark belongs to the character
    /// before it (rule 4), and spaces belong together (rule 3d).
    fn segment_before(&self, at: usize) -> usize {
        let gap = &self.text[self.at..at];
        let unspaced = gap.trim_end_matches(' ');
        if unspaced.len() < gap.len() {
            return self.at + unspaced.len();
        }
        at - gap.chars().next_back().map_or(0, char::len_utf8)
    }

    /// The word that begins at `start`; `None` if the segment is none.
    #[inline]
    fn word(&mut self, start: usize) -> Option<Segment> {
        let bytes = self.text.as_bytes();
        let run = ascii::run(&bytes[start..]);
        let at = start + run.len;
        // Most words are nothing but letters.
        if run.len > 0 && bytes.get(at).is_none_or(|&byte| CLASSES[byte as usize] == WordBreak::Gap) {
            self.at = at;
            let spelling = if run.has_capital { Spelling::Ascii } else { Spelling::Lower };
            return Some(Segment { span: Span::from(start..at), spelling });
        }
        match self.end(at, if run.len > 0 { WordBreak::Letter } else { WordBreak::Gap }) {
            Some(end) => {
                self.at = end;
                self.trimmed(start)
            }
            None => self.rare(start),
        }
    }

    /// The end of the word whose character before `at` has the value `before`; `None` if a rare character affects it.
    fn end(&self, mut at: usize, mut before: WordBreak) -> Option<usize> {
        let bytes = self.text.as_bytes();
        loop {
            let (kind, len) = class_at(bytes, at);
            match kind {
                WordBreak::Letter | WordBreak::Digit | WordBreak::Underscore => {
                    at += len;
                    before = kind;
                }
                WordBreak::Gap => return Some(at),
                WordBreak::Rare => return None,
                WordBreak::MidLetter | WordBreak::MidNum | WordBreak::MidBoth => {
                    let (after, after_len) = class_at(bytes, at + len);
                    let joins = match before {
                        WordBreak::Letter => kind != WordBreak::MidNum,
                        WordBreak::Digit => kind != WordBreak::MidLetter,
                        _ => false,
                    };
                    if after == WordBreak::Rare {
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

    /// The word that begins at `start`, by all rules of UAX 29; `None` if the segment is none.
    #[cold]
    fn rare(&mut self, start: usize) -> Option<Segment> {
        let end = self.segment_end(start)?;
        let segment = &self.text[start..end];
        self.at = end;
        // Most words that reach this are Chinese.
        let is_word =
            segment.starts_with(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) || segment.unicode_words().next().is_some();
        if is_word { self.trimmed(start) } else { None }
    }

    /// The end of the segment that begins at `start`; `None` at the end of the text. The segments are those of UAX 29, but a
    /// narrow no-break space separates words, as any other space does, and a zero-width space inside a word, which is only a
    /// permission to break the line, does not; nor does a lowered digit, which is written on the line as often.
    fn segment_end(&self, start: usize) -> Option<usize> {
        let end_of = |from: usize| {
            let segment = self.text[from..].split_word_bounds().next()?;
            let end = segment
                .find(NARROW_SPACE)
                .map_or(segment.len(), |at| at.max(NARROW_SPACE.len_utf8() * usize::from(at == 0)));
            Some(from + end)
        };
        let mut end = end_of(start)?;
        loop {
            let after = self.text[end..].trim_start_matches(ZERO_WIDTH_SPACE);
            let next = self.text.len() - after.len();
            let (before, first) = (self.text[start..end].chars().next_back(), after.chars().next());
            let is_inside = if next == end { is_lowered(before, first) } else { is_joined(before, first) };
            if !is_inside {
                return Some(end);
            }
            end = end_of(next)?;
        }
    }

    /// The word from `start` to the boundary; `None` if it is nothing but underscores.
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

/// Whether the table contains the character.
#[cfg(test)]
pub(super) fn is_known(c: char) -> bool {
    class_at(c.encode_utf8(&mut [0; 4]).as_bytes(), 0).0 != WordBreak::Rare
}
