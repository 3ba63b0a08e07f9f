//! `term-undefined`

use ibid_corpus::Severity;

use super::{Code, Context, Finding, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::TermUndefined,
    name: "term-undefined",
    severity: Severity::Off,
    summary: "",
    documentation: "",
    check,
};

fn check(_context: &Context<'_>, _findings: &mut Vec<Finding>) {}
