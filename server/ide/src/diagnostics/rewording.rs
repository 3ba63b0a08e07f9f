//! Fixes for an altered quotation: the source's wording, or marks on the changes.

use std::cmp::Ordering;

use ibid_corpus::Match;
use ibid_evidence::{Change, Edit, EditKind};
use ibid_note::Quotation;
use ibid_text::Span;

use crate::{analysis::finding::Fix, syntax::markdown::note_text};

/// The fixes for an altered quotation in the note `text`; `source` is the readable text of the match's file.
pub(super) fn fixes(text: &str, quotation: &Quotation, found: &Match, source: &str) -> Vec<Fix> {
    // A slip of the source is put into the note only where somebody asks for it.
    let is_slip = |edit: &Edit| edit.change == Change::Slip;
    let only_slips = found.edits.iter().all(is_slip);
    let wanted = found.edits.iter().filter(|edit| only_slips || !is_slip(edit));
    let reworded: Vec<_> = wanted.map(|edit| reword(text, quotation, edit, source)).collect();
    let marked: Vec<_> = found.edits.iter().map(|edit| mark(text, quotation, edit)).collect();
    // Between two joined places there may be pages of text: offer a mark, not the words.
    let is_stitched = found.parts.len() > 1;
    // Marking the omission of a *not* would only make the change look honest.
    let leads_back = found.edits.iter().any(|edit| edit.kind == EditKind::Delete && edit.source.is_empty());
    let honest =
        is_stitched || !found.edits.iter().any(|edit| edit.kind == EditKind::Delete && edit.change == Change::Negation);
    let mut fixes = Vec::new();
    if !is_stitched && are_disjoint(&reworded) {
        fixes.push(Fix { title: "Use the source's wording".to_owned(), edits: reworded, preferred: !only_slips });
    }
    // There is no mark for parts in another order.
    if honest && !leads_back && are_disjoint(&marked) {
        fixes.push(Fix { title: marking(&found.edits).to_owned(), edits: marked, preferred: false });
    }
    fixes
}

fn are_disjoint(edits: &[(Span, String)]) -> bool {
    !edits.is_empty() && edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start)
}

fn marking(edits: &[Edit]) -> &'static str {
    let omits = edits.iter().any(|edit| edit.kind == EditKind::Delete);
    let adds = edits.iter().any(|edit| edit.kind != EditKind::Delete);
    match (omits, adds) {
        (true, false) => "Mark the omission with [...]",
        (false, _) => "Mark the change with [ ]",
        (true, true) => "Mark the changes with [ ] and [...]",
    }
}

/// Replaces the changed words by the source's.
fn reword(text: &str, quotation: &Quotation, edit: &Edit, source: &str) -> (Span, String) {
    let there = with_brackets(text, quotation.words.to_original(edit.quote));
    let theirs = note_text(with_brackets(source, edit.source).of(source));
    match edit.kind {
        EditKind::Insert => (with_one_space(text, there), String::new()),
        EditKind::Replace => (there, theirs),
        EditKind::Delete => insertion(text, there.start, &theirs),
    }
}

/// Marks a change.
fn mark(text: &str, quotation: &Quotation, edit: &Edit) -> (Span, String) {
    let there = with_brackets(text, quotation.words.to_original(edit.quote));
    match edit.kind {
        EditKind::Delete => insertion(text, there.start, "[...]"),
        EditKind::Insert | EditKind::Replace => (there, format!("[{}]", there.of(text))),
    }
}

/// Inserts words at a byte offset, with spaces where they are needed.
fn insertion(text: &str, at: u32, words: &str) -> (Span, String) {
    let (before, after) = text.split_at(at as usize);
    let open = |c: char| c.is_whitespace() || "([{“\"‘'«„-—".contains(c);
    let close = |c: char| c.is_whitespace() || ")]}”\"’'».,;:!?-—".contains(c);
    let lead = if before.chars().next_back().is_none_or(open) { "" } else { " " };
    let trail = if after.chars().next().is_none_or(close) { "" } else { " " };
    (Span::empty(at), format!("{lead}{words}{trail}"))
}

/// The span extended by a bracket beside it whose partner is inside, or by the pair around it, so that no bracket loses its
/// partner.
fn with_brackets(text: &str, span: Span) -> Span {
    if span.is_empty() {
        span
    } else {
        [('(', ')'), ('[', ']')].into_iter().fold(span, |span, pair| with_pair(text, span, pair))
    }
}

fn with_pair(text: &str, span: Span, (open, close): (char, char)) -> Span {
    let words = span.of(text);
    let is_before = text[..span.start as usize].ends_with(open);
    let is_behind = text[span.end as usize..].starts_with(close);
    match words.matches(open).count().cmp(&words.matches(close).count()) {
        Ordering::Greater if is_behind => Span::new(span.start, span.end + 1),
        Ordering::Less if is_before => Span::new(span.start - 1, span.end),
        Ordering::Equal if is_before && is_behind => Span::new(span.start - 1, span.end + 1),
        _ => span,
    }
}

/// The span with one of the spaces beside it, so that deleting it leaves one.
fn with_one_space(text: &str, span: Span) -> Span {
    if text[span.end as usize..].starts_with(' ') {
        Span::new(span.start, span.end + 1)
    } else if text[..span.start as usize].ends_with(' ') {
        Span::new(span.start - 1, span.end)
    } else {
        span
    }
}
