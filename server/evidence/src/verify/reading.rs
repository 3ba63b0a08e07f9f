//! What is read in a claim before it is compared: its figures and names.

use ibid_language::Language;
use ibid_text::Span;

use super::side::Side;

/// Something that a claim gives, and that its source must give as well.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// A figure, in digits or words.
    Figure,
    /// A proper name.
    Name,
}

impl Reading {
    /// The reading as a noun phrase.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Figure => "a figure",
            Self::Name => "a name",
        }
    }
}

/// The figures and names of a sentence, in order; none without a language pack.
pub fn readings(text: &str, language: Language) -> Vec<(Reading, Span)> {
    if !language.has_pack() {
        return Vec::new();
    }
    let side = Side::new(text, Span::from(0..text.len()), language);
    let span = |first: usize, last: usize| side.tokens[first].span.cover(side.tokens[last].span);
    let mut found: Vec<(Reading, Span)> =
        side.quantities.iter().map(|quantity| (Reading::Figure, quantity.span)).collect();
    let names: Vec<usize> = side.words.iter().filter(|word| word.name).map(|word| word.token).collect();
    let groups = names.chunk_by(|a, b| a + 1 == *b);
    found.extend(groups.map(|group| (Reading::Name, span(group[0], group[group.len() - 1]))));
    found.sort_by_key(|(_, span)| *span);
    found
}

#[test]
fn figures_and_names_are_read() {
    let text = "Over forty boats were sold to Nils Odde in Ostmark for 1,200 crowns.";
    let found: Vec<_> = readings(text, Language::ENGLISH).iter().map(|(kind, span)| (*kind, span.of(text))).collect();
    assert_eq!(
        found,
        [
            (Reading::Figure, "forty"),
            (Reading::Name, "Nils Odde"),
            (Reading::Name, "Ostmark"),
            (Reading::Figure, "1,200"),
        ]
    );
}
