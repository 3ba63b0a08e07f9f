//! The terms of a corpus and their senses.
//!
//! [`FileTerms`] has the definitions of one file. [`Terms`] combines them under one key per name and is updated file by
//! file, at a cost proportional to the terms of the changed file.

mod admission;
mod file_terms;
mod filter;
mod key;
mod lookup;
mod merge;
mod usage;

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    mem,
    path::Path,
    sync::{Arc, OnceLock},
};

use ibid_evidence::SenseKind;
use ibid_language::Language;
use ibid_note::names_a_glossary;
use ibid_source::Voice;
use ibid_text::Span;
use rpds::{HashTrieMapSync, RedBlackTreeMapSync, RedBlackTreeSetSync};
use rustc_hash::{FxBuildHasher, FxHashMap};

pub use file_terms::FileTerms;
pub use key::{Case, is_acronym};
pub use usage::{Frequency, Usage, Uses};

use crate::{
    FileId, Letters,
    lists::{Hash, OrderedPath},
};
use file_terms::Given;
use filter::Filter;

/// All terms of sources and notes. Lookup is by name in any inflection, longest term first. Cloning is cheap: copies share
/// everything that did not change.
#[derive(Clone, Default)]
pub struct Terms {
    /// The language whose plurals the keys leave out.
    language: Language,
    /// The terms of each file, with its path.
    files: HashTrieMapSync<FileId, (Arc<Path>, Arc<FileTerms>), FxBuildHasher>,
    entries: HashTrieMapSync<Arc<str>, Entry, FxBuildHasher>,
    /// The keys of all entries, in order, for completion by prefix.
    keys: RedBlackTreeSetSync<Arc<str>>,
    filter: Filter,
    /// All keys, shortest first. Computed on first use and reset when the keys change.
    listed: Arc<OnceLock<Vec<ListedKey>>>,
}

/// A key with its letters.
type ListedKey = (Letters, Arc<str>);

/// A value per file, ordered by path: ids depend on the order in which files were read, and no answer may depend on that.
/// Persistent, because thousands of files may define or use one term.
type ByFile<T> = RedBlackTreeMapSync<OrderedPath, (FileId, T)>;

/// Everything under one key.
#[derive(Clone, Debug, Default)]
struct Entry {
    language: Language,
    given: ByFile<Arc<[Given]>>,
    /// The files that use it as an acronym, with its spelling there and the number of uses.
    mentions: ByFile<(String, u32)>,
    /// The combined term. Computed on first use, because loading a workspace changes an entry once per file.
    joined: OnceLock<Arc<Term>>,
    /// The cheaper facts that most lookups need. Computed on first use.
    facts: OnceLock<EntryFacts>,
}

/// What determines whether a use of a name is a use of the term.
#[derive(Clone, Copy, Debug)]
struct EntryFacts {
    is_term: bool,
    /// How uses must be written.
    case: Case,
}

impl Entry {
    fn facts(&self) -> EntryFacts {
        *self.facts.get_or_init(|| {
            let mut given = self.given.values().flat_map(|(_, given)| given.iter());
            // A contrast between uses alone does not define a term.
            let is_term = !self.mentions.is_empty() || given.any(|given| given.kind != SenseKind::Contrasted);
            EntryFacts { is_term, case: merge::case(&self.given, &self.mentions) }
        })
    }

    /// Whether the name is a term, with or without senses.
    fn is_term(&self) -> bool {
        self.facts().is_term
    }

    /// How uses of the term must be written.
    fn case(&self) -> Case {
        self.facts().case
    }

    fn term(&self) -> &Arc<Term> {
        self.joined.get_or_init(|| Arc::new(merge::term(&self.given, &self.mentions, self.language)))
    }
}

/// A term with every sense the corpus gives it. An acronym that the sources use but never define has no senses.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Term {
    /// Its name, in the best spelling found.
    pub name: String,
    /// Its senses, best first; equal senses are merged.
    pub senses: Vec<Sense>,
    /// The places where the corpus asks for its definition.
    pub asked: Vec<Sense>,
    /// Whether the senses differ.
    pub contested: bool,
    /// How uses of it must be written.
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
    /// The form in which it is given.
    pub kind: SenseKind,
    /// The person whose sense it is.
    pub voice: Voice,
    /// Probability that this defines the term, 0..1.
    pub score: f32,
    /// Whether it comes from the author of the notes, not from a source.
    pub own: bool,
    /// Other sentences that give the same sense.
    pub also: Vec<(FileId, Span)>,
}

/// A use of a term in a text.
#[derive(Clone, PartialEq, Debug)]
pub struct TermUse {
    /// The words of the use.
    pub span: Span,
    /// The term.
    pub term: Arc<Term>,
}

impl Terms {
    /// No terms yet. Names are compared by the plurals of `language`.
    pub fn new(language: Language) -> Self {
        Self { language, ..Self::default() }
    }

    /// Compares names by the plurals of `language` from now on. If it is another language than before, the cost is
    /// proportional to all terms.
    pub(crate) fn set_language(&mut self, language: Language) {
        if self.language != language {
            let old = mem::replace(self, Self::new(language));
            old.files.iter().for_each(|(&file, (path, facts))| self.set_file(file, path, Some(facts)));
        }
    }

    /// Replaces the terms of `file`, which is at `path`; `None` removes them. The cost is proportional to the file's old and
    /// new terms.
    pub fn set_file(&mut self, file: FileId, path: &Arc<Path>, facts: Option<&Arc<FileTerms>>) {
        let (old_path, old) = self.files.get(&file).cloned().unzip();
        if old_path.as_ref().is_some_and(|old| old != path) {
            self.remove(file);
            return self.set_file(file, path, facts);
        }
        if old.as_ref() == facts {
            return;
        }
        match facts {
            Some(facts) => self.files.insert_mut(file, (Arc::clone(path), Arc::clone(facts))),
            None => drop(self.files.remove_mut(&file)),
        }
        let mut new = facts.map(|facts| by_key(facts, path, self.language)).unwrap_or_default();
        // A set, because a name defined both before and now must be visited only once.
        let mut touched: BTreeSet<String> = new.keys().cloned().collect();
        touched.extend(old.as_deref().map(|facts| by_key(facts, path, self.language)).unwrap_or_default().into_keys());
        for key in touched {
            let (given, mentions) = new.remove(&key).unwrap_or_default();
            let mut entry = self.entries.get(&*key).cloned().unwrap_or_default();
            entry.language = self.language;
            replace(&mut entry.given, file, path, Some(given).filter(|given| !given.is_empty()).map(Arc::from));
            replace(&mut entry.mentions, file, path, mentions);
            if entry.given.is_empty() && entry.mentions.is_empty() {
                self.entries.remove_mut(&*key);
                self.keys.remove_mut(&*key);
                self.listed = Arc::default();
            } else {
                (entry.joined, entry.facts) = (OnceLock::new(), OnceLock::new());
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

    /// Removes the terms of `file`.
    pub(crate) fn remove(&mut self, file: FileId) {
        if let Some((path, _)) = self.files.get(&file).cloned() {
            self.set_file(file, &path, None);
        }
    }

    /// Whether there may be a term whose key has this hash.
    fn may_hold(&self, key: Hash) -> bool {
        self.filter.may_hold(key)
    }

    /// All terms, including those without a sense, ordered by name.
    pub fn all(&self) -> Vec<&Arc<Term>> {
        let mut all: Vec<_> = self.entries.values().filter(|entry| entry.is_term()).map(Entry::term).collect();
        all.sort_by_cached_key(|term| (term.name.to_lowercase(), term.name.clone()));
        all
    }

    /// The terms whose names begin with `typed`, including those without a sense, in alphabetical order. Ignores case,
    /// hyphens and spaces.
    pub fn beginning_with(&self, typed: &str) -> impl Iterator<Item = &Arc<Term>> {
        let prefix = key::prefix(typed);
        let from: Arc<str> = prefix.as_str().into();
        let keys = self.keys.range(from..).take_while(move |key| key.starts_with(&prefix));
        keys.filter_map(|key| Some(self.entry(key)?.term()))
    }

    /// The key of every name, with its set of letters, shortest first. A key is the folded words in the singular, joined
    /// without spaces.
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

    /// The files that use a term as an acronym, with the number of uses in each. Empty unless all uses of the term must be
    /// in capitals.
    fn mentioned(&self, key: &str) -> impl Iterator<Item = (FileId, usize)> {
        let entry = self.entry(key).filter(|entry| entry.case() == Case::Upper);
        entry.into_iter().flat_map(|entry| entry.mentions.values().map(|&(file, (_, times))| (file, times as usize)))
    }

    /// The entry of a key, if it is a term.
    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key).filter(|entry| entry.is_term())
    }
}

/// For each name of a file, its definitions and its uses as an acronym.
type ByKey = FxHashMap<String, (Vec<Given>, Option<(String, u32)>)>;

fn by_key(facts: &FileTerms, path: &Path, language: Language) -> ByKey {
    let mut by_key = ByKey::default();
    let stem = path.file_stem().map(OsStr::to_string_lossy).unwrap_or_default();
    let is_glossary = !facts.given_by_glossary.is_empty() && names_a_glossary(&stem, language);
    let by_glossary = facts.given_by_glossary.iter().filter(|_| is_glossary);
    for given in facts.given.iter().chain(by_glossary) {
        by_key.entry(key::key(&given.name, language)).or_default().0.push(given.clone());
    }
    for (name, uses) in &facts.acronyms {
        by_key.entry(key::key(name, language)).or_default().1 = Some((name.clone(), *uses));
    }
    // A name without letters or digits has an empty key.
    by_key.remove("");
    by_key
}

fn replace<T>(held: &mut ByFile<T>, file: FileId, path: &Arc<Path>, new: Option<T>) {
    match new {
        Some(new) => held.insert_mut(OrderedPath(path.clone()), (file, new)),
        None => drop(held.remove_mut(&**path)),
    }
}

#[cfg(test)]
mod tests;
