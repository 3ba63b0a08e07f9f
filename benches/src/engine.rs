//! `ibid` as it is measured: all that the benchmarks call of it is called here.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use ibid_corpus::{Cache, Config, Disk, FileAccess, Located, Snapshot, Workspace, extract_in_process};
use ibid_evidence::Verdict;

use crate::probes::{Kind, Place, Probe};

/// Least share that two spans have in common, of what they cover together, where they are the same place.
const SAME_PLACE: f64 = 0.5;

/// What tells the index that the benchmarks keep from those of the program.
const BUILD: u64 = 1;

/// A folder of sources that is ready to be asked.
pub struct Engine {
    workspace: Workspace,
    snapshot: Snapshot,
}

impl Engine {
    /// Makes the sources under `texts` ready to be asked for quotations; uses and renews the index in `cache`.
    pub fn open(texts: &Path, cache: &Path) -> Result<Self> {
        let config = config(texts)?;
        let cache = Cache::new(cache.to_owned(), BUILD);
        let access = FileAccess { disk: Disk::Real, cache, extractor: extract_in_process };
        let workspace = Workspace::open(config.into(), access, &|_| {});
        Ok(Self { snapshot: workspace.snapshot(), workspace })
    }

    /// Opens the built index of a folder and nothing else; how many sources are in it.
    pub fn open_index(texts: &Path, cache: &Path) -> Result<usize> {
        let stored = Cache::new(cache.to_owned(), BUILD).stored(&config(texts)?);
        Ok(stored.map_or(0, |stored| stored.sources()))
    }

    /// Reads the sources in full, as is done in the background once quotations are answered: terms and who speaks.
    pub fn learn(&mut self) {
        self.workspace.read_in_full(&|_| {});
        self.snapshot = self.workspace.snapshot();
    }

    /// How many sources it holds.
    pub fn sources(&self) -> usize {
        self.snapshot.sources()
    }

    /// Where a quotation stands.
    pub fn locate(&self, quote: &str) -> Located {
        self.snapshot.locate(quote)
    }

    /// Takes in that a file was added, changed or removed on disk.
    pub fn refresh(&mut self, path: &Path) {
        self.workspace.refresh(path);
        self.snapshot = self.workspace.snapshot();
    }

    /// Whether an answer to a probe is right: the verdict, and the place where there is one.
    pub fn is_right(&self, probe: &Probe, answer: &Located) -> bool {
        let verdict_is_right = match probe.kind {
            Kind::Exact => matches!(answer.verdict, Verdict::Verbatim | Verdict::Typographic),
            Kind::Altered => answer.verdict == Verdict::Altered,
            Kind::Absent => answer.verdict == Verdict::NotFound,
        };
        verdict_is_right && probe.place.as_ref().is_none_or(|place| self.is_told(place, answer))
    }

    /// Whether an answer tells a place, or another where the very same words stand.
    fn is_told(&self, place: &Place, answer: &Located) -> bool {
        let places = self.places(answer);
        let wanted = self.words_at(place);
        let is_it = |told: &Place| told.path == place.path && overlap(&told.span, &place.span) >= SAME_PLACE;
        places.iter().any(is_it) || places.iter().any(|told| self.words_at(told) == wanted)
    }

    fn words_at(&self, place: &Place) -> Vec<String> {
        let path = self.snapshot.config().root.join(PathBuf::from(&place.path));
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let there = text.get(place.span.clone()).unwrap_or_default();
        ibid_text::words(there).map(|word| word.folded.into_owned()).collect()
    }

    /// The places that an answer tells, in bytes of their files.
    fn places(&self, answer: &Located) -> Vec<Place> {
        let place = |found: &ibid_corpus::Match| {
            let file = self.snapshot.file(found.file)?;
            let span = file.page()?.source()?.content.to_original(found.span);
            Some(Place { path: file.path.clone(), span: span.range(), literal: false })
        };
        answer.matches.iter().filter_map(place).collect()
    }
}

/// The share that two spans have in common, of what they cover together.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> f64 {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let together = a.end.max(b.end) - a.start.min(b.start);
    common as f64 / together.max(1) as f64
}

fn config(texts: &Path) -> Result<Config> {
    let root = texts.canonicalize().with_context(|| format!("{}: no folder of texts", texts.display()))?;
    Ok(Config { root, sources: vec![".".into()], ..Config::default() })
}
