//! What is known of a workspace: its files, the facts of each, and an index over all.
//!
//! One [`Host`] owns everything that changes; everything else reads immutable [`Snapshot`]s. A change costs what the changed
//! file costs, never what the corpus costs, and what is computed step by step equals what is computed from scratch.
//!
//! The parts work in this order:
//!
//! 1. [`config`] and [`roles`]: what `ibid.toml` says, and so which file has which role.
//! 2. [`disk`]: the only access to the files, with a twin in memory. `discover` walks it and reads the files, with the
//!    [`cache`] of what is known from earlier sessions.
//! 3. [`file`](File): what follows from one file's text. [`bibliography`], [`terms`] and [`index`]: its works, its senses of
//!    terms, and where its words are.
//! 4. [`Workspace`] gives what was discovered to the [`Host`], which keeps the [`Snapshot`] up to date: all files, the index,
//!    the terms, and `lists` over all files.
//! 5. [`locate`], [`resolve`], [`retrieve`] and the lists answer questions about a snapshot.
//!
//! Only [`disk`] and [`cache`] read or write files.

mod baseline;
pub mod bibliography;
pub mod cache;
pub mod config;
mod discover;
pub mod disk;
mod file;
#[cfg(test)]
mod fixture;
mod host;
mod identity;
pub mod index;
mod lists;
pub mod locate;
pub mod person;
pub mod resolve;
pub mod retrieve;
mod revision;
pub mod roles;
mod snapshot;
pub mod terms;
mod workspace;

pub use baseline::{Accepted, Anchor, Baseline, BaselineError};
pub use bibliography::Bibliography;
pub use cache::{
    Cache, Extracted, ExtractionError, Extractor, extract_in_process, remove_temporary_folder, temporary_folder,
};
pub use config::{Config, ConfigProblem, Override, Severity, Strictness};
pub use discover::{Cancelled, Discovery, FileAccess, Interrupted, Progress, Skipped, read_file};
pub use disk::{Disk, MemoryDisk, Stamp};
pub use file::{Excerpt, File, FileFacts, NoteSummary, OnDisk, Page, ReadableFrom};
pub use host::{Change, Host};
pub use identity::{FileId, Identity, Role};
pub use lists::{Backlink, Landmark, LandmarkKind, Letters};
pub use locate::{Located, Match, Reason};
pub use resolve::{Resolution, names_attachment};
pub use retrieve::RelatedPassage;
pub use revision::Revision;
pub use roles::{Roles, normalise};
pub use snapshot::Snapshot;
pub use terms::{Case, FileTerms, Frequency, Sense, Term, TermUse, Terms, Usage, Uses, is_acronym};
pub use workspace::{Applied, Workspace};
