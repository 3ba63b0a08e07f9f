//! The terms of a corpus and their senses.
//!
//! Each file keeps what it says of terms ([`FileTerms`]); [`Terms`] joins them under one key per name and is changed
//! file by file: a changed file costs what its own terms cost.

mod admission;
mod facts;
mod filter;
mod key;
mod lookup;
mod merge;
mod usage;

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use ibid_evidence::SenseKind;
use ibid_source::Voice;
use ibid_text::Span;
use rpds::{HashTrieMapSync, RedBlackTreeMapSync, RedBlackTreeSetSync};
use rustc_hash::{FxBuildHasher, FxHashMap};

pub use facts::FileTerms;
pub use key::{Case, is_acronym};
pub use usage::{Frequency, Usage, Uses};

use crate::{FileId, Letters, lists::Hash};
use facts::Given;
use filter::Filter;

/// All terms of sources and notes. Lookup is by name in any inflection, longest term first. Cloning is cheap: a changed
/// copy shares all that did not change.
#[derive(Clone, Default)]
pub struct Terms {
    files: HashTrieMapSync<FileId, Arc<FileTerms>, FxBuildHasher>,
    entries: HashTrieMapSync<Arc<str>, Entry, FxBuildHasher>,
    /// The keys of all entries, in order: for whoever has typed a part of one.
    keys: RedBlackTreeSetSync<Arc<str>>,
    filter: Filter,
    /// Made when somebody first asks; kept while the keys are these.
    listed: Arc<OnceLock<Vec<ListedKey>>>,
}

/// A key with its letters.
type ListedKey = (Letters, Arc<str>);

/// What each file says, in the order of their ids. Persistent: thousands of files may speak of one term.
type ByFile<T> = RedBlackTreeMapSync<FileId, T>;

/// Everything under one key.
#[derive(Clone, Debug, Default)]
struct Entry {
    given: ByFile<Arc<[Given]>>,
    /// The files that use it as an acronym, however it is spelled there, and how often.
    mentions: ByFile<(String, u32)>,
    /// Joined when first asked for: reading a workspace changes one entry once a file that speaks of it.
    joined: OnceLock<Arc<Term>>,
    /// What there is to know of it before that, which many ask.
    nature: OnceLock<Nature>,
}

/// What decides on whether a use of a name is one of a term.
#[derive(Clone, Copy, Debug)]
struct Nature {
    is_term: bool,
    /// How its uses are written.
    case: Case,
}

impl Entry {
    fn nature(&self) -> Nature {
        *self.nature.get_or_init(|| {
            let mut given = self.given.values().flat_map(|given| given.iter());
            // That a use is set apart from others tells nothing of a term alone.
            let is_term = !self.mentions.is_empty() || given.any(|given| given.kind != SenseKind::Contrasted);
            Nature { is_term, case: merge::case(&self.given, &self.mentions) }
        })
    }

    /// Whether there is anything to tell.
    fn is_term(&self) -> bool {
        self.nature().is_term
    }

    /// How its uses are written.
    fn case(&self) -> Case {
        self.nature().case
    }

    fn term(&self) -> &Arc<Term> {
        self.joined.get_or_init(|| Arc::new(merge::term(&self.given, &self.mentions)))
    }
}

/// A term with every sense the corpus gives it; without any if it is an acronym that the sources use and never define.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Term {
    /// As best written.
    pub name: String,
    /// Its senses, best first; equal ones are one.
    pub senses: Vec<Sense>,
    /// Where the corpus asks for its definition.
    pub asked: Vec<Sense>,
    /// Whether the senses differ.
    pub contested: bool,
    /// How its uses are written.
    pub case: Case,
}

/// One sense of a term.
#[derive(Clone, PartialEq, Debug)]
pub struct Sense {
    /// The file that gives it.
    pub file: FileId,
    /// The sentence that gives it, in the file's own text.
    pub sentence: Span,
    /// The words that give the sense, in the file's own text.
    pub span: Span,
    /// Those words as running text.
    pub words: String,
    /// How it is given.
    pub kind: SenseKind,
    /// Whose sense it is.
    pub voice: Voice,
    /// Probability that this defines the term, 0..1.
    pub score: f32,
    /// Whether the person who writes the notes gives it, not a source.
    pub own: bool,
    /// Further sentences that give the same sense.
    pub also: Vec<(FileId, Span)>,
}

/// A term at a place in a text.
#[derive(Clone, PartialEq, Debug)]
pub struct TermUse {
    /// Where it stands.
    pub span: Span,
    /// The term.
    pub term: Arc<Term>,
}

impl Terms {
    /// Sets what `file` says of terms; `None` when the file is gone. Costs what the file's old and new terms cost.
    pub fn set_file(&mut self, file: FileId, facts: Option<&Arc<FileTerms>>) {
        let old = self.files.get(&file).cloned();
        if old.as_ref() == facts {
            return;
        }
        match facts {
            Some(facts) => self.files.insert_mut(file, Arc::clone(facts)),
            None => drop(self.files.remove_mut(&file)),
        }
        let mut new = facts.map(|facts| by_key(facts)).unwrap_or_default();
        // A set: a name that the file defined before and defines now must be passed once.
        let mut touched: BTreeSet<String> = new.keys().cloned().collect();
        touched.extend(old.as_deref().map(by_key).unwrap_or_default().into_keys());
        for key in touched {
            let (given, mentions) = new.remove(&key).unwrap_or_default();
            let mut entry = self.entries.get(&*key).cloned().unwrap_or_default();
            replace(&mut entry.given, file, Some(given).filter(|given| !given.is_empty()).map(Arc::from));
            replace(&mut entry.mentions, file, mentions);
            if entry.given.is_empty() && entry.mentions.is_empty() {
                self.entries.remove_mut(&*key);
                self.keys.remove_mut(&*key);
                self.listed = Arc::default();
            } else {
                (entry.joined, entry.nature) = (OnceLock::new(), OnceLock::new());
                let key: Arc<str> = key.into();
                if !self.keys.contains(&key) {
                    self.keys.insert_mut(key.clone());
                    self.listed = Arc::default();
                    self.filter.add(&key);
                    if self.filter.is_full() {
                        self.filter = Filter::of(self.keys.iter().map(|key| &**key));
                    }
                }
                self.entries.insert_mut(key, entry);
            }
        }
    }

    /// Whether there may be a term whose key has this hash.
    fn may_hold(&self, key: Hash) -> bool {
        self.filter.may_hold(key)
    }

    /// All terms, ordered by name; those without a sense among them.
    pub fn all(&self) -> Vec<&Arc<Term>> {
        let mut all: Vec<_> = self.entries.values().filter(|entry| entry.is_term()).map(Entry::term).collect();
        all.sort_by_cached_key(|term| (term.name.to_lowercase(), term.name.clone()));
        all
    }

    /// The terms whose names begin as `typed` does, across case, hyphen and space, in order of their names' letters; those
    /// without a sense among them.
    pub fn beginning_with(&self, typed: &str) -> impl Iterator<Item = &Arc<Term>> {
        let begun = key::joined(typed);
        let from: Arc<str> = begun.as_str().into();
        let keys = self.keys.range(from..).take_while(move |key| key.starts_with(&begun));
        keys.filter_map(|key| Some(self.entry(key)?.term()))
    }

    /// The key of every name, the shortest first, with its letters: its folded words in the singular, without space.
    pub fn keys(&self) -> impl Iterator<Item = (Letters, &str)> {
        let listed = self.listed.get_or_init(|| {
            let mut keys: Vec<ListedKey> = self.keys.iter().map(|key| (Letters::of(key), key.clone())).collect();
            keys.sort_by_key(|(_, key)| key.len());
            keys
        });
        listed.iter().map(|(letters, key)| (*letters, &**key))
    }

    /// The term with this key.
    pub fn with_key(&self, key: &str) -> Option<&Arc<Term>> {
        self.entry(key).map(Entry::term)
    }

    /// The files that use a term as an acronym, with how often each does, if all uses of it are written so.
    fn mentioned(&self, key: &str) -> impl Iterator<Item = (FileId, usize)> {
        let entry = self.entry(key).filter(|entry| entry.case() == Case::Upper);
        entry.into_iter().flat_map(|entry| entry.mentions.iter().map(|(&file, &(_, times))| (file, times as usize)))
    }

    /// What is held under a key.
    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key).filter(|entry| entry.is_term())
    }
}

/// What a file says of each name: its definitions, and its uses as an undefined acronym.
type ByKey = FxHashMap<String, (Vec<Given>, Option<(String, u32)>)>;

fn by_key(facts: &FileTerms) -> ByKey {
    let mut by_key = ByKey::default();
    for given in &facts.given {
        by_key.entry(key::key(&given.name)).or_default().0.push(given.clone());
    }
    for (name, uses) in &facts.acronyms {
        by_key.entry(key::key(name)).or_default().1 = Some((name.clone(), *uses));
    }
    // A name of marks alone has no key.
    by_key.remove("");
    by_key
}

fn replace<T>(held: &mut ByFile<T>, file: FileId, new: Option<T>) {
    match new {
        Some(new) => held.insert_mut(file, new),
        None => drop(held.remove_mut(&file)),
    }
}

#[cfg(test)]
mod tests;
