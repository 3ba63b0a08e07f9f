use ibid_corpus::{FileId, Snapshot, Term, Uses};

use super::References;
use crate::Place;

/// More places than this nobody goes through.
const MOST: usize = 200;

/// The uses of a term in sources and notes, those in the file that asks among them; of very many some. Its senses define it.
pub(super) fn references(snapshot: &Snapshot, asker: FileId, term: &Term) -> References {
    let Uses { uses, are_some } = snapshot.some_uses_of(term, asker, MOST);
    let uses = uses.into_iter().map(|used| Place { file: used.file, span: used.span });
    let definition = term.senses.iter().map(|sense| Place { file: sense.file, span: sense.sentence });
    References { definition: definition.collect(), uses: uses.collect(), are_some }
}
