//! Which sentences of the evidence are about the claim, and how much of it they have.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    idf::idf,
    side::{Content, Side},
    similarity::Vector,
};

/// The weight of a number: that of a word with this inverse document frequency.
const NUMBER: f32 = 6.0;

/// How much the weight of a word falls with the number of sentences that have it, per natural logarithm.
const COMMON: f32 = 0.3;

/// The share of the claim by which a sentence may fall short of the nearest and count as near too.
const NEARLY: f32 = 0.1;

/// How much of the claim each part of the evidence has. Shares are of the claim's content by weight, 0..1.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    /// Index of the nearest sentence; `None` if no sentence shares a word.
    pub(crate) nearest: Option<usize>,
    /// Indices of the sentences that are about as near, including the nearest.
    pub(crate) near: Vec<usize>,
    /// Share in the nearest sentence.
    pub(crate) sentence: f32,
    /// Share in the best three sentences in a row.
    pub(crate) window: f32,
    /// Share in the whole evidence.
    pub(crate) whole: f32,
    /// Share in the whole evidence, where words of similar meaning count by their similarity.
    pub(crate) meaning: f32,
    /// The largest such share in one sentence.
    pub(crate) meaning_near: f32,
    /// Share of the claim's neighbouring pairs of content words that are neighbours in the evidence.
    pub(crate) pairs: f32,
    /// Share of its other words in the whole evidence; of all if it has none.
    pub(crate) plain: f32,
    /// Share of its other words in the best window.
    pub(crate) plain_near: f32,
    /// Share of its names in the whole evidence; of all its words if it has none.
    pub(crate) names: f32,
    /// Share of its names in the best window.
    pub(crate) names_near: f32,
    /// Share of its numbers in the whole evidence; of all its words if it has none.
    pub(crate) numbers: f32,
    /// Share of its numbers in the best window.
    pub(crate) numbers_near: f32,
    /// Content words of the claim that the best window lacks.
    pub(crate) missing: usize,
    /// Content words of the evidence.
    pub(crate) length: usize,
}

/// Compares the claim with every sentence of the evidence.
pub(crate) fn coverage(claim: &Side<'_>, evidence: &[Side<'_>]) -> Coverage {
    let places = Places::new(evidence);
    let weight = |word: &Content| {
        let often = (1.0 + places.of(&word.stem).len() as f32).ln();
        idf(&word.stem) / (1.0 + COMMON * often)
    };
    // For each sentence the claim's words and numbers it has, as one bit set per kind.
    let mut in_sentence: Vec<FxHashSet<usize>> = vec![FxHashSet::default(); evidence.len()];
    for (nth, word) in claim.words.iter().enumerate() {
        for &sentence in places.of(&word.stem) {
            in_sentence[sentence].insert(nth);
        }
    }
    let words = claim.words.len();
    for (nth, quantity) in claim.quantities.iter().enumerate() {
        for (sentence, side) in evidence.iter().enumerate() {
            if side.quantities.iter().any(|other| other.agrees(quantity)) {
                in_sentence[sentence].insert(words + nth);
            }
        }
    }
    let share_or = |none: f32, has: &dyn Fn(usize) -> bool, wanted: &dyn Fn(usize) -> bool| {
        let (mut got, mut all) = (0.0, 0.0);
        for nth in (0..words + claim.quantities.len()).filter(|&nth| wanted(nth)) {
            let weight = claim.words.get(nth).map_or(NUMBER, weight);
            all += weight;
            got += if has(nth) { weight } else { 0.0 };
        }
        if all == 0.0 { none } else { got / all }
    };
    let share = |has: &dyn Fn(usize) -> bool, wanted: &dyn Fn(usize) -> bool| share_or(1.0, has, wanted);
    let any = |_: usize| true;
    let is_name = |nth: usize| claim.words.get(nth).is_some_and(|word| word.name);
    let is_plain = |nth: usize| claim.words.get(nth).is_some_and(|word| !word.name);
    let is_number = |nth: usize| nth >= words;

    let mut coverage = Coverage::default();
    let mut best_window = 0..0;
    let shares: Vec<f32> = (0..evidence.len()).map(|at| share(&|nth| in_sentence[at].contains(&nth), &any)).collect();
    for (at, &sentence) in shares.iter().enumerate() {
        if sentence > coverage.sentence {
            coverage.sentence = sentence;
            coverage.nearest = Some(at);
        }
        let window = at..(at + 3).min(evidence.len());
        let near = share(&|nth| in_sentence[window.clone()].iter().any(|set| set.contains(&nth)), &any);
        if near > coverage.window {
            coverage.window = near;
            best_window = window;
        }
    }
    let nearly = |&at: &usize| shares[at] > 0.0 && shares[at] + NEARLY >= coverage.sentence;
    coverage.near = (0..evidence.len()).filter(nearly).collect();
    let near = |nth: usize| in_sentence[best_window.clone()].iter().any(|set| set.contains(&nth));
    let anywhere = |nth: usize| in_sentence.iter().any(|set| set.contains(&nth));
    coverage.whole = share(&anywhere, &any);
    // Without names or numbers, the share of all words takes the place of theirs.
    let (whole, window) = (coverage.whole, coverage.window);
    coverage.names = share_or(whole, &anywhere, &is_name);
    coverage.names_near = share_or(window, &near, &is_name);
    coverage.plain = share_or(whole, &anywhere, &is_plain);
    coverage.plain_near = share_or(window, &near, &is_plain);
    coverage.numbers = share_or(whole, &anywhere, &is_number);
    coverage.numbers_near = share_or(window, &near, &is_number);
    coverage.length = evidence.iter().map(|side| side.words.len() + side.quantities.len()).sum();
    coverage.missing = (0..words).filter(|&nth| !near(nth)).count();
    (coverage.meaning, coverage.meaning_near) = meaning(claim, evidence, &places, weight);
    coverage.pairs = pairs(claim, evidence);
    coverage
}

/// Share of the claim's words that the evidence has, in these words or similar ones: in the whole evidence, and in the sentence
/// that has most.
fn meaning(
    claim: &Side<'_>,
    evidence: &[Side<'_>],
    places: &Places<'_>,
    weight: impl Fn(&Content) -> f32,
) -> (f32, f32) {
    let others: Vec<(&Vector, &[usize])> =
        places.0.iter().filter_map(|(stem, at)| Some((Vector::of(stem)?, at.as_slice()))).collect();
    let (mut whole, mut all) = (0.0, 0.0);
    let mut sentences = vec![0.0; evidence.len()];
    for word in &claim.words {
        let mut said = vec![0.0_f32; evidence.len()];
        for &sentence in places.of(&word.stem) {
            said[sentence] = 1.0;
        }
        if let Some(vector) = Vector::of(&word.stem) {
            for (other, at) in &others {
                let similarity = vector.similarity(other);
                for &sentence in *at {
                    said[sentence] = said[sentence].max(similarity);
                }
            }
        }
        let weight = weight(word);
        all += weight;
        whole += weight * said.iter().copied().fold(0.0, f32::max);
        sentences.iter_mut().zip(said).for_each(|(sum, said)| *sum += weight * said);
    }
    let share = |got: f32| if all == 0.0 { 1.0 } else { got / all };
    (share(whole), share(sentences.into_iter().fold(0.0, f32::max)))
}

/// The indices of the sentences that have each stem.
struct Places<'a>(FxHashMap<&'a str, Vec<usize>>);

impl<'a> Places<'a> {
    fn new(evidence: &'a [Side<'_>]) -> Self {
        let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (sentence, side) in evidence.iter().enumerate() {
            for word in &side.words {
                let at = places.entry(&word.stem).or_default();
                if at.last() != Some(&sentence) {
                    at.push(sentence);
                }
            }
        }
        Self(places)
    }

    fn of(&self, stem: &str) -> &[usize] {
        self.0.get(stem).map_or(&[], Vec::as_slice)
    }
}

/// Share of the claim's neighbouring content words that are neighbours in a sentence of the evidence.
fn pairs(claim: &Side<'_>, evidence: &[Side<'_>]) -> f32 {
    let all: FxHashSet<(&str, &str)> = neighbours(claim).collect();
    if all.is_empty() {
        return 0.0;
    }
    let there: FxHashSet<(&str, &str)> = evidence.iter().flat_map(neighbours).collect();
    all.iter().filter(|pair| there.contains(*pair)).count() as f32 / all.len() as f32
}

fn neighbours<'a>(side: &'a Side<'_>) -> impl Iterator<Item = (&'a str, &'a str)> {
    side.words.windows(2).map(|pair| (pair[0].stem.as_str(), pair[1].stem.as_str()))
}
