//! The claims of a note, counted by what stands under them.

use std::{fmt, ops::AddAssign};

use ibid_corpus::{FileId, Snapshot};
use ibid_evidence::{Support, annotate_sentence};
use ibid_note::Statement;
use ibid_text::Span;

use crate::{
    Code, Examination, Finding,
    diagnostics::{Context, examined},
    memo::Recall,
    support::{Standing, may_claim, standing, weigh},
};

/// How many claims a note makes, each counted once. A claim is a finished sentence that more probably than not asserts
/// something checkable.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// Claims in all.
    pub claims: usize,
    /// The cited passage, or a verified quotation in the sentence, bears it.
    pub supported: usize,
    /// Reported as saying more than its source.
    pub overstated: usize,
    /// Reported as saying something else than its source.
    pub contradicted: usize,
    /// Reported as having nothing near it in its source.
    pub unsupported: usize,
    /// Something is cited for it, but what that says of it could not be told.
    pub unchecked: usize,
    /// Nothing stands under it. Only what a careful colleague would ask about is reported.
    pub uncited: usize,
}

impl Tally {
    /// The counts by name, in the order in which they are told.
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

/// One line: how many claims, and how many of which sort, without the sorts that there are none of.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.claims, if self.claims == 1 { "claim" } else { "claims" })?;
        let sorts = self.named().into_iter().skip(1).filter(|(_, count)| *count > 0);
        sorts.into_iter().try_for_each(|(name, count)| write!(f, " · {count} {name}"))
    }
}

impl AddAssign for Tally {
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

/// Counts the claims of a note that was examined. Nothing is counted where nothing was.
pub fn tally(snapshot: &Snapshot, file: FileId, examination: &Examination) -> Tally {
    let mut tally = Tally::default();
    let Some(context) = examined(snapshot, file, Recall::nothing(snapshot)) else { return tally };
    let findings: Vec<&Finding> = examination.findings.iter().chain(&examination.accepted).collect();
    for statement in context.note.statements.iter().filter(|statement| is_claim(snapshot, statement)) {
        tally.claims += 1;
        *counter(&mut tally, &context, statement, &findings) += 1;
    }
    tally
}

fn is_claim(snapshot: &Snapshot, statement: &Statement) -> bool {
    let text = statement.words.text();
    may_claim(statement) && annotate_sentence(text, Span::from(0..text.len()), snapshot.language()).claim >= 0.5
}

/// Where a claim counts.
fn counter<'t>(
    tally: &'t mut Tally,
    context: &Context<'_>,
    statement: &Statement,
    findings: &[&Finding],
) -> &'t mut usize {
    let has = |code| findings.iter().any(|finding| finding.code == code && finding.span.overlaps(statement.span));
    if has(Code::ClaimContradicted) {
        return &mut tally.contradicted;
    } else if has(Code::ClaimOverstated) {
        return &mut tally.overstated;
    } else if has(Code::ClaimUnsupported) {
        return &mut tally.unsupported;
    }
    let bears = |support| matches!(support, Support::Supported | Support::Understated);
    match standing(context, statement) {
        Standing::Near | Standing::Bare => &mut tally.uncited,
        _ if weigh(context, statement).is_some_and(|weighed| bears(weighed.verification.verdict)) => {
            &mut tally.supported
        }
        _ if has_verified_quotation(context, statement) => &mut tally.supported,
        Standing::Cited | Standing::Quoted | Standing::AboutAWork => &mut tally.unchecked,
    }
}

fn has_verified_quotation(context: &Context<'_>, statement: &Statement) -> bool {
    let judged = statement.quotations.iter().filter_map(|&at| context.judged(at));
    judged.into_iter().any(|judged| judged.is_verified())
}

#[cfg(test)]
mod tests {
    use super::{Tally, tally};
    use crate::{examine, fixture::Fixture};

    const PAGE: &str = "//- /sources/page.md\n---\nid: model\n---\n\
        We assume that half of recent AI progress comes from using more compute.\n\n\
        The method doubles the speed of training in 2024.\n//- /notes/note.md\n";

    fn check(note: &str, expected: Tally) {
        let fixture = Fixture::new(&format!("{PAGE}{note}"));
        let examination = examine(&fixture.snapshot, fixture.file);
        assert_eq!(tally(&fixture.snapshot, fixture.file, &examination), expected, "{note}");
    }

    #[test]
    fn every_claim_counts_once() {
        let none = Tally::default();
        check("I like this.\n", none);
        check(
            "The method doubles the speed of training in 2024 [@model].\n",
            Tally { claims: 1, supported: 1, ..none },
        );
        check(
            "Half of recent AI progress comes from using more compute [@model].\n",
            Tally { claims: 1, overstated: 1, ..none },
        );
        check("The method triples the speed of training in 2024.\n", Tally { claims: 1, uncited: 1, ..none });
        check(
            "In 2021, 45 percent of all students failed their exams (<https://example.org>).\n",
            Tally { claims: 1, unchecked: 1, ..none },
        );
        check("---\nibid: off\n---\n\nThe method triples the speed of training in 2024.\n", none);
    }

    #[test]
    fn a_line_tells_what_there_is() {
        let tally = Tally { claims: 12, supported: 9, overstated: 1, uncited: 2, ..Tally::default() };
        assert_eq!(tally.to_string(), "12 claims · 9 supported · 1 overstated · 2 uncited");
        assert_eq!(Tally { claims: 1, uncited: 1, ..Tally::default() }.to_string(), "1 claim · 1 uncited");
    }

    #[test]
    fn tallies_add_up() {
        let mut sum = Tally { claims: 2, supported: 1, uncited: 1, ..Tally::default() };
        sum += Tally { claims: 3, overstated: 1, contradicted: 1, unsupported: 1, ..Tally::default() };
        sum += Tally { claims: 1, unchecked: 1, ..Tally::default() };
        assert_eq!(sum.named().map(|(_, count)| count), [6, 1, 1, 1, 1, 1, 1]);
    }
}
