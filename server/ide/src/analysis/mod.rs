//! What the diagnostics and the editor features share: one note with its resolved citations and judged quotations, the
//! support of a claim, terms, places, and how citations are written.
//!
//! Nothing here knows a diagnostic rule or an editor feature.

pub(crate) mod checked_note;
pub mod cite;
pub(crate) mod claim_state;
pub(crate) mod comparison;
pub(crate) mod explanation;
pub(crate) mod finding;
pub(crate) mod hedges;
pub(crate) mod judged;
pub(crate) mod judgment;
pub(crate) mod link_role;
pub(crate) mod memo;
pub(crate) mod place;
pub(crate) mod pointer;
pub(crate) mod provenance;
pub(crate) mod quoted;
pub(crate) mod subject;
pub(crate) mod support;
pub mod term;
mod text_directive;
