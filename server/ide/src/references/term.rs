use ibid_corpus::{FileId, Snapshot, Term, Uses};

use super::Occurrences;
use crate::analysis::place::Place;

/// The most uses that are listed.
const MOST: usize = 200;

/// The uses of a term in sources and notes, including those in the file `asker`. Its definitions are its senses.
pub(super) fn references(snapshot: &Snapshot, asker: FileId, term: &Term) -> Occurrences {
    let Uses { uses, are_some: is_partial } = snapshot.some_uses_of(term, asker, MOST);
    let uses = uses.into_iter().map(|used| Place { file: used.file, span: used.span });
    let definition = term.senses.iter().map(|sense| Place { file: sense.file, span: sense.sentence });
    Occurrences { definition: definition.collect(), uses: uses.collect(), is_partial }
}
