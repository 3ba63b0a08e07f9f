//! One file per editor feature, one per diagnostic, all pure functions of a [`ibid_corpus::Snapshot`].
//!
//! Positions are byte offsets into a file's own text; Markdown shown to people is escaped ([`markdown`]).

pub mod cite;
pub mod diagnostics;
#[cfg(test)]
mod fixture;
pub mod goto_definition;
pub mod hover;
mod judgment;
pub mod markdown;
mod place;

pub use diagnostics::{
    Code, Examination, Finding, Fix, Problem, RULES, Related, Rule, diagnostics, examine, reference,
};
pub use goto_definition::goto_definition;
pub use hover::{Hover, hover};
pub use judgment::{Judged, Misattribution, Unjudged};
pub use place::Place;
