//! Combines all definitions of one name into a term.

use std::{hash::BuildHasher, sync::Arc};

use ibid_evidence::{SenseKind, is_everyday};
use ibid_language::{Class, Language};
use ibid_text::{stem, words};
use rustc_hash::FxBuildHasher;

use super::{ByFile, Case, Given, Sense, Term, key::key};
use crate::FileId;

/// Two senses with at least this similarity (Jaccard, content words) are the same sense in other words.
const SAME: f32 = 0.6;

/// Two explicit senses with less than this similarity differ.
const DIFFERENT: f32 = 0.1;

/// Minimum score of an explicit definition, as opposed to a sentence that only describes the term.
const EXPLICIT: f32 = 0.9;

/// Minimum score of an unmistakable contrast.
const PLAIN: f32 = 0.8;

/// Maximum number of definitions that are compared with each other.
const JOINED: usize = 100;

/// A sense with the data it is compared by.
struct Weighed {
    sense: Sense,
    /// Its words, folded and joined.
    key: String,
    content: Content,
}

impl Weighed {
    fn of(sense: Sense, language: Language) -> Self {
        let (key, content) = (key(&sense.words, language), Content::of(&sense.words));
        Self { sense, key, content }
    }
}

/// Hashes of the stems of a text's content words, ascending.
struct Content(Box<[u64]>);

impl Content {
    fn of(text: &str) -> Self {
        let long = words(text).filter(|word| word.folded.len() > 3);
        let mut stems: Vec<u64> = long.map(|word| FxBuildHasher.hash_one(stem(&word.folded))).collect();
        stems.sort_unstable();
        stems.dedup();
        Self(stems.into())
    }

    /// The number of stems.
    fn len(&self) -> usize {
        self.0.len()
    }

    /// The number of stems in both.
    fn shared(&self, other: &Self) -> usize {
        let mut others = other.0.iter().peekable();
        let is_there = |stem: &&u64| {
            while others.next_if(|other| other < stem).is_some() {}
            others.peek() == Some(stem)
        };
        self.0.iter().filter(is_there).count()
    }

    /// The Jaccard similarity, 0..1.
    fn similarity(&self, other: &Self) -> f32 {
        let shared = self.shared(other);
        let all = self.len() + other.len() - shared;
        if all == 0 { 1.0 } else { shared as f32 / all as f32 }
    }
}

/// Combines the definitions and mentions of one name in all files.
pub(super) fn term(given: &ByFile<Arc<[Given]>>, mentions: &ByFile<(String, u32)>, language: Language) -> Term {
    let mut senses: Vec<Weighed> = Vec::new();
    let mut asked: Vec<Weighed> = Vec::new();
    for (file, given) in most_probable(given) {
        let group = if given.kind == SenseKind::Asked { &mut asked } else { &mut senses };
        add(group, Weighed::of(sense(file, given), language));
    }
    fold_into_contrasts(&mut senses);
    // Scores that round to the same tenth count as equal; then the kind of the sense decides.
    let tenths = |sense: &Sense| (sense.score * 10.0).round();
    let rank = |a: &Weighed, b: &Weighed| {
        let (a, b) = (&a.sense, &b.sense);
        let by_score = tenths(b).total_cmp(&tenths(a));
        priority(a).cmp(&priority(b)).then(by_score).then(a.kind.cmp(&b.kind)).then(b.score.total_cmp(&a.score))
    };
    senses.sort_by(rank);
    asked.sort_by(rank);
    let name = best_name(given, mentions);
    // Different definitions of an everyday word are not a disagreement, unless somebody asks for a definition.
    let is_plain = !name.contains([' ', '-']) && is_everyday(&name, language) && asked.is_empty();
    let contested = differ(&senses, is_plain, language);
    let senses = gather(senses);
    let asked = asked.into_iter().map(|asked| asked.sense).collect();
    Term { name, senses, asked, contested, case: case(given, mentions) }
}

/// The display priority of a sense, lowest first: the expansion of an acronym first, an alias last.
fn priority(sense: &Sense) -> u8 {
    match sense.kind {
        SenseKind::Acronym => 0,
        SenseKind::Alias => 2,
        _ => 1,
    }
}

/// The definitions of a name, ordered by the path of their file. If there are more than [`JOINED`], those with the highest scores.
fn most_probable(given: &ByFile<Arc<[Given]>>) -> Vec<(FileId, &Given)> {
    let mut all: Vec<(FileId, &Given)> =
        given.values().flat_map(|(file, given)| given.iter().map(|given| (*file, given))).collect();
    if all.len() > JOINED {
        let mut ranked: Vec<_> = all.into_iter().enumerate().collect();
        ranked.sort_by(|(_, a), (_, b)| b.1.score.total_cmp(&a.1.score));
        ranked.truncate(JOINED);
        ranked.sort_by_key(|&(at, _)| at);
        all = ranked.into_iter().map(|(_, given)| given).collect();
    }
    all
}

fn sense(file: FileId, given: &Given) -> Sense {
    Sense {
        file,
        sentence: given.sentence,
        span: given.span,
        words: given.words.clone(),
        kind: given.kind,
        voice: given.voice.clone(),
        score: given.score,
        own: given.own,
        also: Vec::new(),
    }
}

/// Adds a sense, or adds its sentence to an equal sense that is already there.
fn add(senses: &mut Vec<Weighed>, new: Weighed) {
    let is_alike = |old: &Weighed| old.sense.kind == new.sense.kind && old.sense.own == new.sense.own;
    let is_same = |old: &Weighed| old.key == new.key || old.content.similarity(&new.content) >= SAME;
    match senses.iter_mut().find(|old| is_alike(old) && is_same(old)) {
        Some(old) => old.sense.also.push((new.sense.file, new.sense.sentence)),
        None => senses.push(new),
    }
}

/// Drops senses whose words are already part of a contrast in the same file.
fn fold_into_contrasts(senses: &mut Vec<Weighed>) {
    let contrasts: Vec<_> =
        senses.iter().map(|one| &one.sense).filter(|one| one.kind == SenseKind::Contrasted).cloned().collect();
    senses.retain(|Weighed { sense: one, .. }| {
        let shown = |by: &Sense| by.file == one.file && by.span.covers(one.span);
        one.kind == SenseKind::Contrasted || !contrasts.iter().any(shown)
    });
}

/// Merges senses with the same meaning into the best of them, whatever their kinds. Senses of notes and of sources are kept
/// apart.
fn gather(senses: Vec<Weighed>) -> Vec<Sense> {
    let mut groups: Vec<Weighed> = Vec::new();
    for new in senses {
        let joins = |group: &&mut Weighed| {
            let contrasts = [&group.sense, &new.sense].iter().any(|sense| sense.kind == SenseKind::Contrasted);
            !contrasts && group.sense.own == new.sense.own && means_the_same(&group.content, &new.content)
        };
        match groups.iter_mut().find(joins) {
            Some(group) => {
                group.sense.also.push((new.sense.file, new.sense.sentence));
                group.sense.also.extend(new.sense.also);
            }
            None => groups.push(new),
        }
    }
    groups.into_iter().map(|group| group.sense).collect()
}

/// The minimum number of shared content words for two senses to have the same meaning.
const LEAST_SHARED: usize = 3;

/// Whether two senses have the same meaning, or one is part of the other.
fn means_the_same(a: &Content, b: &Content) -> bool {
    let shared = a.shared(b);
    let (least, all) = (a.len().min(b.len()), a.len() + b.len() - shared);
    shared >= LEAST_SHARED && (shared == least || shared as f32 >= SAME * all as f32)
}

/// Whether the senses differ. Conservative; one of these must hold: someone contrasts one use with another explicit sense;
/// two expansions of an acronym have almost nothing in common; or, unless the word `is_plain`, one person's own sense and
/// another person's explicit sense have almost nothing in common. The notes have one author, whose senses do not conflict
/// with each other.
fn differ(senses: &[Weighed], is_plain: bool, language: Language) -> bool {
    let opposed = |a: &Weighed, b: &Weighed| {
        let is_unlike = || a.content.similarity(&b.content) < DIFFERENT;
        let (a, b) = (&a.sense, &b.sense);
        match (a.kind, b.kind) {
            (SenseKind::Contrasted, SenseKind::Contrasted) => false,
            (SenseKind::Contrasted, _) => sets_apart(a, b, language),
            (_, SenseKind::Contrasted) => sets_apart(b, a, language),
            (SenseKind::Acronym, SenseKind::Acronym) => are_by_different_people(a, b) && is_unlike(),
            _ => {
                !is_plain
                    && (is_personal(a) && is_explicit(b) || is_explicit(a) && is_personal(b))
                    && are_by_different_people(a, b)
                    && is_unlike()
            }
        }
    };
    senses.iter().enumerate().any(|(at, a)| senses[at + 1..].iter().any(|b| opposed(a, b)))
}

/// Whether a contrast distinguishes a use of the term from another explicit sense. The contrast must mention people: a
/// manual that distinguishes the general sense of a word from its own does not make the term contested.
fn sets_apart(contrast: &Sense, other: &Sense, language: Language) -> bool {
    let mentions_people = words(&contrast.words).any(|word| language.is(&word.folded, Class::ContrastPerson));
    is_explicit(other) && contrast.score >= PLAIN && mentions_people && !(contrast.own && other.own)
}

/// Whether it is explicitly one person's sense of the term.
fn is_personal(sense: &Sense) -> bool {
    match sense.kind {
        SenseKind::Stipulated | SenseKind::Reported => true,
        SenseKind::Glossary => sense.score >= EXPLICIT,
        _ => false,
    }
}

fn is_explicit(sense: &Sense) -> bool {
    is_personal(sense) || sense.kind == SenseKind::Stated && sense.score >= EXPLICIT
}

/// Whether two senses are known to be from different people. Pages without an author may be from the same person.
fn are_by_different_people(a: &Sense, b: &Sense) -> bool {
    let are_named = matches!((&a.voice.name, &b.voice.name), (Some(a), Some(b)) if a != b);
    let is_known = are_named || a.voice.kind != b.voice.kind || a.own != b.own;
    is_known && !(a.own && b.own)
}

/// The best spelling of the name: the shortest in lower case, otherwise the shortest. This prefers the singular and avoids
/// capitals at the start of a sentence.
fn best_name(given: &ByFile<Arc<[Given]>>, mentions: &ByFile<(String, u32)>) -> String {
    let names = given
        .values()
        .flat_map(|(_, given)| given.iter())
        .map(|given| &given.name)
        .chain(mentions.values().map(|(_, (name, _))| name));
    names.min_by_key(|name| (name.starts_with(char::is_uppercase), name.len(), *name)).cloned().unwrap_or_default()
}

/// How uses of the term must be written: the least strict requirement of its definitions.
pub(super) fn case(given: &ByFile<Arc<[Given]>>, mentions: &ByFile<(String, u32)>) -> Case {
    let defined = given.values().flat_map(|(_, given)| given.iter()).map(|given| given.case);
    defined.min().unwrap_or(if mentions.is_empty() { Case::Any } else { Case::Upper })
}
