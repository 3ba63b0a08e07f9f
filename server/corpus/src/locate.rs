//! Finding a quotation in the corpus: the index proposes, [`ibid_evidence::quotation`] disposes.

use std::cmp::Ordering;

use ibid_evidence::{
    Edit, Verdict,
    quotation::{Quoted, compare},
};
use ibid_text::Span;

use crate::{FileId, Snapshot};

/// What is known of a quotation.
#[derive(Clone, PartialEq, Debug)]
pub struct Located {
    /// The verdict, by the words alone (no citation is weighed here).
    pub verdict: Verdict,
    /// Where it stands, best first.
    pub matches: Vec<Match>,
    /// For [`Verdict::NotFound`], the nearest passage if any is near.
    pub nearest: Option<Match>,
    /// For [`Verdict::Unchecked`], why.
    pub reason: Option<Reason>,
}

/// One place where a quotation stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Match {
    /// The source.
    pub file: FileId,
    /// Where in the source's readable text, from the first word to the last.
    pub span: Span,
    /// The stretches that an elided quotation joins, in order; one if nothing is elided.
    pub parts: Vec<Span>,
    /// The verdict on this place alone.
    pub verdict: Verdict,
    /// 1 − word edit distance / longer length, after folding.
    pub similarity: f32,
    /// What was changed.
    pub edits: Vec<Edit>,
}

/// Why a quotation was not judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Below the minimum of words.
    TooShort,
    /// A source that may hold it could not be read.
    SourceUnread,
    /// The index is not complete yet.
    NotReady,
}

/// How many places the index proposes are compared word by word.
const CANDIDATES: usize = 48;

/// Bytes of the source looked at for each marked omission, beyond the quotation's own length: about 400 words.
const OMISSION: u32 = 2_400;

/// Once the quotation is found unaltered, places that share less than this much of what the best one shares are no
/// equals of it.
const CLEAN_SHARE: f32 = 0.8;

/// Most places that are told.
const MATCHES: usize = 32;

/// Least similarity of an altered quotation, and of a passage that is worth showing as the nearest.
const ALTERED: f32 = 0.6;
const NEAR: f32 = 0.3;

impl Snapshot {
    /// Finds `words` (plain text without quotation marks) in all sources.
    pub fn locate(&self, words: &str) -> Located {
        let quoted = Quoted::parse(words);
        let nothing = |verdict, reason| Located { verdict, matches: Vec::new(), nearest: None, reason };
        if quoted.is_empty() {
            return nothing(Verdict::Unchecked, Some(Reason::TooShort));
        }
        if self.is_abandoned() {
            return nothing(Verdict::Unchecked, Some(Reason::NotReady));
        }
        let mut places = self.places(&quoted);
        places.sort_by(best_first);
        drop_overlapping(&mut places);
        let is_found = |place: &Match| place.verdict != Verdict::Altered || place.similarity >= ALTERED;
        let (mut matches, rest): (Vec<Match>, Vec<Match>) = places.into_iter().partition(is_found);
        let Some(best) = matches.first() else {
            let nearest = rest.into_iter().find(|place| place.similarity >= NEAR);
            return Located { nearest, ..nothing(Verdict::NotFound, None) };
        };
        let verdict = best.verdict;
        // An altered copy beside a faithful one is no second place.
        matches.retain(|place| place.verdict != Verdict::Altered || verdict == Verdict::Altered);
        matches.truncate(MATCHES);
        Located { verdict, matches, nearest: None, reason: None }
    }

    /// Compares the quotation with the places that the index proposes.
    fn places(&self, quoted: &Quoted<'_>) -> Vec<Match> {
        let candidates = self.index().candidates(quoted.text, &quoted.words(), CANDIDATES);
        let length = quoted.text.len() as u32;
        let margin = i64::from(64 + length / 4 + quoted.omissions() as u32 * OMISSION);
        let mut seen: Vec<(FileId, Span)> = Vec::new();
        let mut places = Vec::new();
        let enough = candidates.first().map_or(0.0, |best| best.score * CLEAN_SHARE);
        let mut is_found = false;
        for candidate in candidates {
            if is_found && candidate.score < enough {
                break;
            }
            let Some(source) = self.file(candidate.file).and_then(|file| file.source.as_ref()) else { continue };
            let text = source.text();
            let window = window(text, candidate.start - margin, candidate.start + i64::from(length) + margin);
            if seen.iter().any(|&(file, span)| file == candidate.file && span.covers(window)) {
                continue;
            }
            seen.push((candidate.file, window));
            if let Some(found) = compare(quoted, text, window) {
                is_found |= found.verdict != Verdict::Altered;
                places.push(Match {
                    file: candidate.file,
                    span: found.span,
                    parts: found.parts,
                    verdict: found.verdict,
                    similarity: found.similarity,
                    edits: found.edits,
                });
            }
        }
        places
    }
}

/// A stretch of a text from one byte to another, both moved outwards to where no word is cut.
fn window(text: &str, from: i64, to: i64) -> Span {
    let clamp = |at: i64| usize::try_from(at.max(0)).unwrap_or(0).min(text.len());
    let (from, to) = (text.floor_char_boundary(clamp(from)), text.ceil_char_boundary(clamp(to)));
    let start = text[..from].rfind(char::is_whitespace).unwrap_or(0);
    let end = text[to..].find(char::is_whitespace).map_or(text.len(), |at| to + at);
    Span::from(start..end)
}

/// Verdict first, then likeness, then the order of the corpus.
fn best_first(a: &Match, b: &Match) -> Ordering {
    let rank = |place: &Match| if place.verdict == Verdict::Verbatim { Verdict::Typographic } else { place.verdict };
    rank(a)
        .cmp(&rank(b))
        .then(b.similarity.total_cmp(&a.similarity))
        .then(a.verdict.cmp(&b.verdict))
        .then((a.file, a.span).cmp(&(b.file, b.span)))
}

/// Keeps the best of those that share words of a source. `places` are best first.
fn drop_overlapping(places: &mut Vec<Match>) {
    let mut kept: Vec<(FileId, Span)> = Vec::new();
    places.retain(|place| {
        let is_new = !kept.iter().any(|&(file, span)| file == place.file && span.overlaps(place.span));
        kept.push((place.file, place.span));
        is_new
    });
}
