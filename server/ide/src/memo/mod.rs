//! What was worked out about the parts of a note, kept from one keystroke to the next.
//!
//! A keystroke changes a sentence; all others say what they said. So what a judgment comes to is kept under what it was made
//! from, the words and never their place, for as long as nothing changes elsewhere ([`Revision`]). What is kept changes no
//! answer; a property test holds it against judging all anew.

use std::{
    borrow::Borrow,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ibid_corpus::{File, FileId, RelatedPassage, Resolution, Revision, Snapshot};
use ibid_evidence::Need;
use ibid_note::Target;
use ibid_text::Span;
use rustc_hash::FxHashMap;

use crate::{
    Examination, Judged, Place,
    cite::Style,
    diagnostics::examine_with,
    judgment::Asked,
    support::{Citing, Weighed},
};

/// What is kept of one note.
#[derive(Default)]
pub struct Memo(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// Of which revision all of it is.
    revision: Revision,
    tables: Tables,
    /// The last examination, and of which state of the note it is.
    last: Option<(Arc<File>, Arc<Examination>)>,
}

/// What is kept of its parts.
#[derive(Default)]
pub(crate) struct Tables {
    /// Where pointers lead; of one that leads to a note not where in it.
    pub(crate) resolutions: Table<Target, Resolution>,
    /// Verdicts on quotations.
    pub(crate) judged: Table<Asked, Arc<Judged>>,
    /// Statements beside what they cite.
    pub(crate) weighed: Table<Citing, Option<Arc<Weighed>>>,
    /// The signs that a sentence wants a source, if they may be enough.
    pub(crate) needs: Table<String, Option<Arc<Need>>>,
    /// Uses of contested terms in a text, with their names.
    pub(crate) contested: Table<String, Arc<[(Span, String)]>>,
    /// How places in sources are cited.
    pub(crate) cited: Table<(Place, Style), Option<String>>,
    /// Passages that speak to a sentence.
    pub(crate) speaking: Table<String, Arc<[RelatedPassage]>>,
}

/// What came of what; what an examination did not ask for is forgotten when it ends.
pub(crate) struct Table<K, V> {
    asked: FxHashMap<K, V>,
    asked_before: FxHashMap<K, V>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { asked: FxHashMap::default(), asked_before: FxHashMap::default() }
    }
}

impl<K: Hash + Eq, V: Clone> Table<K, V> {
    fn get<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if let Some(value) = self.asked.get(key) {
            return Some(value.clone());
        }
        let (key, value) = self.asked_before.remove_entry(key)?;
        self.asked.insert(key, value.clone());
        Some(value)
    }

    fn age(&mut self) {
        self.asked_before = std::mem::take(&mut self.asked);
    }
}

impl Tables {
    fn age(&mut self) {
        let Self { resolutions, judged, weighed, needs, contested, cited, speaking } = self;
        resolutions.age();
        judged.age();
        weighed.age();
        needs.age();
        contested.age();
        cited.age();
        speaking.age();
    }
}

impl Memo {
    /// Checks a note, as [`crate::examine`] does; what the last checks found out of its parts is not worked out again.
    pub fn examine(&self, snapshot: &Snapshot, file: FileId) -> Arc<Examination> {
        self.begin(snapshot.revision());
        let examination = Arc::new(examine_with(snapshot, file, self.recall(snapshot)));
        let mut kept = self.kept();
        if kept.revision == *snapshot.revision() && holds_good(snapshot) {
            kept.tables.age();
            kept.last = snapshot.file(file).map(|file| (file.clone(), examination.clone()));
        }
        drop(kept);
        examination
    }

    /// What [`Memo::examine`] found last, if it was of this very state.
    pub fn examined(&self, snapshot: &Snapshot, file: FileId) -> Arc<Examination> {
        let is_of_now = |kept: &Kept, of: &Arc<File>| {
            kept.revision == *snapshot.revision() && snapshot.file(file).is_some_and(|file| Arc::ptr_eq(file, of))
        };
        let kept = self.kept();
        let last =
            kept.last.as_ref().filter(|(of, _)| is_of_now(&kept, of)).map(|(_, examination)| examination.clone());
        drop(kept);
        last.unwrap_or_else(|| self.examine(snapshot, file))
    }

    /// What is kept, as far as it holds in a snapshot.
    pub(crate) fn recall<'a>(&'a self, snapshot: &'a Snapshot) -> Recall<'a> {
        Recall { memo: Some(self), snapshot }
    }

    /// Forgets what is not of this revision, unless that is an earlier one: then nothing is kept for it.
    fn begin(&self, revision: &Revision) {
        let mut kept = self.kept();
        if kept.revision != *revision && !revision.is_before(&kept.revision) {
            *kept = Kept { revision: revision.clone(), ..Kept::default() };
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Every change to it is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether what is worked out in a snapshot now may be kept: a reader that went away, or a damaged index, finds too little.
fn holds_good(snapshot: &Snapshot) -> bool {
    !snapshot.is_abandoned() && !snapshot.is_corrupt()
}

/// A memo as one reader of a snapshot sees it, or none.
#[derive(Clone, Copy)]
pub(crate) struct Recall<'a> {
    memo: Option<&'a Memo>,
    snapshot: &'a Snapshot,
}

impl<'a> Recall<'a> {
    /// Nothing is kept.
    pub(crate) fn nothing(snapshot: &'a Snapshot) -> Self {
        Self { memo: None, snapshot }
    }

    /// Whether anything is kept at all.
    pub(crate) fn keeps(&self) -> bool {
        self.memo.is_some()
    }

    /// What is kept under `key`, else what `work` comes to, which is kept from then on.
    pub(crate) fn or_else<K, V, Q>(
        &self,
        table: fn(&mut Tables) -> &mut Table<K, V>,
        key: &Q,
        work: impl FnOnce() -> V,
    ) -> V
    where
        K: Hash + Eq + Borrow<Q>,
        V: Clone,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        self.or_else_if(table, key, work, |_| true)
    }

    /// The same, but what does not satisfy `keeps` is worked out each time.
    pub(crate) fn or_else_if<K, V, Q>(
        &self,
        table: fn(&mut Tables) -> &mut Table<K, V>,
        key: &Q,
        work: impl FnOnce() -> V,
        keeps: impl FnOnce(&V) -> bool,
    ) -> V
    where
        K: Hash + Eq + Borrow<Q>,
        V: Clone,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        if let Some(mut kept) = self.kept()
            && let Some(value) = table(&mut kept.tables).get(key)
        {
            return value;
        }
        let value = work();
        if keeps(&value)
            && holds_good(self.snapshot)
            && let Some(mut kept) = self.kept()
        {
            table(&mut kept.tables).asked.insert(key.to_owned(), value.clone());
        }
        value
    }

    /// What is kept, if it is of the snapshot's revision.
    fn kept(&self) -> Option<MutexGuard<'a, Kept>> {
        let kept = self.memo?.kept();
        (kept.revision == *self.snapshot.revision()).then_some(kept)
    }
}

#[cfg(test)]
mod tests;
