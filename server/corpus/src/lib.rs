//! What is known of a workspace: its files, the facts of each, and an index over all.
//!
//! One [`Host`] owns all that changes; everything else reads immutable [`Snapshot`]s. A change costs what the changed
//! file costs, never what the corpus costs, and what is computed step by step equals what is computed from scratch.
//! File IO lives in [`mod@discover`], [`mod@cache`] and the shelf alone.

pub mod backlinks;
mod baseline;
pub mod bibliography;
mod bloom;
mod bylines;
pub mod cache;
mod card;
pub mod config;
mod directory;
pub mod discover;
mod excerpt;
mod file;
#[cfg(test)]
mod fixture;
mod host;
pub mod index;
mod joined;
mod landmarks;
mod layout;
mod letters;
mod listing;
pub mod locate;
mod ordered;
mod page;
pub mod person;
mod reading;
mod recent;
pub mod resolve;
pub mod retrieve;
mod revision;
pub mod roles;
mod shelf;
mod snapshot;
mod stitch;
pub mod terms;
mod vocabulary;

pub use backlinks::Backlink;
pub use baseline::{Accepted, Anchor, Baseline, BaselineError};
pub use cache::{Cache, Extracted, Extractor, Unextracted};
pub use card::Card;
pub use config::{Config, ConfigProblem, Override, Severity, Strictness};
pub use discover::{
    Cancelled, Interrupted, Progress, Skipped, discover, discover_sources_first, discover_with, read_file, read_in_full,
};
pub use excerpt::{Excerpt, ReadableFrom};
pub use file::{Bibliography, File, FileId, Role};
pub use host::{Change, Host};
pub use landmarks::Called;
pub use letters::Letters;
pub use locate::{Located, Match, Reason};
pub use page::Page;
pub use reading::Reading;
pub use resolve::Resolution;
pub use retrieve::Speaking;
pub use revision::Revision;
pub use roles::{Roles, normalise};
pub use shelf::{Shelved, Stamp};
pub use snapshot::Snapshot;
pub use terms::{Case, FileTerms, Frequency, Sense, Term, TermUse, Terms, Usage, Uses, is_acronym};
