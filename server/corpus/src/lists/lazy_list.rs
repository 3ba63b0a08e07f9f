use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use rpds::RedBlackTreeSetSync;

use crate::FileId;

/// How many files may have changed since a list was made before it is made again.
const OUTDATED: usize = 256;

/// A list over all files that is made on first use: keeping it up to date from the start would slow every start for what few
/// sessions need. All snapshots share it. Files that changed since it was made are recorded; a reader looks at these itself.
pub(crate) struct LazyList<L> {
    making: Arc<Making<L>>,
    /// Files that were different, or not there, when the making of the list began.
    changed: RedBlackTreeSetSync<FileId>,
}

/// A list that is made once, from the files of the snapshot that first asks for it.
struct Making<L> {
    is_begun: AtomicBool,
    made: OnceLock<L>,
}

impl<L> Clone for LazyList<L> {
    fn clone(&self) -> Self {
        Self { making: self.making.clone(), changed: self.changed.clone() }
    }
}

impl<L> Default for LazyList<L> {
    fn default() -> Self {
        let making = Making { is_begun: AtomicBool::new(false), made: OnceLock::new() };
        Self { making: Arc::new(making), changed: RedBlackTreeSetSync::new_sync() }
    }
}

impl<L> LazyList<L> {
    /// Records that a file changed, unless the list contains the same for it (`is_same`, called only if there is a list).
    pub(crate) fn change(&mut self, file: FileId, is_same: impl FnOnce() -> bool) {
        if self.making.made.get().is_some() && is_same() {
            return;
        }
        if self.making.is_begun.load(Ordering::Acquire) && self.changed.size() < OUTDATED {
            self.changed.insert_mut(file);
        } else {
            // A snapshot taken before may still begin a list, from its own files.
            *self = Self::default();
        }
    }

    /// The list; made now if there is none.
    pub(crate) fn get(&self, make: impl FnOnce() -> L) -> &L {
        self.making.is_begun.store(true, Ordering::Release);
        self.making.made.get_or_init(make)
    }

    /// The files for which the list is out of date, by id.
    pub(crate) fn changed(&self) -> impl Iterator<Item = FileId> {
        self.changed.iter().copied()
    }

    /// Whether the list is out of date for a file.
    pub(crate) fn is_changed(&self, file: FileId) -> bool {
        self.changed.contains(&file)
    }
}

#[cfg(test)]
mod tests {
    use super::LazyList;
    use crate::FileId;

    #[test]
    fn a_file_that_changes_while_a_list_is_made_is_recorded() {
        let mut listing: LazyList<u32> = LazyList::default();
        let held = listing.clone();
        held.get(|| {
            listing.change(FileId(7), || false);
            1
        });
        assert!(listing.is_changed(FileId(7)) && !held.is_changed(FileId(7)));
        assert_eq!(listing.get(|| 2), &1, "it is not made again");
    }

    #[test]
    fn a_list_that_was_not_begun_before_a_change_is_not_shared() {
        let mut listing: LazyList<u32> = LazyList::default();
        let held = listing.clone();
        listing.change(FileId(7), || false);
        assert_eq!((held.get(|| 1), listing.get(|| 2)), (&1, &2));
        assert!(!listing.is_changed(FileId(7)));
    }
}
