//! sassy: a fast approximate scan. It depends on vector instructions, so the program in `../scan` is built for the processor at
//! hand. `ibid` is not.

use std::{
    env,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::Rival;
use crate::{answers::Times, probes::Kind, statistics::proportion};

/// The number of probes. Each reads the whole corpus.
const PROBES: usize = 30;

/// The output of the program.
#[derive(Deserialize)]
struct Scanned {
    name: String,
    /// Seconds for each probe.
    times: Vec<f64>,
    /// The number of matches.
    found: usize,
}

/// Builds the program with cargo and runs it on altered probes.
pub fn measure(texts: &Path, probes: &Path, seed: u64) -> Result<Rival> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/scan/Cargo.toml");
    let target = concat!(env!("CARGO_MANIFEST_DIR"), "/target/native");
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--release", "--quiet", "--manifest-path", manifest, "--target-dir", target, "--"])
        .args([texts, probes])
        .arg(PROBES.to_string())
        .env("RUSTFLAGS", "-C target-cpu=native")
        .stderr(Stdio::inherit())
        .output()
        .context("cargo cannot be run")?;
    ensure!(output.status.success(), "the scan failed: {}", output.status);
    let scanned: Scanned = serde_json::from_slice(&output.stdout)?;
    Ok(Rival {
        name: scanned.name,
        kind: Kind::Altered,
        how: "15 % of the letters, all text in memory, in process".to_owned(),
        building: None,
        bytes: None,
        time: Times::of(&scanned.times, seed),
        found: proportion(scanned.found, scanned.times.len()),
    })
}
