//! Fuzzy matching of names.

use ibid_corpus::Letters;

/// Typed letters, to be matched against many names.
pub(crate) struct Pattern {
    letters: Vec<char>,
    /// The letters as bytes, if all are ASCII.
    bytes: Option<Box<[u8]>>,
    set: Letters,
    most: u32,
}

/// The score of a matching letter.
const LETTER: u32 = 1;

/// Added for a letter that begins a word.
const BEGINS_WORD: u32 = 8;

/// Added for a letter that directly follows the previous match.
const FOLLOWS: u32 = 5;

/// Added for a name that begins with the typed letters.
const BEGINS_NAME: u32 = 20;

impl Pattern {
    /// Reads typed letters, ignoring case and white space.
    pub(crate) fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).map(folded).collect();
        let bytes = letters.iter().map(|&c| u8::try_from(c).ok().filter(u8::is_ascii)).collect();
        Self { most: most(&letters), letters, bytes, set: Letters::of(text) }
    }

    /// The letters that a name must have to match.
    pub(crate) const fn letters(&self) -> Letters {
        self.set
    }

    /// An upper bound of the score.
    pub(crate) const fn most(&self) -> u32 {
        self.most
    }

    /// The score of a name, more is better; `None` unless it has all letters in their order. Each letter matches at its first
    /// place.
    pub(crate) fn score(&self, name: &str) -> Option<u32> {
        match &self.bytes {
            // Almost all names are ASCII, and thousands are scored at every keystroke.
            Some(typed) if name.is_ascii() => {
                let letter = |byte: u8| (byte.to_ascii_lowercase(), byte.is_ascii_alphanumeric());
                score(typed.iter().copied(), name.bytes().map(letter))
            }
            _ => self.score_letters(name),
        }
    }

    fn score_letters(&self, name: &str) -> Option<u32> {
        let letters = name.chars().map(folded).map(|c| (c, c.is_alphanumeric()));
        score(self.letters.iter().copied(), letters)
    }
}

/// The score of a name for the wanted letters. The name is given by its letters, each with whether it is part of a word.
fn score<L: PartialEq>(mut wanted: impl Iterator<Item = L>, name: impl Iterator<Item = (L, bool)>) -> Option<u32> {
    let Some(mut next) = wanted.next() else { return Some(0) };
    let mut score = 0;
    let (mut in_word, mut followed, mut begins) = (false, false, true);
    for (letter, is_of_word) in name {
        let is_start = !in_word && is_of_word;
        in_word = is_of_word;
        if letter != next {
            followed = false;
            begins = false;
            continue;
        }
        score += LETTER + if is_start { BEGINS_WORD } else { 0 } + if followed { FOLLOWS } else { 0 };
        followed = true;
        match wanted.next() {
            Some(letter) => next = letter,
            None => return Some(score + if begins { BEGINS_NAME } else { 0 }),
        }
    }
    None
}

/// The highest score: all letters at the beginning of a name, or each at the beginning of a word.
fn most(typed: &[char]) -> u32 {
    let letters = typed.len() as u32;
    // A letter cannot begin a word and directly follow another; punctuation in the pattern allows both.
    let is_plain = typed.iter().all(|c| c.is_alphanumeric());
    let scattered = letters * (LETTER + BEGINS_WORD + if is_plain { 0 } else { FOLLOWS });
    let together = letters * LETTER + BEGINS_WORD + letters.saturating_sub(1) * FOLLOWS + BEGINS_NAME;
    if letters == 0 { 0 } else { scattered.max(together) }
}

fn folded(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Pattern;

    /// The names that match, best first.
    fn check(typed: &str, names: &[&str], expected: &[&str]) {
        let typed = Pattern::new(typed);
        let mut found: Vec<(u32, &str)> = names.iter().filter_map(|name| Some((typed.score(name)?, *name))).collect();
        found.sort_by_key(|(score, name)| (std::cmp::Reverse(*score), name.len()));
        assert_eq!(found.iter().map(|(_, name)| *name).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn letters_count_in_their_order() {
        check("sch", &["Series B, charted", "schemer", "chess"], &["schemer", "Series B, charted"]);
        check(
            "Fuzzy C",
            &["fuzzy / non-fuzzy concepts", "fuzzy concepts", "fuzz"],
            &["fuzzy concepts", "fuzzy / non-fuzzy concepts"],
        );
        check("ÜB", &["Überblick", "ubi"], &["Überblick"]);
        check("", &["a", "b"], &["a", "b"]);
    }

    proptest! {
        /// Bytes and letters have the same scores.
        #[test]
        fn bytes_and_letters_score_alike(typed in "[a-cA-C -]{0,4}", name in "[a-cA-C0 /-]{0,12}") {
            let typed = Pattern::new(&typed);
            prop_assert_eq!(typed.score(&name), typed.score_letters(&name));
        }
    }
}
