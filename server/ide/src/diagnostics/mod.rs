//! Every finding of a note.

mod citation_ambiguous;
mod citation_unresolved;
mod claim_contradicted;
mod claim_overstated;
mod claim_uncited;
mod claim_unsupported;
mod context;
#[cfg(test)]
mod examples;
mod quote_altered;
mod quote_misattributed;
mod quote_not_found;
mod term_contested;
mod term_undefined;

use ibid_corpus::{FileId, Severity, Snapshot};
use ibid_text::Span;

pub use context::{Context, Judged};

/// A diagnostic code; each has a file of its own with its documentation, logic and test.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Code {
    /// `quote-altered`
    QuoteAltered,
    /// `quote-misattributed`
    QuoteMisattributed,
    /// `quote-not-found`
    QuoteNotFound,
    /// `citation-unresolved`
    CitationUnresolved,
    /// `citation-ambiguous`
    CitationAmbiguous,
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

/// What is reported to the person; it always carries its evidence.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Its code.
    pub code: Code,
    /// How loud.
    pub severity: Severity,
    /// Where in the note.
    pub span: Span,
    /// One line.
    pub message: String,
    /// The evidence: places in sources (or notes) with what they show.
    pub related: Vec<Related>,
    /// What would mend it.
    pub fixes: Vec<Fix>,
}

/// A place that a finding points to.
#[derive(Clone, PartialEq, Debug)]
pub struct Related {
    /// The file.
    pub file: FileId,
    /// Where, in the file's own text.
    pub span: Span,
    /// What it shows.
    pub message: String,
}

/// An edit of the note that mends a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does.
    pub title: String,
    /// Replacements in the note, ascending, disjoint.
    pub edits: Vec<(Span, String)>,
    /// Whether an editor may offer it first.
    pub preferred: bool,
}

/// Everything about one code, in one place: `ibid explain`, docs/diagnostics.md and the editor's link come from it.
pub struct Rule {
    /// The code.
    pub code: Code,
    /// The code as written: `quote-altered`.
    pub name: &'static str,
    /// How loud unless configured.
    pub severity: Severity,
    /// One line: what it reports.
    pub summary: &'static str,
    /// Markdown with the headings `## What it does`, `## Why it matters`, `## Fires` and `## Does not fire`. Every fenced
    /// block under the last two is a workspace in the notation of the tests (`//- /sources/page.txt`), and is run as one.
    pub documentation: &'static str,
    /// Finds them in a note.
    check: fn(&Context<'_>, &mut Vec<Finding>),
}

/// Every rule, in the order of [`Code`].
pub const RULES: [&Rule; 11] = [
    &quote_altered::RULE,
    &quote_misattributed::RULE,
    &quote_not_found::RULE,
    &citation_unresolved::RULE,
    &citation_ambiguous::RULE,
    &claim_uncited::RULE,
    &claim_unsupported::RULE,
    &claim_contradicted::RULE,
    &claim_overstated::RULE,
    &term_contested::RULE,
    &term_undefined::RULE,
];

impl Code {
    /// The rule of this code.
    pub fn rule(self) -> &'static Rule {
        RULES[self as usize]
    }

    /// The code called `name`.
    pub fn named(name: &str) -> Option<Self> {
        RULES.iter().find(|rule| rule.name == name).map(|rule| rule.code)
    }
}

/// All findings of a note, in order; none if the file is no note.
pub fn diagnostics(snapshot: &Snapshot, file: FileId) -> Vec<Finding> {
    let Some(context) = Context::new(snapshot, file) else { return Vec::new() };
    let mut findings = Vec::new();
    for rule in RULES {
        (rule.check)(&context, &mut findings);
    }
    findings.sort_by_key(|finding| (finding.span, finding.code));
    findings
}
