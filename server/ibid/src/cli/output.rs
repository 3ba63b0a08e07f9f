//! Output formats that several commands share.

use clap::ValueEnum;

/// How a command writes its result.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum OutputFormat {
    /// Text for people.
    Text,
    /// JSON.
    Json,
}
