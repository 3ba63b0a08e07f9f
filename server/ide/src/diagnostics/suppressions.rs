//! Comments that switch findings off, and comments that mean to and do not.

use ibid_note::Note;
use ibid_text::Span;

use super::{Code, Finding, RULES};

/// Something wrong with how a note addresses ibid itself. It is no finding: it has no code, cannot be suppressed, and
/// does not count towards `--fail-on`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Where in the note.
    pub span: Span,
    /// One line: what is wrong and how to mend it.
    pub message: String,
}

/// The codes that a note's suppressions name and nobody knows, each with the nearest one that exists.
pub(super) fn problems(note: &Note) -> Vec<Problem> {
    let unknown = note.suppressions.named.iter().filter(|(_, name)| Code::named(name).is_none());
    unknown.map(|(span, name)| Problem { span: *span, message: message(name) }).collect()
}

fn message(name: &str) -> String {
    let likeness = |code: &str| strsim::jaro_winkler(name, code);
    let nearest = RULES.iter().map(|rule| rule.name).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match nearest.filter(|code| likeness(code) > 0.8) {
        Some(code) => format!("there is no code `{name}` to switch off; did you mean `{code}`?"),
        None => format!("there is no code `{name}` to switch off; `ibid explain` lists those there are"),
    }
}

/// Whether a comment of the note switches a finding off: at its own place, or where the quotation begins that holds it.
pub(super) fn suppresses(note: &Note, finding: &Finding) -> bool {
    let hosts = note.quotations.iter().map(|quotation| quotation.span).filter(|span| span.covers(finding.span));
    let mut starts = hosts.map(|span| span.start).chain([finding.span.start]);
    starts.any(|start| note.suppressions.covers(finding.code.rule().name, start))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use crate::{examine, fixture::Fixture};

    /// Shows the findings of a note with two dead citations, then its problems.
    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("//- /sources/page.txt\nWords.\n//- /notes/note.md\n{note}"));
        let examination = examine(&fixture.snapshot, fixture.file);
        let mut shown = fixture.underline(&examination.findings);
        for problem in examination.problems {
            let _ = writeln!(shown, "problem: {}", problem.message);
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn a_comment_switches_the_next_line_off() {
        check(
            "<!-- ibid-disable-next-line citation-unresolved -->\nOne [@one].\nTwo [@two].\n",
            &expect![[r#"
            Two [@two].
                  ^^^ error[citation-unresolved]: no source or bibliography entry is called `two`
        "#]],
        );
    }

    #[test]
    fn an_unknown_code_is_told_and_switches_nothing_off() {
        check(
            "<!-- ibid-disable citation-unresolvd -->\n\nOne [@one].\n",
            &expect![[r#"
            One [@one].
                  ^^^ error[citation-unresolved]: no source or bibliography entry is called `one`
            problem: there is no code `citation-unresolvd` to switch off; did you mean `citation-unresolved`?
        "#]],
        );
    }

    #[test]
    fn front_matter_switches_a_note_off() {
        check("---\nibid: off\n---\n\nOne [@one].\n", &expect![[""]]);
    }
}
