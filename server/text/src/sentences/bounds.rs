//! Sentence boundaries by UAX 29, by a table and in linear time.
//!
//! Only line ends, terminators, and the few characters around a terminator affect a boundary, so the rules SB3 to SB11 are
//! applied to these alone. A table has the `Sentence_Break` values of frequent characters. For any other, [`probe`] finds
//! the value with `unicode-segmentation`, once. No rule looks back across a boundary.
//!
//! `unicode-segmentation` itself looks ahead again at every space and closing mark after a full stop, which takes
//! seconds for a few thousand of them in a row.

use std::sync::atomic::{AtomicU8, Ordering};

use unicode_segmentation::UnicodeSegmentation;

/// The sentence boundaries of a text by UAX 29; the last is the end of the text.
#[derive(Clone, Debug)]
pub(super) struct Bounds<'a> {
    text: &'a str,
    /// The last boundary.
    at: usize,
}

/// The value of `Sentence_Break` of a character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum SentenceBreak {
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
    /// `CR`, `LF` and `Sep`.
    LineEnd,
    /// `Extend` and `Format`: belongs to the character before it.
    Joined,
    Other,
}

impl SentenceBreak {
    const ALL: [Self; 12] = [
        Self::Lower,
        Self::Upper,
        Self::Letter,
        Self::Numeric,
        Self::Stop,
        Self::Term,
        Self::Continue,
        Self::Close,
        Self::Space,
        Self::LineEnd,
        Self::Joined,
        Self::Other,
    ];
}

/// The values of ASCII characters; `Other` for all other bytes.
static ASCII: [SentenceBreak; 256] = {
    let mut values = [SentenceBreak::Other; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        values[byte as usize] = match byte {
            b'a'..=b'z' => SentenceBreak::Lower,
            b'A'..=b'Z' => SentenceBreak::Upper,
            b'0'..=b'9' => SentenceBreak::Numeric,
            b'.' => SentenceBreak::Stop,
            b'!' | b'?' => SentenceBreak::Term,
            b',' | b'-' | b':' | b';' => SentenceBreak::Continue,
            b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => SentenceBreak::Close,
            b'\t' | 0x0B | 0x0C | b' ' => SentenceBreak::Space,
            b'\n' | b'\r' => SentenceBreak::LineEnd,
            _ => SentenceBreak::Other,
        };
        byte += 1;
    }
    values
};

/// Whether a byte can end a sentence, or begins a character that is not ASCII.
static RELEVANT: [bool; 256] = {
    let mut telling = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        telling[byte] =
            byte >= 0x80 || matches!(ASCII[byte], SentenceBreak::Stop | SentenceBreak::Term | SentenceBreak::LineEnd);
        byte += 1;
    }
    telling
};

/// The value of a character beyond ASCII.
fn value_of(c: char) -> SentenceBreak {
    frequent(c).unwrap_or_else(|| cached(c))
}

/// The value of a frequent character beyond ASCII.
const fn frequent(c: char) -> Option<SentenceBreak> {
    Some(match c {
        '\u{A0}' => SentenceBreak::Space,
        '«' | '»' | '‘'..='‟' => SentenceBreak::Close,
        '–' | '—' => SentenceBreak::Continue,
        '…' | '•' => SentenceBreak::Other,
        '×' | '÷' => return None,
        'À'..='Þ' | 'А'..='Я' => SentenceBreak::Upper,
        'ß'..='ÿ' | 'а'..='я' => SentenceBreak::Lower,
        '\u{4E00}'..='\u{9FFF}' => SentenceBreak::Letter,
        _ => return None,
    })
}

/// The value of any character, which is found once and cached.
fn cached(c: char) -> SentenceBreak {
    /// One more than the place in [`SentenceBreak::ALL`]; 0 if it is not known yet.
    static CACHE: [AtomicU8; 0x11_0000] = [const { AtomicU8::new(0) }; 0x11_0000];
    let known = &CACHE[c as usize];
    if let Some(&value) =
        usize::from(known.load(Ordering::Relaxed)).checked_sub(1).and_then(|at| SentenceBreak::ALL.get(at))
    {
        return value;
    }
    let value = probe(c);
    known.store(value as u8 + 1, Ordering::Relaxed);
    value
}

/// Finds the value of a character beyond ASCII by the places where `unicode-segmentation` ends sentences around it.
fn probe(c: char) -> SentenceBreak {
    let len = c.len_utf8();
    // The end of the first sentence; `None` if it is the only one.
    let first_end = |before: &str, after: &str| {
        let text = format!("{before}{c}{after}");
        let first = text.split_sentence_bounds().next().map_or(0, str::len);
        (first < text.len()).then_some(first)
    };
    let is_one = |before: &str, after: &str| first_end(before, after).is_none();
    match first_end("a", " b") {
        Some(end) if end == 1 + len => return SentenceBreak::LineEnd,
        Some(_) => return SentenceBreak::Term,
        None if !is_one("1", " A") => return SentenceBreak::Stop,
        None => {}
    }
    match first_end("!", "A") {
        None => SentenceBreak::Continue,
        Some(1) if is_one("1. ", "A") => SentenceBreak::Lower,
        Some(1) if is_one("1.", "A") => SentenceBreak::Numeric,
        Some(1) if is_one("a.", "A") => SentenceBreak::Upper,
        Some(1) if is_one("1. ", "a") => SentenceBreak::Other,
        Some(1) => SentenceBreak::Letter,
        Some(_) if is_one("1.", "2") => SentenceBreak::Joined,
        Some(_) if first_end("! ", "A") == Some(2 + len) => SentenceBreak::Space,
        Some(_) => SentenceBreak::Close,
    }
}

/// The effect of a terminator.
enum AfterTerminator {
    /// The sentence ends here.
    Bound(usize),
    /// The sentence continues, and so does the search from here.
    Continues(usize),
}

impl<'a> Bounds<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The value of the character at `at`, and its length in bytes; `None` at the end of the text.
    fn value_at(&self, at: usize) -> Option<(SentenceBreak, usize)> {
        let &first = self.text.as_bytes().get(at)?;
        if first < 0x80 {
            return Some((ASCII[first as usize], 1));
        }
        let c = self.text[at..].chars().next()?;
        Some((value_of(c), c.len_utf8()))
    }

    /// The boundary after the boundary `at`.
    fn behind(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        loop {
            at += bytes[at..].iter().position(|&byte| RELEVANT[byte as usize]).unwrap_or(bytes.len() - at);
            match self.value_at(at) {
                None => return at,
                Some((SentenceBreak::LineEnd, len)) => return self.behind_line_end(at, len),
                Some((value @ (SentenceBreak::Stop | SentenceBreak::Term), len)) => {
                    match self.behind_terminator(at, value, len) {
                        AfterTerminator::Bound(bound) => return bound,
                        AfterTerminator::Continues(from) => at = from,
                    }
                }
                Some((_, len)) => at += len,
            }
        }
    }

    /// SB3 and SB4.
    fn behind_line_end(&self, at: usize, len: usize) -> usize {
        at + if self.text.as_bytes()[at..].starts_with(b"\r\n") { 2 } else { len }
    }

    /// SB5 to SB11, for the terminator at `at`.
    fn behind_terminator(&self, mut at: usize, mut value: SentenceBreak, mut len: usize) -> AfterTerminator {
        loop {
            let is_stop = value == SentenceBreak::Stop;
            let next = self.skip(at + len, SentenceBreak::Joined);
            match self.value_at(next) {
                Some((SentenceBreak::Numeric, _)) if is_stop => return AfterTerminator::Continues(next),
                Some((SentenceBreak::Upper, _)) if is_stop && self.is_cased_before(at) => {
                    return AfterTerminator::Continues(next);
                }
                _ => {}
            }
            let behind = self.skip(self.skip(next, SentenceBreak::Close), SentenceBreak::Space);
            match self.value_at(behind) {
                None | Some((SentenceBreak::Continue, _)) => return AfterTerminator::Continues(behind),
                Some((SentenceBreak::LineEnd, len)) => {
                    return AfterTerminator::Bound(self.behind_line_end(behind, len));
                }
                Some((found @ (SentenceBreak::Stop | SentenceBreak::Term), found_len)) => {
                    (at, value, len) = (behind, found, found_len);
                }
                Some(_) if is_stop && self.is_lower_ahead(behind) => return AfterTerminator::Continues(behind),
                Some(_) => return AfterTerminator::Bound(behind),
            }
        }
    }

    /// Whether a letter with case is right before the full stop at `at`, in the same sentence (SB7).
    fn is_cased_before(&self, at: usize) -> bool {
        let value = |c: char| if c.is_ascii() { ASCII[c as usize] } else { value_of(c) };
        let before = self.text[self.at..at].chars().rev().map(value).find(|&value| value != SentenceBreak::Joined);
        matches!(before, Some(SentenceBreak::Lower | SentenceBreak::Upper))
    }

    /// Whether a lower-case letter comes before any other letter, terminator or line end (SB8).
    fn is_lower_ahead(&self, mut at: usize) -> bool {
        while let Some((value, len)) = self.value_at(at) {
            match value {
                SentenceBreak::Lower => return true,
                SentenceBreak::Upper
                | SentenceBreak::Letter
                | SentenceBreak::LineEnd
                | SentenceBreak::Stop
                | SentenceBreak::Term => return false,
                _ => at += len,
            }
        }
        false
    }

    /// The end of the run of characters with one value that begins at `at`, with the characters joined to them.
    fn skip(&self, mut at: usize, value: SentenceBreak) -> usize {
        while let Some((found, len)) = self.value_at(at)
            && (found == value || found == SentenceBreak::Joined)
        {
            at += len;
        }
        at
    }
}

impl Iterator for Bounds<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.at == self.text.len() {
            return None;
        }
        self.at = self.behind(self.at);
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

    #[test]
    fn the_table_agrees_with_the_probe() {
        for c in ('\0'..=char::MAX).filter(|&c| frequent(c).is_some()) {
            assert_eq!(frequent(c), Some(probe(c)), "{c:?}");
        }
        let values = SentenceBreak::ALL.iter().enumerate();
        assert!(values.into_iter().all(|(at, &value)| value as usize == at));
    }

    /// Characters of every value, in places where the value matters.
    #[test]
    fn every_character_has_its_value() {
        for c in ('\0'..'\u{3100}').chain('\u{FE00}'..'\u{11000}') {
            check(&format!("a{c}A a.{c}A a.{c} A a!{c} a a. {c}a a. {c}A a.{c}{c}a {c}. A {c}.A {c}1.{c}"));
        }
    }

    #[test]
    fn a_long_gap_behind_a_full_stop_costs_its_length() {
        let text = format!("a.\u{AD}{}b", " ".repeat(200_000));
        assert_eq!(Bounds::new(&text).count(), 1);
    }

    /// Texts of the characters that the rules depend on.
    fn tricky() -> impl Strategy<Value = String> {
        let chars = "aaAAéÉяЯ11...!?。\n\r   \t\u{A0}\"'()[]“”’»,-:;–—…*_^知한ﬁβß€😀\u{AD}\u{301}\u{200D}\u{85}\u{2028}\u{2024}\u{FF0E}\u{1680}";
        let chars: Vec<char> = chars.chars().collect();
        prop::collection::vec(prop::sample::select(chars), 0..40).prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_rules_give_the_bounds_of_uax_29(text in tricky()) {
            check(&text);
        }

        #[test]
        fn the_rules_give_the_bounds_of_any_text(text in "(?s).{0,60}") {
            check(&text);
        }
    }
}
