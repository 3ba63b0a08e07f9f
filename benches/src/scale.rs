//! Measures everything at every size.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::{
    answers::Answers,
    answers::Opening,
    changes::Changes,
    corpus_maker::{Made, Maker},
    machine::Machine,
    originals, probes,
    rivals::{self, Rival},
    stages::Stages,
    steps::{Building, Step, Workplace},
};

/// How often a built index is opened.
const OPENINGS: usize = 5;

/// How often an index is built, each time from scratch. The median counts.
const BUILDINGS: usize = 5;

/// An index that takes longer than this, in seconds, is built only once: start-up no longer matters.
const LONG: f64 = 2.0;

/// Files younger than this are read again, because their time of modification does not identify their content.
const SETTLING: std::time::Duration = std::time::Duration::from_millis(2_500);

/// What to measure.
#[derive(Clone, Debug, clap::Args)]
pub struct Scale {
    /// The folder of texts (.txt and .md) that corpora are made from.
    #[arg(long)]
    pub texts: PathBuf,
    /// A folder for corpora, indexes and results. Results of an earlier run are replaced.
    #[arg(long)]
    pub out: PathBuf,
    /// Sizes of corpora.
    #[arg(long, value_delimiter = ',', default_value = "1MB,10MB,100MB,1GB")]
    pub sizes: Vec<Size>,
    /// The seed of all random choices.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Probes of each kind at each size.
    #[arg(long, default_value_t = 1_000)]
    pub probes: usize,
    /// Measure only `ibid`.
    #[arg(long)]
    pub alone: bool,
    /// Keep corpora and indexes.
    #[arg(long)]
    pub keep: bool,
}

/// A number of bytes, written like 10MB.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Size(pub usize);

impl std::str::FromStr for Size {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let digits = written.trim_end_matches(char::is_alphabetic);
        let unit = match &written[digits.len()..] {
            "KB" => 1_000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            unit => return Err(format!("`{unit}` is no unit: write KB, MB or GB")),
        };
        let count: usize = digits.parse().map_err(|error| format!("`{digits}`: {error}"))?;
        count.checked_mul(unit).map(Self).ok_or_else(|| format!("`{written}` is too large"))
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            bytes if bytes >= 1_000_000_000 => write!(f, "{} GB", bytes as f64 / 1e9),
            bytes if bytes >= 1_000_000 => write!(f, "{} MB", bytes as f64 / 1e6),
            bytes => write!(f, "{} KB", bytes as f64 / 1e3),
        }
    }
}

/// All results.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The machine.
    pub machine: Machine,
    /// The seed of the run.
    pub seed: u64,
    /// The results by size, in the requested order.
    pub sizes: Vec<OfSize>,
}

/// The results at one size.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OfSize {
    /// The requested size.
    pub size: Size,
    /// The corpus. Its absent sentences are among the probes.
    pub made: Made,
    /// Building the index.
    pub building: Building,
    /// The stages of building.
    pub stages: Stages,
    /// Opening the index in a new process, in seconds.
    pub opening: Vec<Opening>,
    /// Answers to all probes.
    pub answers: Answers,
    /// Adding, changing and removing a source.
    pub changes: Changes,
    /// Other programs on the same text.
    pub rivals: Vec<Rival>,
}

impl Scale {
    /// Measures everything, one size after the other.
    pub fn run(&self) -> Result<Report> {
        tell("learning the originals");
        let maker = Maker::new(originals::read(&self.texts)?);
        let sizes = self.sizes.iter().map(|&size| self.at(size, &maker)).collect::<Result<_>>()?;
        Ok(Report { machine: Machine::here(), seed: self.seed, sizes })
    }

    fn at(&self, size: Size, maker: &Maker) -> Result<OfSize> {
        let began = Instant::now();
        let folder = self.out.join(size.to_string().replace(' ', ""));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let place = Workplace::new(folder.clone());
        tell(&format!("{size}: making a corpus"));
        let made = self.make(size, maker, &place)?;
        tell(&format!("{size}: building and asking"));
        std::thread::sleep(SETTLING);
        let building = build(&place)?;
        let opening = (0..OPENINGS).map(|_| place.take(Step::Open)).collect::<Result<_>>()?;
        let answers = place.take(Step::Answer)?;
        let changes = place.take(Step::Change)?;
        let stages = place.take(Step::Stages)?;
        let rivals = if self.alone { Vec::new() } else { self.rivals(size, &place)? };
        if !self.keep {
            fs::remove_dir_all(&folder)?;
        }
        tell(&format!("{size}: done in {:.0} s", began.elapsed().as_secs_f64()));
        Ok(OfSize { size, made, building, stages, opening, answers, changes, rivals })
    }

    fn make(&self, size: Size, maker: &Maker, place: &Workplace) -> Result<Made> {
        let lengths = probes::lengths(self.probes, self.seed);
        let mut made = maker.make(&place.texts(), size.0, self.seed, &lengths)?;
        let drawn = probes::draw(&place.texts(), self.probes, &made.absent, self.seed)?;
        probes::write(&place.probes(), &drawn)?;
        made.absent.clear();
        Ok(made)
    }

    fn rivals(&self, size: Size, place: &Workplace) -> Result<Vec<Rival>> {
        tell(&format!("{size}: ripgrep, tantivy and the scan"));
        let (texts, probes) = (place.texts(), probes::read(&place.probes())?);
        let mut measured = Vec::new();
        measured.extend(rivals::ripgrep::measure(&texts, &probes, self.seed)?);
        #[cfg(feature = "rivals")]
        measured.push(rivals::phrase::measure(&texts, &place.rival("tantivy"), &probes, self.seed)?);
        measured.push(rivals::scan::measure(&texts, &place.probes(), self.seed)?);
        Ok(measured)
    }
}

/// Builds the index several times if it is fast enough. Returns the run with the median time.
fn build(place: &Workplace) -> Result<Building> {
    let mut built = vec![place.take::<Building>(Step::Build)?];
    while built.len() < BUILDINGS && built[0].seconds < LONG {
        // Not in the step itself: the file system is busy for some milliseconds after a removal.
        fs::remove_dir_all(place.cache())?;
        built.push(place.take(Step::Build)?);
    }
    built.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    Ok(built[built.len() / 2])
}

/// Reads the report of an earlier run.
pub fn read(folder: &Path) -> Result<Report> {
    Ok(serde_json::from_slice(&fs::read(folder.join("scale.json"))?)?)
}

fn tell(what: &str) {
    eprintln!("{what}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_they_are_written() {
        let read = |written: &str| written.parse::<Size>().map(|size| size.0);
        assert_eq!(read("1GB"), Ok(1_000_000_000));
        assert_eq!(read("250KB"), Ok(250_000));
        assert!(read("10").is_err() && read("MB").is_err() && read("99999999999999GB").is_err());
        assert_eq!(Size(100_000_000).to_string(), "100 MB");
    }
}
