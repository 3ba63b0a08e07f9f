//! `term-contested`

use ibid_corpus::Severity;

use super::{Code, Context, Finding, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::TermContested,
    name: "term-contested",
    severity: Severity::Hint,
    summary: "",
    documentation: "",
    check,
};

fn check(_context: &Context<'_>, _findings: &mut Vec<Finding>) {}
