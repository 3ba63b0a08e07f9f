//! Joins the parts of a quotation that are too far apart in a source to be aligned in one comparison.
//!
//! The parts are runs of shared words, chained in the order of the quotation and of the source, as long matches are
//! chained in sequence alignment. A joint that the writer marks is an omission of any length; an unmarked joint is a change.
//! A joint that goes backwards in the source is a change, marked or not.

use ibid_evidence::{
    Change, Edit, EditKind, Verdict,
    quotation::{Quoted, Run},
};
use ibid_text::{Span, words};

use super::Match;
use crate::FileId;

/// Maximum number of joints that count as changes. A quotation with more is a collage of phrases.
const STITCHES: usize = 2;

/// A run of words that is unlikely to match by chance, and its source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) file: FileId,
    pub(super) run: Run,
}

/// Whether the pieces in a source, at least two, together contain every word of the quotation, as [`stitch`] requires. Does
/// not read the source's text.
pub(super) fn can_stitch(quoted: &Quoted<'_>, file: FileId, pieces: &[Piece]) -> bool {
    let pieces = || pieces.iter().filter(|piece| piece.file == file).map(|piece| piece.run.quote);
    pieces().nth(1).is_some() && quoted.words().into_iter().all(|word| pieces().any(|piece| piece.covers(word)))
}

/// The quotation as a chain of `pieces` in the source with the readable text `text`, which must contain all its words. The
/// verdict is [`Verdict::Marked`] if every joint is marked and goes forward. Any other joint counts as one change, whatever
/// the distance. The edit of a joint that goes backwards has no source words, because it omits none.
pub(super) fn stitch(quoted: &Quoted<'_>, file: FileId, text: &str, pieces: &[Piece]) -> Option<Match> {
    let wanted = quoted.words();
    let mut parts: Vec<Span> = Vec::new();
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(&word) = wanted.get(at) {
        let behind = parts.last().map_or(0, |part| part.end);
        let continuations = pieces
            .iter()
            .filter(|piece| piece.file == file && piece.run.quote.covers(word))
            .filter_map(|piece| Some((from_word(&piece.run, &wanted, at, text)?, piece.run.quote.end)))
            .filter(|(part, _)| !parts.iter().any(|taken| taken.overlaps(*part)));
        let (part, reach) =
            continuations.max_by_key(|&(part, reach)| (part.start >= behind, reach, std::cmp::Reverse(part.start)))?;
        let leads_back = part.start < behind;
        if at > 0 && (leads_back || !quoted.is_omission_before(word)) {
            let source = if leads_back { Span::empty(part.start) } else { Span::new(behind, part.start) };
            let quote = Span::empty(wanted[at - 1].end);
            edits.push(Edit { kind: EditKind::Delete, change: Change::Wording, quote, source });
        }
        parts.push(part);
        at += wanted[at..].iter().take_while(|word| word.end <= reach).count();
    }
    if parts.len() < 2 || edits.len() > STITCHES {
        return None;
    }
    let verdict = if edits.is_empty() { Verdict::Marked } else { Verdict::Altered };
    let similarity = 1.0 - edits.len() as f32 / (wanted.len() + edits.len()) as f32;
    let span = parts.iter().copied().reduce(Span::cover)?;
    Some(Match { file, span, parts, verdict, similarity, edits })
}

/// The part of a run in the source from the quotation's word number `at` on.
fn from_word(run: &Run, wanted: &[Span], at: usize, text: &str) -> Option<Span> {
    let skipped = wanted[..at].iter().filter(|word| word.start >= run.quote.start).count();
    let first = words(run.source.of(text)).nth(skipped)?;
    Some(Span::new(run.source.start + first.span.start, run.source.end))
}
