//! A diagnostic rule.

use ibid_corpus::Severity;

use crate::analysis::{
    checked_note::CheckedNote,
    finding::{Code, Finding},
};

/// Everything about one code. `ibid explain`, docs/diagnostics.md and the editor's link to a code are made from it.
pub struct Rule {
    /// The code.
    pub code: Code,
    /// The code as written: `quote-altered`.
    pub name: &'static str,
    /// The severity unless one is configured.
    pub severity: Severity,
    /// One line: what it reports.
    pub summary: &'static str,
    /// Markdown with the headings `## What it does`, `## Why it matters`, `## Fires` and `## Does not fire`. Every fenced
    /// block under the last two is a workspace in the notation of the test fixtures (`//- /sources/page.txt`), and a test
    /// checks it.
    pub documentation: &'static str,
    /// Adds the rule's findings in a note.
    pub(super) check: fn(&CheckedNote<'_>, &mut Vec<Finding>),
}
