use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use rpds::RedBlackTreeSetSync;

use crate::FileId;

/// So many files may be otherwise than the list says before it is made anew.
const OUTDATED: usize = 256;

/// One list over all files, made when somebody first asks: held up to date for every file from the start, it would cost every
/// start what few ever ask for. It is shared by all snapshots; files that changed since are told apart, and whoever asks looks at
/// those themselves.
pub(crate) struct Listing<L> {
    making: Arc<Making<L>>,
    /// Files that were otherwise, or not there, when the list was begun.
    changed: RedBlackTreeSetSync<FileId>,
}

/// A list that is made once, of the files of the snapshot that first asks.
struct Making<L> {
    is_begun: AtomicBool,
    made: OnceLock<L>,
}

impl<L> Clone for Listing<L> {
    fn clone(&self) -> Self {
        Self { making: self.making.clone(), changed: self.changed.clone() }
    }
}

impl<L> Default for Listing<L> {
    fn default() -> Self {
        let making = Making { is_begun: AtomicBool::new(false), made: OnceLock::new() };
        Self { making: Arc::new(making), changed: RedBlackTreeSetSync::new_sync() }
    }
}

impl<L> Listing<L> {
    /// Takes in that a file is no longer as it was, unless the list says the same of it (`is_same`, asked only if there is a
    /// list).
    pub(crate) fn change(&mut self, file: FileId, is_same: impl FnOnce() -> bool) {
        if self.making.made.get().is_some() && is_same() {
            return;
        }
        if self.making.is_begun.load(Ordering::Acquire) && self.changed.size() < OUTDATED {
            self.changed.insert_mut(file);
        } else {
            // A snapshot taken before may still begin a list of its own files.
            *self = Self::default();
        }
    }

    /// The list, made now if it was not yet.
    pub(crate) fn get(&self, make: impl FnOnce() -> L) -> &L {
        self.making.is_begun.store(true, Ordering::Release);
        self.making.made.get_or_init(make)
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

#[cfg(test)]
mod tests {
    use super::Listing;
    use crate::FileId;

    #[test]
    fn what_changes_while_a_list_is_made_is_told_apart() {
        let mut listing: Listing<u32> = Listing::default();
        let held = listing.clone();
        held.get(|| {
            listing.change(FileId(7), || false);
            1
        });
        assert!(listing.is_changed(FileId(7)) && !held.is_changed(FileId(7)));
        assert_eq!(listing.get(|| 2), &1, "it is not made again");
    }

    #[test]
    fn a_list_that_nobody_began_before_a_change_is_not_shared() {
        let mut listing: Listing<u32> = Listing::default();
        let held = listing.clone();
        listing.change(FileId(7), || false);
        assert_eq!((held.get(|| 1), listing.get(|| 2)), (&1, &2));
        assert!(!listing.is_changed(FileId(7)));
    }
}
