//! Finding a quotation in the corpus: the index proposes, [`ibid_evidence::quotation`] disposes.

use ibid_evidence::{Edit, Verdict};
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

impl Snapshot {
    /// Finds `words` (plain text without quotation marks) in all sources.
    pub fn locate(&self, _words: &str) -> Located {
        Located { verdict: Verdict::Unchecked, matches: Vec::new(), nearest: None, reason: Some(Reason::NotReady) }
    }
}
