//! The command line. One file per command; results on stdout, progress and logs on stderr.

mod batch;
mod check;
mod cite;
mod define;
mod explain;
mod init;
mod locate;
pub(crate) mod sources;
mod terms;
mod workspace;

use std::{error::Error, path::PathBuf, process::ExitCode};

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};
use ibid_source::Format;

use crate::{extract, memory};

/// A language server that keeps research notes honest.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to colour what is printed.
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    color: Color,
}

/// When to colour what is printed.
#[derive(Clone, Copy, ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Serve an editor over stdin and stdout.
    Lsp(Lsp),
    /// Judge every sentence: claim, hedge, certainty, definition. One JSON object a line in and out.
    Annotate(batch::Jsonl),
    /// Weigh claims against evidence. One JSON object a line in and out.
    Verify(batch::Jsonl),
    /// Find quotations in the sources.
    Locate(locate::Locate),
    /// Write a citation of where a quotation stands.
    Cite(cite::Cite),
    /// Check notes against their sources.
    Check(check::Check),
    /// Tell what a diagnostic code means.
    Explain(explain::Explain),
    /// Tell what the corpus says of a term.
    Define(define::Define),
    /// List the terms of the corpus.
    Terms(terms::Terms),
    /// Write an ibid.toml to begin with.
    Init(init::Init),
    /// List what is indexed, and what was skipped and why.
    Sources(sources::Sources),
    /// Take the text out of a document on stdin.
    #[command(name = extract::COMMAND, hide = true)]
    Extract {
        /// What the document is.
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

/// Parses the arguments and runs the command. Exit code 1 means findings, or a term that the corpus does not know; 2 that
/// the tool failed.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    cli.color.choice().write_global();
    cli.command.run().unwrap_or_else(|error| {
        anstream::eprintln!("ibid: {error}");
        ExitCode::from(2)
    })
}

fn format(name: &str) -> Result<Format, String> {
    Format::named(name).ok_or_else(|| "no such format".to_owned())
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
                memory::share_heaps();
                return Ok(crate::lsp::run(lsp.log.as_deref())?);
            }
            Self::Annotate(_) => batch::annotate()?,
            Self::Verify(_) => batch::verify()?,
            Self::Locate(locate) => locate.run()?,
            Self::Cite(cite) => cite.run()?,
            Self::Check(check) => return Ok(check.run()?),
            Self::Explain(explain) => explain.run()?,
            Self::Define(define) => return Ok(define.run()?),
            Self::Terms(terms) => terms.run()?,
            Self::Init(init) => init.run()?,
            Self::Sources(sources) => sources.run()?,
            Self::Extract { format } => extract::answer(format)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
