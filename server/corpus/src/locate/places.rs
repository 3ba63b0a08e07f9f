use std::cell::OnceCell;

use ibid_evidence::{
    Edit, Verdict,
    quotation::{Comparison, Quoted, Run, compare},
};
use ibid_text::Span;

use super::{
    Match,
    stitch::{Piece, can_stitch, stitch},
};
use crate::{
    FileId, Snapshot,
    index::{Candidate, Surprisals},
};

/// How many places the index proposes are compared word by word.
const CANDIDATES: usize = 48;

/// How many of those that a first look proposes are compared before it is given up for a second.
const FIRST_CANDIDATES: usize = 4;

/// Bytes of the source looked at for each marked omission, beyond the quotation's own length: about 400 words.
const OMISSION: u32 = 2_400;

/// Once the quotation is found unaltered, places that share less than this much of what the best one shares are no
/// equals of it.
const CLEAN_SHARE: f32 = 0.8;

/// Until then, places that share less than this much of it are not compared: if the best is not the passage, they are not.
const ALTERED_SHARE: f32 = 0.4;

/// Similarity from which an altered quotation is found for good: what is more like it has been seen.
const SETTLED: f32 = 0.85;

/// Places that have less than this share of a quotation's word pairs, by information, are not compared: they are neither
/// the passage nor a part of it that could be joined with others. Each marked omission makes one part more.
const LEAST_SHARE: f32 = 0.2;

/// Least similarity of an altered quotation.
const ALTERED: f32 = 0.6;

/// Similarity from which several changes leave no doubt either.
const ALIKE: f32 = 0.8;

/// How much more surprising than a chance find the shared words must be for each of several changes, in nats.
const SURPRISE_PER_CHANGE: f32 = 6.0;

/// Share of its letters from which a changed word may be the source's own, misread.
const MISREAD: f32 = 0.65;

/// Words from which a run is long.
const LONG_RUN: u32 = 5;

/// The places of a quotation, as far as they were compared.
pub(super) struct Places<'a> {
    snapshot: &'a Snapshot,
    quoted: &'a Quoted<'a>,
    surprisals: OnceCell<Surprisals>,
    seen: Vec<(FileId, Span)>,
    /// Those that are the passage.
    pub(super) same: Vec<Match>,
    /// Those that are not, but are like it.
    pub(super) near: Vec<Match>,
    /// Runs that may be parts of a quotation stitched together.
    pieces: Vec<Piece>,
    /// Whether a source that may hold it could not be read.
    pub(super) is_unread: bool,
}

impl<'a> Places<'a> {
    /// Compares the quotation with the places that the index proposes. A first look by its rarest words is enough for most;
    /// else more of its words are asked for. Unless it stands somewhere unaltered, its parts are looked for apart.
    pub(super) fn find(snapshot: &'a Snapshot, quoted: &'a Quoted<'a>, is_wanted: impl Fn(FileId) -> bool) -> Self {
        let mut places = Self {
            snapshot,
            quoted,
            surprisals: OnceCell::new(),
            seen: Vec::new(),
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

    /// Whether a place is found that is all there is to find but for others that are as good.
    fn is_settled(&self) -> bool {
        self.is_clean() || self.same.iter().any(|place| place.similarity >= SETTLED)
    }

    /// Compares candidates, best first: so many until one settles the quotation, and those that come near the best.
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
        let refrain = self.found_before(candidate, length);
        let from = refrain.map_or(candidate.start - margin, |end| end.max(candidate.start - margin));
        let to = candidate.start + i64::from(length) + margin;
        let Some(excerpt) = self.snapshot.file(candidate.file).and_then(|file| file.excerpt(from, to)) else {
            self.is_unread = true;
            return;
        };
        let is_covered = |&(file, span): &(FileId, Span)| file == candidate.file && span.covers(excerpt.span());
        if refrain.is_none() && self.seen.iter().any(is_covered) {
            return;
        }
        self.seen.push((candidate.file, excerpt.span()));
        let text = &excerpt.text;
        let Some(found) = compare(self.quoted, text, Span::from(0..text.len())) else { return };
        let is_same = self.is_same_passage(&found, text);
        let found = found.shift(excerpt.start);
        if found.verdict == Verdict::Altered && !self.is_clean() {
            let telling = found.runs.iter().filter(|run| self.is_telling(run));
            let telling: Vec<Piece> = telling.map(|&run| Piece { file: candidate.file, run }).collect();
            self.pieces.extend(telling);
        }
        let Comparison { verdict, span, parts, similarity, edits, .. } = found;
        let place = Match { file: candidate.file, span, parts, verdict, similarity, edits };
        if is_same { self.same.push(place) } else { self.near.push(place) }
    }

    /// Where the last unaltered place ends that was found in front of a candidate: a refrain's next verse is behind it.
    fn found_before(&self, candidate: Candidate, length: u32) -> Option<i64> {
        /// How far a candidate's start may be off, in bytes.
        const SLACK: u32 = 16;
        let clean = self.same.iter().filter(|place| place.verdict != Verdict::Altered && place.file == candidate.file);
        let ends = clean.map(|place| i64::from(place.span.end));
        ends.filter(|&end| end <= candidate.start + i64::from(SLACK.min(length / 2))).max()
    }

    /// Adds the places that the pieces come to when they are joined, if they are more like the quotation than any other.
    fn stitch(&mut self) {
        let likeness = self.same.iter().map(|place| place.similarity).fold(0.0, f32::max);
        let mut files: Vec<FileId> = self.pieces.iter().map(|piece| piece.file).collect();
        files.sort_unstable();
        files.dedup();
        let stitched =
            files.into_iter().filter(|&file| can_stitch(self.quoted, file, &self.pieces)).filter_map(|file| {
                let page = self.snapshot.file(file)?.page()?;
                stitch(self.quoted, file, page.readable(), &self.pieces)
            });
        let stitched: Vec<Match> = stitched.filter(|place| place.similarity > likeness).collect();
        self.same.extend(stitched);
    }

    /// Whether a run alone says where it is from: it is more surprising than a chance find by one change's worth or, in
    /// a corpus too small to tell by, long and as surprising as any place of it can be.
    fn is_telling(&self, run: &Run) -> bool {
        if run.words < 2 {
            return false;
        }
        let beyond_chance = self.surprisal(run) - self.snapshot.index().uniqueness();
        beyond_chance >= SURPRISE_PER_CHANGE || (run.words >= LONG_RUN && beyond_chance > -1.0)
    }

    /// How surprising the words of a run are in this corpus, in nats.
    fn surprisal(&self, run: &Run) -> f32 {
        let surprisals = self.surprisals.get_or_init(|| {
            let words: Vec<Span> = ibid_text::words(self.quoted.text).map(|word| word.span).collect();
            self.snapshot.index().surprisals(self.quoted.text, &words)
        });
        surprisals.of(run.quote)
    }

    /// Whether what was found in `source` is the quoted passage, altered perhaps, and no lookalike.
    ///
    /// One change in place leaves no doubt while most words are the same. Every further one is another chance for a
    /// stranger to fit, so that the words in common must be more surprising than the size of the corpus explains, by some
    /// nats for each change (the reasoning of Karlin and Altschul, 1990, for scores of sequence alignments). A word that
    /// is nearly the source's own, misread or cut short, is but part of a change; one that is only parted or joined
    /// ("for ever", "forever") is none.
    fn is_same_passage(&self, found: &Comparison, source: &str) -> bool {
        let is_parted = |edit: &Edit| letters(edit.quote.of(self.quoted.text)) == letters(edit.source.of(source));
        if found.verdict != Verdict::Altered || found.edits.iter().all(is_parted) {
            return true;
        }
        if found.similarity < ALTERED {
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
}

/// How much of a change an edit is, 0..1: the share of the letters that differ, or all if too few are the same.
/// Where the quotation breaks off inside a word, what is left of the word is all that can differ.
fn difference(edit: &Edit, quoted: &str, source: &str) -> f32 {
    let (ours, mut theirs) = (letters(edit.quote.of(quoted)), letters(edit.source.of(source)));
    let breaks_off = ibid_text::words(&quoted[edit.quote.end as usize..]).next().is_none();
    if breaks_off && !ours.is_empty() && theirs.starts_with(&ours) {
        theirs.truncate(ours.len());
    }
    let same = strsim::normalized_levenshtein(&ours, &theirs) as f32;
    if same >= MISREAD { 1.0 - same } else { 1.0 }
}

/// The folded words of a text without what parts them.
fn letters(text: &str) -> String {
    ibid_text::words(text).map(|word| word.folded).collect()
}

#[cfg(test)]
mod tests {
    use ibid_evidence::{Change, EditKind};

    use super::*;

    #[test]
    fn a_word_misread_or_cut_short_differs_little() {
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
