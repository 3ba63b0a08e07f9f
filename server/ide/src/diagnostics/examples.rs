//! Checks the examples in a rule's documentation, and its fixes.

use std::fmt::Write;

use expect_test::Expect;
use ibid_corpus::Severity;

use super::{Rule, diagnostics};
use crate::{
    analysis::{checked_note::CheckedNote, finding::Finding, memo::Memo},
    fixture::Fixture,
};

/// Asserts that the rule's documentation has every heading, and that the rule has findings in each example under `## Fires`
/// and in none under `## Does not fire`.
pub(super) fn check(rule: &Rule) {
    assert!(!rule.summary.is_empty(), "{}: no summary", rule.name);
    for heading in ["## What it does", "## Why it matters", "## Fires", "## Does not fire"] {
        assert!(rule.documentation.lines().any(|line| line == heading), "{}: no heading {heading:?}", rule.name);
    }
    let fires = blocks_under(rule.documentation, "## Fires");
    let silent = blocks_under(rule.documentation, "## Does not fire");
    assert!(!fires.is_empty() && !silent.is_empty(), "{}: an example is missing", rule.name);
    for block in fires {
        assert!(findings(rule, &block) > 0, "{} does not fire on:\n{block}", rule.name);
    }
    for block in silent {
        assert_eq!(findings(rule, &block), 0, "{} fires on:\n{block}", rule.name);
    }
}

/// The number of findings that the rule has in a fixture, whatever its severity.
fn findings(rule: &Rule, block: &str) -> usize {
    run(rule, &Fixture::new(block)).len()
}

/// The findings of one rule in a fixture, also of a rule that is off by default; as hints.
pub(super) fn run(rule: &Rule, fixture: &Fixture) -> Vec<Finding> {
    let memo = Memo::default();
    let checked = CheckedNote::open(&fixture.snapshot, fixture.file, &memo).expect("an example ends in a note");
    let mut findings = Vec::new();
    (rule.check)(&checked, &mut findings);
    let hint = |finding| Finding { severity: Severity::Hint, ..finding };
    findings.into_iter().map(hint).collect()
}

/// The fenced blocks under a heading.
pub(super) fn blocks_under(documentation: &str, heading: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let (mut here, mut open) = (false, false);
    for line in documentation.lines() {
        match line {
            _ if line.starts_with("```") => {
                open = !open;
                if here && open {
                    blocks.push(String::new());
                }
            }
            _ if open => {
                if let Some(block) = blocks.last_mut().filter(|_| here) {
                    block.push_str(line);
                    block.push('\n');
                }
            }
            _ if line.starts_with("## ") => here = line == heading,
            _ => {}
        }
    }
    blocks
}

/// Compares the findings of `note`, and the note after each fix, with `expected`. `page` contains the other files of the
/// fixture. A note must have no findings after a fix.
pub(super) fn check_fixes(page: &str, note: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{page}{note}"));
    let findings = diagnostics(&fixture.snapshot, fixture.file);
    let mut shown = fixture.underline(&findings);
    for fix in findings.iter().flat_map(|finding| &finding.fixes) {
        let fixed = fixture.apply(&fix.edits);
        write!(shown, "{}:\n{fixed}", fix.title).expect("a string takes all");
        let again = Fixture::new(&format!("{page}{fixed}"));
        assert_eq!(diagnostics(&again.snapshot, again.file), [], "{} leaves findings:\n{fixed}", fix.title);
    }
    expected.assert_eq(&shown);
}
