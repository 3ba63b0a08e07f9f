//! The terms of a corpus and their senses.
//!
//! Each file keeps what it says of terms ([`FileTerms`]); [`Terms`] joins them under one key per name and is changed
//! file by file: a changed file costs what its own terms cost.

mod facts;
mod key;
mod lookup;
mod merge;

use std::{collections::BTreeMap, sync::Arc};

use ibid_evidence::SenseKind;
use ibid_source::Voice;
use ibid_text::Span;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

pub use facts::FileTerms;
pub use key::{Case, is_acronym};

use crate::FileId;
use facts::Given;

/// Parts that the terms are kept in, so that a change copies one part and shares the rest.
const SHARDS: usize = 64;

/// All terms of sources and notes. Lookup is by name in any inflection, longest term first. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Terms {
    files: Vec<Arc<FxHashMap<FileId, Arc<FileTerms>>>>,
    shards: Vec<Arc<Shard>>,
}

#[derive(Clone, Debug, Default)]
struct Shard {
    entries: FxHashMap<String, Entry>,
}

/// Everything under one key.
#[derive(Clone, Debug, Default)]
struct Entry {
    given: BTreeMap<FileId, Vec<Given>>,
    mentions: BTreeMap<FileId, (String, u32)>,
    term: Arc<Term>,
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

impl Default for Terms {
    fn default() -> Self {
        Self { files: vec![Arc::default(); SHARDS], shards: vec![Arc::default(); SHARDS] }
    }
}

impl Terms {
    /// Sets what `file` says of terms; `None` when the file is gone. Costs what the file's old and new terms cost.
    pub fn set_file(&mut self, file: FileId, facts: Option<Arc<FileTerms>>) {
        let held = Arc::make_mut(&mut self.files[file.0 as usize % SHARDS]);
        let old = match &facts {
            Some(facts) => held.insert(file, Arc::clone(facts)),
            None => held.remove(&file),
        };
        if old == facts {
            return;
        }
        let mut touched = FxHashSet::default();
        for terms in old.iter().chain(&facts) {
            touched.extend(terms.given.iter().map(|given| key::key(&given.name)));
            touched.extend(terms.acronyms.iter().map(|(name, _)| key::key(name)));
        }
        let mut given: FxHashMap<String, Vec<Given>> = FxHashMap::default();
        let mut mentions: FxHashMap<String, (String, u32)> = FxHashMap::default();
        if let Some(facts) = &facts {
            for one in &facts.given {
                given.entry(key::key(&one.name)).or_default().push(one.clone());
            }
            mentions.extend(facts.acronyms.iter().map(|(name, uses)| (key::key(name), (name.clone(), *uses))));
        }
        for key in touched {
            let shard = Arc::make_mut(&mut self.shards[shard_of(&key)]);
            let entry = shard.entries.entry(key.clone()).or_default();
            replace(&mut entry.given, file, given.remove(&key));
            replace(&mut entry.mentions, file, mentions.remove(&key));
            if entry.given.is_empty() && entry.mentions.is_empty() {
                shard.entries.remove(&key);
            } else {
                entry.term = Arc::new(merge::term(&entry.given, &entry.mentions));
            }
        }
    }

    /// All terms, ordered by name; those without a sense among them.
    pub fn all(&self) -> Vec<&Arc<Term>> {
        let mut all: Vec<_> =
            self.shards.iter().flat_map(|shard| shard.entries.values().map(|entry| &entry.term)).collect();
        all.sort_by(|a, b| (a.name.to_lowercase(), &a.name).cmp(&(b.name.to_lowercase(), &b.name)));
        all
    }

    /// What is held under a key.
    fn entry(&self, key: &str) -> Option<&Entry> {
        self.shards[shard_of(key)].entries.get(key)
    }
}

fn replace<T>(held: &mut BTreeMap<FileId, T>, file: FileId, new: Option<T>) {
    match new {
        Some(new) => held.insert(file, new),
        None => held.remove(&file),
    };
}

fn shard_of(key: &str) -> usize {
    use std::hash::{Hash, Hasher};
    let mut hasher = FxHasher::default();
    key.hash(&mut hasher);
    // The high bits of this hash are its good ones.
    (hasher.finish() >> 32) as usize % SHARDS
}
