//! Inverse document frequencies of stems, counted over the passages of the training sets.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

use ibid_text::{stem, words};

use crate::data::{self, DataError};

/// The sets that are counted. Their rows are whole texts, or sentences in the order of their documents.
const SETS: [&str; 4] = [
    "support-wice-train.jsonl",
    "hedges-bioscope-abstracts-train.jsonl",
    "claims-claimbuster-train.jsonl",
    "certainty-findings-train.jsonl",
];

/// The number of lines in a passage.
const PASSAGE_LINES: usize = 5;

/// A stem in fewer passages gets no row; it counts as a stem that occurs once.
const MIN_PASSAGES: usize = 12;

/// The text of a row of any set.
#[derive(serde::Deserialize)]
struct TextRow {
    #[serde(alias = "evidence")]
    text: String,
}

/// The table of inverse document frequencies: for each stem, the natural logarithm of the number of passages divided by the
/// number of passages with the stem.
///
/// # Errors
/// Fails when a set cannot be read.
pub(crate) fn table(folder: &Path) -> Result<String, DataError> {
    let mut passages = 0_usize;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for set in SETS {
        let rows: Vec<TextRow> = data::read(&folder.join(set))?;
        let lines: Vec<&str> = rows.iter().flat_map(|row| row.text.lines()).collect();
        for passage in lines.chunks(PASSAGE_LINES) {
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
    for (stem, count) in counts.into_iter().filter(|(stem, count)| *count >= MIN_PASSAGES && is_word(stem)) {
        let _ = writeln!(file, "{stem}\t{:.1}", idf(count));
    }
    Ok(file)
}
