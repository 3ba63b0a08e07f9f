//! `cargo run --release --manifest-path benches/Cargo.toml -- scale --texts FOLDER --out FOLDER`

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use clap::{Parser, Subcommand};
use ibid_benches::{
    accuracy,
    latency::Latency,
    picture,
    scale::{self, Report, Scale},
    steps::{self, Step, Workplace},
    table,
};

/// Measures how fast and how correctly quotations are found.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make corpora of several sizes, measure everything on each and compare with other programs. Writes scale.json, scale.md
    /// and scale.svg, and prints the table.
    Scale(Scale),
    /// Print the figures of a labelled set of quotations, each with its 95 % interval.
    Accuracy {
        /// The program to measure.
        #[arg(long)]
        ibid: PathBuf,
        /// The set: one JSON object per line.
        #[arg(long)]
        set: PathBuf,
        /// The folder of its sources.
        #[arg(long)]
        sources: PathBuf,
        /// The seed of the bootstrap.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Send a server the requests of an editor, and print the latency and the server's processor time.
    Latency(Latency),
    /// Write the table and the picture of an earlier run again.
    Table {
        /// The folder with the results.
        folder: PathBuf,
    },
    /// Take one measurement of one corpus in this process, and print it as JSON.
    Step {
        /// The measurement.
        step: Step,
        /// The corpus, in the folder that `scale --keep` left.
        folder: PathBuf,
        /// The seed of the order of probes.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print every wrong answer to stderr.
        #[arg(long)]
        tell: bool,
    },
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Scale(scale) => {
            fs::create_dir_all(&scale.out)?;
            let report = scale.run()?;
            fs::write(scale.out.join("scale.json"), serde_json::to_vec_pretty(&report)?)?;
            show(&report, &scale.out)?;
        }
        Command::Accuracy { ibid, set, sources, seed } => {
            let set = accuracy::read(&set)?;
            let answers = accuracy::ask(&ibid, &sources, &set)?;
            print!("{}", table::accuracy(&accuracy::counts(&set, &answers), seed));
        }
        Command::Latency(latency) => print!("{}", latency.run()?),
        Command::Table { folder } => show(&scale::read(&folder)?, &folder)?,
        Command::Step { step, folder, seed, tell } => {
            println!("{}", steps::run(step, &Workplace::new(folder), seed, tell)?);
        }
    }
    Ok(())
}

/// Writes the table and the picture into a folder, and prints the table.
fn show(report: &Report, folder: &Path) -> Result<()> {
    let table = table::markdown(report);
    fs::write(folder.join("scale.md"), &table)?;
    if let Some(picture) = picture::svg(report) {
        fs::write(folder.join("scale.svg"), picture)?;
    }
    print!("{table}");
    Ok(())
}
