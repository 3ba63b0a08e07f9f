//! Answers that were worked out from the index recently, kept while nothing changes but the texts of notes.

use std::{
    borrow::Borrow,
    hash::Hash,
    num::NonZeroUsize,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use lru::LruCache;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::{retrieve::Forms, terms::Frequency};

/// How many answers to one kind of question are kept.
const MOST: NonZeroUsize = NonZeroUsize::new(4096).unwrap();

/// The answers that were given most recently. All snapshots of a [`crate::Revision`] share them.
#[derive(Default)]
pub(crate) struct RecentAnswers {
    /// How often terms are used, by name.
    pub(crate) frequencies: Answers<String, Frequency>,
    /// Whether acronyms are only plain words in capitals, by name.
    pub(crate) shouted: Answers<String, bool>,
    /// The forms of words, by the folded word; `None` for a function word.
    pub(crate) forms: Answers<String, Option<Arc<Forms>>>,
    /// The folded names of files that are no texts, such as images.
    pub(crate) attachments: OnceLock<Arc<FxHashSet<String>>>,
}

/// The most recent answers to one kind of question.
pub(crate) struct Answers<K, V>(Mutex<LruCache<K, V, FxBuildHasher>>);

impl<K: Hash + Eq, V> Default for Answers<K, V> {
    fn default() -> Self {
        // The memory for `MOST` answers would be reserved by `LruCache::with_hasher`.
        let mut answers = LruCache::unbounded_with_hasher(FxBuildHasher);
        answers.resize(MOST);
        Self(Mutex::new(answers))
    }
}

impl<K: Hash + Eq, V: Clone> Answers<K, V> {
    /// The known answer to a question, else the result of `work`, which is kept.
    pub(crate) fn or_else<Q>(&self, asked: &Q, work: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        // No panic leaves the answers half changed.
        let answers = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = answers().get(asked) {
            return known.clone();
        }
        let answer = work();
        answers().put(asked.to_owned(), answer.clone());
        answer
    }
}
