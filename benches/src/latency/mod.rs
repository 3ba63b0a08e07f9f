//! Measures the latency of an editor's requests.

mod client;
mod questions;

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use walkdir::WalkDir;

use crate::{
    memory::Memory,
    statistics::{percentile, quantile},
};
use client::{Answer, Client};

/// How often the server is started with its index on disk.
const STARTS: usize = 3;

/// The share of a core below which the server counts as idle.
const AT_REST: f64 = 0.02;

/// How long to wait until the server is idle.
const PATIENCE: Duration = Duration::from_mins(5);

/// What to measure.
#[derive(Clone, Debug, clap::Args)]
pub struct Latency {
    /// The program to measure.
    #[arg(long)]
    pub ibid: PathBuf,
    /// The workspace, with an `ibid.toml`. Requests are about its Markdown files below `notes`.
    #[arg(long)]
    pub workspace: PathBuf,
    /// The folder of notes in the workspace.
    #[arg(long, default_value = "notes")]
    pub notes: PathBuf,
    /// The folder of sources in the workspace.
    #[arg(long, default_value = "sources")]
    pub sources: PathBuf,
    /// The number of notes to open.
    #[arg(long, default_value_t = 100)]
    pub opened: usize,
    /// The number of places in each note.
    #[arg(long, default_value_t = 6)]
    pub places: usize,
    /// The seed of the choice.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// The results.
#[derive(Debug, Default)]
pub struct Report {
    /// Seconds from the start of the process to the first correct answer, without an index on disk.
    cold: f64,
    /// Seconds from the start of the process to the first right answer, with an index on disk.
    warm: Vec<f64>,
    /// The peak memory while the server started without an index, and its memory when idle.
    peak: u64,
    resting: Option<Memory>,
    /// The measurements by kind of request.
    asked: BTreeMap<&'static str, Times>,
}

/// Seconds of each answer.
#[derive(Debug, Default)]
struct Times {
    seconds: Vec<f64>,
    own: Vec<f64>,
    /// The number of non-empty answers.
    told: usize,
}

impl Latency {
    /// Starts servers and sends requests.
    pub fn run(&self) -> Result<Report> {
        let workspace = self.workspace.canonicalize().context("there is no such workspace")?;
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        let folder = workspace.join(&self.notes);
        let mut notes = texts(&folder, &["md"]);
        let mut sources = texts(&workspace.join(&self.sources), &["md", "txt"]);
        notes.shuffle(&mut rng);
        sources.shuffle(&mut rng);
        let probe = sources.iter().find_map(|source| questions::Probe::of(source)).context("no source has prose")?;
        let cache = std::env::temp_dir().join(format!("ibid-latency-{}", std::process::id()));
        let mut report = Report::default();
        let mut server = Client::start(&self.ibid, &workspace, &cache)?;
        report.cold = first_answer(&mut server, &folder, &probe, &mut report.peak)?;
        rest(&server, &mut report.peak)?;
        report.resting = Some(server.memory()?);
        for _ in 0..STARTS {
            drop(server);
            server = Client::start(&self.ibid, &workspace, &cache)?;
            report.warm.push(first_answer(&mut server, &folder, &probe, &mut 0)?);
        }
        rest(&server, &mut 0)?;
        for note in notes.iter().take(self.opened) {
            questions::ask_all(&mut server, note, self.places, &mut rng, |question, answer| {
                report.asked.entry(question.name()).or_default().add(&answer);
            })?;
        }
        drop(server);
        Ok(std::fs::remove_dir_all(&cache).map(|()| report)?)
    }
}

impl Times {
    fn add(&mut self, answer: &Answer) {
        self.seconds.push(answer.seconds);
        self.own.push(answer.own);
        self.told += usize::from(questions::tells(&answer.result));
    }
}

/// The files below a folder with one of the extensions, in order.
fn texts(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let has_one =
        |path: &Path| path.extension().is_some_and(|own| extensions.iter().any(|&extension| own == extension));
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().flatten().map(walkdir::DirEntry::into_path);
    files.filter(|path| path.is_file() && has_one(path)).collect()
}

/// Requests the source of a quotation until the answer is correct. Returns the age of the server in seconds, and puts the
/// highest memory use into `peak`.
fn first_answer(server: &mut Client, notes: &Path, probe: &questions::Probe, peak: &mut u64) -> Result<f64> {
    let note = notes.join("latency-probe.md");
    questions::open(server, &note, &probe.note())?;
    while server.age() < PATIENCE {
        let answer = server.ask("textDocument/definition", &questions::at(&note, 0, 8))?;
        *peak = (*peak).max(server.memory()?.own);
        if probe.is_answered(&answer.result) {
            let seconds = server.age().as_secs_f64();
            server.tell("textDocument/didClose", &questions::document(&note))?;
            return Ok(seconds);
        }
        thread::sleep(Duration::from_millis(2));
    }
    bail!("the quotation of {} is not found", probe.source.display())
}

/// Waits until the server is idle.
fn rest(server: &Client, peak: &mut u64) -> Result<()> {
    const STEP: Duration = Duration::from_millis(50);
    const STEPS: u32 = 20;
    while server.age() < PATIENCE {
        let before = server.ran();
        for _ in 0..STEPS {
            thread::sleep(STEP);
            *peak = (*peak).max(server.memory()?.own);
        }
        if server.ran() - before < AT_REST * (STEP * STEPS).as_secs_f64() {
            return Ok(());
        }
    }
    bail!("the server does not come to rest")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut warm = self.warm.clone();
        warm.sort_unstable_by(f64::total_cmp);
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        writeln!(f, "| start, to the first right answer | s |\n|---|---|")?;
        writeln!(f, "| without an index on disk | {:.2} |", self.cold)?;
        writeln!(
            f,
            "| with one: least · middle of {} | {:.2} · {:.2} |",
            warm.len(),
            quantile(&warm, 0.0),
            quantile(&warm, 0.5)
        )?;
        writeln!(
            f,
            "| memory, anonymous and shared: most while starting without · at rest, MB | {:.0} · {:.0} |\n",
            megabytes(self.peak),
            megabytes(self.resting.map_or(0, |memory| memory.own))
        )?;
        writeln!(f, "| request, ms | asked | told something | own p50 | own p95 | own p99 [95 %] | p50 | p95 | p99 |")?;
        writeln!(f, "|---|---|---|---|---|---|---|---|---|")?;
        for (name, times) in &self.asked {
            let mut sorted = [times.own.clone(), times.seconds.clone()];
            for times in &mut sorted {
                times.sort_unstable_by(f64::total_cmp);
            }
            let [own, seconds] = sorted.map(|times| [0.5, 0.95, 0.99].map(|at| 1e3 * quantile(&times, at)));
            let p99 = percentile(&times.own, 0.99, 1);
            writeln!(
                f,
                "| {name} | {} | {} | {:.2} | {:.2} | {:.2} [{:.2}–{:.2}] | {:.2} | {:.2} | {:.2} |",
                times.own.len(),
                times.told,
                own[0],
                own[1],
                own[2],
                1e3 * p99.low,
                1e3 * p99.high,
                seconds[0],
                seconds[1],
                seconds[2]
            )?;
        }
        Ok(())
    }
}
