//! Descriptions of changes in a quotation, for hovers, findings and the terminal.

use ibid_language::Language;
use ibid_text::{Span, words};

use super::{Change, Edit, EditKind, change::negations};

/// The most changes that are described one by one.
const SHOWN: usize = 3;

/// The most words that are repeated in a message.
const REPEATED: usize = 6;

/// One phrase for each of the first few changes: "the source says “may”, the quotation says “will”; a negation was
/// dropped (“not”)". `quote` and `source` are the texts that the edits point into. Plain text; empty without edits.
pub fn explain(edits: &[Edit], quote: &str, source: &str, language: Language) -> String {
    let mut phrases: Vec<String> = edits.iter().take(SHOWN).map(|edit| phrase(edit, quote, source, language)).collect();
    match edits.len().saturating_sub(SHOWN) {
        0 => {}
        1 => phrases.push("one more change".to_owned()),
        more => phrases.push(format!("{} more changes", number(more))),
    }
    phrases.join("; ")
}

fn phrase(edit: &Edit, quote: &str, source: &str, language: Language) -> String {
    let (ours, theirs) = (shown(quote, edit.quote), shown(source, edit.source));
    match (edit.kind, edit.change) {
        (EditKind::Replace, Change::Negation) => {
            let is_fewer = negations(quote, edit.quote, language) < negations(source, edit.source, language);
            let fate = if is_fewer { "dropped" } else { "added" };
            format!("a negation was {fate}: the source says {theirs}, the quotation says {ours}")
        }
        (EditKind::Replace, Change::Number) => {
            format!("a number was changed: the source has {theirs}, the quotation {ours}")
        }
        (EditKind::Replace, Change::Name) => {
            format!("a name was changed: the source has {theirs}, the quotation {ours}")
        }
        (EditKind::Replace, Change::Spelling) => format!("the source spells {theirs}, the quotation {ours}"),
        (EditKind::Replace, Change::Slip) => format!("the source has {theirs}, probably by a slip"),
        (EditKind::Replace, _) => format!("the source says {theirs}, the quotation says {ours}"),
        (EditKind::Delete, _) if edit.source.is_empty() => {
            "two places were joined, and the second comes first in the source".to_owned()
        }
        (EditKind::Delete, Change::Negation) => format!("a negation was dropped ({theirs})"),
        (EditKind::Delete, Change::Slip) => format!("the source has {theirs} twice, probably by a slip"),
        (EditKind::Delete, Change::Hedge) => format!("a hedge was dropped ({theirs})"),
        (EditKind::Delete, _) => format!("{} left out without a mark ({theirs})", were(source, edit.source)),
        (EditKind::Insert, Change::Negation) => format!("a negation was added ({ours})"),
        (EditKind::Insert, Change::Hedge) => format!("a hedge was added ({ours})"),
        (EditKind::Insert, _) => format!("{} added that the source does not have ({ours})", were(quote, edit.quote)),
    }
}

/// "one word was", "three words were".
fn were(text: &str, span: Span) -> String {
    match words(span.of(text)).count() {
        1 => "one word was".to_owned(),
        count => format!("{} words were", number(count)),
    }
}

/// The words of a span on one line, in quotation marks; the middle of a long span is left out.
fn shown(text: &str, span: Span) -> String {
    let behind_stop = span.of(text).trim_start_matches(['.', ',', ';', ':', '!', '?', ' ', '\n']);
    let all: Vec<&str> = behind_stop.split_whitespace().collect();
    let shown = if all.len() > REPEATED {
        format!("{} … {}", all[..REPEATED / 2].join(" "), all[all.len() - REPEATED / 2..].join(" "))
    } else {
        all.join(" ")
    };
    format!("“{shown}”")
}

/// Numbers up to ten as words.
fn number(count: usize) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(count).map_or_else(|| count.to_string(), |&word| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Quoted, compare},
        *,
    };

    /// What is said of a quotation of "Ada said that it may often take twelve hours, but it is not perhaps the colour".
    fn check(quote: &str, expected: &str) {
        const SOURCE: &str = "Ada said that Bob may often take twelve hours, but it is not perhaps the colour.";
        let found = compare(&Quoted::parse(quote, Language::ENGLISH), SOURCE, Span::from(0..SOURCE.len()))
            .expect("words are shared");
        assert_eq!(explain(&found.edits, quote, SOURCE, Language::ENGLISH), expected, "{quote}");
    }

    #[test]
    fn every_kind_of_change_is_named() {
        check("Bob will often take", "the source says “may”, the quotation says “will”");
        check("Bob may always take", "the source says “often”, the quotation says “always”");
        check("take thirteen hours, but", "a number was changed: the source has “twelve”, the quotation “thirteen”");
        check("said that Eve may often", "a name was changed: the source has “Bob”, the quotation “Eve”");
        check("but it is perhaps the colour", "a negation was dropped (“not”)");
        check("take no twelve hours, but it", "a negation was added (“no”)");
        check("may never take", "a negation was added: the source says “often”, the quotation says “never”");
        check("it is not the colour", "a hedge was dropped (“perhaps”)");
        check("Bob may perhaps often take", "a hedge was added (“perhaps”)");
        check("not perhaps the color", "the source spells “colour”, the quotation “color”");
        check("said that Bob may hours, but it", "three words were left out without a mark (“often take twelve”)");
        check("Bob may often gladly take", "one word was added that the source does not have (“gladly”)");
    }
}
