//! Instances for the sentence models.

use std::collections::HashMap;

use ibid_evidence::{
    model::Names,
    sentence::{features, hedges as hedges_of},
    tokens::{Token, tokens},
};
use ibid_language::Language;
use ibid_text::{Span, sentences};

use crate::linear::Instance;

/// A sentence that is a checkable claim or not (`ClaimBuster`).
#[derive(serde::Deserialize)]
pub(crate) struct Claim {
    pub(crate) text: String,
    pub(crate) label: u8,
}

/// A sentence that is hedged or not, with its hedging words (`BioScope`).
#[derive(serde::Deserialize)]
pub(crate) struct Hedged {
    id: String,
    text: String,
    cues: Vec<String>,
}

/// A finding with how certain readers thought it, 1 to 6.
#[derive(serde::Deserialize)]
pub(crate) struct Certain {
    text: String,
    certainty: f64,
}

/// The features that `collect` adds, each once.
pub(crate) fn names(collect: impl FnOnce(&mut Names)) -> Vec<(String, f64)> {
    let mut names = Names::default();
    collect(&mut names);
    names.0.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    names.0.dedup_by(|a, b| a.0 == b.0);
    names.0.into_iter().map(|(name, value)| (name, f64::from(value))).collect()
}

/// The set holds three plain sentences for each claim; claims count three times, so that 0.5 is a fair coin.
pub(crate) fn claims(rows: &[Claim]) -> Vec<Instance> {
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
pub(crate) fn hedges(rows: &[Hedged]) -> Vec<Instance> {
    let mut instances = Vec::new();
    for (group, row) in rows.iter().enumerate() {
        for span in sentences(&row.text, Language::ENGLISH.abbreviations()) {
            let tokens = tokens(&row.text, span, Language::ENGLISH);
            for (at, token) in tokens.iter().enumerate().filter(|(_, token)| features::may_hedge(token)) {
                instances.push(Instance {
                    features: names(|sink| features::cue(&tokens, at, sink)),
                    target: f64::from(u8::from(row.cues.iter().any(|cue| opens(cue, token)))),
                    weight: 1.0,
                    group,
                });
            }
        }
    }
    instances
}

/// Whether the cue's words hold the token.
fn opens(cue: &str, token: &Token<'_>) -> bool {
    ibid_text::words(cue).any(|word| word.folded == token.form)
}

/// Findings: 1 is not certain at all, 6 fully.
pub(crate) fn certainties(rows: &[Certain]) -> Vec<Instance> {
    rows.iter().enumerate().map(|(group, row)| certainty(&row.text, row.certainty, 1.0, group)).collect()
}

/// The sentences of `BioScope` that the project's authors read (labels/README.md), at half the weight of the crowd's.
pub(crate) fn labelled(rows: &[Hedged]) -> Vec<Instance> {
    let labels: HashMap<&str, f64> = include_str!("../labels/certainty.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(id, label)| Some((id, label.parse().ok()?)))
        .collect();
    let read = rows.iter().filter_map(|row| Some((row, *labels.get(row.id.as_str())?)));
    read.enumerate().map(|(group, (row, label))| certainty(&row.text, label, 0.5, group)).collect()
}

fn certainty(text: &str, label: f64, weight: f64, group: usize) -> Instance {
    let tokens = tokens(text, whole(text), Language::ENGLISH);
    let features = names(|sink| features::certainty(&tokens, &hedges_of(&tokens), Language::ENGLISH, sink));
    Instance { features, target: (label - 1.0) / 5.0, weight, group }
}

/// What says how a sentence is put is pulled less to zero than the words it happens to have, and than how many words of
/// a class: those few findings hold every word only a few times.
pub(crate) fn pull(feature: &str) -> f64 {
    const SAYING: [&str; 2] = ["sign ", "hedged by "];
    const TOGETHER: [&str; 3] = ["signs ", "hedges ", "length "];
    let opens = |names: &[&str]| names.iter().any(|name| feature.starts_with(name));
    if opens(&SAYING) {
        0.25
    } else if opens(&TOGETHER) {
        1.0
    } else {
        4.0
    }
}

fn whole(text: &str) -> Span {
    Span::from(0..text.len())
}
