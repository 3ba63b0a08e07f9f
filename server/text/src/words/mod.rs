//! Words by UAX 29, folded so that typographic variants of a word compare equal.

mod ascii;
mod fold;
mod segments;
mod variants;

use std::borrow::Cow;

pub use fold::fold;
use fold::{fold_into, fold_spelt};
use segments::Segments;

use crate::Span;

/// One word of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word<'a> {
    /// Its span, without underscores around it (Markdown emphasis, which UAX 29 counts as part of the word).
    pub span: Span,
    /// Its folded form: see [`fold()`].
    pub folded: Cow<'a, str>,
}

/// The words of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    Segments::new(text).map(|word| Word { span: word.span, folded: fold_spelt(word.span.of(text), word.spelling) })
}

/// The spans of the words of `text`, in order, without folding them.
pub fn spans(text: &str) -> impl Iterator<Item = Span> {
    Segments::new(text).map(|word| word.span)
}

/// Calls `take` with the span and folded form of each word of `text`, in order, without an allocation for each word.
#[inline]
pub fn for_each_folded(text: &str, mut take: impl FnMut(Span, &str)) {
    let mut scratch = String::new();
    for word in Segments::new(text) {
        take(word.span, fold_into(word.span.of(text), word.spelling, &mut scratch));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded.into_owned()).collect()
    }

    #[test]
    fn typography_folds_away() {
        assert_eq!(folded("Don’t DON'T don\u{2018}t"), ["don't"; 3]);
        assert_eq!(folded("ex\u{AD}ample eﬃcient oﬀ"), ["example", "efficient", "off"]);
        assert_eq!(folded("cafe\u{301} café"), ["café", "café"]);
        assert_eq!(folded("_very_ _much so_"), ["very", "much", "so"]);
    }

    #[test]
    fn spaces_of_any_width_part_words_unless_they_have_none() {
        assert_eq!(
            folded("50\u{202F}% que\u{202F}; 1\u{202F}204 a\u{202F}\u{202F}b"),
            ["50", "que", "1", "204", "a", "b"]
        );
        assert_eq!(folded("steve\u{200B}dores, a\u{200B}\u{200B}b"), ["stevedores", "ab"]);
        assert_eq!(folded("1\u{200B}2 ក\u{200B}ខ -\u{200B}a"), ["1", "2", "ក", "ខ", "a"]);
    }

    #[test]
    fn lowered_digits_are_digits_of_their_word() {
        assert_eq!(folded("N₂O and K₂CO₃, C₆₀ a₁. ₂"), ["n2o", "and", "k2co3", "c60", "a1", "2"]);
        assert_eq!(folded("SO₄²⁻ 30² 10⁶"), ["so4", "²", "30", "²", "10", "⁶"]);
    }

    #[test]
    fn different_words_stay_different() {
        for (a, b) in [("x²", "x2"), ("½", "1/2"), ("naïve", "naive"), ("colour", "color"), ("ℌ", "H"), ("ß", "ss")]
        {
            assert_ne!(folded(a), folded(b), "{a} {b}");
        }
    }

    #[test]
    fn every_script_has_words() {
        assert_eq!(folded("知识 שלום world 😀!"), ["知", "识", "שלום", "world"]);
    }

    /// A text of the same length in which a zero-width space within a word is a joiner: words are not those of UAX 29 there.
    fn uniform(text: &str) -> String {
        let mut before = None;
        let mut uniform = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            let after = text[at..].trim_start_matches('\u{200B}').chars().next();
            let is_inside = c == '\u{200B}' && segments::is_joined(before, after);
            uniform.push(if is_inside { '\u{2060}' } else { c });
            before = if c == '\u{200B}' { before } else { Some(c) };
        }
        uniform
    }

    /// The words by `unicode-segmentation`, without the table.
    fn plain(text: &str) -> Vec<(Span, String)> {
        let uniform = uniform(text);
        let trimmed = |(at, word): (usize, &str)| {
            let start = at + word.len() - word.trim_start_matches('_').len();
            let word = word.trim_matches('_');
            let span = Span::from(start..start + word.len());
            (!word.is_empty()).then(|| (span, fold(span.of(text)).into_owned()))
        };
        uniform.unicode_word_indices().filter_map(trimmed).collect()
    }

    fn fast(text: &str) -> Vec<(Span, String)> {
        words(text).map(|word| (word.span, word.folded.into_owned())).collect()
    }

    /// Characters that the table knows, beside neighbours of every kind.
    #[test]
    fn the_table_is_right_about_every_character() {
        let known: Vec<char> = ('\0'..=char::MAX).filter(|&c| segments::is_known(c) && c != '\u{202F}').collect();
        assert!(known.len() > 128);
        for c in known {
            let text = format!("{c}{c} a{c}b 1{c}2 _{c}_ .{c} {c}\u{301} {c}\u{93E} a.{c} 1,{c}1 ש{c}ש  {c}知{c}");
            assert_eq!(fast(&text), plain(&text), "{c:?}");
        }
    }

    /// Texts of the characters that the rules depend on.
    fn tricky() -> impl Strategy<Value = String> {
        let chars = "abZ190'’‘.,:;_- \t\r\n“”\"–—…«»éÜßœſﬁ·\u{A0}\u{AD}\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{301}\u{93E}\u{2009}\u{203F}\u{FF0E}\u{FF07}知かカ한שא״😀👍🏽🇩🇪©²½";
        prop::collection::vec(prop::sample::select(chars.chars().collect::<Vec<_>>()), 0..40)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_table_gives_the_words_of_uax_29(text in tricky()) {
            prop_assert_eq!(fast(&text), plain(&text));
        }

        #[test]
        fn the_table_gives_the_words_of_any_text(text in "(?s).{0,60}") {
            prop_assert_eq!(fast(&text), plain(&text));
        }

        #[test]
        fn all_word_iterators_agree(text in tricky()) {
            let mut shown = Vec::new();
            for_each_folded(&text, |span, folded| shown.push((span, folded.to_owned())));
            prop_assert_eq!(&shown, &fast(&text));
            prop_assert!(spans(&text).eq(shown.into_iter().map(|(span, _)| span)));
        }
    }

    proptest! {
        #[test]
        fn spans_hold_the_words_in_order(text in ".{0,80}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.span.start >= end && !word.span.is_empty());
                end = word.span.end;
                prop_assert_eq!(fold(word.span.of(&text)), word.folded.clone());
            }
        }

        #[test]
        fn folding_twice_changes_nothing(word in "\\PC{0,12}") {
            let once = fold(&word).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once.clone());
        }
    }
}
