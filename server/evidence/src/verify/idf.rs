//! Inverse document frequency: how telling it is that two texts share a word.

use std::sync::LazyLock;

use ibid_language::Language;
use rustc_hash::FxHashMap;

/// Inverse document frequencies (Spärck Jones 1972), counted by `server/train`.
static TABLE: LazyLock<IdfTable> = LazyLock::new(|| IdfTable::read(include_str!("../../weights/idf.tsv")));

struct IdfTable {
    stems: FxHashMap<&'static str, f32>,
    /// The frequency of a stem that is not in the table.
    rare: f32,
}

impl IdfTable {
    fn read(file: &'static str) -> Self {
        let lines = file.lines().filter_map(|line| line.split_once('\t'));
        let mut stems: FxHashMap<&str, f32> =
            lines.map(|(stem, idf)| (stem, idf.parse().expect("an inverse document frequency is a number"))).collect();
        let rare = stems.remove("<rare>").expect("the table has an entry for rare stems");
        Self { stems, rare }
    }
}

/// The inverse document frequency of a stem: about 1 for a word of every third passage, 9 for a rare one.
pub(super) fn idf(stem: &str) -> f32 {
    TABLE.stems.get(stem).copied().unwrap_or(TABLE.rare)
}

/// Whether a word is common in general text, in any inflection: it has a meaning before anybody defines it. False without
/// a language pack.
pub fn is_everyday(word: &str, language: Language) -> bool {
    language.has_pack() && TABLE.stems.contains_key(&*ibid_text::stem(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_word_tells_more_than_a_common_one() {
        let of = |word: &str| idf(&ibid_text::stem(word));
        assert!(of("people") < of("monarchs"), "{} {}", of("people"), of("monarchs"));
        assert!((idf("xyzzy") - TABLE.rare).abs() < f32::EPSILON);
    }

    #[test]
    fn a_term_of_art_is_not_met_every_day() {
        assert!(is_everyday("Rewards", Language::ENGLISH) && is_everyday("agent", Language::ENGLISH));
        assert!(!is_everyday("corrigibility", Language::ENGLISH) && !is_everyday("schemer", Language::ENGLISH));
    }
}
