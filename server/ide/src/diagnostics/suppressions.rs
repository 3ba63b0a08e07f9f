//! Comments that switch findings off, and mistakes in them.

use ibid_note::Note;

use super::RULES;
use crate::analysis::finding::{Code, Finding, Problem};

/// The unknown codes in a note's suppressions, each with the nearest known one.
pub(super) fn problems(note: &Note) -> Vec<Problem> {
    let unknown = note.suppressions.named.iter().filter(|(_, name)| Code::named(name).is_none());
    unknown.map(|(span, name)| Problem { span: *span, message: message(name) }).collect()
}

fn message(name: &str) -> String {
    let similarity = |code: &str| strsim::jaro_winkler(name, code);
    let nearest = RULES.iter().map(|rule| rule.name).max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
    match nearest.filter(|code| similarity(code) > 0.8) {
        Some(code) => format!("Unknown code `{name}`; did you mean `{code}`?"),
        None => format!("Unknown code `{name}`; `ibid explain` lists all codes"),
    }
}

/// Whether a comment switches a finding off: at its own place, at the start of the quotation around it, or by the words of its
/// sentence or quotation.
pub(super) fn suppresses(note: &Note, finding: &Finding) -> bool {
    let code = finding.code.rule().name;
    let quotations = || note.quotations.iter().filter(|quotation| quotation.span.covers(finding.span));
    let mut starts = quotations().map(|quotation| quotation.span.start).chain([finding.span.start]);
    let statements = note.statements.iter().filter(|statement| statement.span.overlaps(finding.span));
    let texts = statements.map(|statement| &statement.words).chain(quotations().map(|quotation| &quotation.words));
    starts.any(|start| note.suppressions.covers(code, start))
        || !note.suppressions.sentences.is_empty()
            && texts.into_iter().any(|text| note.suppressions.ignores(code, text.text()))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use crate::{examine, fixture::Fixture};

    /// Shows the findings of a note, then its problems.
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
                  ^^^ error[citation-unresolved]: No source or bibliography entry has the key `two`
        "#]],
        );
    }

    #[test]
    fn one_sentence_is_ignored_wherever_it_stands() {
        let note = "Half of the mills [@one] stood still. Half of the boats [@two] did not.\n\nThe end.\n\n\
            <!-- ibid-disable citation-unresolved \"half of the mills\" -->\n";
        check(
            note,
            &expect![[r#"
                Half of the mills [@one] stood still. Half of the boats [@two] did not.
                                                                          ^^^ error[citation-unresolved]: No source or bibliography entry has the key `two`
            "#]],
        );
    }

    #[test]
    fn an_unknown_code_is_reported_and_switches_nothing_off() {
        check(
            "<!-- ibid-disable citation-unresolvd -->\n\nOne [@one].\n",
            &expect![[r#"
            One [@one].
                  ^^^ error[citation-unresolved]: No source or bibliography entry has the key `one`
            problem: Unknown code `citation-unresolvd`; did you mean `citation-unresolved`?
        "#]],
        );
    }

    #[test]
    fn front_matter_switches_a_note_off() {
        check("---\nibid: off\n---\n\nOne [@one].\n", &expect![[""]]);
    }
}
