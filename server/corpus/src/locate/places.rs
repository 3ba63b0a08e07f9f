use std::cell::OnceCell;

use ibid_evidence::{
    Edit, Verdict,
    quotation::{Comparison, Quoted, Run, compare},
};
use ibid_language::Class;
use ibid_text::Span;

use super::{
    Match,
    stitch::{Piece, can_stitch, stitch},
};
use crate::{
    FileId, Snapshot,
    index::{Candidate, Surprisals},
};

/// Maximum number of candidates from the index that are compared word by word.
const CANDIDATES: usize = 48;

/// Number of candidates from a first look that are compared before a second look is taken.
const FIRST_CANDIDATES: usize = 4;

/// Bytes of the source examined for each marked omission, beyond the quotation's own length: about 400 words.
const OMISSION: u32 = 2_400;

/// Once the quotation has been found unaltered, candidates that score less than this share of the best are not compared.
const CLEAN_SHARE: f32 = 0.8;

/// Before that, candidates that score less than this share of the best are not compared.
const ALTERED_SHARE: f32 = 0.4;

/// Similarity from which an altered match ends the search: no better match is expected.
const SETTLED: f32 = 0.85;

/// Candidates with less than this share of the information of the quotation's word pairs are not compared: they are neither
/// the passage nor a part of it. The share is divided by the number of parts, one more than the marked omissions.
const LEAST_SHARE: f32 = 0.2;

/// Minimum similarity of an altered quotation.
const ALTERED: f32 = 0.6;

/// Similarity from which a place with several changes is accepted without regard to chance.
const ALIKE: f32 = 0.8;

/// Surprisal, in nats, that the shared words need beyond a chance match, for each of several changes.
const SURPRISE_PER_CHANGE: f32 = 6.0;

/// Minimum letter similarity of a changed word that may be a misreading of the source's word.
const MISREAD: f32 = 0.65;

/// Minimum number of words in a long run.
const LONG_RUN: u32 = 5;

/// The places compared with a quotation.
pub(super) struct Places<'a> {
    snapshot: &'a Snapshot,
    quoted: &'a Quoted<'a>,
    surprisals: OnceCell<Surprisals>,
    /// The parts of sources compared so far.
    compared: Vec<(FileId, Span)>,
    /// Places that are the quoted passage.
    pub(super) same: Vec<Match>,
    /// Places that are only similar to it.
    pub(super) near: Vec<Match>,
    /// Runs of words that may be parts of a quotation joined from several places.
    pieces: Vec<Piece>,
    /// Whether a source that may contain the quotation could not be read.
    pub(super) is_unread: bool,
}

impl<'a> Places<'a> {
    /// Compares the quotation with the candidates from the index. For most quotations a first look by the rarest words
    /// suffices; otherwise a second look uses more of its words. If there is no unaltered match, places of its parts are
    /// joined.
    pub(super) fn find(snapshot: &'a Snapshot, quoted: &'a Quoted<'a>, is_wanted: impl Fn(FileId) -> bool) -> Self {
        let mut places = Self {
            snapshot,
            quoted,
            surprisals: OnceCell::new(),
            compared: Vec::new(),
            same: Vec::new(),
            near: Vec::new(),
            pieces: Vec::new(),
            is_unread: false,
        };
        let mut search = snapshot.index().search(quoted.text, &quoted.words());
        places.compare_best(&search.first_look(CANDIDATES, ALTERED_SHARE, &is_wanted), FIRST_CANDIDATES, 0.0);
        if places.is_settled() {
            return places;
        }
        let candidates = search.second_look(CANDIDATES, ALTERED_SHARE, &is_wanted);
        let least = LEAST_SHARE * search.information() / (1 + quoted.omissions()) as f32;
        places.compare_best(&candidates, CANDIDATES, least);
        if !places.is_clean() {
            places.stitch();
        }
        places
    }

    fn is_clean(&self) -> bool {
        self.same.iter().any(|place| place.verdict != Verdict::Altered)
    }

    /// Whether the best match is good enough that only equally good ones are still of interest.
    fn is_settled(&self) -> bool {
        self.is_clean() || self.same.iter().any(|place| place.similarity >= SETTLED)
    }

    /// Compares candidates, best first, as long as they score near the best. Stops after `most` unless the quotation is
    /// settled by then.
    fn compare_best(&mut self, candidates: &[Candidate], most: usize, least: f32) {
        let Some(best) = candidates.first() else { return };
        for (number, &candidate) in candidates.iter().enumerate() {
            let share = if self.is_clean() { CLEAN_SHARE } else { ALTERED_SHARE };
            let is_enough = number >= most && !self.is_settled();
            if is_enough || candidate.score < least.max(share * best.score) {
                break;
            }
            self.compare(candidate);
        }
    }

    fn compare(&mut self, candidate: Candidate) {
        let length = self.quoted.text.len() as u32;
        let margin = i64::from(64 + length / 4 + self.quoted.omissions() as u32 * OMISSION);
        let previous_end = self.found_before(candidate, length);
        let from = previous_end.map_or(candidate.start - margin, |end| end.max(candidate.start - margin));
        let to = candidate.start + i64::from(length) + margin;
        let Some(excerpt) = self.snapshot.file(candidate.file).and_then(|file| file.excerpt(from, to)) else {
            self.is_unread = true;
            return;
        };
        let is_covered = |&(file, span): &(FileId, Span)| file == candidate.file && span.covers(excerpt.span());
        if previous_end.is_none() && self.compared.iter().any(is_covered) {
            return;
        }
        self.compared.push((candidate.file, excerpt.span()));
        let text = &excerpt.text;
        let Some(found) = compare(self.quoted, text, Span::from(0..text.len())) else { return };
        let is_same = self.is_same_passage(&found, text);
        let found = found.shift(excerpt.start);
        if found.verdict == Verdict::Altered && !self.is_clean() {
            let distinctive = found.runs.iter().filter(|run| self.is_distinctive(run));
            let pieces: Vec<Piece> = distinctive.map(|&run| Piece { file: candidate.file, run }).collect();
            self.pieces.extend(pieces);
        }
        let Comparison { verdict, span, parts, similarity, edits, .. } = found;
        let place = Match { file: candidate.file, span, parts, verdict, similarity, edits };
        if is_same { self.same.push(place) } else { self.near.push(place) }
    }

    /// The end of the last unaltered match before a candidate. Repeated passages, such as a refrain, are searched after it.
    fn found_before(&self, candidate: Candidate, length: u32) -> Option<i64> {
        /// Maximum error of a candidate's start, in bytes.
        const SLACK: u32 = 16;
        let clean = self.same.iter().filter(|place| place.verdict != Verdict::Altered && place.file == candidate.file);
        let ends = clean.map(|place| i64::from(place.span.end));
        ends.filter(|&end| end <= candidate.start + i64::from(SLACK.min(length / 2))).max()
    }

    /// Joins the pieces of each source and adds the results that are more similar to the quotation than any other place.
    fn stitch(&mut self) {
        let best = self.same.iter().map(|place| place.similarity).fold(0.0, f32::max);
        let mut files: Vec<FileId> = self.pieces.iter().map(|piece| piece.file).collect();
        files.sort_unstable();
        files.dedup();
        let stitched =
            files.into_iter().filter(|&file| can_stitch(self.quoted, file, &self.pieces)).filter_map(|file| {
                let page = self.snapshot.file(file)?.page()?;
                stitch(self.quoted, file, page.readable(), &self.pieces)
            });
        let stitched: Vec<Match> = stitched.filter(|place| place.similarity > best).collect();
        self.same.extend(stitched);
    }

    /// Whether a run of words alone identifies its place: its surprisal exceeds that of a chance match by
    /// [`SURPRISE_PER_CHANGE`] or, since a small corpus may not allow that, it is long and about as surprising as a unique
    /// match.
    fn is_distinctive(&self, run: &Run) -> bool {
        if run.words < 2 {
            return false;
        }
        let beyond_chance = self.surprisal(run) - self.snapshot.index().uniqueness();
        beyond_chance >= SURPRISE_PER_CHANGE || (run.words >= LONG_RUN && beyond_chance > -1.0)
    }

    /// The surprisal of the words of a run in this corpus, in nats.
    fn surprisal(&self, run: &Run) -> f32 {
        let surprisals = self.surprisals.get_or_init(|| {
            let words: Vec<Span> = ibid_text::words(self.quoted.text).map(|word| word.span).collect();
            self.snapshot.index().surprisals(self.quoted.text, &words)
        });
        surprisals.of(run.quote)
    }

    /// Whether a match in `source` is the quoted passage, possibly altered, and not just a similar one.
    ///
    /// With a single change there is no doubt as long as most words are the same. Every further change makes a chance match
    /// more likely, so the surprisal of the shared words must exceed what the size of the corpus explains by some nats per
    /// change (following Karlin and Altschul, 1990, on scores of sequence alignments). A word that is nearly the source's,
    /// misread or truncated, counts as part of a change; one that is only split or joined ("for ever", "forever") is not a
    /// change.
    fn is_same_passage(&self, found: &Comparison, source: &str) -> bool {
        let is_same_letters = |edit: &Edit| letters(edit.quote.of(self.quoted.text)) == letters(edit.source.of(source));
        if found.verdict != Verdict::Altered || found.edits.iter().all(is_same_letters) {
            return true;
        }
        if found.similarity < ALTERED || (found.similarity < ALIKE && self.shares_set_phrase(found)) {
            return false;
        }
        let changes: f32 = found.edits.iter().map(|edit| difference(edit, self.quoted.text, source)).sum();
        if changes <= 1.0 || found.similarity >= ALIKE {
            return true;
        }
        let surprisal: f32 = found.runs.iter().map(|run| self.surprisal(run)).sum();
        let beyond_chance = surprisal - self.snapshot.index().uniqueness();
        beyond_chance >= SURPRISE_PER_CHANGE * changes
    }

    /// Whether a few words share little with the source but a set phrase, such as "it is one of the": as many of their words
    /// with content are the quotation's alone.
    fn shares_set_phrase(&self, found: &Comparison) -> bool {
        /// Longer quotations share enough words to be judged by their surprisal.
        const SHORT: usize = 10;
        let text = self.quoted.text;
        let language = self.snapshot.language();
        let content = |span: Span| {
            let words = ibid_text::words(span.of(text));
            words.filter(|word| !language.is(&word.folded, Class::FunctionWord)).count()
        };
        let shared: usize = found.runs.iter().map(|run| content(run.quote)).sum();
        let own: usize = found.edits.iter().map(|edit| content(edit.quote)).sum();
        ibid_text::words(text).count() <= SHORT && own >= shared
    }
}

/// The size of an edit as part of a change, 0..1: the share of letters that differ, or 1 if too few are the same. If the
/// quotation ends inside a word, only the quoted part of the word is compared.
fn difference(edit: &Edit, quoted: &str, source: &str) -> f32 {
    let (ours, mut theirs) = (letters(edit.quote.of(quoted)), letters(edit.source.of(source)));
    let is_last_word = ibid_text::words(&quoted[edit.quote.end as usize..]).next().is_none();
    if is_last_word && !ours.is_empty() && theirs.starts_with(&ours) {
        theirs.truncate(ours.len());
    }
    let same = strsim::normalized_levenshtein(&ours, &theirs) as f32;
    if same >= MISREAD { 1.0 - same } else { 1.0 }
}

/// The folded words of a text, joined without separators.
fn letters(text: &str) -> String {
    ibid_text::words(text).map(|word| word.folded).collect()
}

#[cfg(test)]
mod tests {
    use ibid_evidence::{Change, EditKind};

    use super::*;

    #[test]
    fn a_misread_or_truncated_word_differs_little() {
        let edit = |ours: &str, theirs: &str| Edit {
            kind: EditKind::Replace,
            change: Change::Wording,
            quote: Span::from(0..ours.len()),
            source: Span::from(0..theirs.len()),
        };
        let difference = |ours: &str, theirs: &str| difference(&edit(ours, theirs), ours, theirs);
        assert!(difference("rnoderate", "moderate") < 0.3);
        assert!(difference("schol", "scholarship") < 0.01);
        assert!(difference("ship", "scholarship") > 0.99);
        assert!(difference("", "not") > 0.99);
    }
}
