//! Checking a note by every rule.

use std::sync::Arc;

use ibid_corpus::{FileId, Severity, Snapshot};
use ibid_note::Form;

use super::{RULES, Rule, accepted, suppressions, words_of};
use crate::analysis::{
    checked_note::CheckedNote,
    finding::{Examination, Finding},
    memo::Memo,
};

/// Checks a note.
///
/// The result is empty if the file is not a note or switches itself off, while sources are still being read, and in a
/// workspace that is not checked ([`Snapshot::is_checked`]): a README is not a research note.
pub fn examine(snapshot: &Snapshot, file: FileId) -> Examination {
    Arc::unwrap_or_clone(Memo::default().examine(snapshot, file))
}

impl Memo {
    /// Checks a note like [`examine`], reusing what earlier checks found out about its parts.
    pub fn examine(&self, snapshot: &Snapshot, file: FileId) -> Arc<Examination> {
        self.begin(snapshot);
        let examination = Arc::new(examine_with(snapshot, file, self));
        self.end(snapshot, file, &examination);
        examination
    }

    /// The result of the last [`Memo::examine`] if nothing has changed since; else checks the note.
    pub fn examined(&self, snapshot: &Snapshot, file: FileId) -> Arc<Examination> {
        self.last(snapshot, file).unwrap_or_else(|| self.examine(snapshot, file))
    }
}

/// Checks a note, reusing what the memo holds.
pub(crate) fn examine_with(snapshot: &Snapshot, file: FileId, memo: &Memo) -> Examination {
    let Some(checked) = open_if_checked(snapshot, file, memo) else { return Examination::default() };
    let (findings, accepted) = accepted::split(&checked, findings(&checked));
    let problems = suppressions::problems(&checked.note);
    let outermost = checked.quotations_where(|quotation| quotation.form != Form::Nested);
    let quotations = outermost.map(|(quotation, judged)| (words_of(quotation), judged.clone())).collect();
    Examination { findings, accepted, problems, quotations }
}

/// Opens a note if it is one that [`examine`] checks.
pub(crate) fn open_if_checked<'a>(snapshot: &'a Snapshot, file: FileId, memo: &'a Memo) -> Option<CheckedNote<'a>> {
    if !snapshot.is_ready() || !snapshot.is_checked() {
        return None;
    }
    CheckedNote::open(snapshot, file, memo).filter(|checked| !is_off(checked))
}

/// The findings of [`examine`].
pub fn diagnostics(snapshot: &Snapshot, file: FileId) -> Vec<Finding> {
    examine(snapshot, file).findings
}

/// The findings of all rules with their configured severities, without those that the note suppresses.
fn findings(checked: &CheckedNote<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        let severity = configured(checked, rule);
        if severity > Severity::Off {
            let before = findings.len();
            (rule.check)(checked, &mut findings);
            for finding in &mut findings[before..] {
                finding.severity = finding.severity.min(severity);
            }
        }
    }
    findings.retain(|finding| !suppressions::suppresses(&checked.note, finding));
    name_parts(checked, &mut findings);
    findings.sort_by_key(|finding| (finding.span, finding.code));
    findings
}

/// Adds the page or chapter of the evidence to the messages of findings, where the source has such parts.
fn name_parts(checked: &CheckedNote<'_>, findings: &mut [Finding]) {
    for finding in findings {
        let mut first = None;
        for related in &mut finding.related {
            if let Some(part) = checked.snapshot.file(related.file).and_then(|file| file.part(related.span.start)) {
                related.message = format!("{} ({part})", related.message);
                first = first.or(Some(part));
            }
        }
        if let Some(part) = first.filter(|part| !finding.message.contains(part)) {
            finding.message = format!("{} ({part})", finding.message);
        }
    }
}

/// Whether the note's front matter says `ibid: off`.
fn is_off(checked: &CheckedNote<'_>) -> bool {
    checked.note.front_matter.as_ref().is_some_and(|head| head.off)
}

/// The severity of a rule for this note.
fn configured(checked: &CheckedNote<'_>, rule: &Rule) -> Severity {
    checked.snapshot.config().severity_of(rule.name, &checked.file.absolute).unwrap_or(rule.severity)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ibid_corpus::{Config, Snapshot, Workspace};

    use super::{Examination, diagnostics, examine};
    use crate::{analysis::finding::Code, fixture::Fixture};

    #[test]
    fn a_workspace_is_checked_once_it_has_a_configuration() {
        let codes = |written| {
            let config = Config { root: "/w".into(), written, ..Config::default() };
            let note = ("/w/note.md".into(), b"So it is ([page](gone.txt#L3)).\n".to_vec());
            let snapshot = Workspace::in_memory(config, [note]).snapshot();
            let file = snapshot.by_path(Path::new("/w/note.md")).expect("the note is held").id;
            diagnostics(&snapshot, file).iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(false), []);
        assert_eq!(codes(true), [Code::CitationUnresolved]);
    }

    #[test]
    fn nothing_is_found_before_all_sources_are_read() {
        let fixture = Fixture::new(
            "//- /sources/one.txt\nWords.\n//- /notes/note.md\nThey say “the moon is made of cheese” [@one].\n",
        );
        let unread = Snapshot::default();
        assert!(!unread.is_ready());
        assert_eq!(examine(&unread, fixture.file), Examination::default());
    }
}
