//! `claim-uncited`

use ibid_corpus::Severity;

use super::{Code, Context, Finding, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::ClaimUncited,
    name: "claim-uncited",
    severity: Severity::Warning,
    summary: "",
    documentation: "",
    check,
};

fn check(_context: &Context<'_>, _findings: &mut Vec<Finding>) {}
