//! Quotations whose parts stand too far apart to be aligned in one stretch of a source.
//!
//! The parts are runs of shared words, chained in the order of the quotation and of the source, as long matches are
//! chained in sequence alignment. Where the writer marks the joint it is an omission, however long; else the quotation
//! is stitched together, and the joint is a change. So is one that leads back in the source, marked or not.

use ibid_evidence::{
    Change, Edit, EditKind, Verdict,
    quotation::{Quoted, Run},
};
use ibid_text::{Span, words};

use super::Match;
use crate::FileId;

/// Most joints that no mark tells: what needs more is a collage of phrases.
const STITCHES: usize = 2;

/// A run that is long enough to be no chance, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) file: FileId,
    pub(super) run: Run,
}

/// Whether every word of the quotation is in one of several pieces of a source: only then can it be stitched together. Asks nothing of the source's text.
pub(super) fn can_stitch(quoted: &Quoted<'_>, file: FileId, pieces: &[Piece]) -> bool {
    let pieces = || pieces.iter().filter(|piece| piece.file == file).map(|piece| piece.run.quote);
    pieces().nth(1).is_some() && quoted.words().into_iter().all(|word| pieces().any(|piece| piece.covers(word)))
}

/// The quotation as a chain of `pieces` in one source, `text`, that leaves out none of its words; [`Verdict::Marked`] if
/// every joint is marked and leads ahead. Any other counts as one change, however far it leads; the edit of one that leads
/// back has no words of the source, which leaves none out.
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
