//! The claims of a note, counted by their state.

use std::{fmt, ops::AddAssign};

use ibid_corpus::{FileId, Snapshot};
use ibid_evidence::{Support, annotate_sentence};
use ibid_language::Language;
use ibid_note::Statement;
use ibid_text::Span;

use crate::{
    analysis::{
        checked_note::CheckedNote,
        finding::{Code, Examination, Finding},
        memo::Memo,
        support::{Basis, comparison, may_claim},
    },
    diagnostics::open_if_checked,
};

/// The number of claims of a note by state; each claim is counted once. A claim is a finished sentence that probably asserts
/// something checkable.
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
    /// Cited or based on a work, but not compared with its text.
    pub unchecked: usize,
    /// Without a citation. Only some of these are reported as `claim-uncited`.
    pub uncited: usize,
}

impl ClaimStatistics {
    /// The counts with their names, in the order in which they are shown.
    pub fn named(self) -> [(&'static str, usize); 7] {
        [
            ("claims", self.claims),
            ("supported", self.supported),
            ("overstated", self.overstated),
            ("contradicted", self.contradicted),
            ("unsupported", self.unsupported),
            ("unchecked", self.unchecked),
            ("uncited", self.uncited),
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
        self.unchecked += other.unchecked;
        self.uncited += other.uncited;
    }
}

/// Counts the claims of an examined note. All counts are zero if the note was not examined.
pub fn claim_statistics(snapshot: &Snapshot, file: FileId, examination: &Examination) -> ClaimStatistics {
    let mut statistics = ClaimStatistics::default();
    let memo = Memo::default();
    let Some(checked) = open_if_checked(snapshot, file, &memo) else { return statistics };
    let findings: Vec<&Finding> = examination.findings.iter().chain(&examination.accepted).collect();
    for statement in checked.note.statements.iter().filter(|statement| is_claim(statement, snapshot.language())) {
        statistics.claims += 1;
        *counter(&mut statistics, &checked, statement, &findings) += 1;
    }
    statistics
}

fn is_claim(statement: &Statement, language: Language) -> bool {
    let text = statement.words.text();
    may_claim(statement) && annotate_sentence(text, Span::from(0..text.len()), language).claim >= 0.5
}

/// The counter for a claim.
fn counter<'t>(
    statistics: &'t mut ClaimStatistics,
    checked: &CheckedNote<'_>,
    statement: &Statement,
    findings: &[&Finding],
) -> &'t mut usize {
    let has = |code| findings.iter().any(|finding| finding.code == code && finding.span.overlaps(statement.span));
    if has(Code::ClaimContradicted) {
        return &mut statistics.contradicted;
    } else if has(Code::ClaimOverstated) {
        return &mut statistics.overstated;
    } else if has(Code::ClaimUnsupported) {
        return &mut statistics.unsupported;
    }
    let supports = |support| matches!(support, Support::Supported | Support::Understated);
    match Basis::of(checked, statement) {
        Basis::Nearby | Basis::Nothing => &mut statistics.uncited,
        _ if comparison(checked, statement).is_some_and(|comparison| supports(comparison.verification.verdict)) => {
            &mut statistics.supported
        }
        _ if has_verified_quotation(checked, statement) => &mut statistics.supported,
        Basis::Citation | Basis::Quotation | Basis::Work => &mut statistics.unchecked,
    }
}

fn has_verified_quotation(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    let judged = statement.quotations.iter().filter_map(|&at| checked.judged(at));
    judged.into_iter().any(|judged| judged.is_verified())
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
        check("The method triples the speed of training in 2024.\n", ClaimStatistics { claims: 1, uncited: 1, ..none });
        check(
            "In 2021, 45 percent of all students failed their exams (<https://example.org>).\n",
            ClaimStatistics { claims: 1, unchecked: 1, ..none },
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
        sum += ClaimStatistics { claims: 1, unchecked: 1, ..ClaimStatistics::default() };
        assert_eq!(sum.named().map(|(_, count)| count), [6, 1, 1, 1, 1, 1, 1]);
    }
}
