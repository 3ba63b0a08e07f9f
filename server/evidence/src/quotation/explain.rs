//! What was changed in a quotation, in words that hovers, findings and the terminal share.

use ibid_text::{Span, words};

use super::{Change, Edit, EditKind};

/// Most changes that are told one by one.
const SHOWN: usize = 3;

/// Longest stretch, in words, that is repeated in the message.
const REPEATED: usize = 6;

/// One phrase for each change, the first few of them: "the source says “may”, the quotation says “will”; a negation was
/// dropped (“not”)". `quote` and `source` are the texts that the edits point into. Plain text; empty without edits.
pub fn explain(edits: &[Edit], quote: &str, source: &str) -> String {
    let mut phrases: Vec<String> = edits.iter().take(SHOWN).map(|edit| phrase(edit, quote, source)).collect();
    match edits.len().saturating_sub(SHOWN) {
        0 => {}
        1 => phrases.push("one more change".to_owned()),
        more => phrases.push(format!("{} more changes", number(more))),
    }
    phrases.join("; ")
}

fn phrase(edit: &Edit, quote: &str, source: &str) -> String {
    let (ours, theirs) = (shown(quote, edit.quote), shown(source, edit.source));
    match (edit.kind, edit.change) {
        (EditKind::Replace, Change::Spelling) => format!("the source spells {theirs}, the quotation {ours}"),
        (EditKind::Replace, _) => format!("the source says {theirs}, the quotation says {ours}"),
        (EditKind::Delete, Change::Negation) => format!("a negation was dropped ({theirs})"),
        (EditKind::Delete, Change::Hedge) => format!("a hedge was dropped ({theirs})"),
        (EditKind::Delete, _) => format!("{} left out without a mark ({theirs})", were(source, edit.source)),
        (EditKind::Insert, Change::Negation) => format!("a negation was added ({ours})"),
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

/// The words under a span on one line in quotation marks, the middle left out where they are many.
fn shown(text: &str, span: Span) -> String {
    let all: Vec<&str> = span.of(text).split_whitespace().collect();
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
