//! Instances for the sentence models.

use std::collections::HashMap;

use ibid_evidence::{
    model::NamedFeatures,
    sentence::{features, hedges as hedges_of},
    tokens::{Token, tokens},
};
use ibid_language::Language;
use ibid_text::{Span, sentences};

use crate::linear::Instance;

/// A sentence, and whether it is a checkable claim (`ClaimBuster`).
#[derive(serde::Deserialize)]
pub(crate) struct ClaimRow {
    pub(crate) text: String,
    pub(crate) label: u8,
}

/// A sentence with its hedging words (`BioScope`).
#[derive(serde::Deserialize)]
pub(crate) struct HedgeRow {
    id: String,
    text: String,
    cues: Vec<String>,
}

/// A finding, and how certain readers found it, 1 to 6.
#[derive(serde::Deserialize)]
pub(crate) struct Finding {
    text: String,
    certainty: f64,
}

/// The features that `collect` adds, each once.
pub(crate) fn names(collect: impl FnOnce(&mut NamedFeatures)) -> Vec<(String, f64)> {
    let mut names = NamedFeatures::default();
    collect(&mut names);
    names.0.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    names.0.dedup_by(|a, b| a.0 == b.0);
    names.0.into_iter().map(|(name, value)| (name, f64::from(value))).collect()
}

/// One instance for each sentence. Claims and other sentences have the same total weight, so that 0.5 is the prior.
pub(crate) fn claims(rows: &[ClaimRow]) -> Vec<Instance> {
    let claims = rows.iter().filter(|row| row.label == 1).count() as f64;
    let odds = (rows.len() as f64 - claims) / claims;
    rows.iter()
        .enumerate()
        .map(|(group, row)| {
            let tokens = tokens(&row.text, whole(&row.text), Language::ENGLISH);
            Instance {
                features: names(|sink| features::claim(&tokens, sink)),
                target: f64::from(row.label),
                weight: if row.label == 1 { odds } else { 1.0 },
                group,
            }
        })
        .collect()
}

/// One instance for each word that can hedge.
pub(crate) fn hedges(rows: &[HedgeRow]) -> Vec<Instance> {
    let mut instances = Vec::new();
    for (group, row) in rows.iter().enumerate() {
        for span in sentences(&row.text, Language::ENGLISH.abbreviations()) {
            let tokens = tokens(&row.text, span, Language::ENGLISH);
            for (at, token) in tokens.iter().enumerate().filter(|(_, token)| features::may_hedge(token)) {
                instances.push(Instance {
                    features: names(|sink| features::cue(&tokens, at, sink)),
                    target: f64::from(u8::from(row.cues.iter().any(|cue| contains(cue, token)))),
                    weight: 1.0,
                    group,
                });
            }
        }
    }
    instances
}

/// Whether the token is a word of the cue.
fn contains(cue: &str, token: &Token<'_>) -> bool {
    ibid_text::words(cue).any(|word| word.folded == token.form)
}

/// One instance for each finding: 1 is not certain at all, 6 is fully certain.
pub(crate) fn certainties(rows: &[Finding]) -> Vec<Instance> {
    rows.iter().enumerate().map(|(group, row)| certainty(&row.text, row.certainty, 1.0, group)).collect()
}

/// The sentences of `BioScope` that the project's authors labelled (labels/README.md), with half the weight of findings.
pub(crate) fn labelled(rows: &[HedgeRow]) -> Vec<Instance> {
    let labels: HashMap<&str, f64> = include_str!("../labels/certainty.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(id, label)| Some((id, label.parse().ok()?)))
        .collect();
    let labelled = rows.iter().filter_map(|row| Some((row, *labels.get(row.id.as_str())?)));
    labelled.enumerate().map(|(group, (row, label))| certainty(&row.text, label, 0.5, group)).collect()
}

fn certainty(text: &str, label: f64, weight: f64, group: usize) -> Instance {
    let tokens = tokens(text, whole(text), Language::ENGLISH);
    let features = names(|sink| features::certainty(&tokens, &hedges_of(&tokens), Language::ENGLISH, sink));
    Instance { features, target: (label - 1.0) / 5.0, weight, group }
}

/// The factor of the penalty for a feature of the certainty model, given its name. It is smallest for the signs of
/// certainty and largest for other words and counts, because the set is small and most words are rare in it.
pub(crate) fn penalty_factor(feature: &str) -> f64 {
    const SIGNS: [&str; 2] = ["sign ", "hedged by "];
    const COMBINATIONS: [&str; 3] = ["signs ", "hedges ", "length "];
    let has_prefix = |names: &[&str]| names.iter().any(|name| feature.starts_with(name));
    if has_prefix(&SIGNS) {
        0.25
    } else if has_prefix(&COMBINATIONS) {
        1.0
    } else {
        4.0
    }
}

fn whole(text: &str) -> Span {
    Span::from(0..text.len())
}
