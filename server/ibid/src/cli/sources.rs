//! `ibid sources`: lists what is indexed, and what was skipped and why.

use std::{
    io::{self, Write as _},
    path::PathBuf,
};

use super::{
    output::OutputFormat,
    workspace::{self, OpenError, Workspace},
};
use crate::inventory::Inventory;

/// `ibid sources [PATH]`
#[derive(clap::Args)]
pub(super) struct Sources {
    /// The workspace, or a path in it.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Output format.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

/// The sources could not be listed.
#[derive(Debug, thiserror::Error)]
pub(super) enum SourcesError {
    /// The workspace could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Sources {
    /// Lists the sources of a workspace on stdout.
    pub(super) fn run(&self) -> Result<(), SourcesError> {
        let root = workspace::root_of(&workspace::absolute(&self.path)?);
        let workspace = Workspace::open(&root);
        workspace.warn();
        let inventory = Inventory::of(&workspace.snapshot);
        let written = match self.format {
            OutputFormat::Text => inventory.text(),
            OutputFormat::Json => format!("{:#}\n", inventory.json()),
        };
        anstream::stdout().lock().write_all(written.as_bytes())?;
        Ok(())
    }
}
