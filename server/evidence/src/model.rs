//! Linear models over named features. Every trained judgment of this crate is one.
//!
//! A model is a text file with one `feature<TAB>weight` a line and comments after `//`, so that people can read which
//! features matter. Features are looked up by hash; a feature that is not in the file has no weight.

use ibid_text::Fnv1a;
use rustc_hash::FxHashMap;

/// The name of the feature that every instance has.
pub const BIAS: &str = "<bias>";

/// Collects the features of one instance.
pub trait Sink {
    /// Adds a feature with a value. Its name is `parts`, joined with spaces.
    fn weigh(&mut self, parts: &[&str], value: f32);

    /// Adds a feature with the value 1.
    fn add(&mut self, parts: &[&str]) {
        self.weigh(parts, 1.0);
    }
}

/// The hash of a feature's name, which is its parts joined with spaces.
fn hash(parts: &[&str]) -> u64 {
    let with = |hash: Fnv1a, (nth, part): (usize, &&str)| {
        let space = (nth > 0).then_some(b' ');
        hash.with(space).with(part.bytes())
    };
    parts.iter().enumerate().fold(Fnv1a::EMPTY, with).value()
}

/// Features by the hash of their name, with their values; collected for judging.
#[derive(Default)]
pub(crate) struct HashedFeatures(Vec<(u64, f32)>);

impl Sink for HashedFeatures {
    fn weigh(&mut self, parts: &[&str], value: f32) {
        self.0.push((hash(parts), value));
    }
}

/// Features by name, with their values; collected for training.
#[derive(Default, Debug)]
pub struct NamedFeatures(pub Vec<(String, f32)>);

impl Sink for NamedFeatures {
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
    /// Reads a weight file.
    ///
    /// # Panics
    /// Panics at a malformed line, because the weight files are part of the build.
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

    /// The probability of the instance whose features `collect` adds. A repeated feature counts once.
    pub(crate) fn probability(&self, collect: impl FnOnce(&mut HashedFeatures)) -> f32 {
        logistic(self.sum(collect))
    }

    /// The sum of the weights within 0..1, for a model whose weights are not log odds.
    pub(crate) fn clamped_sum(&self, collect: impl FnOnce(&mut HashedFeatures)) -> f32 {
        self.sum(collect).clamp(0.0, 1.0)
    }

    fn sum(&self, collect: impl FnOnce(&mut HashedFeatures)) -> f32 {
        let mut features = HashedFeatures::default();
        collect(&mut features);
        features.0.sort_unstable_by_key(|(feature, _)| *feature);
        features.0.dedup_by_key(|(feature, _)| *feature);
        let weighted = features.0.iter().filter_map(|(feature, value)| Some(self.weights.get(feature)? * value));
        self.bias + weighted.sum::<f32>()
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
    fn weights_add_up_and_unknown_features_have_none() {
        let model = Model::read("// a comment\n<bias>\t-1\nsay that\t3\nmay\t-2");
        let judge = |features: &[&[&str]]| model.probability(|sink| features.iter().for_each(|f| sink.add(f)));
        assert!((judge(&[]) - logistic(-1.0)).abs() < 1e-6);
        assert!((judge(&[&["say", "that"], &["never seen"]]) - logistic(2.0)).abs() < 1e-6);
        assert!((judge(&[&["may"], &["may"]]) - logistic(-3.0)).abs() < 1e-6, "a repeated feature counts once");
        let half = model.probability(|sink| sink.weigh(&["may"], 0.5));
        assert!((half - logistic(-2.0)).abs() < 1e-6, "a weight is multiplied by the feature's value");
    }
}
