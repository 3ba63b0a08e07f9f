//! Names by some of their letters, as people type them.

use ibid_corpus::Letters;

/// What is typed of a name, to be held against many.
pub(crate) struct Typed {
    letters: Vec<char>,
    /// The same as bytes, if all are ASCII.
    bytes: Option<Box<[u8]>>,
    set: Letters,
    most: u32,
}

/// For each letter that matches.
const LETTER: u32 = 1;

/// More for one that begins a word.
const BEGINS_WORD: u32 = 8;

/// More for one that follows the letter before it at once.
const FOLLOWS: u32 = 5;

/// More for a name that begins as what is typed.
const BEGINS_NAME: u32 = 20;

impl Typed {
    /// Takes what is typed; case and space do not count.
    pub(crate) fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).map(folded).collect();
        let bytes = letters.iter().map(|&c| u8::try_from(c).ok().filter(u8::is_ascii)).collect();
        Self { most: most(&letters), letters, bytes, set: Letters::of(text) }
    }

    /// The letters that a name must have to match.
    pub(crate) const fn letters(&self) -> Letters {
        self.set
    }

    /// More than any name can score.
    pub(crate) const fn most(&self) -> u32 {
        self.most
    }

    /// How well a name matches, the more the better; `None` unless it has all letters in their order. Each is taken at
    /// its first place.
    pub(crate) fn score(&self, name: &str) -> Option<u32> {
        match &self.bytes {
            // Nearly all names are ASCII, and thousands are scored at every letter typed.
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

/// How well a name, given by its letters with whether each is a letter of a word, matches letters that are wanted.
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

/// All that is typed at the beginning of a name scores most, unless each of many letters begins a word.
fn most(typed: &[char]) -> u32 {
    let letters = typed.len() as u32;
    // A letter that begins a word follows none; marks are no letters, and may do both.
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

    use super::Typed;

    /// The names that match, best first.
    fn check(typed: &str, names: &[&str], expected: &[&str]) {
        let typed = Typed::new(typed);
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
        /// Bytes are scored as letters are.
        #[test]
        fn bytes_score_as_letters_do(typed in "[a-cA-C -]{0,4}", name in "[a-cA-C0 /-]{0,12}") {
            let typed = Typed::new(&typed);
            prop_assert_eq!(typed.score(&name), typed.score_letters(&name));
        }
    }
}
