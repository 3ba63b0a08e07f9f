//! ripgrep: a fast search for exact strings, run as a process.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result};

use super::Rival;
use crate::{
    answers::Times,
    probes::{Kind, Probe},
    statistics::proportion,
};

/// The number of probes. Each reads the whole corpus.
const PROBES: usize = 30;

/// Runs `rg`, if available, on probes that a file contains on one line with the same spaces.
pub fn measure(texts: &Path, probes: &[Probe], seed: u64) -> Result<Option<Rival>> {
    let Ok(version) = Command::new("rg").arg("--version").output() else { return Ok(None) };
    let name = String::from_utf8_lossy(&version.stdout).lines().next().unwrap_or("ripgrep").to_owned();
    let is_literal = |probe: &&Probe| probe.place.as_ref().is_some_and(|place| place.literal);
    let asked: Vec<&Probe> =
        probes.iter().filter(|probe| probe.kind == Kind::Exact).filter(is_literal).take(PROBES).collect();
    let (mut times, mut found) = (Vec::new(), 0);
    for probe in &asked {
        let began = Instant::now();
        let output = Command::new("rg")
            .args(["--fixed-strings", "--no-ignore", "--no-config", "--files-with-matches", "--", &probe.quote, "."])
            .current_dir(texts)
            .stdin(Stdio::null())
            .output()
            .context("rg could be run a moment ago")?;
        times.push(began.elapsed().as_secs_f64());
        let files = String::from_utf8_lossy(&output.stdout).into_owned();
        let is_found = |path: &str| files.lines().any(|line| line.trim_start_matches("./") == path);
        found += usize::from(probe.place.as_ref().is_some_and(|place| is_found(&place.path)));
    }
    Ok(Some(Rival {
        name,
        kind: Kind::Exact,
        how: "fixed string, whole process, the literal probes alone".to_owned(),
        building: None,
        bytes: None,
        time: Times::of(&times, seed),
        found: proportion(found, asked.len()),
    }))
}
