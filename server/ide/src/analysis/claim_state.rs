//! The state of a claim: the same words and the same counts in hover, lens, statistics and findings.

use ibid_evidence::{Support, annotate_sentence};
use ibid_note::Statement;
use ibid_text::Span;

use super::{
    checked_note::CheckedNote,
    finding::{Code, Examination},
    support::{Basis, comparison, has_verified_quotation, may_claim},
};

/// The state of a claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ClaimState {
    /// The cited passage, or a verified quotation in the sentence, has everything that it says.
    Supported,
    /// The cited passage says otherwise.
    Contradicted,
    /// The cited passage says less.
    Overstated,
    /// The cited source is about something else.
    Unsupported,
    /// It needs a source and cites none.
    Uncited,
    /// It is based on a source, but whether that has all of it was not found out.
    NotChecked,
}

impl ClaimState {
    /// The state in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::Overstated => "overstated",
            Self::Unsupported => "unsupported",
            Self::Uncited => "uncited",
            Self::NotChecked => "not-checked",
        }
    }

    /// The state of a statement in an examined note; `None` if it is no claim that asks for a source.
    pub(crate) fn of(checked: &CheckedNote<'_>, statement: &Statement, examination: &Examination) -> Option<Self> {
        if let Some(reported) = reported(statement, examination) {
            return Some(reported);
        }
        if !may_claim(statement) || matches!(Basis::of(checked, statement), Basis::Nearby | Basis::Nothing) {
            return None;
        }
        let supports = || {
            let compared = comparison(checked, statement);
            compared.is_some_and(|compared| compared.verification.verdict == Support::Supported)
        };
        if supports() || has_verified_quotation(checked, statement) {
            Some(Self::Supported)
        } else {
            asserts(checked, statement).then_some(Self::NotChecked)
        }
    }
}

/// The state that a finding reports for the statement, also one that the baseline accepts.
fn reported(statement: &Statement, examination: &Examination) -> Option<ClaimState> {
    let findings = examination.findings.iter().chain(&examination.accepted);
    findings.filter(|finding| finding.span.overlaps(statement.span)).find_map(|finding| match finding.code {
        Code::ClaimContradicted => Some(ClaimState::Contradicted),
        Code::ClaimOverstated => Some(ClaimState::Overstated),
        Code::ClaimUnsupported => Some(ClaimState::Unsupported),
        Code::ClaimUncited => Some(ClaimState::Uncited),
        _ => None,
    })
}

/// Whether the sentence probably asserts something checkable.
fn asserts(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    let text = statement.words.text();
    annotate_sentence(text, Span::from(0..text.len()), checked.language()).claim >= 0.5
}
