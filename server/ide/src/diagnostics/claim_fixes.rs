//! Fixes for an uncited claim: cite a passage, mark it as one's own view, ignore it.

use ibid_corpus::RelatedPassage;
use ibid_evidence::is_everyday;
use ibid_language::Class;
use ibid_note::Statement;
use ibid_text::{Span, words};

use crate::analysis::{checked_note::CheckedNote, cite::Style, finding::Fix, place::Place};

/// Cites a passage before the full stop of the sentence, in the style of the note.
pub(super) fn cite(checked: &CheckedNote<'_>, statement: &Statement, passage: &RelatedPassage) -> Option<Fix> {
    let place = Place::in_source(checked.snapshot, passage.file, passage.span)?;
    let citation = checked.cite(place, Style::of_note(&checked.note))?;
    let written = statement.span.of(checked.page.text());
    let open = written.trim_end_matches(['.', '!', ' ', '\n']).len();
    let source = checked.snapshot.file(passage.file)?;
    let title = format!("Cite {}", source.place(place.span.start));
    let edits = if checked.note.footnotes.iter().any(|footnote| !footnote.label.is_empty()) {
        footnote(checked, statement, &citation)
    } else {
        vec![(Span::empty(statement.span.start + open as u32), format!(" {citation}"))]
    };
    Some(Fix { title, edits, preferred: false })
}

/// A footnote mark after the sentence, and its definition at the end of the note.
fn footnote(checked: &CheckedNote<'_>, statement: &Statement, citation: &str) -> Vec<(Span, String)> {
    let footnotes = &checked.note.footnotes;
    let taken = |label: &str| footnotes.iter().any(|footnote| footnote.label == label);
    // One more number than there are footnotes, so one of them is free.
    let mut numbers = (1..=footnotes.len() + 1).map(|number| number.to_string());
    let label = numbers.find(|label| !taken(label)).unwrap_or_default();
    let text = checked.page.text();
    let end = text.trim_end().len() as u32;
    vec![
        (Span::empty(statement.span.end), format!("[^{label}]")),
        (Span::new(end, text.len() as u32), format!("\n\n[^{label}]: {citation}\n")),
    ]
}

/// Marks the sentence as the writer's own view.
pub(super) fn own_view(checked: &CheckedNote<'_>, statement: &Statement) -> Option<Fix> {
    let written = statement.span.of(checked.page.text());
    let mut opening = words(written);
    let first = opening.next().filter(|word| word.span.start == 0)?;
    let head = first.span.of(written);
    let next_is_capital = opening.next().is_some_and(|next| next.span.of(written).starts_with(char::is_uppercase));
    let is_name = head.chars().filter(|c| c.is_uppercase()).count() > 1
        || next_is_capital && !checked.language().is(&first.folded, Class::FunctionWord)
        || !is_everyday(&first.folded, checked.language());
    let head = if is_name { head.to_owned() } else { head.to_lowercase() };
    let span = first.span.shift(statement.span.start);
    Some(Fix { title: "Mark as own view".to_owned(), edits: vec![(span, format!("I think {head}"))], preferred: false })
}

/// Switches the code off for this sentence, by a comment at the end of its line that has its first words.
pub(super) fn ignore(checked: &CheckedNote<'_>, statement: &Statement) -> Fix {
    let text = checked.page.text();
    let end = statement.span.end as usize;
    let end = text[end..].find(['\n', '\r']).map_or(text.len(), |at| end + at);
    let comment = format!(" <!-- ibid-disable claim-uncited \"{}\" -->", first_words(checked, statement));
    Fix { title: "Ignore this sentence".to_owned(), edits: vec![(Span::empty(end as u32), comment)], preferred: false }
}

/// The first words of a sentence, as many as tell it from the other sentences of the note.
fn first_words(checked: &CheckedNote<'_>, statement: &Statement) -> String {
    /// The fewest words by which a sentence is told.
    const FEWEST: usize = 5;
    let mine: Vec<_> = words(statement.words.text()).map(|word| word.folded).collect();
    let common = |other: &Statement| {
        mine.iter().zip(words(other.words.text())).take_while(|(word, other)| **word == other.folded).count()
    };
    let others = checked.note.statements.iter().filter(|other| other.span != statement.span);
    let needed = others.map(common).max().unwrap_or(0) + 1;
    mine[..needed.max(FEWEST).min(mine.len())].join(" ")
}
