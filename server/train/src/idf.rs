//! Inverse document frequencies of stems, counted over passages of the sets that may train.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

use ibid_text::{stem, words};

use crate::data::{self, DataError};

/// The sets that are counted: texts of their own, sentences in the order of their documents, or long evidence.
const SETS: [&str; 4] = [
    "support-wice-train.jsonl",
    "hedges-bioscope-abstracts-train.jsonl",
    "claims-claimbuster-train.jsonl",
    "certainty-findings-train.jsonl",
];

/// How many lines of a document make a passage.
const PASSAGE: usize = 5;

/// A stem in fewer passages is as rare as one in none.
const FEWEST: usize = 12;

/// A row of any set.
#[derive(serde::Deserialize)]
struct Row {
    #[serde(alias = "evidence")]
    text: String,
}

/// The table of inverse document frequencies: the natural logarithm of how many passages there are to each that has the stem.
///
/// # Errors
/// Fails when a set cannot be read.
pub(crate) fn table(folder: &Path) -> Result<String, DataError> {
    let mut passages = 0_usize;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for set in SETS {
        let rows: Vec<Row> = data::read(&folder.join(set))?;
        let lines: Vec<&str> = rows.iter().flat_map(|row| row.text.lines()).collect();
        for passage in lines.chunks(PASSAGE) {
            passages += 1;
            let words = passage.iter().flat_map(|line| words(line));
            let stems: BTreeSet<String> = words.map(|word| stem(&word.folded).into_owned()).collect();
            for stem in stems {
                *counts.entry(stem).or_default() += 1;
            }
        }
    }
    let idf = |count: usize| (passages as f64 / count as f64).ln();
    let mut file = format!("// counted by server/train over {passages} passages\n<rare>\t{:.1}\n", idf(1));
    let is_word = |stem: &str| stem.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'');
    for (stem, count) in counts.into_iter().filter(|(stem, count)| *count >= FEWEST && is_word(stem)) {
        let _ = writeln!(file, "{stem}\t{:.1}", idf(count));
    }
    Ok(file)
}
