//! `ibid check`: every finding of every note.

mod baseline;
mod changed;
mod github;
mod json;
mod report;
mod sarif;
mod stats;
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

use changed::ChangedError;
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
    /// Count the claims and quotations of each note and how they stand, instead of listing findings.
    #[arg(long)]
    stats: bool,
    /// Check only notes that git says were changed since this revision, or that it does not know yet.
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Accept what is found now: write it to this file, and name that as `baseline` in ibid.toml.
    #[arg(long, value_name = "FILE", conflicts_with = "stats")]
    write_baseline: Option<PathBuf>,
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
    /// Git could not say what was changed.
    #[error(transparent)]
    Changed(#[from] ChangedError),
    /// A baseline could not be written.
    #[error("{path}: {error}", path = path.display())]
    Write { path: PathBuf, error: io::Error },
    /// A baseline is that of one workspace.
    #[error("--write-baseline writes the findings of one workspace, and these paths are in several or none")]
    SeveralWorkspaces,
    /// Statistics are no annotations.
    #[error("--stats is written as text or json: leave --format out, or use `--format json`")]
    StatsFormat,
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
    /// Checks and writes the findings to stdout, or to a baseline. The code is 1 if a finding is loud enough to fail.
    pub(super) fn run(&self) -> Result<ExitCode, CheckError> {
        let in_words = matches!(self.format, Format::Text | Format::Json);
        if self.stats && !in_words {
            return Err(CheckError::StatsFormat);
        }
        let report = Report::of(&self.paths, Path::new("."), self.changed_since.as_deref())?;
        report.warn();
        if let Some(file) = &self.write_baseline {
            baseline::write(&report, file)?;
            return Ok(ExitCode::SUCCESS);
        }
        let written = match self.format {
            Format::Text if self.stats => stats::render(&report),
            Format::Text => text::render(&report),
            Format::Json => json::render(&report, self.stats),
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
