//! The command line. One file per command; results on stdout, progress and logs on stderr.

mod batch;

use std::{error::Error, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

/// A language server that keeps research notes honest.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
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
    Locate(Locate),
}

/// `ibid lsp`
#[derive(clap::Args)]
struct Lsp {
    /// Write the log to this file instead of stderr.
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

/// `ibid locate`
#[derive(clap::Args)]
struct Locate {
    #[command(flatten)]
    jsonl: batch::Jsonl,
    /// The folder whose files are the sources.
    #[arg(long, value_name = "DIR")]
    sources: PathBuf,
}

/// Parses the arguments and runs the command. Exit code 2 means that the tool failed.
pub(crate) fn run() -> ExitCode {
    let result: Result<ExitCode, Box<dyn Error>> = match Cli::parse().command {
        Command::Lsp(lsp) => crate::lsp::run(lsp.log.as_deref()).map_err(Into::into),
        Command::Annotate(_) => done(batch::annotate()),
        Command::Verify(_) => done(batch::verify()),
        Command::Locate(locate) => done(batch::locate(&locate.sources)),
    };
    result.unwrap_or_else(|error| {
        anstream::eprintln!("ibid: {error}");
        ExitCode::from(2)
    })
}

/// What a command that has no findings ends with.
fn done<E: Error + 'static>(result: Result<(), E>) -> Result<ExitCode, Box<dyn Error>> {
    result.map(|()| ExitCode::SUCCESS).map_err(Into::into)
}
