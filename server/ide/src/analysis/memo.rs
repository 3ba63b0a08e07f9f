//! A cache of what was worked out about the parts of one note, kept from one keystroke to the next.
//!
//! A keystroke changes one sentence; the judgments on all others stay as they were. So each result is stored under the
//! words that it was computed from, never under their position, and is valid as long as nothing outside the note changes
//! ([`Revision`]). The cache changes no answer: a property test compares it with computing everything again.

use std::{
    borrow::Borrow,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ibid_corpus::{File, FileId, RelatedPassage, Resolution, Revision, Snapshot};
use ibid_evidence::CheckWorthiness;
use ibid_note::{Form, Target};
use ibid_text::Span;
use rustc_hash::FxHashMap;

use super::{
    cite::Style,
    comparison::{CitedClaim, Comparison},
    finding::Examination,
    judged::Judged,
    place::Place,
};

/// The cache of one note. A new one is empty, and stays empty until the note is first examined.
#[derive(Default)]
pub struct Memo(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// The revision that everything kept belongs to.
    revision: Revision,
    /// How many examinations have begun.
    begun: Examinations,
    tables: Tables,
    /// The last examination, with the state of the note that it examined.
    last: Option<(Arc<File>, Arc<Examination>)>,
}

/// The results kept for the parts of a note.
#[derive(Default)]
pub(crate) struct Tables {
    /// Where citations lead. Of a citation that leads to a note, without the place in that note.
    pub(crate) resolutions: Table<Target, Resolution>,
    /// Verdicts on quotations.
    pub(crate) judged: Table<QuotationKey, Arc<Judged>>,
    /// Claims compared with what they cite.
    pub(crate) comparisons: Table<CitedClaim, Option<Arc<Comparison>>>,
    /// The signs that a sentence needs a source, if they may be enough.
    pub(crate) check_worthiness: Table<String, Option<Arc<CheckWorthiness>>>,
    /// Uses of contested terms in a text, with the names of the terms.
    pub(crate) contested: Table<String, Arc<[(Span, String)]>>,
    /// Citations of places in sources.
    pub(crate) citations: Table<(Place, Style), Option<String>>,
    /// Passages of the sources that are related to a sentence.
    pub(crate) related: Table<String, Arc<[RelatedPassage]>>,
}

/// Everything in a note that the verdict on one of its quotations depends on.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct QuotationKey {
    /// The words.
    pub(super) words: String,
    /// The words as written, with their marks.
    pub(super) written: String,
    pub(super) form: Form,
    pub(super) is_attributed: bool,
    pub(super) is_reported: bool,
    /// The names that the note gives.
    pub(super) names: Vec<String>,
    /// The citations near the words: target, resolution, and whether the citation is certainly that of the quotation.
    pub(super) cited: Vec<(Target, Resolution, bool)>,
    /// The sentences around the quotation.
    pub(super) around: String,
}

/// Results by what they were computed from, each with the examination that last asked for it. A result that the last
/// [`KEPT`] examinations did not ask for is dropped.
pub(crate) struct Table<K, V>(FxHashMap<K, (V, Examinations)>);

/// How many examinations of the note have begun.
type Examinations = u64;

/// The number of examinations over which a result is kept. More than one, because an editor's request and the examination
/// ahead of it may run at the same time, and either may end first.
const KEPT: Examinations = 4;

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<K: Hash + Eq, V: Clone> Table<K, V> {
    fn get<Q: Hash + Eq + ?Sized>(&mut self, key: &Q, now: Examinations) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (value, last_asked) = self.0.get_mut(key)?;
        *last_asked = now;
        Some(value.clone())
    }

    /// Drops what was last asked for before an examination.
    fn drop_before(&mut self, oldest: Examinations) {
        self.0.retain(|_, (_, last_asked)| *last_asked >= oldest);
    }
}

impl Tables {
    fn drop_before(&mut self, oldest: Examinations) {
        let Self { resolutions, judged, comparisons, check_worthiness, contested, citations, related } = self;
        resolutions.drop_before(oldest);
        judged.drop_before(oldest);
        comparisons.drop_before(oldest);
        check_worthiness.drop_before(oldest);
        contested.drop_before(oldest);
        citations.drop_before(oldest);
        related.drop_before(oldest);
    }
}

impl Memo {
    /// Prepares the cache for an examination in `snapshot`: drops everything that belongs to an earlier revision. For a
    /// revision earlier than the cached one nothing will be kept.
    pub(crate) fn begin(&self, snapshot: &Snapshot) {
        let revision = snapshot.revision();
        let mut kept = self.kept();
        if kept.revision != *revision && !revision.is_before(&kept.revision) {
            *kept = Kept { revision: revision.clone(), ..Kept::default() };
        }
        kept.begun += 1;
    }

    /// Ends an examination: keeps its result and drops the parts that were not asked for lately.
    pub(crate) fn end(&self, snapshot: &Snapshot, file: FileId, examination: &Arc<Examination>) {
        let mut kept = self.kept();
        if kept.revision == *snapshot.revision() && is_complete(snapshot) {
            let oldest = (kept.begun + 1).saturating_sub(KEPT);
            kept.tables.drop_before(oldest);
            kept.last = snapshot.file(file).map(|file| (file.clone(), examination.clone()));
        }
    }

    /// The last examination, if it examined this very state of the note.
    pub(crate) fn last(&self, snapshot: &Snapshot, file: FileId) -> Option<Arc<Examination>> {
        let kept = self.kept();
        let (examined, examination) = kept.last.as_ref()?;
        let is_current = kept.revision == *snapshot.revision()
            && snapshot.file(file).is_some_and(|file| Arc::ptr_eq(file, examined));
        is_current.then(|| examination.clone())
    }

    /// The cache as a reader of `snapshot` uses it.
    pub(crate) fn at<'a>(&'a self, snapshot: &'a Snapshot) -> MemoView<'a> {
        MemoView { memo: self, snapshot }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // No change to the value can be interrupted half-way, so a poisoned lock is still consistent.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether results computed in a snapshot now may be kept: a cancelled search or a damaged index finds too little.
fn is_complete(snapshot: &Snapshot) -> bool {
    !snapshot.is_abandoned() && !snapshot.is_corrupt()
}

/// A memo as a reader of one snapshot uses it.
#[derive(Clone, Copy)]
pub(crate) struct MemoView<'a> {
    memo: &'a Memo,
    snapshot: &'a Snapshot,
}

impl<'a> MemoView<'a> {
    /// Returns the value kept under `key`, or computes and keeps it.
    pub(crate) fn get_or<K, V, Q>(
        &self,
        table: fn(&mut Tables) -> &mut Table<K, V>,
        key: &Q,
        compute: impl FnOnce() -> V,
    ) -> V
    where
        K: Hash + Eq + Borrow<Q>,
        V: Clone,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        self.get_or_if(table, key, compute, |_| true)
    }

    /// Returns the value kept under `key`, or computes it; keeps it only if `keeps` accepts it.
    pub(crate) fn get_or_if<K, V, Q>(
        &self,
        table: fn(&mut Tables) -> &mut Table<K, V>,
        key: &Q,
        compute: impl FnOnce() -> V,
        keeps: impl FnOnce(&V) -> bool,
    ) -> V
    where
        K: Hash + Eq + Borrow<Q>,
        V: Clone,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        if let Some(mut kept) = self.kept() {
            let now = kept.begun;
            if let Some(value) = table(&mut kept.tables).get(key, now) {
                return value;
            }
        }
        let value = compute();
        if keeps(&value)
            && is_complete(self.snapshot)
            && let Some(mut kept) = self.kept()
        {
            let now = kept.begun;
            table(&mut kept.tables).0.insert(key.to_owned(), (value.clone(), now));
        }
        value
    }

    /// The cached values, if they belong to the snapshot's revision.
    fn kept(&self) -> Option<MutexGuard<'a, Kept>> {
        let kept = self.memo.kept();
        (kept.revision == *self.snapshot.revision()).then_some(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// The results that a table has lost once examinations have run as `run` says.
    fn lost(run: impl Fn(&Memo, &Snapshot, &dyn Fn())) -> Vec<&'static str> {
        let fixture = Fixture::new("//- /notes/note.md\n$0Words.\n");
        let (memo, snapshot) = (Memo::default(), &fixture.snapshot);
        let ask = |text: &str| {
            let mut is_lost = false;
            let compute = || {
                is_lost = true;
                None
            };
            memo.at(snapshot).get_or(|kept| &mut kept.check_worthiness, text, compute);
            is_lost
        };
        run(&memo, snapshot, &|| {
            ask("one");
            ask("two");
        });
        ["one", "two"].into_iter().filter(|text| ask(text)).collect()
    }

    #[test]
    fn two_examinations_at_once_lose_nothing() {
        let lost = lost(|memo, snapshot, ask_all| {
            let end = || memo.end(snapshot, FileId(0), &Arc::default());
            memo.begin(snapshot);
            memo.begin(snapshot);
            ask_all();
            end();
            end();
            memo.begin(snapshot);
        });
        assert_eq!(lost, Vec::<&str>::new());
    }

    #[test]
    fn what_is_no_longer_asked_for_is_dropped() {
        let lost = lost(|memo, snapshot, ask_all| {
            memo.begin(snapshot);
            ask_all();
            for _ in 0..=KEPT {
                memo.begin(snapshot);
                memo.end(snapshot, FileId(0), &Arc::default());
            }
        });
        assert_eq!(lost, ["one", "two"]);
    }
}
