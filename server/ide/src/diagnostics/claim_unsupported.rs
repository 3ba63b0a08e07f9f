//! `claim-unsupported`

use ibid_corpus::Severity;

use super::{Code, Context, Finding, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::ClaimUnsupported,
    name: "claim-unsupported",
    severity: Severity::Information,
    summary: "",
    documentation: "",
    check,
};

fn check(_context: &Context<'_>, _findings: &mut Vec<Finding>) {}
