//! Instances for the support model.

use ibid_evidence::verify::Comparison;
use ibid_language::Language;

use crate::{linear::Instance, sentence::names};

/// A claim of Wikipedia with the text of its source, and whether the source supports it (`WiCE`).
#[derive(serde::Deserialize)]
pub(crate) struct Pair {
    pub(crate) claim: String,
    pub(crate) evidence: String,
    label: String,
}

impl Pair {
    /// Whether the evidence supports the claim, by the label names of all sets.
    pub(crate) fn is_supported(&self) -> bool {
        ["supported", "attributable", "Supports"].contains(&self.label.as_str())
    }
}

/// One instance for each pair. Both labels have the same total weight, so that 0.5 is the prior.
pub(crate) fn pairs(rows: &[Pair]) -> Vec<Instance> {
    let supported = rows.iter().filter(|row| row.is_supported()).count() as f64;
    let odds = (rows.len() as f64 - supported) / supported;
    rows.iter()
        .enumerate()
        .map(|(group, row)| {
            let is_supported = row.is_supported();
            Instance {
                features: names(|sink| Comparison::new(&row.claim, &row.evidence, Language::ENGLISH).features(sink)),
                target: f64::from(u8::from(is_supported)),
                weight: if is_supported { odds } else { 1.0 },
                group,
            }
        })
        .collect()
}
