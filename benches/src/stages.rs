//! Measures each stage of building an index on one core.

use std::{fs, hint::black_box, path::Path, time::Instant};

use anyhow::Result;
use ibid_corpus::{FileTerms, index::Segment};
use ibid_language::Language;
use ibid_source::{Format, readable_text};
use serde::{Deserialize, Serialize};

use crate::originals::files;

/// The size of the text in bytes.
const SAMPLE: usize = 16_000_000;

/// The number of repetitions. The fastest counts.
const TIMES: usize = 3;

/// Throughput in bytes of text per second on one core.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Stages {
    /// Reading files from a warm disk.
    pub reading: f64,
    /// Extracting the readable text of a file.
    pub extracting: f64,
    /// Finding and folding words.
    pub words: f64,
    /// Building a segment from readable text, including its words.
    pub segment: f64,
    /// Merging two segments into one.
    pub merging: f64,
    /// Finding passages and voices, which is done in the background.
    #[serde(default)]
    pub passages: f64,
    /// Finding definitions in passages, which is done in the background.
    #[serde(default)]
    pub senses: f64,
}

/// Measures each stage on some texts of a folder.
pub fn measure(texts: &Path) -> Result<Stages> {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    one.install(|| measure_here(texts))
}

fn measure_here(folder: &Path) -> Result<Stages> {
    let paths = files(folder)?;
    let every = paths.len().div_ceil(400).max(1);
    let mut chosen = Vec::new();
    let mut bytes = 0;
    for path in paths.iter().step_by(every) {
        if bytes >= SAMPLE {
            break;
        }
        bytes += fs::metadata(path)?.len() as usize;
        chosen.push((path, Format::of_name(&path.to_string_lossy()).unwrap_or(Format::Text)));
    }
    let read = || chosen.iter().map(|(path, _)| fs::read(path)).collect::<std::io::Result<Vec<_>>>();
    let raw = read()?;
    let extract = || {
        raw.iter()
            .zip(&chosen)
            .filter_map(|(raw, (_, format))| readable_text(*format, raw, Language::ENGLISH).ok())
            .collect::<Vec<_>>()
    };
    let extracted = extract();
    let readable: Vec<&str> = extracted.iter().map(ibid_source::ReadableText::text).collect();
    let words = || {
        let mut letters = 0;
        for text in &readable {
            ibid_text::words::for_each_folded(text, |_, word| letters += word.len());
        }
        letters
    };
    let halves = readable.split_at(readable.len() / 2);
    let halves = [Segment::of_many(halves.0), Segment::of_many(halves.1)];
    let merge = || {
        let mut out = Vec::new();
        Segment::merge(&[&halves[0], &halves[1]], |_, _| true, &mut out).map(|()| out)
    };
    let sources = || {
        let all = raw
            .iter()
            .zip(&chosen)
            .filter_map(|(raw, (_, format))| ibid_source::read(*format, raw, Language::ENGLISH).ok());
        all.collect::<Vec<_>>()
    };
    let whole = sources();
    let senses =
        || whole.iter().map(|source| FileTerms::of("", Some(source), None, Language::ENGLISH)).collect::<Vec<_>>();
    Ok(Stages {
        reading: speed(bytes, read),
        extracting: speed(bytes, extract),
        words: speed(bytes, words),
        segment: speed(bytes, || Segment::of_many(&readable)),
        merging: speed(bytes, merge),
        passages: speed(bytes, sources),
        senses: speed(bytes, senses),
    })
}

/// The throughput of the fastest of several runs.
fn speed<T>(bytes: usize, work: impl Fn() -> T) -> f64 {
    let time = |_| {
        let began = Instant::now();
        black_box(work());
        began.elapsed().as_secs_f64()
    };
    bytes as f64 / (0..TIMES).map(time).fold(f64::INFINITY, f64::min)
}
