//! What holds of every comparison of a quotation with its source, and of the texts that sources are made of.

use ibid_evidence::{
    EditKind, Verdict,
    quotation::{Comparison, Quoted, compare},
};
use ibid_language::Language;
use ibid_text::Span;
use proptest::prelude::*;

fn compared(quote: &str, source: &str) -> Option<Comparison> {
    compare(&Quoted::parse(quote, Language::ENGLISH), source, Span::from(0..source.len()))
}

fn check(source: &str, quote: &str, expected: Verdict) {
    let found = compared(quote, source).expect("words are shared");
    assert_eq!(found.verdict, expected, "{source} / {quote}: {:?}", found.edits);
}

#[test]
fn brackets_of_the_source_are_its_own() {
    check("He left [...] and came back [13] soon", "He left [...] and came back [13] soon", Verdict::Verbatim);
    check("He left and came back [13] soon", "came back soon", Verdict::Typographic);
    check("He left at last and came back", "He left [...] and came back", Verdict::Marked);
    check("they report[ed] it to [t]he clerk", "they report[ed] it to [t]he clerk", Verdict::Verbatim);
    check("they reported it to the clerk", "they report[ed] it to [t]he clerk", Verdict::Marked);
    check("they report it to a clerk", "they report[ed] it to a clerk", Verdict::Marked);
    check("Row[k] counts boats", "Row[k] counts [ferry] boats", Verdict::Marked);
    check("Row[k] counts boats", "Row[k] counts ferry boats", Verdict::Altered);
}

#[test]
fn a_comparison_ends_with_the_passage() {
    let source = "The lamp was lit at noon.\n\nBread was dear in May.";
    for quote in ["the lamp was lit at noon twice", "the lamp was lit at noon each day", "gladly bread was dear in May"]
    {
        let found = compared(quote, source).expect("words are shared");
        let kinds: Vec<EditKind> = found.edits.iter().map(|edit| edit.kind).collect();
        assert_eq!(kinds, [EditKind::Insert], "{quote}: {:?}", found.edits);
    }
    check(source, "lit at noon. Bread was dear", Verdict::Typographic);
    check("The lamp was lit\nat noon", "The lamp was lit by noon", Verdict::Altered);
}

#[test]
fn what_typesetting_leaves_in_a_source_is_no_change() {
    check("Tom &amp; Jerry &mdash; ef\u{AD}fi\u{AD}ciently", "Tom & Jerry — efficiently", Verdict::Typographic);
    check("e\u{FB03}cient o\u{FB03}ces", "efficient offices", Verdict::Typographic);
    check("hard\nwrapped\n  lines and exam-\nples", "hard wrapped lines and examples", Verdict::Typographic);
}

#[test]
fn the_numbers_of_list_items_may_be_left_out() {
    let list = "These hold:\n1. They assume a rule\n2. They assume a reward\n";
    check(list, "They assume a rule\nThey assume a reward", Verdict::Typographic);
    check(list, "1. They assume a rule\n2. They assume a reward", Verdict::Verbatim);
    check(list, "1. They assume a rule\n3. They assume a reward", Verdict::Altered);
}

#[test]
fn emphasis_inside_a_word_is_no_change() {
    check(
        "use other libs; use /NODEFAULTLIB:*library*",
        "use other libs; use /NODEFAULTLIB:library",
        Verdict::Typographic,
    );
    check("the `specifier-seq`*opt* of it", "the specifier-seqopt of it", Verdict::Typographic);
    check("the specifier-seqopt of it", "the specifier-`seq`*opt* of it", Verdict::Typographic);
    check("use other libs; use /NODEFAULTLIB:*library*", "use other libs; use /NODEFAULTLIB:archive", Verdict::Altered);
}

#[test]
fn a_subscript_may_be_set_with_braces() {
    check("so $u(a_{1} o\\_{t})$ grows", "so $u(a_1 o_t)$ grows", Verdict::Typographic);
    check("so $u(a_1 o_t)$ grows", "so $u(a_{1} o_{t})$ grows", Verdict::Typographic);
    check("so $u(a_{1} o_{t})$ grows", "so $u(a_2 o_t)$ grows", Verdict::Altered);
}

#[test]
fn characters_that_change_no_word_are_typography() {
    for (source, quote) in [
        ("a mast of 6′2″ and no more", "a mast of 6'2\" and no more"),
        ("at 40°26′46″ north of it", "at 40°26’46” north of it"),
        ("the har\u{AD}\nbour was closed", "the harbour was closed"),
        ("the steve\u{200B}dores were gone", "the stevedores were gone"),
        ("fermée\u{202F}; qui la garde", "fermée; qui la garde"),
        ("a mediæval manœuvre of 1,204 men", "a mediaeval manoeuvre of 1204 men"),
        ("puis l’École resta fermée", "puis l’Ecole resta fermée"),
        ("Custos aquam uidit", "Custos aquam vidit"),
        ("Всё ещё за\u{301}мок стоял", "Все еще замок стоял"),
    ] {
        check(source, quote, Verdict::Typographic);
        check(quote, source, Verdict::Typographic);
    }
    check("a mast of 6′2″ and no more", "a mast of 6'3\" and no more", Verdict::Altered);
}

#[test]
fn every_script_has_verdicts() {
    check("知识就是力量", "知识就是力量", Verdict::Verbatim);
    check("知识就是力量", "知识不是力量", Verdict::Altered);
    check("שלום לכולם היום", "שלום לכולם מחר", Verdict::Altered);
    check("cafe\u{301} 😀 ouvert", "café ouvert", Verdict::Typographic);
}

#[test]
fn a_quotation_inside_a_quotation_may_change_its_marks() {
    check("She said \u{201C}come in\u{201D} and left", "She said 'come in' and left", Verdict::Typographic);
}

#[test]
fn ten_thousand_words_are_compared() {
    let word = |at: usize| format!("w{}", at * 7919 % 9973);
    let text = (0..10_000).map(word).collect::<Vec<_>>().join(" ");
    check(&text, &text, Verdict::Verbatim);
    check(&text, &text.replacen("w7919 ", "other ", 1), Verdict::Altered);
}

proptest! {
    #[test]
    fn no_input_makes_it_fail(quote in ".{0,60}", source in ".{0,90}") {
        if let Some(found) = compared(&quote, &source) {
            prop_assert!(source.get(found.span.start as usize..found.span.end as usize).is_some());
            prop_assert!((0.0..=1.0).contains(&found.similarity));
            for edit in &found.edits {
                prop_assert!(quote.get(edit.quote.start as usize..edit.quote.end as usize).is_some());
                prop_assert!(source.get(edit.source.start as usize..edit.source.end as usize).is_some());
            }
        }
    }

    #[test]
    fn a_text_is_verbatim_in_itself(text in "[A-Za-z0-9 ,.;'\u{2019}é\n-]{0,80}[a-z]") {
        prop_assert_eq!(compared(&text, &text).map(|found| found.verdict), Some(Verdict::Verbatim));
    }

    /// Setting right what was told leaves nothing to tell.
    #[test]
    fn the_sources_wording_mends_a_quotation(
        source in prop::collection::vec("[a-f]{3}|[$£]?[1-9]%?", 4..12),
        quote in prop::collection::vec("[a-f]{3}|[$£]?[1-9]%?", 0..3),
        at in 0_usize..4,
    ) {
        let mut words = source.clone();
        words.splice(at..(at + 1).min(source.len()), quote);
        let (source, mut text) = (source.join(" "), words.join(" "));
        let Some(found) = compared(&text, &source) else { return Ok(()) };
        for edit in found.edits.iter().rev() {
            let (from, to) = (edit.quote.start as usize, edit.quote.end as usize);
            let theirs = edit.source.of(&source);
            let wording = if edit.kind == EditKind::Delete { format!(" {theirs} ") } else { theirs.to_owned() };
            text.replace_range(from..to, &wording);
        }
        let verdict = compared(&text, &source).map(|found| found.verdict);
        prop_assert!(matches!(verdict, Some(Verdict::Verbatim | Verdict::Typographic)), "{} / {}: {:?}", text, source, verdict);
    }
}
