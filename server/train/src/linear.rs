//! Linear models with an L2 penalty, logistic or least squares, fitted by L-BFGS (Nocedal 1980), and their calibration
//! (Platt 1999).
//!
//! Training is deterministic: there are no random numbers and no parallel sums, so it always writes the same bytes.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
};

/// One labelled instance.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    /// The features, each once, with their values.
    pub(crate) features: Vec<(String, f64)>,
    /// The label as a probability, 0..1.
    pub(crate) target: f64,
    /// The weight of the instance in the loss.
    pub(crate) weight: f64,
    /// The group (a sentence, a document). Instances of one group are always in the same fold.
    pub(crate) group: usize,
}

/// A fitted model.
#[derive(Clone, Default, Debug)]
pub(crate) struct Fitted {
    /// The bias: the sum for an instance without features.
    pub(crate) bias: f64,
    /// The weight of each feature.
    pub(crate) weights: BTreeMap<String, f64>,
}

impl Fitted {
    /// The weighted sum of an instance's features: its log odds, or with [`Loss::Squares`] its predicted target.
    pub(crate) fn sum(&self, instance: &Instance) -> f64 {
        self.bias
            + instance.features.iter().filter_map(|(name, value)| Some(self.weights.get(name)? * value)).sum::<f64>()
    }

    /// Rescales the model's log odds `x` to `slope * x + shift`.
    pub(crate) fn calibrated(mut self, (slope, shift): (f64, f64)) -> Self {
        self.bias = self.bias * slope + shift;
        self.weights.values_mut().for_each(|weight| *weight *= slope);
        self
    }

    /// The weight file. It contains the `most` features with the largest weights.
    pub(crate) fn to_file(&self, about: &str, most: usize) -> String {
        let mut largest: Vec<(&str, f64)> =
            self.weights.iter().map(|(name, weight)| (name.as_str(), *weight)).collect();
        largest.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
        largest.truncate(most);
        largest.sort_by(|a, b| a.0.cmp(b.0));
        let mut file = format!("// {about}\n{}\t{:.3}\n", ibid_evidence::model::BIAS, self.bias);
        // Weights that are small in comparison are left out.
        let maximum = largest.iter().map(|(_, weight)| weight.abs()).fold(0.0, f64::max);
        let least = f64::min(0.01, maximum / 200.0);
        for (name, weight) in largest.into_iter().filter(|(_, weight)| weight.abs() >= least) {
            let _ = writeln!(file, "{name}\t{weight:.4}");
        }
        file
    }
}

/// The loss that a fit minimises.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Loss {
    /// Cross entropy. The weighted sum is a log odds.
    Logistic,
    /// Squared difference, for graded targets. The weighted sum is the target.
    Squares,
}

/// The settings of a fit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// The loss to minimise.
    pub(crate) loss: Loss,
    /// The strength of the L2 penalty.
    pub(crate) l2: f64,
    /// The factor of the penalty for a feature, given its name.
    pub(crate) penalty_factor: fn(&str) -> f64,
    /// The least number of instances that a feature must occur in.
    pub(crate) min_instances: usize,
}

/// Fits a model.
pub(crate) fn fit(instances: &[&Instance], settings: Settings) -> Fitted {
    let problem = Problem::new(instances, settings);
    let solution = minimise(&problem, vec![0.0; problem.names.len() + 1]);
    let weights = problem.names.iter().map(|name| (*name).to_owned()).zip(solution[1..].iter().copied()).collect();
    Fitted { bias: solution[0], weights }
}

/// The sum for every instance, from a model that was fitted without the fold of that instance.
pub(crate) fn cross_validate(instances: &[Instance], settings: Settings, folds: usize) -> Vec<f64> {
    let mut scores = vec![0.0; instances.len()];
    for fold in 0..folds {
        let training: Vec<&Instance> = instances.iter().filter(|instance| instance.group % folds != fold).collect();
        let model = fit(&training, settings);
        for (score, instance) in scores.iter_mut().zip(instances).filter(|(_, instance)| instance.group % folds == fold)
        {
            *score = model.sum(instance);
        }
    }
    scores
}

/// Platt's slope and shift, which turn the log odds `scores` into calibrated log odds.
pub(crate) fn calibrate(scores: &[f64], instances: &[Instance]) -> (f64, f64) {
    let (mut slope, mut shift) = (1.0, 0.0);
    for _ in 0..50 {
        // Newton's method in two variables.
        let (mut g, mut h) = ([0.0; 2], [1e-9, 0.0, 1e-9]);
        for (&score, instance) in scores.iter().zip(instances) {
            let p = sigmoid(slope * score + shift);
            let (error, curvature) = (instance.weight * (p - instance.target), instance.weight * p * (1.0 - p));
            g[0] += error * score;
            g[1] += error;
            h[0] += curvature * score * score;
            h[1] += curvature * score;
            h[2] += curvature;
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        if determinant.abs() < 1e-12 {
            break;
        }
        slope -= (h[2] * g[0] - h[1] * g[1]) / determinant;
        shift -= (h[0] * g[1] - h[1] * g[0]) / determinant;
    }
    (slope, shift)
}

/// 1 / (1 + e^-x).
pub(crate) fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The instances with features as indices. Index 0 is the bias.
struct Problem<'a> {
    names: Vec<&'a str>,
    /// The index and the value of every feature of each instance.
    rows: Vec<Vec<(u32, f64)>>,
    /// The target and the weight of each instance.
    targets: Vec<(f64, f64)>,
    /// The penalty of each weight by index; zero for the bias.
    penalties: Vec<f64>,
    loss: Loss,
}

impl<'a> Problem<'a> {
    fn new(instances: &[&'a Instance], settings: Settings) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for instance in instances {
            for (feature, _) in &instance.features {
                *counts.entry(feature).or_default() += 1;
            }
        }
        let names: Vec<&str> =
            counts.into_iter().filter(|&(_, count)| count >= settings.min_instances).map(|(name, _)| name).collect();
        let indices: HashMap<&str, u32> = names.iter().enumerate().map(|(at, name)| (*name, at as u32 + 1)).collect();
        let rows = instances
            .iter()
            .map(|instance| {
                let known = |(name, value): &(String, f64)| Some((*indices.get(name.as_str())?, *value));
                instance.features.iter().filter_map(known).collect()
            })
            .collect();
        let targets = instances.iter().map(|instance| (instance.target, instance.weight)).collect();
        let penalties = names.iter().map(|name| settings.l2 * (settings.penalty_factor)(name));
        let penalties = std::iter::once(0.0).chain(penalties).collect();
        Self { names, rows, targets, penalties, loss: settings.loss }
    }

    /// The loss with the penalty, and its gradient, at the weights `at`.
    fn loss(&self, at: &[f64]) -> (f64, Vec<f64>) {
        let mut gradient: Vec<f64> = at.iter().zip(&self.penalties).map(|(weight, penalty)| penalty * weight).collect();
        let mut loss = 0.5 * dot(at, &gradient);
        for (row, &(target, weight)) in self.rows.iter().zip(&self.targets) {
            let x = at[0] + row.iter().map(|&(index, value)| value * at[index as usize]).sum::<f64>();
            let (cost, error) = match self.loss {
                // log(1 + e^x) - target * x, without overflow.
                Loss::Logistic => (x.max(0.0) + (-x.abs()).exp().ln_1p() - target * x, sigmoid(x) - target),
                Loss::Squares => (0.5 * (x - target) * (x - target), x - target),
            };
            let error = weight * error;
            loss += weight * cost;
            gradient[0] += error;
            for &(index, value) in row {
                gradient[index as usize] += error * value;
            }
        }
        (loss, gradient)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Adds `factor` times `b` to `a`.
fn add(a: &mut [f64], factor: f64, b: &[f64]) {
    for (a, b) in a.iter_mut().zip(b) {
        *a += factor * b;
    }
}

/// The weights with the least loss, by L-BFGS with a memory of ten pairs and a halving line search.
fn minimise(problem: &Problem<'_>, mut at: Vec<f64>) -> Vec<f64> {
    let (mut loss, mut gradient) = problem.loss(&at);
    let mut memory: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..200 {
        let mut direction = descent(&gradient, &memory);
        let mut slope = dot(&direction, &gradient);
        if slope >= 0.0 {
            direction = gradient.iter().map(|g| -g).collect();
            slope = -dot(&gradient, &gradient);
        }
        let mut step = if memory.is_empty() { 1.0 / dot(&gradient, &gradient).sqrt().max(1.0) } else { 1.0 };
        let (next, next_loss, next_gradient) = loop {
            let next: Vec<f64> = at.iter().zip(&direction).map(|(x, d)| x + step * d).collect();
            let (next_loss, next_gradient) = problem.loss(&next);
            if next_loss <= loss + 1e-4 * step * slope {
                break (next, next_loss, next_gradient);
            }
            step /= 2.0;
            if step < 1e-12 {
                return at;
            }
        };
        let step_taken = next.iter().zip(&at).map(|(a, b)| a - b).collect();
        let gradient_change = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        memory.push((step_taken, gradient_change));
        if memory.len() > 10 {
            memory.remove(0);
        }
        let gain = loss - next_loss;
        (at, loss, gradient) = (next, next_loss, next_gradient);
        if gain < 1e-7 * loss.abs() {
            break;
        }
    }
    at
}

/// The two-loop recursion: minus the inverse Hessian, as remembered, times the gradient.
fn descent(gradient: &[f64], memory: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut q = gradient.to_vec();
    let mut alphas = Vec::with_capacity(memory.len());
    for (s, y) in memory.iter().rev() {
        let alpha = dot(s, &q) / dot(s, y);
        add(&mut q, -alpha, y);
        alphas.push(alpha);
    }
    if let Some((s, y)) = memory.last() {
        let scale = dot(s, y) / dot(y, y);
        for q in &mut q {
            *q *= scale;
        }
    }
    for ((s, y), alpha) in memory.iter().zip(alphas.into_iter().rev()) {
        let beta = dot(y, &q) / dot(s, y);
        add(&mut q, alpha - beta, s);
    }
    q.into_iter().map(|q| -q).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instance(features: &[&str], target: f64, group: usize) -> Instance {
        Instance { features: features.iter().map(|&f| (f.to_owned(), 1.0)).collect(), target, weight: 1.0, group }
    }

    #[test]
    fn features_that_separate_the_labels_get_large_weights() {
        let instances: Vec<Instance> = (0..40)
            .map(|n| if n % 2 == 0 { instance(&["a", "c"], 1.0, n) } else { instance(&["b", "c"], 0.0, n) })
            .collect();
        let settings = Settings { loss: Loss::Logistic, l2: 0.1, penalty_factor: |_| 1.0, min_instances: 1 };
        let model = fit(&instances.iter().collect::<Vec<_>>(), settings);
        assert!(model.weights["a"] > 1.0 && model.weights["b"] < -1.0 && model.weights["c"].abs() < 0.1, "{model:?}");
        let held_out = cross_validate(&instances, settings, 5);
        assert!(held_out.iter().zip(&instances).all(|(score, instance)| (*score > 0.0) == (instance.target > 0.5)));
    }

    #[test]
    fn calibration_undoes_a_stretch() {
        let instances: Vec<Instance> = (0..100).map(|n| instance(&[], f64::from(u8::from(n % 4 == 0)), n)).collect();
        let (_, shift) = calibrate(&vec![0.0; 100], &instances);
        assert!((sigmoid(shift) - 0.25).abs() < 1e-6, "one in four is a probability of 0.25, not {}", sigmoid(shift));
    }
}
