//! Instances for the support model.

use ibid_evidence::{model::Names, verify::Comparison};

use crate::linear::Instance;

/// A claim of Wikipedia with the text of what it cites, and whether that bears it (`WiCE`).
#[derive(serde::Deserialize)]
pub(crate) struct Pair {
    claim: String,
    evidence: String,
    label: String,
}

/// One instance a pair; supported and not supported weigh the same in all, so that 0.5 is a fair coin.
pub(crate) fn pairs(rows: &[Pair]) -> Vec<Instance> {
    let supported = rows.iter().filter(|row| row.label == "supported").count() as f64;
    let odds = (rows.len() as f64 - supported) / supported;
    rows.iter()
        .enumerate()
        .map(|(group, row)| {
            let mut names = Names::default();
            Comparison::new(&row.claim, &row.evidence).features(&mut names);
            let holds = row.label == "supported";
            Instance {
                features: names.0,
                target: f64::from(u8::from(holds)),
                weight: if holds { odds } else { 1.0 },
                group,
            }
        })
        .collect()
}
