//! What an editor or the command line asks about a note, each a pure function of a [`ibid_corpus::Snapshot`].
//!
//! Positions are byte offsets into a file's own text. Text from files is escaped before it is shown ([`markdown`]).
//!
//! The modules form floors; each uses only those below it, and `tests/floors.rs` checks that:
//!
//! 1. `syntax`: Markdown as text.
//! 2. `analysis`: what diagnostics and features share.
//! 3. `render`: Markdown about a passage, a term or a work. [`mod@diagnostics`]: one file a code.
//! 4. One file or folder per editor feature; no feature uses another.

#![cfg_attr(test, allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them"))]

mod actions;
mod analysis;
mod call_hierarchy;
pub mod completion;
mod declaration;
pub mod diagnostics;
mod document_links;
#[cfg(test)]
mod fixture;
mod folding;
pub mod goto_definition;
mod highlight;
pub mod hover;
mod inlay_hints;
mod outline;
mod references;
mod rename;
mod render;
#[cfg(test)]
mod round_trip;
mod selection;
mod semantic_tokens;
mod statistics;
mod syntax;
#[cfg(test)]
mod tests;
mod workspace_symbols;

pub use actions::{Action, actions, match_typography};
pub use analysis::{
    cite,
    claim_state::ClaimState,
    explanation::{ComparedSentence, Decision, Explanation, Lead},
    finding::{Code, Examination, Finding, Fix, Problem, Related},
    judged::{Judged, Misattribution, NamedVoice, UncheckedReason, VoiceState},
    memo::Memo,
    place::Place,
    quoted::{QuotedPassage, passages_quoted_in, quoted_passages},
    support::Basis,
    term,
};
pub use call_hierarchy::{
    HierarchyItem, HierarchyStep, hierarchy_item_at, hierarchy_item_of, incoming_quotations, outgoing_quotations,
};
pub use completion::{Completion, completion, documentation};
pub use declaration::goto_declaration;
pub use diagnostics::{RULES, Rule, accept, diagnostics, examine, explain, reference};
pub use document_links::{Link, document_links};
pub use folding::{Fold, folding};
pub use goto_definition::goto_definition;
pub use highlight::highlight;
pub use hover::{Hover, hover};
pub use inlay_hints::{Hint, inlay_hints};
pub use outline::outline;
pub use references::{References, references};
pub use rename::{Doubt, FileEdits, Renamable, RenameError, Renaming, links_left, move_files, prepare_rename, rename};
pub use render::explanation::{ExplanationLine, Topic, explanation_lines, verdict_name};
pub use selection::selection_ranges;
pub use semantic_tokens::{Token, TokenKind, TokenStatus, semantic_tokens};
pub use statistics::{ClaimStatistics, claim_statistics, claims};
pub use syntax::{markdown, sections::Section};
pub use workspace_symbols::{WorkspaceSymbol, WorkspaceSymbolKind, workspace_symbols};
