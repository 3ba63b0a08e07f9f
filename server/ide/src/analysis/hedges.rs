//! The words of a sentence that lower its certainty.

use ibid_evidence::annotate_sentence;
use ibid_language::{Class, Language};
use ibid_text::{Span, words};

/// The hedging words of a sentence, in order. "If" and "unknown" belong to what is asserted, and hedge nothing.
pub(crate) fn hedging_words(text: &str, language: Language) -> Vec<Span> {
    let mut hedges = annotate_sentence(text, Span::from(0..text.len()), language).hedges;
    let is_unsettled = |span: &Span| words(span.of(text)).all(|word| language.is(&word.folded, Class::Unsettled));
    hedges.retain(|span| !is_unsettled(span));
    hedges
}

#[test]
fn conditions_and_open_questions_are_no_hedges() {
    let check = |text: &str, expected: &[&str]| {
        let found: Vec<&str> = hedging_words(text, Language::ENGLISH).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("If the tide is high, the gate may stay shut.", &["may"]);
    check("The author of the map is unknown.", &[]);
    check("It is unclear whether the gate was shut.", &[]);
    check("The gate perhaps leaks unless it is greased.", &["perhaps"]);
}
