//! Measures how long it takes to add, change and remove one source.

use std::{fs, path::Path, time::Instant};

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use crate::{
    engine::Engine,
    probes::{Kind, Probe},
    statistics::quantile,
};

/// How often each is measured.
const TIMES: usize = 9;

/// The approximate size of the source in bytes.
const LENGTH: usize = 50_000;

/// Median times in seconds, from the change on disk until its words are found, or no longer found.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Changes {
    /// The size of the source in bytes.
    pub bytes: usize,
    /// Adding it.
    pub adding: f64,
    /// Changing a word in it.
    pub changing: f64,
    /// Removing it.
    pub removing: f64,
}

/// Adds a source of new sentences, changes it and removes it, several times. Leaves the folder unchanged.
pub fn measure(texts: &Path, cache: &Path, probes: &[Probe]) -> Result<Changes> {
    let mut engine = Engine::open(texts, cache)?;
    let path = texts.canonicalize()?.join("one-more.txt");
    let text = unheard_of(probes);
    let marks: Vec<String> = (0..TIMES).map(|at| format!("Mark {at} was set by the hand that measures.\n")).collect();
    let mut times: [Vec<f64>; 3] = Default::default();
    let mut time = |kind: usize, engine: &mut Engine| {
        let began = Instant::now();
        engine.refresh(&path);
        times[kind].push(began.elapsed().as_secs_f64());
    };
    for mark in &marks {
        fs::write(&path, &text)?;
        time(0, &mut engine);
        fs::write(&path, format!("{text}{mark}"))?;
        time(1, &mut engine);
        let is_found = !engine.locate(mark).matches.is_empty();
        fs::remove_file(&path)?;
        time(2, &mut engine);
        ensure!(is_found && engine.locate(mark).matches.is_empty(), "a change was not seen");
    }
    let middle = |mut times: Vec<f64>| {
        times.sort_unstable_by(f64::total_cmp);
        quantile(&times, 0.5)
    };
    let [adding, changing, removing] = times.map(middle);
    Ok(Changes { bytes: text.len(), adding, changing, removing })
}

/// A text of sentences that the corpus does not contain.
fn unheard_of(probes: &[Probe]) -> String {
    let mut text = String::new();
    for probe in probes.iter().filter(|probe| probe.kind == Kind::Absent) {
        if text.len() >= LENGTH {
            break;
        }
        text += &probe.quote;
        text += ".\n\n";
    }
    text
}
