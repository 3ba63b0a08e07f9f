//! What the support model sees. Training and judging call the same function.

use super::{MismatchKind, mismatch::Found, nearest::Coverage, side::Side};
use crate::{lexicon::Class, model::Sink};

/// Tenths, as a feature names them.
const STEPS: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

/// Features of a claim against its evidence. A share becomes one feature for each tenth it reaches.
pub(crate) fn support(claim: &Side<'_>, coverage: &Coverage, found: &Found, sink: &mut impl Sink) {
    for (name, share) in [
        ("sentence", coverage.sentence),
        ("window", coverage.window),
        ("whole", coverage.whole),
        ("pairs", coverage.pairs),
        ("plain", coverage.plain),
        ("plain-near", coverage.plain_near),
        ("names", coverage.names),
        ("names-near", coverage.names_near),
        ("numbers", coverage.numbers),
        ("numbers-near", coverage.numbers_near),
    ] {
        for step in STEPS.iter().take((share * 10.0 + 1e-4) as usize + 1).skip(1) {
            sink.add(&[name, step]);
        }
    }
    for step in STEPS.iter().take(coverage.missing.min(10) + 1).skip(1) {
        sink.add(&["missing", step]);
    }
    let length = claim.words.len() + claim.quantities.len();
    for step in STEPS.iter().take((length / 3).min(10) + 1).skip(1) {
        sink.add(&["length", step]);
    }
    if found.has(&[MismatchKind::Number, MismatchKind::Date]) {
        sink.add(&["counts otherwise"]);
    }
    if claim.has(Class::Negate) {
        sink.add(&["negated"]);
    }
}
