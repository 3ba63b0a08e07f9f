//! Names by some of their letters, as people type them.

use ibid_corpus::Letters;

/// What is typed of a name, to be held against many.
pub(crate) struct Typed {
    letters: Vec<char>,
    set: Letters,
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
        Self { letters: text.chars().filter(|c| !c.is_whitespace()).map(folded).collect(), set: Letters::of(text) }
    }

    /// Whether a name with these letters can match at all.
    pub(crate) fn may_match(&self, name: Letters) -> bool {
        name.may_hold(self.set)
    }

    /// More than any name can score; all that is typed at the beginning of a name scores most, unless each of many letters
    /// begins a word.
    pub(crate) fn most(&self) -> u32 {
        let letters = self.letters.len() as u32;
        // A letter that begins a word follows none; marks are no letters, and may do both.
        let is_plain = self.letters.iter().all(|c| c.is_alphanumeric());
        let scattered = letters * (LETTER + BEGINS_WORD + if is_plain { 0 } else { FOLLOWS });
        let together = letters * LETTER + BEGINS_WORD + letters.saturating_sub(1) * FOLLOWS + BEGINS_NAME;
        if letters == 0 { 0 } else { scattered.max(together) }
    }

    /// How well a name matches, the more the better; `None` unless it has all letters in their order. Each is taken at
    /// its first place.
    pub(crate) fn score(&self, name: &str) -> Option<u32> {
        let mut score = 0;
        let mut wanted = self.letters.iter().copied().peekable();
        let (mut before, mut followed, mut begins) = (' ', false, true);
        for c in name.chars().map(folded) {
            let is_start = !before.is_alphanumeric() && c.is_alphanumeric();
            before = c;
            if wanted.next_if_eq(&c).is_none() {
                followed = false;
                begins = false;
                continue;
            }
            score += LETTER;
            score += if is_start { BEGINS_WORD } else { 0 } + if followed { FOLLOWS } else { 0 };
            followed = true;
            if wanted.peek().is_none() {
                return Some(score + if begins { BEGINS_NAME } else { 0 });
            }
        }
        self.letters.is_empty().then_some(0)
    }
}

fn folded(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
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
}
