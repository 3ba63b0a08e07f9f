use ibid_corpus::RelatedPassage;
use ibid_note::{Form, Quotation};
use ibid_text::Span;

use super::Action;
use crate::analysis::{
    checked_note::CheckedNote,
    cite::{Style, cite},
    judged::Judged,
    place::Place,
    support::related_passages,
};

/// Cites the source of a quotation without a citation: after an inline quotation, or on a line of its own under a block.
pub(super) fn quotation(checked: &CheckedNote<'_>, quotation: &Quotation, judged: &Judged) -> Option<Action> {
    if !quotation.attribution.citations.is_empty() {
        return None;
    }
    let place = *Place::of_match(checked.snapshot, judged.best()?).first()?;
    let citation = cite(checked.snapshot, checked.file, place, Style::of_note(&checked.note))?;
    let written = match quotation.form {
        Form::Block | Form::Callout => format!("\n>\n> — {citation}"),
        Form::Inline | Form::Nested => format!(" {citation}"),
    };
    let end = quotation.span.start + quotation.span.of(checked.page.text()).trim_end().len() as u32;
    Some(Action { title: titled(checked, place)?, edits: vec![(Span::empty(end), written)] })
}

/// Cites a passage that is related to the selected sentence, if the sentence cites nothing.
pub(super) fn statement(checked: &CheckedNote<'_>, span: Span) -> Vec<Action> {
    let statement = checked.note.statements.iter().find(|it| it.span.touches(span.start) && it.citations.is_empty());
    let Some(statement) = statement else { return Vec::new() };
    let written = statement.span.of(checked.page.text());
    let at = statement.span.start + written.trim_end_matches(['.', '!', ' ', '\n']).len() as u32;
    let cite = |passage: &RelatedPassage| {
        let place = Place::in_source(checked.snapshot, passage.file, passage.span)?;
        let citation = cite(checked.snapshot, checked.file, place, Style::of_note(&checked.note))?;
        Some(Action { title: titled(checked, place)?, edits: vec![(Span::empty(at), format!(" {citation}"))] })
    };
    related_passages(checked, statement.words.text()).iter().filter_map(cite).collect()
}

fn titled(checked: &CheckedNote<'_>, place: Place) -> Option<String> {
    let source = checked.snapshot.file(place.file)?;
    Some(format!("Cite {}", source.place(place.span.start)))
}
