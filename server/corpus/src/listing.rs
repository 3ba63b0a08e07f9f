use std::sync::{Arc, OnceLock};

use rpds::RedBlackTreeSetSync;

use crate::FileId;

/// So many files may be otherwise than the list says before it is made anew.
const OUTDATED: usize = 256;

/// One list over all files, made when somebody first asks: held up to date for every file from the start, it would cost every
/// start what few ever ask for. It is shared by all snapshots; files that changed since are told apart, and whoever asks looks at
/// those themselves.
pub(crate) struct Listing<L> {
    made: Arc<OnceLock<L>>,
    /// Files that were otherwise, or not there, when the list was made.
    changed: RedBlackTreeSetSync<FileId>,
}

impl<L> Clone for Listing<L> {
    fn clone(&self) -> Self {
        Self { made: self.made.clone(), changed: self.changed.clone() }
    }
}

impl<L> Default for Listing<L> {
    fn default() -> Self {
        Self { made: Arc::default(), changed: RedBlackTreeSetSync::new_sync() }
    }
}

impl<L> Listing<L> {
    /// Takes in that a file is no longer as it was, unless the list says the same of it (`is_same`, asked only if there is a
    /// list).
    pub(crate) fn change(&mut self, file: FileId, is_same: impl FnOnce() -> bool) {
        let is_made = self.made.get().is_some();
        if is_made && is_same() {
            return;
        }
        if is_made && self.changed.size() < OUTDATED {
            self.changed.insert_mut(file);
        } else {
            // A snapshot taken before may still make the old list, of its own files.
            *self = Self::default();
        }
    }

    /// The list, made now if it was not yet.
    pub(crate) fn get(&self, make: impl FnOnce() -> L) -> &L {
        self.made.get_or_init(make)
    }

    /// Files of which the list says nothing that counts, in the order of ids.
    pub(crate) fn changed(&self) -> impl Iterator<Item = FileId> {
        self.changed.iter().copied()
    }

    /// Whether the list says nothing of a file that counts.
    pub(crate) fn is_changed(&self, file: FileId) -> bool {
        self.changed.contains(&file)
    }
}
