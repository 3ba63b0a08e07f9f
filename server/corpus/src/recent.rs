//! What was worked out of the index lately, to be told again while nothing changes but the texts of notes.

use std::{
    borrow::Borrow,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use rustc_hash::FxHashMap;

use crate::{retrieve::Forms, terms::Frequency};

/// So many answers to one kind of question are kept; then all are forgotten.
const MOST: usize = 4096;

/// What was asked lately. It is one for all snapshots of a [`crate::Revision`].
#[derive(Default)]
pub(crate) struct Recent {
    /// How often terms are used, by name.
    pub(crate) frequencies: Answers<String, Frequency>,
    /// Whether acronyms are but plain words in capitals, by name.
    pub(crate) shouted: Answers<String, bool>,
    /// In which forms words stand, by the folded word; nothing for one that carries grammar and no content.
    pub(crate) forms: Answers<String, Option<Arc<Forms>>>,
}

/// Answers to one kind of question.
pub(crate) struct Answers<K, V>(Mutex<FxHashMap<K, V>>);

impl<K, V> Default for Answers<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq, V: Clone> Answers<K, V> {
    /// What was answered, else what `work` comes to, which is kept.
    pub(crate) fn or_else<Q>(&self, asked: &Q, work: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        // Every change to it is whole.
        let held = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = held().get(asked) {
            return known.clone();
        }
        let answer = work();
        let mut held = held();
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(asked.to_owned(), answer.clone());
        answer
    }
}
