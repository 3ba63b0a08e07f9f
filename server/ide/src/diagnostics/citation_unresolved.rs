//! `citation-unresolved`

use ibid_corpus::Severity;

use super::{Code, Context, Finding, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::CitationUnresolved,
    name: "citation-unresolved",
    severity: Severity::Error,
    summary: "",
    documentation: "",
    check,
};

fn check(_context: &Context<'_>, _findings: &mut Vec<Finding>) {}
