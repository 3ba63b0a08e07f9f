//! Workflow commands of GitHub Actions, one line per finding. GitHub shows them as annotations of the file.

use std::fmt::Write as _;

use ibid_corpus::Severity;

use super::report::{Region, Report};
use crate::printable::{printable, printable_lines};

pub(super) fn render(report: &Report) -> String {
    let mut out = String::new();
    for (snapshot, file, examination) in report.notes() {
        for finding in &examination.findings {
            let Region { start, end } = Region::of(file, finding.span);
            let mut message = printable_lines(&finding.message).into_owned();
            for related in &finding.related {
                let Some(there) = snapshot.file(related.file) else { continue };
                let line = Region::of(there, related.span).start.line;
                let _ = write!(
                    message,
                    "\n{}: {}:{line}",
                    printable(&related.message),
                    printable(&report.path(&there.absolute))
                );
            }
            let _ = writeln!(
                out,
                "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
                command(finding.severity),
                property(&printable(&report.path(&file.absolute))),
                start.line,
                start.column,
                end.line,
                end.column,
                finding.code.rule().name,
                data(&message),
            );
        }
    }
    out
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint | Severity::Off => "notice",
    }
}

/// Escapes a message for the runner.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property for the runner.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[test]
fn separators_of_commands_are_escaped() {
    assert_eq!(data("100 %\nnew: line"), "100 %25%0Anew: line");
    assert_eq!(property("a:b,c.md"), "a%3Ab%2Cc.md");
}
