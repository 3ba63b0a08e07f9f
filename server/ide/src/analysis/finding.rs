//! What a check of a note reports.

use std::sync::Arc;

use ibid_corpus::{FileId, Severity};
use ibid_text::Span;

use super::{judged::Judged, place::Place};

/// A diagnostic code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Code {
    /// `quote-altered`
    QuoteAltered,
    /// `quote-misattributed`
    QuoteMisattributed,
    /// `quote-not-found`
    QuoteNotFound,
    /// `quote-wrong-page`
    QuoteWrongPage,
    /// `citation-unresolved`
    CitationUnresolved,
    /// `citation-ambiguous`
    CitationAmbiguous,
    /// `link-broken`
    LinkBroken,
    /// `claim-uncited`
    ClaimUncited,
    /// `claim-unsupported`
    ClaimUnsupported,
    /// `claim-contradicted`
    ClaimContradicted,
    /// `claim-overstated`
    ClaimOverstated,
    /// `term-contested`
    TermContested,
    /// `term-undefined`
    TermUndefined,
}

/// What one rule reports about one place of a note, with its evidence.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// The code of the rule.
    pub code: Code,
    /// The severity: the configured one, or a lower one that the rule set.
    pub severity: Severity,
    /// The words of the note that it is about.
    pub span: Span,
    /// One line of plain text.
    pub message: String,
    /// The evidence: places in sources or notes.
    pub related: Vec<Related>,
    /// Edits that would resolve the finding.
    pub fixes: Vec<Fix>,
}

/// A place that a finding points to.
#[derive(Clone, PartialEq, Debug)]
pub struct Related {
    /// The file.
    pub file: FileId,
    /// The words, in the file's own text.
    pub span: Span,
    /// What the place shows, in a few words.
    pub message: String,
}

/// An edit of the note that resolves a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does, as an editor shows it.
    pub title: String,
    /// Replacements in the note, ascending and disjoint.
    pub edits: Vec<(Span, String)>,
    /// Whether an editor may offer it first.
    pub preferred: bool,
}

/// A mistake in a comment that is addressed to ibid itself. It is no finding: it has no code, cannot be suppressed, and
/// does not count towards `--fail-on`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The words of the note that it is about.
    pub span: Span,
    /// One line: what is wrong and how to correct it.
    pub message: String,
}

/// The result of checking one note.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Examination {
    /// The findings to report, by place.
    pub findings: Vec<Finding>,
    /// Findings that the workspace's baseline accepts; they are not reported.
    pub accepted: Vec<Finding>,
    /// Mistakes in comments addressed to ibid.
    pub problems: Vec<Problem>,
    /// The outermost quotations with their verdicts, by place.
    pub quotations: Vec<(Span, Arc<Judged>)>,
}

impl Finding {
    /// A finding without evidence or fixes. Its severity becomes the configured one unless the rule lowers it.
    pub(crate) fn new(code: Code, span: Span, message: String) -> Self {
        Self { code, severity: Severity::Error, span, message, related: Vec::new(), fixes: Vec::new() }
    }
}

impl Related {
    /// A place and what it shows.
    pub(crate) fn at(place: Place, message: &str) -> Self {
        Self { file: place.file, span: place.span, message: message.to_owned() }
    }
}
