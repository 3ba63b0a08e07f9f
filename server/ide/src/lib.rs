//! One file per editor feature, one per diagnostic, all pure functions of a [`ibid_corpus::Snapshot`].
//!
//! Positions are byte offsets into a file's own text; Markdown shown to people is escaped ([`markdown`]).

#![cfg_attr(test, allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them"))]

pub mod cite;
pub mod completion;
pub mod diagnostics;
mod document_links;
#[cfg(test)]
mod fixture;
mod folding;
mod fuzzy;
pub mod goto_definition;
mod highlight;
pub mod hover;
mod judgment;
pub mod markdown;
mod outline;
mod place;
mod references;
mod rename;
mod selection;
mod slug;
mod structure;
mod subject;
mod support;
mod tally;
pub mod term;
mod workspace_symbols;

pub use completion::{Completion, completion, documentation};
pub use diagnostics::{
    Code, Examination, Finding, Fix, Problem, RULES, Related, Rule, accept, diagnostics, examine, reference,
};
pub use document_links::{Link, document_links};
pub use folding::{Fold, folding};
pub use goto_definition::goto_definition;
pub use highlight::highlight;
pub use hover::{Hover, hover};
pub use judgment::{Judged, Misattribution, Unjudged};
pub use outline::{Symbol, outline};
pub use place::Place;
pub use references::references;
pub use rename::{FileEdits, Renamable, RenameError, prepare_rename, rename};
pub use selection::selection_ranges;
pub use tally::{Tally, tally};
pub use workspace_symbols::{Landmark, LandmarkKind, workspace_symbols};
