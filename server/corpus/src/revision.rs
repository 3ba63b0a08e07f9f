use std::sync::Arc;

/// Tells one state of a workspace from another, the texts of notes aside.
///
/// What is equal in revision differs at most in the texts of notes that were there before, and these say the same of terms:
/// what the judgment on some words rests on besides the note that has them is the same. Where a term stands in a note, or a
/// heading, may have moved.
#[derive(Clone, Default, Debug)]
pub struct Revision {
    /// One for all revisions of one host, and for no other.
    host: Arc<()>,
    /// How often something changed.
    changes: u64,
}

impl Revision {
    /// Takes in that something changed.
    pub(crate) fn advance(&mut self) {
        self.changes += 1;
    }

    /// Whether it is an earlier one of the same host.
    pub fn is_before(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.host, &other.host) && self.changes < other.changes
    }
}

impl PartialEq for Revision {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.host, &other.host) && self.changes == other.changes
    }
}

impl Eq for Revision {}
