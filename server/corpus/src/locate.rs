//! Finds a quotation in the corpus: the index proposes places, [`ibid_evidence::quotation`] judges them.

mod places;
mod stitch;

use std::cmp::Ordering;

use ibid_evidence::{Edit, Verdict, quotation::Quoted};
use ibid_text::Span;

use crate::{FileId, Snapshot};
use places::Places;

/// The result of looking for a quotation.
#[derive(Clone, PartialEq, Debug)]
pub struct Located {
    /// The verdict on the words alone; citations are not considered.
    pub verdict: Verdict,
    /// The places where it was found, best first.
    pub matches: Vec<Match>,
    /// For [`Verdict::NotFound`], the most similar passage, if any is similar enough.
    pub nearest: Option<Match>,
    /// For [`Verdict::Unchecked`], the reason.
    pub reason: Option<Reason>,
}

/// One place where a quotation was found.
#[derive(Clone, PartialEq, Debug)]
pub struct Match {
    /// The source.
    pub file: FileId,
    /// The place in the source's readable text, from the first word to the last.
    pub span: Span,
    /// The parts of the source that an elided quotation joins, in order; a single part if nothing is elided.
    pub parts: Vec<Span>,
    /// The verdict on this place alone.
    pub verdict: Verdict,
    /// 1 − word edit distance / longer length, after folding; 0..1.
    pub similarity: f32,
    /// The differences between quotation and source.
    pub edits: Vec<Edit>,
}

/// Why a quotation was not judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// It has too few words.
    TooShort,
    /// A source that may contain it could not be read.
    SourceUnread,
    /// The index is not complete yet.
    NotReady,
}

/// Maximum number of matches returned.
const MATCHES: usize = 32;

/// Minimum similarity of a passage shown as the nearest.
const NEAR: f32 = 0.3;

impl Snapshot {
    /// Finds `words` (plain text without quotation marks) in all sources.
    pub fn locate(&self, words: &str) -> Located {
        self.locate_where(words, |_| true)
    }

    /// Finds `words` in the given sources only, even if another source has a better match.
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
        let Places { same: mut matches, mut near, is_unread, .. } = Places::find(self, &quoted, is_wanted);
        self.sort_matches(&mut matches);
        let is_faithful = matches.first().is_some_and(|best| best.verdict != Verdict::Altered);
        if !is_faithful && (is_unread || self.is_corrupt()) {
            return nothing(Verdict::Unchecked, Some(Reason::SourceUnread));
        }
        drop_overlapping(&mut matches);
        let Some(best) = matches.first() else {
            self.sort_matches(&mut near);
            let nearest = near.into_iter().find(|place| place.similarity >= NEAR);
            return Located { nearest, ..nothing(Verdict::NotFound, None) };
        };
        let verdict = best.verdict;
        // If there is an unaltered match, altered copies are not reported.
        matches.retain(|place| place.verdict != Verdict::Altered || verdict == Verdict::Altered);
        matches.truncate(MATCHES);
        Located { verdict, matches, nearest: None, reason: None }
    }

    /// Sorts places best first, and equally good ones by path and place, so that the order does not depend on file ids.
    fn sort_matches(&self, places: &mut [Match]) {
        let path = |place: &Match| self.file(place.file).map(|file| &file.path);
        places.sort_by(|a, b| best_first(a, b).then_with(|| (path(a), a.span).cmp(&(path(b), b.span))));
    }
}

/// Orders places by verdict, then by similarity. Verbatim and typographic matches rank equally until the last step.
fn best_first(a: &Match, b: &Match) -> Ordering {
    let rank = |place: &Match| if place.verdict == Verdict::Verbatim { Verdict::Typographic } else { place.verdict };
    rank(a).cmp(&rank(b)).then(b.similarity.total_cmp(&a.similarity)).then(a.verdict.cmp(&b.verdict))
}

/// Keeps only the best of overlapping places. `places` are sorted best first.
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
    fn typography_is_not_an_alteration() {
        check("Snow fell on the twelve wooden houses of Upper Marsh.", Verdict::Verbatim);
        check("snow fell on the _twelve_ wooden\nhouses", Verdict::Typographic);
        check("By 'explanations' they mean labelled examples of efficient causes", Verdict::Typographic);
        check("labelled exam-\nples [13] of", Verdict::Verbatim);
        check("An item of a list and another one", Verdict::Typographic);
        check("how long it would not stop. By explanations they mean", Verdict::Typographic);
    }

    #[test]
    fn a_marked_change_is_not_an_alteration() {
        check("Snow fell on the [...] houses of Upper Marsh", Verdict::Marked);
        check("[s]now fell on the twelve wooden houses", Verdict::Marked);
        check("Snow [and sleet] fell on the twelve [sic] wooden houses", Verdict::Marked);
        let elided = check("Snow fell on the twelve . . . may have known how long it would not stop", Verdict::Marked);
        assert_eq!(elided.matches[0].parts.len(), 2);
    }

    #[test]
    fn a_changed_word_is_reported_with_its_kind() {
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
    fn words_in_no_source_are_not_found() {
        check("Rain poured from a leaden sky over the harbour", Verdict::NotFound);
        check("\u{2026}", Verdict::Unchecked);
    }

    #[test]
    fn all_equally_good_places_are_returned() {
        let located = snapshot(&[SNOW, SNOW]).locate("twelve wooden houses of Upper Marsh");
        let files: Vec<FileId> = located.matches.iter().map(|found| found.file).collect();
        assert_eq!(files, [FileId(0), FileId(1)]);
    }

    #[test]
    fn the_search_can_be_limited_to_one_source() {
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
        // Parts from two different sources are not joined.
        let apart = snapshot(&[&format!("{}.", halves[0]), &format!("{}.", halves[1])]).locate(&halves.join(" "));
        assert!(apart.matches.iter().all(|place| place.parts.len() < 2));
    }

    #[test]
    fn a_misread_or_truncated_word_is_only_part_of_a_change() {
        check("when wooden houses of Upper Mar", Verdict::Altered);
        check("when wooden houses of Under Hill", Verdict::NotFound);
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
