//! Makes corpora of any size: first the originals, then generated text.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    chain::{Chain, Walk},
    grams::{self, Census, Seen},
    originals::Original,
};

/// The share of its size by which a corpus may be too small.
const SHORT: f64 = 0.001;

/// The number of generated files in a folder.
const FILES_IN_FOLDER: usize = 1_000;

/// What corpora are made from.
pub struct Maker {
    originals: Vec<Original>,
    chain: Chain,
    runs: Vec<u64>,
}

/// The composition of a corpus.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Made {
    /// The number of texts.
    pub files: usize,
    /// The size in bytes.
    pub bytes: usize,
    /// The size of the originals in it, in bytes.
    pub original_bytes: usize,
    /// The repetition in all originals of the folder.
    pub originals: Census,
    /// The repetition in this corpus.
    pub corpus: Census,
    /// Sentences that it does not contain.
    pub absent: Vec<String>,
}

impl Maker {
    /// Reads the originals.
    pub fn new(originals: Vec<Original>) -> Self {
        let chain = Chain::of(&originals);
        let runs: Vec<Vec<u64>> = originals.par_iter().map(|original| grams::runs(&original.text).collect()).collect();
        Self { originals, chain, runs: runs.concat() }
    }

    /// Writes a corpus of about `size` bytes into `folder`, which must not exist, and generates sentences that are not in it,
    /// with the lengths `absent` in words. Equal originals, size and seed give equal bytes.
    pub fn make(&self, folder: &Path, size: usize, seed: u64, absent: &[usize]) -> Result<Made> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut files = Folder::new(folder)?;
        for original in self.chosen(size, &mut rng) {
            files.write(&Path::new("originals").join(&original.path), &original.text)?;
        }
        let original_bytes = files.bytes;
        // A word has about five bytes, and a run begins at each word.
        let mut known = Seen::with_room_for(self.runs.len() + size / 5);
        for &run in &self.runs {
            known.insert(run);
        }
        let mut walk = Walk::new(&self.chain, ChaCha8Rng::seed_from_u64(rng.random()));
        while (files.bytes as f64) < size as f64 * (1.0 - SHORT) {
            let template = self.template(&mut rng);
            let text = walk.text(template.text.len().min(size.saturating_sub(files.bytes)), &mut known)?;
            let extension = template.path.extension().unwrap_or_default();
            let name = format!("made/{:03}/{:06}", files.count / FILES_IN_FOLDER, files.count);
            files.write(&PathBuf::from(name).with_extension(extension), &text)?;
        }
        let absent = absent.iter().map(|&length| walk.sentence(length, &mut known)).collect::<Result<_, _>>()?;
        drop(known);
        let (originals, corpus) = (Census::of(self.runs.clone()), Census::of_folder(folder)?);
        Ok(Made { files: files.count, bytes: files.bytes, original_bytes, originals, corpus, absent })
    }

    /// Originals that together fit into `size`, in random order, so that a small corpus contains all kinds.
    fn chosen(&self, size: usize, rng: &mut ChaCha8Rng) -> Vec<&Original> {
        let mut order: Vec<&Original> = self.originals.iter().collect();
        order.shuffle(rng);
        let mut left = size;
        order.retain(|original| {
            let fits = original.text.len() <= left;
            left -= if fits { original.text.len() } else { 0 };
            fits
        });
        order
    }

    /// The original whose size and format a generated text copies: the one that contains a random byte of all originals. So
    /// generated text is distributed over file sizes as the original text is.
    fn template(&self, rng: &mut ChaCha8Rng) -> &Original {
        let most = self.originals.iter().map(|original| original.text.len()).max().unwrap_or(1);
        loop {
            let original = &self.originals[rng.random_range(0..self.originals.len())];
            if rng.random_range(0..most) < original.text.len() {
                return original;
            }
        }
    }
}

/// A folder that texts are written into.
struct Folder<'a> {
    path: &'a Path,
    count: usize,
    bytes: usize,
}

impl<'a> Folder<'a> {
    fn new(path: &'a Path) -> Result<Self> {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        fs::create_dir(path).with_context(|| format!("{}: a new folder is made for each corpus", path.display()))?;
        Ok(Self { path, count: 0, bytes: 0 })
    }

    fn write(&mut self, path: &Path, text: &str) -> Result<()> {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().unwrap_or(self.path))?;
        fs::write(&path, text).with_context(|| format!("{}: cannot be written", path.display()))?;
        self.count += 1;
        self.bytes += text.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::originals;

    fn originals() -> Vec<Original> {
        originals::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/alignment/sources"))).unwrap()
    }

    fn make(size: usize, seed: u64) -> (Made, Vec<Original>) {
        let folder = tempfile::tempdir().unwrap();
        let texts = folder.path().join("texts");
        let made = Maker::new(originals()).make(&texts, size, seed, &[8, 20, 40]).unwrap();
        (made, originals::read(&texts).unwrap())
    }

    #[test]
    fn a_corpus_has_its_size_and_repeats_no_more_than_its_originals() {
        let size = 200_000;
        let (made, texts) = make(size, 1);
        assert_eq!(made.files, texts.len());
        assert_eq!(made.bytes, texts.iter().map(|text| text.text.len()).sum::<usize>());
        assert!(made.bytes.abs_diff(size) < size / 20, "{}", made.bytes);
        assert!(made.original_bytes < made.bytes);
        assert!(made.corpus.most <= made.originals.most);
        assert!(made.corpus.distinct_share() >= made.originals.distinct_share());
    }

    #[test]
    fn a_small_corpus_is_all_original() {
        let (made, texts) = make(15_000, 1);
        let originals = originals();
        assert!(made.original_bytes > 5_000 && made.bytes <= 16_000, "{made:?}");
        assert!(
            texts
                .iter()
                .filter(|text| text.path.starts_with("originals"))
                .all(|text| { originals.iter().any(|original| original.text == text.text) })
        );
    }

    #[test]
    fn the_same_seed_makes_the_same_bytes() {
        let bytes = |seed| {
            let (made, texts) = make(100_000, seed);
            (made, texts.into_iter().map(|text| (text.path, text.text)).collect::<Vec<_>>())
        };
        assert_eq!(bytes(7), bytes(7));
        assert_ne!(bytes(7), bytes(8));
    }

    #[test]
    fn absent_sentences_stand_nowhere() {
        let (made, texts) = make(100_000, 3);
        let known: std::collections::HashSet<u64> =
            texts.iter().flat_map(|text| grams::runs(&text.text).collect::<Vec<_>>()).collect();
        assert_eq!(made.absent.len(), 3);
        assert!(made.absent.iter().flat_map(|sentence| grams::runs(sentence)).all(|run| !known.contains(&run)));
    }
}
