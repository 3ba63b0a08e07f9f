//! Finding a quotation in the corpus: the index proposes, [`ibid_evidence::quotation`] disposes.

use std::cmp::Ordering;

use ibid_evidence::{
    Edit, Verdict,
    quotation::{Comparison, Quoted, Run, compare},
};
use ibid_text::Span;

use crate::{
    FileId, Snapshot,
    stitch::{Piece, stitch},
};

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

/// Similarity from which several changes leave no doubt either.
const ALIKE: f32 = 0.8;

/// How much more surprising than a chance find the shared words must be for each of several changes, in nats.
const SURPRISE_PER_CHANGE: f32 = 6.0;

/// Share of its letters from which a changed word may be the source's own, misread.
const MISREAD: f32 = 0.65;

/// Words from which a run is long.
const LONG_RUN: u32 = 5;

/// What the places that the index proposes turned out to be.
struct Places {
    /// The passage that was looked for.
    same: Vec<Match>,
    /// Others that are like it.
    near: Vec<Match>,
    /// Whether all could be looked at.
    is_complete: bool,
}

impl Snapshot {
    /// Finds `words` (plain text without quotation marks) in all sources.
    pub fn locate(&self, words: &str) -> Located {
        self.locate_where(words, |_| true)
    }

    /// Finds `words` in some sources alone: what the others hold, however faithful, does not count.
    pub fn locate_in(&self, words: &str, sources: &[FileId]) -> Located {
        self.locate_where(words, |file| sources.contains(&file))
    }

    fn locate_where(&self, words: &str, is_wanted: impl Fn(FileId) -> bool) -> Located {
        let quoted = Quoted::parse(words);
        let nothing = |verdict, reason| Located { verdict, matches: Vec::new(), nearest: None, reason };
        if quoted.is_empty() {
            return nothing(Verdict::Unchecked, Some(Reason::TooShort));
        }
        if self.is_abandoned() {
            return nothing(Verdict::Unchecked, Some(Reason::NotReady));
        }
        let Places { same: mut matches, mut near, is_complete } = self.places(&quoted, is_wanted);
        matches.sort_by(best_first);
        drop_overlapping(&mut matches);
        let Some(best) = matches.first() else {
            near.sort_by(best_first);
            let nearest = near.into_iter().find(|place| place.similarity >= NEAR);
            if !is_complete {
                return nothing(Verdict::Unchecked, Some(Reason::SourceUnread));
            }
            return Located { nearest, ..nothing(Verdict::NotFound, None) };
        };
        let verdict = best.verdict;
        // An altered copy beside a faithful one is no second place.
        matches.retain(|place| place.verdict != Verdict::Altered || verdict == Verdict::Altered);
        matches.truncate(MATCHES);
        Located { verdict, matches, nearest: None, reason: None }
    }

    /// Compares the quotation with the places that the index proposes: those that are the passage, and those that are not
    /// but are like it. Unless it stands somewhere unaltered, its parts are looked for apart.
    fn places(&self, quoted: &Quoted<'_>, is_wanted: impl Fn(FileId) -> bool) -> Places {
        let candidates = self.index().search(quoted.text, &quoted.words()).second_look(CANDIDATES, is_wanted);
        let length = quoted.text.len() as u32;
        let margin = i64::from(64 + length / 4 + quoted.omissions() as u32 * OMISSION);
        let mut seen: Vec<(FileId, Span)> = Vec::new();
        let (mut same, mut near) = (Vec::new(), Vec::new());
        let mut is_complete = !self.is_torn();
        let enough = candidates.first().map_or(0.0, |best| best.score * CLEAN_SHARE);
        let mut is_found = false;
        let mut pieces = Vec::new();
        for candidate in candidates {
            if is_found && candidate.score < enough {
                break;
            }
            let Some(page) = self.file(candidate.file).and_then(|file| file.page()) else {
                is_complete = false;
                continue;
            };
            let text = page.readable();
            let window = window(text, candidate.start - margin, candidate.start + i64::from(length) + margin);
            if seen.iter().any(|&(file, span)| file == candidate.file && span.covers(window)) {
                continue;
            }
            seen.push((candidate.file, window));
            if let Some(found) = compare(quoted, text, window) {
                let is_same = self.is_same_passage(quoted, &found, text);
                is_found |= found.verdict != Verdict::Altered;
                if !is_found {
                    let telling = found.runs.iter().filter(|run| self.is_telling(quoted, run));
                    pieces.extend(telling.map(|&run| Piece { file: candidate.file, run }));
                }
                let Comparison { verdict, span, parts, similarity, edits, .. } = found;
                let place = Match { file: candidate.file, span, parts, verdict, similarity, edits };
                if is_same { same.push(place) } else { near.push(place) }
            }
        }
        if !is_found {
            let likeness = same.iter().map(|place| place.similarity).fold(0.0, f32::max);
            let mut files: Vec<FileId> = pieces.iter().map(|piece| piece.file).collect();
            files.sort_unstable();
            files.dedup();
            let stitched = files.into_iter().filter_map(|file| {
                let page = self.file(file)?.page()?;
                stitch(quoted, file, page.readable(), &pieces)
            });
            same.extend(stitched.filter(|place| place.similarity > likeness));
        }
        Places { same, near, is_complete }
    }

    /// Whether a run alone says where it is from: it is more surprising than a chance find by one change's worth or, in
    /// a corpus too small to tell by, long and as surprising as any place of it can be.
    fn is_telling(&self, quoted: &Quoted<'_>, run: &Run) -> bool {
        let beyond_chance = self.surprise(quoted, run) - self.index().uniqueness();
        (run.words > 1 && beyond_chance >= SURPRISE_PER_CHANGE) || (run.words >= LONG_RUN && beyond_chance > -1.0)
    }

    /// How surprising the words of a run are in this corpus, in nats.
    fn surprise(&self, quoted: &Quoted<'_>, run: &Run) -> f32 {
        let shared = ibid_text::words(run.quote.of(quoted.text)).map(|word| word.span.shift(run.quote.start));
        self.index().surprise(quoted.text, &shared.collect::<Vec<_>>())
    }

    /// Whether what was found in `source` is the quoted passage, altered perhaps, and no lookalike.
    ///
    /// One change in place leaves no doubt while most words are the same. Every further one is another chance for a
    /// stranger to fit, so that the words in common must be more surprising than the size of the corpus explains, by some
    /// nats for each change (the reasoning of Karlin and Altschul, 1990, for scores of sequence alignments). A word that
    /// is nearly the source's own, misread or cut short, is but part of a change.
    fn is_same_passage(&self, quoted: &Quoted<'_>, found: &Comparison, source: &str) -> bool {
        if found.verdict != Verdict::Altered {
            return true;
        }
        if found.similarity < ALTERED {
            return false;
        }
        let changes: f32 = found.edits.iter().map(|edit| difference(edit, quoted.text, source)).sum();
        if changes <= 1.0 || found.similarity >= ALIKE {
            return true;
        }
        let beyond_chance =
            found.runs.iter().map(|run| self.surprise(quoted, run)).sum::<f32>() - self.index().uniqueness();
        beyond_chance >= SURPRISE_PER_CHANGE * changes
    }
}

/// How much of a change an edit is, 0..1: the share of the letters that differ, or all if too few are the same.
/// Where the quotation breaks off inside a word, what is left of the word is all that can differ.
fn difference(edit: &Edit, quoted: &str, source: &str) -> f32 {
    let letters =
        |text: &str| ibid_text::words(text).flat_map(|word| word.folded.chars().collect::<Vec<_>>()).collect();
    let (ours, mut theirs): (String, String) = (letters(edit.quote.of(quoted)), letters(edit.source.of(source)));
    let breaks_off = ibid_text::words(&quoted[edit.quote.end as usize..]).next().is_none();
    if breaks_off && !ours.is_empty() && theirs.starts_with(&ours) {
        theirs.truncate(ours.len());
    }
    let same = strsim::normalized_levenshtein(&ours, &theirs) as f32;
    if same >= MISREAD { 1.0 - same } else { 1.0 }
}

/// A stretch of a text from one byte to another, both moved outwards to where no word is cut.
fn window(text: &str, from: i64, to: i64) -> Span {
    let clamp = |at: i64| usize::try_from(at.max(0)).unwrap_or(0).min(text.len());
    // The start and the end of a text are boundaries, so both walks end.
    let (mut from, mut to) = (clamp(from), clamp(to));
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ibid_evidence::Change as What;

    use super::*;
    use crate::{Change, Config, Host, Role};

    const SNOW: &str = "Snow fell on the twelve wooden houses of Upper Marsh. Nobody there may have known how long it \
                        would not stop.\n\nBy \u{201C}explanations\u{201D} they mean labelled exam-\nples [13] of \
                        e\u{FB03}cient causes.\n\n\u{2022} An item of a list\n\u{2022} and another one\n";

    fn snapshot(texts: &[&str]) -> Snapshot {
        let mut host = Host::default();
        let config = Config { root: "/w".into(), ..Config::default() };
        host.apply(vec![Change::Configure(Arc::new(config))]);
        let set = |(at, text): (usize, &&str)| Change::Set {
            path: format!("/w/{at}.txt").into(),
            role: Role { source: true, ..Role::default() },
            bytes: text.as_bytes().into(),
        };
        host.apply(texts.iter().enumerate().map(set).chain([Change::Ready]).collect());
        host.snapshot()
    }

    fn check(quote: &str, verdict: Verdict) -> Located {
        let located = snapshot(&[SNOW]).locate(quote);
        assert_eq!(located.verdict, verdict, "{quote}: {located:?}");
        located
    }

    #[test]
    fn typography_is_no_change() {
        check("Snow fell on the twelve wooden houses of Upper Marsh.", Verdict::Verbatim);
        check("snow fell on the _twelve_ wooden\nhouses", Verdict::Typographic);
        check("By 'explanations' they mean labelled examples of efficient causes", Verdict::Typographic);
        check("labelled exam-\nples [13] of", Verdict::Verbatim);
        check("An item of a list and another one", Verdict::Typographic);
        check("how long it would not stop. By explanations they mean", Verdict::Typographic);
    }

    #[test]
    fn what_the_writer_marks_is_no_change() {
        check("Snow fell on the [...] houses of Upper Marsh", Verdict::Marked);
        check("[s]now fell on the twelve wooden houses", Verdict::Marked);
        check("Snow [and sleet] fell on the twelve [sic] wooden houses", Verdict::Marked);
        let elided = check("Snow fell on the twelve . . . may have known how long it would not stop", Verdict::Marked);
        assert_eq!(elided.matches[0].parts.len(), 2);
    }

    #[test]
    fn a_changed_word_is_told_by_its_kind() {
        let change = |quote: &str| check(quote, Verdict::Altered).matches[0].edits[0].change;
        assert_eq!(change("Nobody there will have known how long it would not stop"), What::Modal);
        assert_eq!(change("Nobody there may have known how long it would stop"), What::Negation);
        assert_eq!(change("Snow fell on the twenty wooden houses of Upper Marsh"), What::Number);
        assert_eq!(change("Snow fell on the twelve wooden houses of Lower Marsh"), What::Name);
    }

    #[test]
    fn a_sign_that_changes_a_number_is_a_change() {
        const PRICES: &str = "It cost £5 at −3 degrees, a rise of 20% under § 12 of the older of two acts.";
        let check = |quote: &str| {
            let located = snapshot(&[PRICES]).locate(quote);
            assert_eq!(located.verdict, Verdict::Altered, "{quote}");
            located.matches[0].edits.iter().map(|edit| (edit.change, edit.source.of(PRICES))).collect::<Vec<_>>()
        };
        assert_eq!(check("It cost $5 at −3 degrees, a rise"), [(What::Number, "£5")]);
        assert_eq!(check("cost £5 at 3 degrees, a rise of 20%"), [(What::Number, "−3")]);
        assert_eq!(check("at −3 degrees, a rise of 20"), [(What::Number, "20%")]);
        assert_eq!(check("a rise of 20% under 12 of the older"), [(What::Number, "§ 12")]);
        let same = snapshot(&[PRICES]).locate("It cost £5 at -3 degrees, a rise of 20 % under §12");
        assert_eq!(same.verdict, Verdict::Typographic);
    }

    #[test]
    fn what_is_nowhere_is_not_found() {
        check("Rain poured from a leaden sky over the harbour", Verdict::NotFound);
        check("\u{2026}", Verdict::Unchecked);
    }

    #[test]
    fn every_equal_place_is_told() {
        let located = snapshot(&[SNOW, SNOW]).locate("twelve wooden houses of Upper Marsh");
        let files: Vec<FileId> = located.matches.iter().map(|found| found.file).collect();
        assert_eq!(files, [FileId(0), FileId(1)]);
    }

    #[test]
    fn one_source_can_be_asked_alone() {
        let (quote, other) = ("twelve wooden houses of Upper Marsh", SNOW.replace("twelve", "thirteen"));
        let snapshot = snapshot(&[SNOW, &other]);
        let files = |located: Located| located.matches.iter().map(|found| found.file).collect::<Vec<_>>();
        assert_eq!(files(snapshot.locate(quote)), [FileId(0)]);
        let there = snapshot.locate_in(quote, &[FileId(1)]);
        assert_eq!((there.verdict, files(there)), (Verdict::Altered, vec![FileId(1)]));
        assert_eq!(snapshot.locate_in(quote, &[]).verdict, Verdict::NotFound);
    }

    /// Two paragraphs with a thousand words between them.
    fn far_apart() -> String {
        let between = (0..1_000).map(|at| format!("w{} ", at * 7919 % 4001)).collect::<Vec<_>>().concat();
        format!(
            "Snow fell on the twelve wooden houses of Upper Marsh.\n\n{between}\n\n\
                 Nobody there could remember when the last train had left the station.\n"
        )
    }

    #[test]
    fn a_marked_omission_may_be_of_any_length() {
        let text = far_apart();
        let quote = "twelve wooden houses of Upper Marsh [...] remember when the last train had left the station";
        let located = snapshot(&[&text]).locate(quote);
        assert_eq!(located.verdict, Verdict::Marked);
        let parts: Vec<&str> = located.matches[0].parts.iter().map(|part| part.of(&text)).collect();
        assert_eq!(parts.join(" [...] "), quote);
    }

    #[test]
    fn a_stitched_quotation_shows_both_places() {
        let text = far_apart();
        let halves = ["twelve wooden houses of Upper Marsh", "remember when the last train had left the station"];
        let located = snapshot(&[&text]).locate(&halves.join(" "));
        assert_eq!(located.verdict, Verdict::Altered);
        let place = &located.matches[0];
        assert_eq!(place.parts.iter().map(|part| part.of(&text)).collect::<Vec<_>>(), halves);
        assert!(place.similarity > 0.9);
        assert_eq!(place.edits[0].source, Span::new(place.parts[0].end, place.parts[1].start));
        // Halves of two sources are no quotation of either.
        let apart = snapshot(&[&format!("{}.", halves[0]), &format!("{}.", halves[1])]).locate(&halves.join(" "));
        assert!(apart.matches.iter().all(|place| place.parts.len() < 2));
    }

    #[test]
    fn a_word_misread_or_cut_short_is_but_part_of_a_change() {
        check("when wooden houses of Upper Mar", Verdict::Altered);
        check("when wooden houses of Under Hill", Verdict::NotFound);
        let edit = |ours: &str, theirs: &str| Edit {
            kind: ibid_evidence::EditKind::Replace,
            change: What::Wording,
            quote: Span::from(0..ours.len()),
            source: Span::from(0..theirs.len()),
        };
        let difference = |ours: &str, theirs: &str| difference(&edit(ours, theirs), ours, theirs);
        assert!(difference("rnoderate", "moderate") < 0.3);
        assert!(difference("schol", "scholarship") < 0.01);
        assert!(difference("ship", "scholarship") > 0.99);
        assert!(difference("", "not") > 0.99);
    }

    #[test]
    fn a_very_long_quotation_is_compared_piece_by_piece() {
        let text = (0..3_000).map(|at| format!("w{} ", at * 7919 % 4001)).collect::<Vec<_>>().concat();
        let quote = text.replacen("w3918 ", "", 1);
        let located = snapshot(&[&text]).locate(text.trim());
        assert_eq!(located.verdict, Verdict::Verbatim);
        assert_eq!(located.matches[0].span, Span::from(0..text.trim().len()));
        assert_eq!(snapshot(&[&text]).locate(quote.trim()).verdict, Verdict::Altered);
    }

    #[test]
    fn every_script_is_compared() {
        let source =
            "他说：知识就是力量。 שלום לכולם היום. Le cafe\u{301} est ferme\u{301} \u{1F600} aujourd\u{2019}hui.";
        for quote in ["知识就是力量", "שלום לכולם היום", "café est fermé aujourd'hui"] {
            let verdict = snapshot(&[source]).locate(quote).verdict;
            assert!(matches!(verdict, Verdict::Verbatim | Verdict::Typographic), "{quote}: {verdict:?}");
        }
    }
}
