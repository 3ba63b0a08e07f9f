//! The command line. One file per command; results on stdout, progress and logs on stderr.

mod batch;

use std::{path::PathBuf, process::ExitCode};

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
    /// Judge every sentence: claim, hedge, certainty, definition. One JSON object a line in and out.
    Annotate(batch::Jsonl),
    /// Weigh claims against evidence. One JSON object a line in and out.
    Verify(batch::Jsonl),
    /// Find quotations in the sources.
    Locate(Locate),
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
    let result = match Cli::parse().command {
        Command::Annotate(_) => batch::annotate(),
        Command::Verify(_) => batch::verify(),
        Command::Locate(locate) => batch::locate(&locate.sources),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("ibid: {error}");
            ExitCode::from(2)
        }
    }
}
