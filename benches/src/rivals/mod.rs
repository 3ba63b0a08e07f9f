//! What else one could search with, on the same text and in the same run.

use serde::{Deserialize, Serialize};

use crate::{answers::Times, probes::Kind, statistics::Figure};

#[cfg(feature = "rivals")]
pub mod phrase;
pub mod ripgrep;
pub mod scan;

/// How a rival answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rival {
    /// Its name and version.
    pub name: String,
    /// Which probes it was asked.
    pub kind: Kind,
    /// How it was asked.
    pub how: String,
    /// Seconds to build what it searches in; nothing for a scan.
    pub building: Option<f64>,
    /// Bytes of that on disk.
    pub bytes: Option<u64>,
    /// Times of an answer, in seconds.
    pub time: Times,
    /// The share of probes whose place was among what it found.
    pub found: Figure,
}
