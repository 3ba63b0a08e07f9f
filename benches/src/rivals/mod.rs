//! Other programs that search, on the same text and in the same run.

use serde::{Deserialize, Serialize};

use crate::{answers::Times, probes::Kind, statistics::Figure};

#[cfg(feature = "rivals")]
pub mod phrase;
pub mod ripgrep;
pub mod scan;

/// The results of a rival.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rival {
    /// The name and version.
    pub name: String,
    /// The kind of probes.
    pub kind: Kind,
    /// How the probes were run.
    pub how: String,
    /// Seconds to build its index. `None` for a scan.
    pub building: Option<f64>,
    /// The size of the index on disk, in bytes.
    pub bytes: Option<u64>,
    /// Times of an answer, in seconds.
    pub time: Times,
    /// The share of probes whose place was found.
    pub found: Figure,
}
