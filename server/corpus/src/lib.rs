//! What is known of a workspace: its files, the facts of each, and an index over all.
//!
//! One [`Host`] owns all that changes; everything else reads immutable [`Snapshot`]s. A change costs what the changed
//! file costs, never what the corpus costs, and what is computed step by step equals what is computed from scratch.
//! File IO lives in [`mod@disk`] and [`mod@cache`] alone.

pub mod backlinks;
mod baseline;
pub mod bibliography;
mod bloom;
mod bylines;
pub mod cache;
mod card;
pub mod config;
mod directory;
mod discover;
pub mod disk;
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
mod workspace;

pub use backlinks::Backlink;
pub use baseline::{Accepted, Anchor, Baseline, BaselineError};
pub use cache::{Cache, Extracted, Extractor, Unextracted, extract_in_process};
pub use card::Card;
pub use config::{Config, ConfigProblem, Override, Severity, Strictness};
pub use discover::{Cancelled, Discovery, FileAccess, Interrupted, Progress, Skipped, read_file};
pub use disk::{Disk, MemoryDisk, Stamp};
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
pub use shelf::Shelved;
pub use snapshot::Snapshot;
pub use terms::{Case, FileTerms, Frequency, Sense, Term, TermUse, Terms, Usage, Uses, is_acronym};
pub use workspace::{Applied, Workspace};
