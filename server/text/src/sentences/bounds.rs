//! Where UAX 29 proposes that sentences end, at the speed of a table and in linear time.
//!
//! Nearly all of a sentence has no bearing on where it ends: what counts are line ends, terminators, and the few
//! characters around a terminator. The rules SB3 to SB11 are applied to these alone. What a character is to the rules is
//! told by a table for the frequent ones; of any other, [`probe`] asks `unicode-segmentation`, once. No rule looks back
//! across a boundary.
//!
//! `unicode-segmentation` itself looks ahead again at every space and closing mark behind a full stop, which takes
//! seconds where a page has a few thousand of them in a row.

use std::sync::atomic::{AtomicU8, Ordering};

use unicode_segmentation::UnicodeSegmentation;

/// The ends of the sentences of a text as UAX 29 has them; the last is the end of the text.
#[derive(Clone, Debug)]
pub(super) struct Bounds<'a> {
    text: &'a str,
    /// The last boundary.
    at: usize,
}

/// What a character means for the boundaries around it: the values of `Sentence_Break`.
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
    /// `CR`, `LF` and `Sep`.
    LineEnd,
    /// `Extend` and `Format`: goes with the character before it.
    Joined,
    Other,
}

impl Sort {
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

/// The sorts of ASCII characters; `Other` for all other bytes.
static SORTS: [Sort; 256] = {
    let mut sorts = [Sort::Other; 256];
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
        telling[byte] = byte >= 0x80 || matches!(SORTS[byte], Sort::Stop | Sort::Term | Sort::LineEnd);
        byte += 1;
    }
    telling
};

/// The sort of a character beyond ASCII.
fn sort_of(c: char) -> Sort {
    frequent(c).unwrap_or_else(|| learned(c))
}

/// The sort of a frequent character beyond ASCII.
const fn frequent(c: char) -> Option<Sort> {
    Some(match c {
        '\u{A0}' => Sort::Space,
        '«' | '»' | '‘'..='‟' => Sort::Close,
        '–' | '—' => Sort::Continue,
        '…' | '•' => Sort::Other,
        '×' | '÷' => return None,
        'À'..='Þ' | 'А'..='Я' => Sort::Upper,
        'ß'..='ÿ' | 'а'..='я' => Sort::Lower,
        '\u{4E00}'..='\u{9FFF}' => Sort::Letter,
        _ => return None,
    })
}

/// The sort of any character, which is asked for once and remembered.
fn learned(c: char) -> Sort {
    /// One more than the place in [`Sort::ALL`]; 0 where nobody has asked yet.
    static LEARNED: [AtomicU8; 0x11_0000] = [const { AtomicU8::new(0) }; 0x11_0000];
    let known = &LEARNED[c as usize];
    if let Some(&sort) = usize::from(known.load(Ordering::Relaxed)).checked_sub(1).and_then(|at| Sort::ALL.get(at)) {
        return sort;
    }
    let sort = probe(c);
    known.store(sort as u8 + 1, Ordering::Relaxed);
    sort
}

/// Finds the sort of a character beyond ASCII by where `unicode-segmentation` ends sentences around it.
fn probe(c: char) -> Sort {
    let len = c.len_utf8();
    // Where the first sentence ends; `None` where it is the only one.
    let first_end = |before: &str, after: &str| {
        let text = format!("{before}{c}{after}");
        let first = text.split_sentence_bounds().next().map_or(0, str::len);
        (first < text.len()).then_some(first)
    };
    let is_one = |before: &str, after: &str| first_end(before, after).is_none();
    match first_end("a", " b") {
        Some(end) if end == 1 + len => return Sort::LineEnd,
        Some(_) => return Sort::Term,
        None if !is_one("1", " A") => return Sort::Stop,
        None => {}
    }
    match first_end("!", "A") {
        None => Sort::Continue,
        Some(1) if is_one("1. ", "A") => Sort::Lower,
        Some(1) if is_one("1.", "A") => Sort::Numeric,
        Some(1) if is_one("a.", "A") => Sort::Upper,
        Some(1) if is_one("1. ", "a") => Sort::Other,
        Some(1) => Sort::Letter,
        Some(_) if is_one("1.", "2") => Sort::Joined,
        Some(_) if first_end("! ", "A") == Some(2 + len) => Sort::Space,
        Some(_) => Sort::Close,
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

    /// The sort of the character at `at` and its length in bytes; `None` at the end of the text.
    fn sort_at(&self, at: usize) -> Option<(Sort, usize)> {
        let &first = self.text.as_bytes().get(at)?;
        if first < 0x80 {
            return Some((SORTS[first as usize], 1));
        }
        let c = self.text[at..].chars().next()?;
        Some((sort_of(c), c.len_utf8()))
    }

    /// The boundary behind `at`, which is one itself.
    fn behind(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        loop {
            at += bytes[at..].iter().position(|&byte| TELLING[byte as usize]).unwrap_or(bytes.len() - at);
            match self.sort_at(at) {
                None => return at,
                Some((Sort::LineEnd, len)) => return self.behind_line_end(at, len),
                Some((sort @ (Sort::Stop | Sort::Term), len)) => match self.behind_terminator(at, sort, len) {
                    Behind::Bound(bound) => return bound,
                    Behind::GoesOn(from) => at = from,
                },
                Some((_, len)) => at += len,
            }
        }
    }

    /// SB3 and SB4.
    fn behind_line_end(&self, at: usize, len: usize) -> usize {
        at + if self.text.as_bytes()[at..].starts_with(b"\r\n") { 2 } else { len }
    }

    /// SB5 to SB11, for the terminator at `at`.
    fn behind_terminator(&self, mut at: usize, mut sort: Sort, mut len: usize) -> Behind {
        loop {
            let is_stop = sort == Sort::Stop;
            let next = self.skip(at + len, Sort::Joined);
            match self.sort_at(next) {
                Some((Sort::Numeric, _)) if is_stop => return Behind::GoesOn(next),
                Some((Sort::Upper, _)) if is_stop && self.is_cased_before(at) => return Behind::GoesOn(next),
                _ => {}
            }
            let behind = self.skip(self.skip(next, Sort::Close), Sort::Space);
            match self.sort_at(behind) {
                None | Some((Sort::Continue, _)) => return Behind::GoesOn(behind),
                Some((Sort::LineEnd, len)) => return Behind::Bound(self.behind_line_end(behind, len)),
                Some((found @ (Sort::Stop | Sort::Term), found_len)) => (at, sort, len) = (behind, found, found_len),
                Some(_) if is_stop && self.is_lower_ahead(behind) => return Behind::GoesOn(behind),
                Some(_) => return Behind::Bound(behind),
            }
        }
    }

    /// Whether a letter with case is right before the full stop at `at`, in the same sentence (SB7).
    fn is_cased_before(&self, at: usize) -> bool {
        let sort = |c: char| if c.is_ascii() { SORTS[c as usize] } else { sort_of(c) };
        let before = self.text[self.at..at].chars().rev().map(sort).find(|&sort| sort != Sort::Joined);
        matches!(before, Some(Sort::Lower | Sort::Upper))
    }

    /// Whether a lower-case letter comes before any other letter, terminator or line end (SB8).
    fn is_lower_ahead(&self, mut at: usize) -> bool {
        while let Some((sort, len)) = self.sort_at(at) {
            match sort {
                Sort::Lower => return true,
                Sort::Upper | Sort::Letter | Sort::LineEnd | Sort::Stop | Sort::Term => return false,
                _ => at += len,
            }
        }
        false
    }

    /// The end of the run of characters of one sort that begins at `at`, with what goes with them.
    fn skip(&self, mut at: usize, sort: Sort) -> usize {
        while let Some((found, len)) = self.sort_at(at)
            && (found == sort || found == Sort::Joined)
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
    fn frequent_characters_are_what_others_are_found_to_be() {
        for c in ('\0'..=char::MAX).filter(|&c| frequent(c).is_some()) {
            assert_eq!(frequent(c), Some(probe(c)), "{c:?}");
        }
        let sorts = Sort::ALL.iter().enumerate();
        assert!(sorts.into_iter().all(|(at, &sort)| sort as usize == at));
    }

    /// Characters of every sort, in places where their sort shows.
    #[test]
    fn no_character_is_taken_for_another() {
        for c in ('\0'..'\u{3100}').chain('\u{FE00}'..'\u{11000}') {
            check(&format!("a{c}A a.{c}A a.{c} A a!{c} a a. {c}a a. {c}A a.{c}{c}a {c}. A {c}.A {c}1.{c}"));
        }
    }

    #[test]
    fn a_long_gap_behind_a_full_stop_costs_its_length() {
        let text = format!("a.\u{AD}{}b", " ".repeat(200_000));
        assert_eq!(Bounds::new(&text).count(), 1);
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
        fn the_rules_give_the_bounds_of_uax_29(text in tricky()) {
            check(&text);
        }

        #[test]
        fn the_rules_give_the_bounds_of_any_text(text in "(?s).{0,60}") {
            check(&text);
        }
    }
}
