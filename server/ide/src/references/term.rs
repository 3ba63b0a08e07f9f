use ibid_corpus::{Snapshot, Term};

use super::References;
use crate::Place;

/// Every use of a term in sources and notes; its senses define it.
pub(super) fn references(snapshot: &Snapshot, term: &Term) -> References {
    let uses = snapshot.uses_of(term).into_iter().map(|used| Place { file: used.file, span: used.span });
    let definition = term.senses.iter().map(|sense| Place { file: sense.file, span: sense.sentence });
    References { definition: definition.collect(), uses: uses.collect() }
}
