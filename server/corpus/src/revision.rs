use std::sync::Arc;

/// Identifies a state of a workspace, except for the texts of notes.
///
/// States of the same revision differ at most in the texts of notes that exist in all of them, and the notes say the same about
/// terms. So everything that a judgment depends on is the same, besides the note that is judged. The places of terms and
/// headings in notes may differ.
#[derive(Clone, Default, Debug)]
pub struct Revision {
    /// Identifies the host.
    host: Arc<()>,
    /// How many changes there were.
    changes: u64,
}

impl Revision {
    /// Records a change.
    pub(crate) fn advance(&mut self) {
        self.changes += 1;
    }

    /// Whether it is an earlier revision of the same host.
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
