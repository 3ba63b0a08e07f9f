//! Edits of a note that are offered at the cursor or a selection, besides the fixes of findings. One file a kind.

mod blockquote;
mod cite_this;
mod style;
mod typography;

use ibid_corpus::{FileId, Snapshot};
use ibid_note::{Note, Quotation};
use ibid_text::Span;

use crate::analysis::{checked_note::CheckedNote, judged::Judged, memo::Memo};

/// An edit of a note that can be offered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Action {
    /// What it does, as an editor shows it.
    pub title: String,
    /// Replacements in the note, ascending and disjoint.
    pub edits: Vec<(Span, String)>,
}

/// The edits to offer at `span`: a cursor if it is empty, or else a selection. `memo` is that of the file.
pub fn actions(snapshot: &Snapshot, file: FileId, span: Span, memo: &Memo) -> Vec<Action> {
    let note = snapshot.file(file).and_then(|file| file.note());
    let has_target = note.is_some_and(|note| {
        let mut targets =
            note.quotations.iter().map(|it| it.span).chain(note.citations.iter().map(|citation| citation.span));
        !span.is_empty() || targets.any(|target| target.touches(span.start))
    });
    let open = || CheckedNote::open(snapshot, file, memo);
    let Some(checked) = has_target.then(open).flatten() else { return Vec::new() };
    let mut actions = style::convert(&checked, span);
    if let Some((quotation, judged)) = quotation_at(&checked, span) {
        actions.extend(cite_this::quotation(&checked, quotation, judged));
        actions.extend(blockquote::set_off(&checked, quotation, judged));
    } else if !span.is_empty() {
        // Searching all sources for related passages takes long, so it needs a selection.
        actions.extend(cite_this::statement(&checked, span));
    }
    actions
}

/// Gives every quotation of a note whose words are correct the typography of its source: dashes, quotation marks, ellipses,
/// spaces. `None` if nothing differs. `memo` is that of the file.
pub fn match_typography(snapshot: &Snapshot, file: FileId, memo: &Memo) -> Option<Action> {
    let checked = CheckedNote::open(snapshot, file, memo)?;
    let quotations = checked.quotations_where(|quotation| is_outermost(&checked.note, quotation));
    let edits = quotations.flat_map(|(quotation, judged)| typography::edits(&checked, quotation, judged));
    let edits: Vec<_> = edits.collect();
    (!edits.is_empty()).then(|| Action { title: "Match the sources' typography in all quotations".to_owned(), edits })
}

/// The outermost quotation around a span, if it was found in a source.
fn quotation_at<'a>(checked: &'a CheckedNote<'_>, span: Span) -> Option<(&'a Quotation, &'a Judged)> {
    let is_here = |quotation: &Quotation| {
        let touches = quotation.span.touches(span.start) && quotation.span.touches(span.end);
        touches && is_outermost(&checked.note, quotation)
    };
    let (quotation, judged) = checked.quotations_where(is_here).next()?;
    judged.best().is_some().then_some((quotation, &**judged))
}

fn is_outermost(note: &Note, quotation: &Quotation) -> bool {
    !note.quotations.iter().any(|other| other.span != quotation.span && other.span.covers(quotation.span))
}

#[cfg(test)]
mod tests;
