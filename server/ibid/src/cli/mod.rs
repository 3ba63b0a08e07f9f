//! The command line, one file per command. Results go to stdout, progress and logs to stderr.

mod batch;
mod check;
mod cite;
mod define;
mod explain;
mod init;
mod locate;
mod output;
mod sources;
mod terms;
mod workspace;

use std::{error::Error, path::PathBuf, process::ExitCode};

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};
use ibid_source::Format;

use crate::{extract, memory, printable::printable_lines};

/// Checks research notes against their sources.
///
/// ibid reads the sources that you keep and the Markdown notes that you write about them. It finds quotations that differ
/// from the source, citations that lead nowhere and claims that no source supports. Use it in an editor (`ibid lsp`) or on
/// the command line (`ibid check`). Nothing leaves your machine.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colours.
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    color: Color,
}

/// When to use colours.
#[derive(Clone, Copy, ValueEnum)]
enum Color {
    /// If the output is a terminal and `NO_COLOR` is not set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Run the language server on stdin and stdout.
    Lsp(Lsp),
    /// Rate the sentences of texts as claims, hedges and definitions, and their certainty.
    Annotate(batch::Jsonl),
    /// Compare claims with evidence.
    Verify(batch::Jsonl),
    /// Find quotations in the sources.
    Locate(locate::Locate),
    /// Print a citation for a quotation.
    Cite(cite::Cite),
    /// Check notes against their sources.
    Check(check::Check),
    /// Explain a diagnostic code.
    Explain(explain::Explain),
    /// Show every sense of a term.
    Define(define::Define),
    /// List the terms that sources and notes define.
    Terms(terms::Terms),
    /// Create an ibid.toml that explains every key.
    Init(init::Init),
    /// List what is indexed, and what was skipped and why.
    Sources(sources::Sources),
    /// Extract the text of a document on stdin.
    #[command(name = extract::COMMAND, hide = true)]
    Extract {
        /// The format of the document.
        #[arg(value_parser = format)]
        format: Format,
    },
}

/// `ibid lsp`
#[derive(clap::Args)]
struct Lsp {
    /// Write the log to this file instead of stderr.
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

/// Parses the arguments and runs the command. Exit code 1 means that there are findings, or no such term; 2 that the command
/// failed.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    cli.color.choice().write_global();
    cli.command.run().unwrap_or_else(|error| {
        anstream::eprintln!("ibid: {}", printable_lines(&error.to_string()));
        ExitCode::from(2)
    })
}

fn format(name: &str) -> Result<Format, String> {
    Format::named(name).ok_or_else(|| "unknown format".to_owned())
}

impl Color {
    fn choice(self) -> ColorChoice {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
    }
}

impl Command {
    fn run(self) -> Result<ExitCode, Box<dyn Error>> {
        match self {
            Self::Lsp(lsp) => {
                memory::limit_heaps();
                return Ok(crate::lsp::run(lsp.log.as_deref())?);
            }
            Self::Annotate(_) => batch::annotate()?,
            Self::Verify(_) => batch::verify()?,
            Self::Locate(locate) => return Ok(locate.run()?),
            Self::Cite(cite) => cite.run()?,
            Self::Check(check) => return Ok(check.run()?),
            Self::Explain(explain) => explain.run()?,
            Self::Define(define) => return Ok(define.run()?),
            Self::Terms(terms) => terms.run()?,
            Self::Init(init) => init.run()?,
            Self::Sources(sources) => sources.run()?,
            Self::Extract { format } => extract::run_child(format)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
