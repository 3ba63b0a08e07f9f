use ibid_corpus::RelatedPassage;
use ibid_note::{Form, Quotation};
use ibid_text::Span;

use super::Action;
use crate::{
    Place,
    cite::{Style, cite},
    judgment::{Judge, Judged},
    support::speaking_to,
};

/// Cites where a quotation stands that cites nothing yet: behind its mark, or in a line of its own under a block.
pub(super) fn quotation(judge: &Judge<'_>, quotation: &Quotation, judged: &Judged) -> Option<Action> {
    if !quotation.attribution.citations.is_empty() {
        return None;
    }
    let place = *Place::of_match(judge.snapshot, judged.best()?).first()?;
    let citation = cite(judge.snapshot, judge.file, place, Style::of_note(&judge.note))?;
    let written = match quotation.form {
        Form::Block => format!("\n>\n> — {citation}"),
        Form::Inline | Form::Nested => format!(" {citation}"),
    };
    let end = quotation.span.start + quotation.span.of(judge.page.text()).trim_end().len() as u32;
    Some(Action { title: titled(judge, place)?, edits: vec![(Span::empty(end), written)] })
}

/// Cites a passage that speaks to the sentence in which a selection lies, if that cites nothing yet.
pub(super) fn statement(judge: &Judge<'_>, span: Span) -> Vec<Action> {
    let statement = judge.note.statements.iter().find(|it| it.span.touches(span.start) && it.citations.is_empty());
    let Some(statement) = statement else { return Vec::new() };
    let written = statement.span.of(judge.page.text());
    let at = statement.span.start + written.trim_end_matches(['.', '!', ' ', '\n']).len() as u32;
    let cite = |speaking: &RelatedPassage| {
        let place = Place::in_source(judge.snapshot, speaking.file, speaking.span)?;
        let citation = cite(judge.snapshot, judge.file, place, Style::of_note(&judge.note))?;
        Some(Action { title: titled(judge, place)?, edits: vec![(Span::empty(at), format!(" {citation}"))] })
    };
    speaking_to(judge.snapshot, judge.recall(), statement.words.text()).iter().filter_map(cite).collect()
}

fn titled(judge: &Judge<'_>, place: Place) -> Option<String> {
    let source = judge.snapshot.file(place.file)?;
    Some(format!("cite this: {}", source.place(place.span.start)))
}
