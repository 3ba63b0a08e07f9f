//! The features of the support model, for training and judging alike.

use ibid_language::Class;

use super::{MismatchKind, mismatch::Mismatches, nearest::Coverage, side::Side};
use crate::model::Sink;

/// Adds the features of a claim and its evidence: shares from 0 to 1, and lengths scaled to about that range.
pub(crate) fn support(claim: &Side<'_>, coverage: &Coverage, found: &Mismatches, sink: &mut impl Sink) {
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
        sink.weigh(&[name], share);
    }
    let content = claim.words.len() + claim.quantities.len();
    sink.weigh(&["missing"], coverage.missing.min(10) as f32 / 10.0);
    sink.weigh(&["length"], content.min(30) as f32 / 30.0);
    if found.has(&[MismatchKind::Number, MismatchKind::Date]) {
        sink.add(&["counts otherwise"]);
    }
    if coverage.names.min(coverage.numbers) >= 1.0 {
        sink.add(&["names and numbers"]);
    }
    if claim.has(Class::Negation) {
        sink.add(&["negated"]);
    }
}
