//! Measures how fast and how correctly probes are answered.

use std::{
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::{
    engine::Engine,
    memory::{self, Memory},
    probes::{Kind, Probe},
    statistics::{Figure, percentile, proportion, quantile},
};

/// How often every probe is asked. The median counts.
const PASSES: usize = 3;

/// The measurements of a process that opened an index and answered all probes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answers {
    /// Memory after all answers.
    pub memory: Memory,
    /// Memory after all sources were also read in full.
    pub learned: Memory,
    /// For each kind of probe.
    pub kinds: Vec<OfKind>,
}

/// The answers to the probes of one kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OfKind {
    /// The kind.
    pub kind: Kind,
    /// Times of an answer in seconds, with warm caches.
    pub time: Times,
    /// Times in the first pass, in seconds.
    pub first: Times,
    /// The share of correct answers: verdict and place.
    pub right: Figure,
}

/// Percentiles of times, in seconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Times {
    /// The median.
    pub p50: Figure,
    /// The 99th percentile.
    pub p99: Figure,
}

impl Times {
    /// The percentiles of times in seconds.
    pub fn of(seconds: &[f64], seed: u64) -> Self {
        Self { p50: percentile(seconds, 0.5, seed), p99: percentile(seconds, 0.99, seed) }
    }
}

/// The time to open a built index, in seconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Opening {
    /// Only the index, until it can be searched.
    pub index: f64,
    /// The whole workspace, until it has answered a first question.
    pub answer: f64,
}

/// Opens the index of a folder.
pub fn open(texts: &Path, cache: &Path) -> Result<Opening> {
    let began = Instant::now();
    ensure!(black_box(Engine::open_index(texts, cache)?) > 0, "there is no index");
    let index = began.elapsed().as_secs_f64();
    let began = Instant::now();
    black_box(Engine::open(texts, cache)?.locate("the first question that anybody asks"));
    Ok(Opening { index, answer: began.elapsed().as_secs_f64() })
}

/// Opens the index of a folder and asks all probes several times in random order. With `tell`, prints wrong answers to
/// stderr.
pub fn measure(texts: &Path, cache: &Path, probes: &[Probe], seed: u64, tell: bool) -> Result<Answers> {
    let mut engine = Engine::open(texts, cache)?;
    let mut order: Vec<usize> = (0..probes.len()).collect();
    order.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    let mut times: Vec<Vec<f64>> = vec![Vec::with_capacity(PASSES); probes.len()];
    for _ in 0..PASSES {
        for &at in &order {
            times[at].push(time(|| engine.locate(&probes[at].quote)).as_secs_f64());
        }
    }
    let memory = memory::resident()?;
    let right: Vec<bool> = probes.iter().map(|probe| is_right(&engine, probe, tell)).collect();
    engine.learn();
    let learned = memory::resident()?;
    let of_kind = |kind| {
        let of_it: Vec<usize> = (0..probes.len()).filter(|&at| probes[at].kind == kind).collect();
        let first: Vec<f64> = of_it.iter().map(|&at| times[at][0]).collect();
        let middle: Vec<f64> = of_it.iter().map(|&at| middle(&times[at])).collect();
        OfKind {
            kind,
            time: Times::of(&middle, seed),
            first: Times::of(&first, seed),
            right: proportion(of_it.iter().filter(|&&at| right[at]).count(), of_it.len()),
        }
    };
    Ok(Answers { memory, learned, kinds: Kind::ALL.map(of_kind).into() })
}

fn is_right(engine: &Engine, probe: &Probe, tell: bool) -> bool {
    let answer = engine.locate(&probe.quote);
    let is_right = engine.is_right(probe, &answer);
    if tell && !is_right {
        let places = answer.matches.len();
        eprintln!(
            "{}: {:?} in {places} places: {:?} {:?}",
            probe.kind.name(),
            answer.verdict,
            probe.quote,
            probe.place
        );
    }
    is_right
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let began = Instant::now();
    black_box(work());
    began.elapsed()
}

fn middle(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    quantile(&sorted, 0.5)
}
