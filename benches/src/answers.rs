//! How fast and how right probes are answered.

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

/// How often every probe is asked; a probe's time is the middle one.
const PASSES: usize = 3;

/// What a process that opened an index and answered all probes saw.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answers {
    /// Memory after all answers.
    pub memory: Memory,
    /// Memory once all sources were read in full besides.
    pub learned: Memory,
    /// For each kind of probe.
    pub kinds: Vec<OfKind>,
}

/// The answers to the probes of one kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OfKind {
    /// Which.
    pub kind: Kind,
    /// Times of an answer in seconds, when the machine has met the probe's surroundings before.
    pub time: Times,
    /// Times in the first pass, when nothing was asked before.
    pub first: Times,
    /// The share of answers that are right: the verdict and the place.
    pub right: Figure,
}

/// Percentiles of times, in seconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Times {
    /// Half are shorter.
    pub p50: Figure,
    /// One in a hundred is longer.
    pub p99: Figure,
}

impl Times {
    /// Of these, in seconds.
    pub fn of(seconds: &[f64], seed: u64) -> Self {
        Self { p50: percentile(seconds, 0.5, seed), p99: percentile(seconds, 0.99, seed) }
    }
}

/// How long it takes to open what was built, in seconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Opening {
    /// The index alone, until it can be searched.
    pub index: f64,
    /// The workspace, every file of it looked at, until it has answered a first question.
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

/// Opens the index of a folder and asks all probes, in an order of chance, several times over. Prints answers that are
/// wrong to stderr where `tell` says so.
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
