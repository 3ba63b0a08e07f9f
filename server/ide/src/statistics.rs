//! The claims of a note, counted by their state.

use std::{fmt, ops::AddAssign};

use ibid_corpus::{FileId, Snapshot};
use ibid_note::Statement;
use ibid_text::Span;

use crate::{
    analysis::{claim_state::ClaimState, finding::Examination, memo::Memo},
    diagnostics::open_if_checked,
};

/// The number of claims of a note by state; each claim is counted once. A sentence that cites nothing counts only if it
/// is reported: no other is known to ask for a source.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct ClaimStatistics {
    /// All claims.
    pub claims: usize,
    /// Supported by the cited passage or by a verified quotation in the sentence.
    pub supported: usize,
    /// Reported as `claim-overstated`.
    pub overstated: usize,
    /// Reported as `claim-contradicted`.
    pub contradicted: usize,
    /// Reported as `claim-unsupported`.
    pub unsupported: usize,
    /// Based on a source, but not found out whether that has all of it.
    pub not_checked: usize,
    /// Reported as `claim-uncited`.
    pub uncited: usize,
}

impl ClaimStatistics {
    fn count(&mut self, state: ClaimState) {
        self.claims += 1;
        *match state {
            ClaimState::Supported => &mut self.supported,
            ClaimState::Overstated => &mut self.overstated,
            ClaimState::Contradicted => &mut self.contradicted,
            ClaimState::Unsupported => &mut self.unsupported,
            ClaimState::NotChecked => &mut self.not_checked,
            ClaimState::Uncited => &mut self.uncited,
        } += 1;
    }

    /// The counts with their names, in the order in which they are shown.
    pub fn named(self) -> [(&'static str, usize); 7] {
        [
            ("claims", self.claims),
            (ClaimState::Supported.name(), self.supported),
            (ClaimState::Overstated.name(), self.overstated),
            (ClaimState::Contradicted.name(), self.contradicted),
            (ClaimState::Unsupported.name(), self.unsupported),
            (ClaimState::NotChecked.name(), self.not_checked),
            (ClaimState::Uncited.name(), self.uncited),
        ]
    }
}

/// One line with the number of claims and the counts that are not zero: "12 claims · 9 supported · 3 uncited".
impl fmt::Display for ClaimStatistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.claims, if self.claims == 1 { "claim" } else { "claims" })?;
        let counts = self.named().into_iter().skip(1).filter(|(_, count)| *count > 0);
        counts.into_iter().try_for_each(|(name, count)| write!(f, " · {count} {name}"))
    }
}

impl AddAssign for ClaimStatistics {
    fn add_assign(&mut self, other: Self) {
        self.claims += other.claims;
        self.supported += other.supported;
        self.overstated += other.overstated;
        self.contradicted += other.contradicted;
        self.unsupported += other.unsupported;
        self.not_checked += other.not_checked;
        self.uncited += other.uncited;
    }
}

/// Counts the claims of an examined note. All counts are zero if the note was not examined.
pub fn claim_statistics(snapshot: &Snapshot, file: FileId, examination: &Examination) -> ClaimStatistics {
    let mut statistics = ClaimStatistics::default();
    for (_, state) in claims(snapshot, file, examination) {
        statistics.count(state);
    }
    statistics
}

/// The claims of an examined note with their states, in order: those that [`claim_statistics`] counts.
pub fn claims(snapshot: &Snapshot, file: FileId, examination: &Examination) -> Vec<(Span, ClaimState)> {
    let memo = Memo::default();
    let Some(checked) = open_if_checked(snapshot, file, &memo) else { return Vec::new() };
    let state = |one: &Statement| Some((one.span, ClaimState::of(&checked, one, examination)?));
    checked.note.statements.iter().filter_map(state).collect()
}

#[cfg(test)]
mod tests {
    use super::{ClaimStatistics, claim_statistics};
    use crate::{examine, fixture::Fixture};

    const PAGE: &str = "//- /sources/page.md\n---\nid: model\n---\n\
        We assume that half of recent AI progress comes from using more compute.\n\n\
        The method doubles the speed of training in 2024.\n//- /notes/note.md\n";

    fn check(note: &str, expected: ClaimStatistics) {
        let fixture = Fixture::new(&format!("{PAGE}{note}"));
        let examination = examine(&fixture.snapshot, fixture.file);
        assert_eq!(claim_statistics(&fixture.snapshot, fixture.file, &examination), expected, "{note}");
    }

    #[test]
    fn every_claim_counts_once() {
        let none = ClaimStatistics::default();
        check("I like this.\n", none);
        check(
            "The method doubles the speed of training in 2024 [@model].\n",
            ClaimStatistics { claims: 1, supported: 1, ..none },
        );
        check(
            "Half of recent AI progress comes from using more compute [@model].\n",
            ClaimStatistics { claims: 1, overstated: 1, ..none },
        );
        check("The method triples the speed of training in 2024.\n", none);
        check(
            "In 2021, 45 percent of all students failed their exams.\n",
            ClaimStatistics { claims: 1, uncited: 1, ..none },
        );
        check(
            "In 2021, 45 percent of all students failed their exams (<https://example.org>).\n",
            ClaimStatistics { claims: 1, not_checked: 1, ..none },
        );
        check("---\nibid: off\n---\n\nThe method triples the speed of training in 2024.\n", none);
    }

    #[test]
    fn a_line_shows_the_counts_that_are_not_zero() {
        let statistics =
            ClaimStatistics { claims: 12, supported: 9, overstated: 1, uncited: 2, ..ClaimStatistics::default() };
        assert_eq!(statistics.to_string(), "12 claims · 9 supported · 1 overstated · 2 uncited");
        assert_eq!(
            ClaimStatistics { claims: 1, uncited: 1, ..ClaimStatistics::default() }.to_string(),
            "1 claim · 1 uncited"
        );
    }

    #[test]
    fn statistics_add_up() {
        let mut sum = ClaimStatistics { claims: 2, supported: 1, uncited: 1, ..ClaimStatistics::default() };
        sum +=
            ClaimStatistics { claims: 3, overstated: 1, contradicted: 1, unsupported: 1, ..ClaimStatistics::default() };
        sum += ClaimStatistics { claims: 1, not_checked: 1, ..ClaimStatistics::default() };
        assert_eq!(sum.named().map(|(_, count)| count), [6, 1, 1, 1, 1, 1, 1]);
    }
}
