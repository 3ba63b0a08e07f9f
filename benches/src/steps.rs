//! What is measured in a process of its own, so that nothing that went before is in its memory.

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

/// A measure of one corpus.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Step {
    /// Make the index anew: [`Building`].
    Build,
    /// Open the built index: [`answers::Opening`].
    Open,
    /// Open it and answer all probes: [`Answers`].
    Answer,
    /// Add, change and remove a source: [`Changes`].
    Change,
    /// Each part of making the index alone: [`Stages`].
    Stages,
}

/// How an index was made.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Building {
    /// From the folder's name to where quotations are answered, in seconds.
    pub seconds: f64,
    /// Memory behind that.
    pub memory: Memory,
    /// Bytes of the index on disk.
    pub bytes: u64,
    /// Seconds to read all sources in full, in the background, once quotations are answered.
    pub learning: f64,
    /// Bytes on disk of what that came to.
    pub learned: u64,
    /// Sources in it.
    pub sources: usize,
}

/// The folder of one size: the texts, the probes and what was built.
#[derive(Clone, Debug)]
pub struct Workplace {
    folder: PathBuf,
}

impl Workplace {
    /// At a folder, which may not be there yet.
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

    /// The folder where `ibid` keeps its index.
    pub fn cache(&self) -> PathBuf {
        self.folder.join("cache")
    }

    /// A folder for the index of a rival.
    pub fn rival(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Takes a step in a process of its own and reads what it says.
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

/// Takes a step in this process; what it says, as JSON. `tell` prints wrong answers to stderr.
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
