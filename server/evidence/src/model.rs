//! Linear models over named features: what every trained judgment of this crate is made of.
//!
//! A model is a text file of one `feature<TAB>weight` a line and comments behind `//`, so that a person can read what
//! moves a judgment. Features are looked up by hash; a feature that the file lacks weighs nothing.

use ibid_text::Fnv1a;
use rustc_hash::FxHashMap;

/// The feature that every instance has.
pub const BIAS: &str = "<bias>";

/// Takes the features of one instance as they are found.
pub trait Sink {
    /// A feature named by `parts` joined with spaces, as strong as `value`.
    fn weigh(&mut self, parts: &[&str], value: f32);

    /// A feature that is there.
    fn add(&mut self, parts: &[&str]) {
        self.weigh(parts, 1.0);
    }
}

/// A feature's name as a number: the hash of its parts joined with spaces.
fn hash(parts: &[&str]) -> u64 {
    let with = |hash: Fnv1a, (nth, part): (usize, &&str)| {
        let space = (nth > 0).then_some(b' ');
        hash.with(space).with(part.bytes())
    };
    parts.iter().enumerate().fold(Fnv1a::EMPTY, with).value()
}

/// Features as hashes: what judging collects.
#[derive(Default)]
pub(crate) struct Hashes(Vec<(u64, f32)>);

impl Sink for Hashes {
    fn weigh(&mut self, parts: &[&str], value: f32) {
        self.0.push((hash(parts), value));
    }
}

/// Features as names, each with its value: what training collects.
#[derive(Default, Debug)]
pub struct Names(pub Vec<(String, f32)>);

impl Sink for Names {
    fn weigh(&mut self, parts: &[&str], value: f32) {
        self.0.push((parts.join(" "), value));
    }
}

/// A linear model over features.
pub(crate) struct Model {
    bias: f32,
    weights: FxHashMap<u64, f32>,
}

impl Model {
    /// Reads a weight file. A line that is none is a defect of the build and is told as such.
    pub(crate) fn read(file: &str) -> Self {
        let mut model = Self { bias: 0.0, weights: FxHashMap::default() };
        for line in file.lines().filter(|line| !line.starts_with("//")) {
            let (feature, weight) = line.split_once('\t').expect("a weight file has a tab on every line");
            let weight = weight.parse().expect("a weight is a number");
            if feature == BIAS {
                model.bias = weight;
            } else {
                model.weights.insert(hash(&[feature]), weight);
            }
        }
        model
    }

    /// The probability of the instance that has the features `collect` adds; a repeated feature counts once.
    pub(crate) fn probability(&self, collect: impl FnOnce(&mut Hashes)) -> f32 {
        logistic(self.sum(collect))
    }

    /// The same of a model whose weights are shares, not log odds.
    pub(crate) fn share(&self, collect: impl FnOnce(&mut Hashes)) -> f32 {
        self.sum(collect).clamp(0.0, 1.0)
    }

    fn sum(&self, collect: impl FnOnce(&mut Hashes)) -> f32 {
        let mut features = Hashes::default();
        collect(&mut features);
        features.0.sort_unstable_by_key(|(feature, _)| *feature);
        features.0.dedup_by_key(|(feature, _)| *feature);
        let weighed = features.0.iter().filter_map(|(feature, value)| Some(self.weights.get(feature)? * value));
        self.bias + weighed.sum::<f32>()
    }
}

/// 1 / (1 + e^-x).
pub(crate) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up_and_unknown_features_weigh_nothing() {
        let model = Model::read("// a comment\n<bias>\t-1\nsay that\t3\nmay\t-2");
        let judge = |features: &[&[&str]]| model.probability(|sink| features.iter().for_each(|f| sink.add(f)));
        assert!((judge(&[]) - logistic(-1.0)).abs() < 1e-6);
        assert!((judge(&[&["say", "that"], &["never seen"]]) - logistic(2.0)).abs() < 1e-6);
        assert!((judge(&[&["may"], &["may"]]) - logistic(-3.0)).abs() < 1e-6, "a repeated feature counts once");
        let half = model.probability(|sink| sink.weigh(&["may"], 0.5));
        assert!((half - logistic(-2.0)).abs() < 1e-6, "a feature weighs as much as it is there");
    }
}
