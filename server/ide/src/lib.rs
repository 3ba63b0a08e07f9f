//! One file per editor feature, one per diagnostic, all pure functions of a [`ibid_corpus::Snapshot`].
//!
//! Positions are byte offsets into a file's own text; Markdown shown to people is escaped ([`markdown`]).

#![cfg_attr(test, allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them"))]

mod actions;
mod bearing;
mod call_hierarchy;
pub mod cite;
pub mod completion;
mod declaration;
pub mod diagnostics;
mod document_links;
#[cfg(test)]
mod fixture;
mod folding;
mod fuzzy;
pub mod goto_definition;
mod highlight;
pub mod hover;
mod inlay_hints;
mod judgment;
pub mod markdown;
mod memo;
mod outline;
mod place;
mod quoted;
mod references;
mod rename;
mod selection;
mod semantic_tokens;
mod slug;
mod structure;
mod subject;
mod support;
mod syntax;
mod tally;
pub mod term;
mod text_directive;
mod workspace_symbols;

pub use actions::{Action, actions, set_as_sources};
pub use call_hierarchy::{Quoter, Quoting, quoted_by, quoter_at, quoter_of, quotes};
pub use completion::{Completion, completion, documentation};
pub use declaration::goto_declaration;
pub use diagnostics::{
    Code, Examination, Finding, Fix, Problem, RULES, Related, Rule, accept, diagnostics, examine, reference,
};
pub use document_links::{Link, document_links};
pub use folding::{Fold, folding};
pub use goto_definition::goto_definition;
pub use highlight::highlight;
pub use hover::{Hover, hover};
pub use inlay_hints::{Hint, inlay_hints};
pub use judgment::{Judged, Misattribution, Unjudged};
pub use memo::Memo;
pub use outline::{Symbol, outline};
pub use place::Place;
pub use quoted::{QuotedPassage, passages_quoted_in, quoted_passages};
pub use references::{Places, references};
pub use rename::{FileEdits, Renamable, RenameError, Renaming, move_files, prepare_rename, rename};
pub use selection::selection_ranges;
pub use semantic_tokens::{Token, TokenKind, TokenStanding, semantic_tokens};
pub use tally::{Tally, tally};
pub use workspace_symbols::{Landmark, LandmarkKind, workspace_symbols};
