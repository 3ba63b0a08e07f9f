//! `cargo run --release --manifest-path benches/Cargo.toml -- scale --texts FOLDER --out FOLDER`

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use ibid_benches::{answers, corpus_maker::Maker, originals, probes};

#[derive(Parser)]
#[command(about = "Measures how fast and how right ibid finds quotations.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a corpus and probes of it.
    Make {
        /// The folder of texts that it is made from.
        #[arg(long)]
        texts: PathBuf,
        /// A new folder for it.
        #[arg(long)]
        out: PathBuf,
        /// Bytes.
        #[arg(long)]
        size: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, default_value_t = 1000)]
        probes: usize,
    },
    /// Ask.
    Answer {
        #[arg(long)]
        out: PathBuf,
        #[arg(long)]
        tell: bool,
    },
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Make { texts, out, size, seed, probes: count } => {
            let t = std::time::Instant::now();
            let maker = Maker::new(originals::read(&texts)?);
            eprintln!("maker {:?}", t.elapsed());
            let made = maker.make(&out.join("texts"), size, seed, &probes::lengths(count, seed))?;
            eprintln!("made {:?}", t.elapsed());
            let drawn = probes::draw(&out.join("texts"), count, &made.absent, seed)?;
            probes::write(&out.join("probes.jsonl"), &drawn)?;
            eprintln!("drawn {:?}", t.elapsed());
            println!(
                "{} files {} bytes {} original {:?} {:?} {:?}",
                made.files,
                made.bytes,
                made.original_bytes,
                made.originals,
                made.corpus,
                &made.absent[..5]
            );
        }
        Command::Answer { out, tell } => {
            let all = probes::read(&out.join("probes.jsonl"))?;
            let a = answers::measure(&out.join("texts"), &out.join("cache"), &all, 1, tell)?;
            println!("{a:#?}");
        }
    }
    Ok(())
}
