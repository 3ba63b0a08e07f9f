//! The interface to `ibid`: everything that the benchmarks call in it.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use ibid_corpus::{Cache, Config, Disk, FileAccess, Located, Snapshot, Workspace, extract_in_process};
use ibid_evidence::Verdict;

use crate::probes::{Kind, Place, Probe};

/// The overlap of two spans, as a share of their union, from which they count as the same place.
const SAME_PLACE: f64 = 0.5;

/// The build number that separates the indexes of the benchmarks from those of the program.
const BUILD: u64 = 1;

/// An opened folder of sources.
pub struct Engine {
    workspace: Workspace,
    snapshot: Snapshot,
}

impl Engine {
    /// Opens the sources under `texts` to find quotations. Uses and updates the index in `cache`.
    pub fn open(texts: &Path, cache: &Path) -> Result<Self> {
        let config = config(texts)?;
        let cache = Cache::new(cache.to_owned(), BUILD);
        let access = FileAccess { disk: Disk::Real, cache, extractor: extract_in_process };
        let workspace = Workspace::open(config.into(), access, &|_| {});
        Ok(Self { snapshot: workspace.snapshot(), workspace })
    }

    /// Opens only the index of a folder. Returns the number of sources in it.
    pub fn open_index(texts: &Path, cache: &Path) -> Result<usize> {
        let stored = Cache::new(cache.to_owned(), BUILD).stored(&config(texts)?);
        Ok(stored.map_or(0, |stored| stored.sources()))
    }

    /// Reads the sources in full (terms and voices), which the program does in the background.
    pub fn learn(&mut self) {
        self.workspace.read_in_full(&|_| {});
        self.snapshot = self.workspace.snapshot();
    }

    /// The number of sources.
    pub fn sources(&self) -> usize {
        self.snapshot.sources()
    }

    /// Locates a quotation.
    pub fn locate(&self, quote: &str) -> Located {
        self.snapshot.locate(quote)
    }

    /// Updates a file that was added, changed or removed on disk.
    pub fn refresh(&mut self, path: &Path) {
        self.workspace.refresh(path);
        self.snapshot = self.workspace.snapshot();
    }

    /// Whether an answer to a probe is correct: the verdict, and the place if there is one.
    pub fn is_right(&self, probe: &Probe, answer: &Located) -> bool {
        let verdict_is_right = match probe.kind {
            Kind::Exact => matches!(answer.verdict, Verdict::Verbatim | Verdict::Typographic),
            Kind::Altered => answer.verdict == Verdict::Altered,
            Kind::Absent => answer.verdict == Verdict::NotFound,
        };
        verdict_is_right && probe.place.as_ref().is_none_or(|place| self.is_told(place, answer))
    }

    /// Whether an answer names a place, or another one with the same words.
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

    /// The places in an answer, in bytes of their files.
    fn places(&self, answer: &Located) -> Vec<Place> {
        let place = |found: &ibid_corpus::Match| {
            let file = self.snapshot.file(found.file)?;
            let span = file.page()?.source()?.content.to_original(found.span);
            Some(Place { path: file.path.clone(), span: span.range(), literal: false })
        };
        answer.matches.iter().filter_map(place).collect()
    }
}

/// The overlap of two spans as a share of their union.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> f64 {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let together = a.end.max(b.end) - a.start.min(b.start);
    common as f64 / together.max(1) as f64
}

fn config(texts: &Path) -> Result<Config> {
    let root = texts.canonicalize().with_context(|| format!("{}: no folder of texts", texts.display()))?;
    Ok(Config { root, sources: vec![".".into()], ..Config::default() })
}
