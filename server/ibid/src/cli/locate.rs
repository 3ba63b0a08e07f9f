//! `ibid locate`: finds quotations in the sources.

use std::{path::PathBuf, process::ExitCode};

use super::{
    batch::{self, BatchError},
    output::OutputFormat,
    workspace::{OpenError, Workspace, absolute, root_of},
};
use crate::printable::printable;
use ibid_corpus::{File, Located, Match, Reason, Snapshot};
use ibid_evidence::{Verdict, quotation::explain};

/// `ibid locate`
#[derive(clap::Args)]
pub(super) struct Locate {
    /// The quotation, without its quotation marks.
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    quote: Option<String>,
    /// Read one JSON object per line from stdin and write one per line to stdout.
    #[arg(long, requires = "sources")]
    jsonl: bool,
    /// A folder whose files are the sources, instead of those of the workspace.
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
    /// The workspace, or any path in it.
    #[arg(long, value_name = "PATH", default_value = ".", conflicts_with = "sources")]
    workspace: PathBuf,
    /// Output format.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

/// A quotation could not be located.
#[derive(Debug, thiserror::Error)]
pub(super) enum LocateError {
    /// The workspace could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The batch failed.
    #[error(transparent)]
    Batch(#[from] BatchError),
}

impl Locate {
    /// Prints the matches of a quotation, or answers a batch. The exit code is 1 if a single quotation was not found.
    pub(super) fn run(&self) -> Result<ExitCode, LocateError> {
        let snapshot = match &self.sources {
            Some(sources) => batch::sources(sources).map_err(BatchError::from)?,
            None => open(&self.workspace)?,
        };
        let Some(quote) = self.quote.as_deref() else {
            batch::locate(&snapshot)?;
            return Ok(ExitCode::SUCCESS);
        };
        let located = snapshot.locate(quote);
        match self.format {
            OutputFormat::Text => anstream::print!("{}", text(&snapshot, quote, &located)),
            OutputFormat::Json => anstream::println!("{:#}", batch::located(&snapshot, quote, &located)),
        }
        Ok(if located.matches.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// Opens the workspace of a path, without its terms.
pub(super) fn open(path: &std::path::Path) -> Result<Snapshot, OpenError> {
    let workspace = Workspace::open_for_quotations(&root_of(&absolute(path)?));
    workspace.warn();
    Ok(workspace.snapshot)
}

/// The verdict, and each match with its words and changes.
fn text(snapshot: &Snapshot, quote: &str, located: &Located) -> String {
    let mut lines = vec![match (located.verdict, located.matches.len()) {
        (Verdict::Unchecked, _) => format!("unchecked: {}", reason(located.reason)),
        (Verdict::NotFound, _) => "not found in any source".to_owned(),
        (verdict, 1) => name(verdict).to_owned(),
        (verdict, places) => format!("{}, in {places} places", name(verdict)),
    }];
    for found in &located.matches {
        lines.extend(place(snapshot, quote, found));
    }
    if let Some(nearest) = &located.nearest {
        lines.push(format!("nearest passage, {:.0} % similar:", nearest.similarity * 100.0));
        lines.extend(place(snapshot, quote, nearest));
    }
    lines.join("\n") + "\n"
}

const fn reason(reason: Option<Reason>) -> &'static str {
    match reason {
        Some(Reason::TooShort) => "the quotation has no words",
        Some(Reason::SourceUnread) => "a source could not be read",
        Some(Reason::NotReady) | None => "the index is incomplete",
    }
}

const fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verbatim => "verbatim",
        Verdict::Typographic => "verbatim except for typography",
        Verdict::Marked => "verbatim except for marked changes",
        Verdict::Altered => "altered",
        Verdict::Ambiguous => "ambiguous",
        Verdict::Misattributed => "misattributed",
        Verdict::NotFound => "not found",
        Verdict::Unchecked => "unchecked",
    }
}

fn place(snapshot: &Snapshot, quote: &str, found: &Match) -> Vec<String> {
    let Some((file, page)) = snapshot.file(found.file).and_then(|file| Some((file, file.page()?))) else {
        return Vec::new();
    };
    let words: Vec<&str> = found.span.of(page.readable()).split_whitespace().collect();
    let mut lines = vec![
        format!("  {}", printable(&file.place(raw(file, found).start))),
        format!("    “{}”", printable(&words.join(" "))),
    ];
    if !found.edits.is_empty() {
        let explained = explain(&found.edits, quote, page.readable(), snapshot.language());
        lines.push(format!("    {}", printable(&explained)));
    }
    lines
}

/// The span of a match in the file's own text.
fn raw(file: &File, found: &Match) -> ibid_text::Span {
    file.to_own(found.span).unwrap_or(found.span)
}
