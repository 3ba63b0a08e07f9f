//! `ibid check`: reports every finding in every note.

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
    /// Notes or folders of notes. Default: the workspace of the current folder.
    paths: Vec<PathBuf>,
    /// Output format.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// Exit with code 1 if a finding has at least this severity. Default: the level in ibid.toml, or `warning`.
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// Count claims and quotations by their state for each note, instead of listing findings.
    #[arg(long)]
    stats: bool,
    /// Check only notes that changed since this git revision or are untracked.
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Accept the current findings: write them to this file, which ibid.toml then names as `baseline`.
    #[arg(long, value_name = "FILE", conflicts_with = "stats")]
    write_baseline: Option<PathBuf>,
}

/// An output format.
#[derive(Clone, Copy, ValueEnum)]
enum ReportFormat {
    /// Text for people: the lines of the note and of the source.
    Text,
    /// Versioned JSON, described in docs/check-json.md.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions, which show as annotations.
    Github,
}

/// The threshold for exit code 1.
#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    /// No finding.
    Never,
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// All findings except hints.
    Information,
    /// All findings.
    Hint,
}

/// The check failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CheckError {
    /// A workspace could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The changed files could not be determined.
    #[error(transparent)]
    Changed(#[from] ChangedError),
    /// The baseline could not be written.
    #[error("{path}: {error}", path = path.display())]
    Write { path: PathBuf, error: io::Error },
    /// The file is something else, such as a note.
    #[error("{path} is there already and is no baseline: it is kept as it is; name another file", path = .0.display())]
    NoBaseline(PathBuf),
    /// A baseline belongs to exactly one workspace.
    #[error("--write-baseline needs paths in exactly one workspace")]
    SeveralWorkspaces,
    /// Statistics exist only as text and JSON.
    #[error("--stats supports only `--format text` and `--format json`")]
    StatsFormat,
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl FailOn {
    /// The lowest severity that fails the check. [`Severity::Off`] for never.
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
    /// Writes the findings to stdout or to a baseline. The exit code is 1 if a finding reaches the threshold, and 2 if nothing
    /// could be checked because the configuration names files that do not exist.
    pub(super) fn run(&self) -> Result<ExitCode, CheckError> {
        let has_stats = matches!(self.format, ReportFormat::Text | ReportFormat::Json);
        if self.stats && !has_stats {
            return Err(CheckError::StatsFormat);
        }
        let report = Report::of(&self.paths, Path::new("."), self.changed_since.as_deref())?;
        report.warn();
        let lacks_files = report.lacks_files();
        if let Some(file) = self.write_baseline.as_ref().filter(|_| !lacks_files) {
            baseline::write(&report, file)?;
            return Ok(ExitCode::SUCCESS);
        }
        let written = match self.format {
            ReportFormat::Text if self.stats => stats::render(&report),
            ReportFormat::Text => text::render(&report),
            ReportFormat::Json => json::render(&report, self.stats),
            ReportFormat::Sarif => sarif::render(&report),
            ReportFormat::Github => github::render(&report),
        };
        let mut out = anstream::stdout().lock();
        out.write_all(written.as_bytes())?;
        out.flush()?;
        if lacks_files {
            return Ok(ExitCode::from(2));
        }
        let fails = report.fails(self.fail_on.map(FailOn::threshold));
        Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}
