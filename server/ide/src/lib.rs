//! One file per editor feature, one per diagnostic, all pure functions of a [`ibid_corpus::Snapshot`].
//!
//! Positions are byte offsets into a file's own text; Markdown shown to people is escaped ([`markdown`]).

pub mod diagnostics;
#[cfg(test)]
mod fixture;
pub mod goto_definition;
pub mod hover;
pub mod markdown;

pub use diagnostics::{Code, Finding, Fix, RULES, Related, Rule, diagnostics};
pub use goto_definition::{Place, goto_definition};
pub use hover::{Hover, hover};
