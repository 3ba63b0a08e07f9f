//! Measurements in separate processes, so that earlier ones do not affect the memory.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    answers::{self, Answers},
    changes::{self, Changes},
    disk,
    engine::Engine,
    memory::{self, Memory},
    probes,
    stages::{self, Stages},
};

/// A measurement of one corpus.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Step {
    /// Build the index from scratch: [`Building`].
    Build,
    /// Open the index: [`answers::Opening`].
    Open,
    /// Open the index and answer all probes: [`Answers`].
    Answer,
    /// Add, change and remove a source: [`Changes`].
    Change,
    /// Each stage of building the index: [`Stages`].
    Stages,
}

/// The measurements of building an index.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Building {
    /// Seconds from the start until quotations can be found.
    pub seconds: f64,
    /// Memory after that.
    pub memory: Memory,
    /// The size of the index on disk, in bytes.
    pub bytes: u64,
    /// Seconds to read all sources in full after that, in the background.
    pub learning: f64,
    /// The size on disk of the results of reading in full, in bytes.
    pub learned: u64,
    /// The number of sources.
    pub sources: usize,
}

/// The folder of one size, with its texts, probes and indexes.
#[derive(Clone, Debug)]
pub struct Workplace {
    folder: PathBuf,
}

impl Workplace {
    /// A folder that may not exist yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder of texts.
    pub fn texts(&self) -> PathBuf {
        self.folder.join("texts")
    }

    /// The file of probes.
    pub fn probes(&self) -> PathBuf {
        self.folder.join("probes.jsonl")
    }

    /// The cache folder of `ibid`.
    pub fn cache(&self) -> PathBuf {
        self.folder.join("cache")
    }

    /// A folder for the index of a rival.
    pub fn rival(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs a step in a new process and reads its result.
    pub fn take<T: DeserializeOwned>(&self, step: Step) -> Result<T> {
        let name = clap::ValueEnum::to_possible_value(&step).context("every step has a name")?;
        let output = Command::new(env::current_exe()?)
            .args(["step", name.get_name()])
            .arg(&self.folder)
            .stderr(Stdio::inherit())
            .output()?;
        ensure!(output.status.success(), "{}: {}", name.get_name(), output.status);
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}

/// Runs a step in this process. Returns its result as JSON. With `tell`, prints wrong answers to stderr.
pub fn run(step: Step, workplace: &Workplace, seed: u64, tell: bool) -> Result<String> {
    let (texts, cache) = (workplace.texts(), workplace.cache());
    Ok(match step {
        Step::Build => serde_json::to_string(&build(&texts, &cache)?),
        Step::Open => serde_json::to_string(&answers::open(&texts, &cache)?),
        Step::Answer => {
            let probes = probes::read(&workplace.probes())?;
            serde_json::to_string::<Answers>(&answers::measure(&texts, &cache, &probes, seed, tell)?)
        }
        Step::Change => {
            let probes = probes::read(&workplace.probes())?;
            serde_json::to_string::<Changes>(&changes::measure(&texts, &cache, &probes)?)
        }
        Step::Stages => serde_json::to_string::<Stages>(&stages::measure(&texts)?),
    }?)
}

fn build(texts: &Path, cache: &Path) -> Result<Building> {
    if cache.exists() {
        fs::remove_dir_all(cache)?;
    }
    let began = Instant::now();
    let mut engine = Engine::open(texts, cache)?;
    let seconds = began.elapsed().as_secs_f64();
    let (memory, bytes) = (memory::resident()?, disk::bytes(cache)?);
    let began = Instant::now();
    engine.learn();
    let learning = began.elapsed().as_secs_f64();
    Ok(Building { seconds, memory, bytes, learning, learned: disk::bytes(cache)? - bytes, sources: engine.sources() })
}
