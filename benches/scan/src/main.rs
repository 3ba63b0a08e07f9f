//! `scan TEXTS PROBES COUNT`: searches for altered probes with sassy and prints one JSON object.

use std::{env, fs, hint::black_box, ops::Range, time::Instant};

use anyhow::{Context, Result};
use sassy::{Searcher, profiles::Ascii};
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

/// The share of letters that may differ.
const ERRORS: f64 = 0.15;

#[derive(Deserialize)]
struct Probe {
    kind: String,
    quote: String,
    place: Option<Place>,
}

#[derive(Deserialize)]
struct Place {
    path: String,
    span: Range<usize>,
}

#[derive(Serialize)]
struct Scanned {
    name: &'static str,
    times: Vec<f64>,
    found: usize,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().collect();
    let [_, texts, probes, count] = &arguments[..] else { anyhow::bail!("scan TEXTS PROBES COUNT") };
    let (text, starts) = all(texts)?;
    let probes: Vec<Probe> = fs::read_to_string(probes)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let asked = probes.iter().filter(|probe| probe.kind == "altered").take(count.parse()?);
    let mut searcher = Searcher::<Ascii>::new_fwd().without_trace();
    let mut scanned = Scanned { name: "sassy 0.3", times: Vec::new(), found: 0 };
    for probe in asked {
        let errors = (probe.quote.len() as f64 * ERRORS) as usize;
        let began = Instant::now();
        let found = black_box(searcher.search(probe.quote.as_bytes(), &text, errors));
        scanned.times.push(began.elapsed().as_secs_f64());
        let place = probe.place.as_ref().context("what is altered has a place")?;
        let (_, start) = starts.iter().find(|(path, _)| *path == place.path).context("and a file")?;
        let there = start + place.span.start..start + place.span.end + errors + 1;
        scanned.found += usize::from(found.iter().any(|found| there.contains(&found.text_end)));
    }
    println!("{}", serde_json::to_string(&scanned)?);
    Ok(())
}

/// All texts concatenated, and the offset of each.
fn all(folder: &str) -> Result<(Vec<u8>, Vec<(String, usize)>)> {
    let (mut text, mut starts) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            starts.push((path.to_string_lossy().replace('\\', "/"), text.len()));
            text.extend(fs::read(entry.path())?);
            text.push(b'\n');
        }
    }
    Ok((text, starts))
}
