//! Instances for the support model.

use ibid_evidence::verify::Comparison;
use ibid_language::Language;

use crate::{linear::Instance, sentence::names};

/// A claim of Wikipedia with the text of what it cites, and whether that bears it (`WiCE`).
#[derive(serde::Deserialize)]
pub(crate) struct Pair {
    pub(crate) claim: String,
    pub(crate) evidence: String,
    label: String,
}

impl Pair {
    /// Whether the evidence bears the claim, in the words of whichever set.
    pub(crate) fn holds(&self) -> bool {
        ["supported", "attributable", "Supports"].contains(&self.label.as_str())
    }
}

/// One instance a pair; supported and not supported weigh the same in all, so that 0.5 is a fair coin.
pub(crate) fn pairs(rows: &[Pair]) -> Vec<Instance> {
    let supported = rows.iter().filter(|row| row.holds()).count() as f64;
    let odds = (rows.len() as f64 - supported) / supported;
    rows.iter()
        .enumerate()
        .map(|(group, row)| {
            let holds = row.holds();
            Instance {
                features: names(|sink| Comparison::new(&row.claim, &row.evidence, Language::ENGLISH).features(sink)),
                target: f64::from(u8::from(holds)),
                weight: if holds { odds } else { 1.0 },
                group,
            }
        })
        .collect()
}
