//! Trains the weight files of `ibid-evidence` from labelled sets.
//!
//! `cargo run --release -p ibid-train -- DATA` reads the sets in the folder DATA, prints the cross-validation of each model
//! and writes `server/evidence/weights`. docs/models.md lists the sets and their licences.

mod data;
mod idf;
mod linear;
mod reliability;
mod sentence;
mod similarity;
mod support;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, ValueEnum};

use crate::{
    data::DataError,
    linear::{Instance, Loss, Settings, calibrate, cross_validate, fit, sigmoid},
};

/// Trains the weight files of ibid-evidence.
#[derive(Parser)]
struct Arguments {
    /// The folder with the labelled sets.
    data: PathBuf,
    /// The models to train; all of them by default.
    #[arg(value_enum)]
    models: Vec<Model>,
    /// Only count the inverse document frequencies of words.
    #[arg(long, conflicts_with_all = ["models", "reliability"])]
    idf: bool,
    /// Only make the word vectors, from the sentence encoder in the folder DATA.
    #[arg(long, conflicts_with_all = ["models", "idf", "reliability"])]
    similarity: bool,
    /// Only draw reliability diagrams on held-out sets into this file.
    #[arg(long, conflicts_with = "models")]
    reliability: Option<PathBuf>,
    /// The folder for the weight files.
    #[arg(long, default_value = "server/evidence/weights")]
    out: PathBuf,
}

/// A trained model.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Model {
    /// Is the sentence a checkable claim?
    Claim,
    /// Is the word a hedge in its context?
    Hedge,
    /// How certain does the sentence sound?
    Certainty,
    /// Does the evidence support the claim?
    Support,
}

impl Model {
    const ALL: [Self; 4] = [Self::Claim, Self::Hedge, Self::Certainty, Self::Support];

    /// The name of its weight file.
    fn file(self) -> &'static str {
        match self {
            Self::Claim => "claim.tsv",
            Self::Hedge => "hedge.tsv",
            Self::Certainty => "certainty.tsv",
            Self::Support => "support.tsv",
        }
    }

    /// The name of its training set.
    fn set(self) -> &'static str {
        match self {
            Self::Claim => "claims-claimbuster-train.jsonl",
            Self::Hedge => "hedges-bioscope-abstracts-train.jsonl",
            Self::Certainty => "certainty-findings-train.jsonl",
            Self::Support => "support-wice-train.jsonl",
        }
    }

    fn instances(self, arguments: &Arguments) -> Result<Vec<Instance>, DataError> {
        let path = arguments.data.join(self.set());
        Ok(match self {
            Self::Claim => sentence::claims(&data::read(&path)?),
            Self::Hedge => sentence::hedges(&data::read(&path)?),
            Self::Certainty => {
                let hedge_rows = data::read(&arguments.data.join(Self::Hedge.set()))?;
                [sentence::certainties(&data::read(&path)?), sentence::labelled(&hedge_rows)].concat()
            }
            Self::Support => support::pairs(&data::read(&path)?),
        })
    }

    /// The loss that its fit minimises.
    fn loss(self) -> Loss {
        match self {
            Self::Certainty => Loss::Squares,
            Self::Claim | Self::Hedge | Self::Support => Loss::Logistic,
        }
    }

    /// The factor of the penalty for a feature, given its name.
    fn penalty_factor(self) -> fn(&str) -> f64 {
        match self {
            Self::Certainty => sentence::penalty_factor,
            Self::Claim | Self::Hedge | Self::Support => |_| 1.0,
        }
    }

    /// The number of folds in cross-validation, larger for small sets.
    fn folds(self) -> usize {
        match self {
            Self::Claim | Self::Hedge => 5,
            Self::Certainty | Self::Support => 10,
        }
    }

    /// The largest number of features in the weight file.
    fn max_features(self) -> usize {
        match self {
            Self::Claim => 12_000,
            Self::Hedge | Self::Certainty | Self::Support => 6_000,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let chosen: &[Model] = if arguments.models.is_empty() { &Model::ALL } else { &arguments.models };
    let result = if arguments.idf {
        idf::table(&arguments.data).and_then(|table| data::write(&arguments.out.join("idf.tsv"), &table))
    } else if arguments.similarity {
        similarity::table(&arguments.data).and_then(|table| data::write(&arguments.out.join("similarity.tsv"), &table))
    } else if let Some(picture) = &arguments.reliability {
        reliability::picture(&arguments.data).and_then(|svg| data::write(picture, &svg))
    } else {
        chosen.iter().try_for_each(|&model| train(model, &arguments))
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Chooses the penalty by cross-validation, calibrates on the held-out folds and writes the weight file.
fn train(model: Model, arguments: &Arguments) -> Result<(), DataError> {
    let instances = model.instances(arguments)?;
    println!("{model:?}: {} instances from {}", instances.len(), model.set());
    let mut best: Option<(f64, Settings, Vec<f64>)> = None;
    let strengths = [1.0, 3.0, 10.0, 20.0, 40.0, 80.0];
    for (l2, min_instances) in strengths.into_iter().flat_map(|l2| [(l2, 2), (l2, 4)]) {
        let settings = Settings { loss: model.loss(), l2, penalty_factor: model.penalty_factor(), min_instances };
        let scores = cross_validate(&instances, settings, model.folds());
        let loss = match model.loss() {
            Loss::Logistic => cross_entropy(&scores, &instances),
            Loss::Squares => squares(&scores, &instances),
        };
        println!(
            "  l2 {l2}, features seen {min_instances} times: loss {loss:.4}, F1 at 0.5 {:.4}, Pearson {:.4}",
            f1(&scores, &instances),
            pearson(&scores, &instances)
        );
        if best.as_ref().is_none_or(|(least, ..)| loss < *least) {
            best = Some((loss, settings, scores));
        }
    }
    let Some((_, settings, scores)) = best else { return Ok(()) };
    let fitted = fit(&instances.iter().collect::<Vec<_>>(), settings);
    let fitted = match model.loss() {
        Loss::Logistic => fitted.calibrated(calibrate(&scores, &instances)),
        Loss::Squares => fitted,
    };
    let about = format!("trained by server/train on {}", model.set());
    data::write(&arguments.out.join(model.file()), &fitted.to_file(&about, model.max_features()))
}

/// Mean cross entropy per unit of weight, in nats.
fn cross_entropy(scores: &[f64], instances: &[Instance]) -> f64 {
    let mut sum = 0.0;
    let mut weight = 0.0;
    for (&score, instance) in scores.iter().zip(instances) {
        let p = sigmoid(score).clamp(1e-9, 1.0 - 1e-9);
        sum -= instance.weight * (instance.target * p.ln() + (1.0 - instance.target) * (1.0 - p).ln());
        weight += instance.weight;
    }
    sum / weight
}

/// Mean squared difference per unit of weight.
fn squares(scores: &[f64], instances: &[Instance]) -> f64 {
    let weight: f64 = instances.iter().map(|instance| instance.weight).sum();
    let costs = scores.iter().zip(instances).map(|(&score, i)| i.weight * (score - i.target) * (score - i.target));
    costs.sum::<f64>() / weight
}

/// F1 of the decision at 0.5 over all instances.
fn f1(scores: &[f64], instances: &[Instance]) -> f64 {
    let (mut both, mut predicted, mut gold) = (0.0, 0.0, 0.0);
    for (&score, instance) in scores.iter().zip(instances) {
        let (s, g) = (score >= 0.0, instance.target >= 0.5);
        both += f64::from(u8::from(s && g));
        predicted += f64::from(u8::from(s));
        gold += f64::from(u8::from(g));
    }
    2.0 * both / f64::max(predicted + gold, 1.0)
}

/// Pearson's correlation of scores and targets.
fn pearson(scores: &[f64], instances: &[Instance]) -> f64 {
    let pairs: Vec<(f64, f64)> = scores.iter().zip(instances).map(|(&score, i)| (score, i.target)).collect();
    let count = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (mx, my) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
    }
    xy / f64::max((xx * yy).sqrt(), 1e-12)
}
