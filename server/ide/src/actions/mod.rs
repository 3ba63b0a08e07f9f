//! What can be done to a note at the cursor besides mending a finding. One file for each kind.

mod blockquote;
mod cite_this;
mod style;
mod typography;

use std::sync::Arc;

use ibid_corpus::{FileId, Snapshot};
use ibid_note::{Note, Quotation};
use ibid_text::Span;

use crate::{
    Memo,
    judgment::{Judge, Judged},
};

/// An edit of a note that a person may want.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Action {
    /// What it does.
    pub title: String,
    /// Replacements in the note, ascending, disjoint.
    pub edits: Vec<(Span, String)>,
}

/// What can be done where `span` stands; an empty one is a cursor, any other a selection. `memo` is that of the file.
pub fn actions(snapshot: &Snapshot, file: FileId, span: Span, memo: &Memo) -> Vec<Action> {
    let note = snapshot.file(file).and_then(|file| file.note());
    let is_something = note.is_some_and(|note| {
        let mut things =
            note.quotations.iter().map(|it| it.span).chain(note.citations.iter().map(|citation| citation.span));
        !span.is_empty() || things.any(|thing| thing.touches(span.start))
    });
    let judge = || Judge::recalling(snapshot, file, memo.recall(snapshot));
    let Some(judge) = is_something.then(judge).flatten() else { return Vec::new() };
    let mut actions = style::convert(&judge, span);
    if let Some((quotation, judged)) = quotation_at(&judge, span) {
        actions.extend(cite_this::quotation(&judge, quotation, &judged));
        actions.extend(blockquote::set_off(&judge, quotation, &judged));
    } else if !span.is_empty() {
        // What speaks to a sentence is looked for in all sources: only for who has selected it.
        actions.extend(cite_this::statement(&judge, span));
    }
    actions
}

/// Sets every quotation of a note whose words are right as its source sets it: dashes, quotation marks, ellipses, spaces.
/// `None` if all are. `memo` is that of the file.
pub fn set_as_sources(snapshot: &Snapshot, file: FileId, memo: &Memo) -> Option<Action> {
    let judge = Judge::recalling(snapshot, file, memo.recall(snapshot))?;
    let quotations = judge.note.quotations.iter().filter(|quotation| is_outermost(&judge.note, quotation));
    let edits = quotations.flat_map(|quotation| typography::edits(&judge, quotation, &judge.judged(quotation)));
    let edits: Vec<_> = edits.collect();
    (!edits.is_empty()).then(|| Action { title: "set all quotations as their sources do".to_owned(), edits })
}

/// The outermost quotation that a span touches, if it was found in a source.
fn quotation_at<'a>(judge: &'a Judge<'_>, span: Span) -> Option<(&'a Quotation, Arc<Judged>)> {
    let touched = |quotation: &&Quotation| quotation.span.touches(span.start) && quotation.span.touches(span.end);
    let mut here = judge.note.quotations.iter().filter(touched);
    let quotation = here.find(|quotation| is_outermost(&judge.note, quotation))?;
    let judged = judge.judged(quotation);
    judged.best().is_some().then_some((quotation, judged))
}

fn is_outermost(note: &Note, quotation: &Quotation) -> bool {
    !note.quotations.iter().any(|other| other.span != quotation.span && other.span.covers(quotation.span))
}

#[cfg(test)]
mod tests;
