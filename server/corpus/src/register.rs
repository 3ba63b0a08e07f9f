use rpds::RedBlackTreeSetSync;

use crate::FileId;

/// Which files stand under which key, in the order of the keys. Persistent: a copy shares all but what changed.
#[derive(Clone)]
pub(crate) struct Register<K: Ord> {
    entries: RedBlackTreeSetSync<(K, FileId)>,
}

impl<K: Ord> Default for Register<K> {
    fn default() -> Self {
        Self { entries: RedBlackTreeSetSync::new_sync() }
    }
}

impl<K: Ord + Clone> Register<K> {
    /// Puts a file under the keys `new` and no longer under `old`; both ascend without repeats. Costs what differs.
    pub(crate) fn change(&mut self, file: FileId, old: &[K], new: &[K]) {
        for key in old.iter().filter(|key| new.binary_search(key).is_err()) {
            self.entries.remove_mut(&(key.clone(), file));
        }
        for key in new.iter().filter(|key| old.binary_search(key).is_err()) {
            self.entries.insert_mut((key.clone(), file));
        }
    }

    /// Every key from `first` on with its files, ascending.
    pub(crate) fn from(&self, first: K) -> impl Iterator<Item = (&K, FileId)> {
        self.entries.range((first, FileId(0))..).map(|(key, file)| (key, *file))
    }

    /// The files under one key, ascending.
    pub(crate) fn under(&self, key: K) -> impl Iterator<Item = FileId> {
        self.from(key.clone()).take_while(move |(other, _)| **other == key).map(|(_, file)| file)
    }
}
