//! The baseline: findings that the person has accepted.

use ibid_corpus::{Accepted, Anchor, Baseline, File, Page};
use ibid_note::Note;
use ibid_text::Span;

use crate::analysis::{checked_note::CheckedNote, finding::Finding};

/// Splits a note's findings into those to report and those that the baseline accepts. Of several equal findings, as many
/// are accepted as the baseline has.
pub(super) fn split(checked: &CheckedNote<'_>, findings: Vec<Finding>) -> (Vec<Finding>, Vec<Finding>) {
    let Some(accepted) = checked.snapshot.config().accepted.of_note(&checked.file.path) else {
        return (findings, Vec::new());
    };
    let mut left: Accepted = accepted.clone();
    findings.into_iter().partition(|finding| {
        let key = (finding.code.rule().name.to_owned(), anchor(&checked.note, &checked.page, finding));
        match left.get_mut(&key) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        }
    })
}

/// Replaces the findings of a note in the baseline.
pub fn accept<'f>(file: &File, findings: impl IntoIterator<Item = &'f Finding>, baseline: &mut Baseline) {
    baseline.forget(&file.path);
    let (Some(note), Some(page)) = (file.note(), file.page()) else { return };
    for finding in findings {
        baseline.accept(&file.path, finding.code.rule().name, anchor(&note, &page, finding));
    }
}

/// What identifies a finding after edits: its words, and the sentence or quotation around them.
fn anchor(note: &Note, page: &Page, finding: &Finding) -> Anchor {
    let sentences = note.statements.iter().map(|statement| statement.span);
    let quotations = note.quotations.iter().map(|quotation| quotation.span);
    let around = sentences.chain(quotations).filter(|span| span.covers(finding.span));
    let context = around.fold(finding.span, Span::cover);
    Anchor::new(finding.span.of(page.text()), context.of(page.text()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ibid_corpus::{Baseline, Config};

    use crate::{examine, fixture::Fixture};

    const PAGE: &str = "//- /sources/page.txt\nThe harbour froze early that winter and the boats stayed in.\n";
    const OLD: &str = "They say “the harbour froze late that winter and the boats stayed in”.\n";

    /// Checks how many findings of the note `now` are reported and accepted, with the findings of `before` as the baseline.
    fn check(before: &str, now: &str, expected: (usize, usize)) {
        let fixture = Fixture::new(&format!("{PAGE}//- /notes/note.md\n{before}"));
        let findings = examine(&fixture.snapshot, fixture.file).findings;
        assert!(!findings.is_empty(), "{before}");
        let mut baseline = Baseline::default();
        super::accept(fixture.file(), &findings, &mut baseline);
        let accept = |config: &mut Config| config.accepted = Arc::new(baseline);
        let fixture = Fixture::configured(&format!("{PAGE}//- /notes/note.md\n{now}"), accept);
        let examination = examine(&fixture.snapshot, fixture.file);
        assert_eq!((examination.findings.len(), examination.accepted.len()), expected, "{now}");
    }

    #[test]
    fn an_accepted_finding_may_move() {
        check(OLD, OLD, (0, 1));
        check(OLD, &format!("# A head\n\nMore before it. {OLD}\nAnd more behind it.\n"), (0, 1));
    }

    #[test]
    fn a_changed_finding_is_reported_again() {
        check(OLD, &OLD.replace("late", "never"), (1, 0));
        check(OLD, &OLD.replace("They say", "Nobody says"), (1, 0));
    }

    #[test]
    fn as_many_are_accepted_as_there_were() {
        check(OLD, &format!("{OLD}\n{OLD}"), (1, 1));
        check(&format!("{OLD}\n{OLD}"), OLD, (0, 1));
    }
}
