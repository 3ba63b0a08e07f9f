//! `ibid check`: every finding of every note.

mod github;
mod json;
mod report;
mod sarif;
#[cfg(test)]
mod tests;
mod text;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::ValueEnum;
use ibid_corpus::Severity;

use report::Report;

use super::workspace::OpenError;

/// `ibid check [PATH…]`
#[derive(clap::Args)]
pub(super) struct Check {
    /// Notes, or folders of notes; the workspace of the current folder if none is given.
    paths: Vec<PathBuf>,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The least severity that makes the exit code 1; by default what ibid.toml says, or `warning`.
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
}

/// How findings are written.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people: the note's words with the source's beneath.
    Text,
    /// Versioned JSON (docs/check-json.md).
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions, which become annotations.
    Github,
}

/// A threshold for the exit code.
#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    /// Findings never fail.
    Never,
    /// Errors fail.
    Error,
    /// Warnings and errors fail.
    Warning,
    /// All but hints fail.
    Information,
    /// Any finding fails.
    Hint,
}

/// What can stop a check.
#[derive(Debug, thiserror::Error)]
pub(super) enum CheckError {
    /// A workspace could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl FailOn {
    /// The least severity that fails; [`Severity::Off`] for never.
    fn threshold(self) -> Severity {
        match self {
            Self::Never => Severity::Off,
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Information => Severity::Information,
            Self::Hint => Severity::Hint,
        }
    }
}

impl Check {
    /// Checks and writes the findings to stdout. The code is 1 if a finding is loud enough to fail.
    pub(super) fn run(&self) -> Result<ExitCode, CheckError> {
        let report = Report::of(&self.paths, Path::new("."))?;
        report.warn();
        let written = match self.format {
            Format::Text => text::render(&report),
            Format::Json => json::render(&report),
            Format::Sarif => sarif::render(&report),
            Format::Github => github::render(&report),
        };
        let mut out = anstream::stdout().lock();
        out.write_all(written.as_bytes())?;
        out.flush()?;
        let fails = report.fails(self.fail_on.map(FailOn::threshold));
        Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}
