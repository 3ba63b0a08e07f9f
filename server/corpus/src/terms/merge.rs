//! From all that is said of one name to one term.

use std::{hash::BuildHasher, sync::Arc};

use ibid_evidence::{SenseKind, is_everyday};
use ibid_text::{stem, words};
use rustc_hash::FxBuildHasher;

use super::{ByFile, Case, Given, Sense, Term, key::key};
use crate::FileId;

/// Two senses that share this part of their content words (Jaccard) are the same sense in other words.
const SAME: f32 = 0.6;

/// Two explicit senses that share less than this differ.
const DIFFERENT: f32 = 0.1;

/// An explicit definition, as against a sentence that merely says something of the term.
const EXPLICIT: f32 = 0.9;

/// A contrast that can be meant in no other way.
const PLAIN: f32 = 0.8;

/// Most definitions that are held against each other.
const JOINED: usize = 100;

/// A sense with what it is compared by.
struct Weighed {
    sense: Sense,
    /// Its words, folded and joined.
    key: String,
    content: Content,
}

impl Weighed {
    fn of(sense: Sense) -> Self {
        let (key, content) = (key(&sense.words), Content::of(&sense.words));
        Self { sense, key, content }
    }
}

/// The stems of the content words of a text, as numbers, ascending.
struct Content(Box<[u64]>);

impl Content {
    fn of(text: &str) -> Self {
        let long = words(text).filter(|word| word.folded.len() > 3);
        let mut stems: Vec<u64> = long.map(|word| FxBuildHasher.hash_one(stem(&word.folded))).collect();
        stems.sort_unstable();
        stems.dedup();
        Self(stems.into())
    }

    /// How many stems there are.
    fn len(&self) -> usize {
        self.0.len()
    }

    /// How many are in both.
    fn shared(&self, other: &Self) -> usize {
        let mut others = other.0.iter().peekable();
        let is_there = |stem: &&u64| {
            while others.next_if(|other| other < stem).is_some() {}
            others.peek() == Some(stem)
        };
        self.0.iter().filter(is_there).count()
    }

    /// How much both share, 0..1 (Jaccard).
    fn likeness(&self, other: &Self) -> f32 {
        let shared = self.shared(other);
        let all = self.len() + other.len() - shared;
        if all == 0 { 1.0 } else { shared as f32 / all as f32 }
    }
}

/// Joins what files say of one name.
pub(super) fn term(given: &ByFile<Arc<[Given]>>, mentions: &ByFile<(String, u32)>) -> Term {
    let mut senses: Vec<Weighed> = Vec::new();
    let mut asked: Vec<Weighed> = Vec::new();
    for (file, given) in weightiest(given) {
        let group = if given.kind == SenseKind::Asked { &mut asked } else { &mut senses };
        add(group, Weighed::of(sense(file, given)));
    }
    fold_into_contrasts(&mut senses);
    // Scores that differ by less than a tenth are as good as each other; how a sense is given decides.
    let tenths = |sense: &Sense| (sense.score * 10.0).round();
    let rank = |a: &Weighed, b: &Weighed| {
        let (a, b) = (&a.sense, &b.sense);
        let by_score = tenths(b).total_cmp(&tenths(a));
        tells(a).cmp(&tells(b)).then(by_score).then(a.kind.cmp(&b.kind)).then(b.score.total_cmp(&a.score))
    };
    senses.sort_by(rank);
    asked.sort_by(rank);
    let name = best_name(given, mentions);
    // That pages define an everyday word each in their own way is no quarrel, unless somebody asks.
    let is_plain = !name.contains([' ', '-']) && is_everyday(&name) && asked.is_empty();
    let contested = differ(&senses, is_plain);
    let senses = gather(senses);
    let asked = asked.into_iter().map(|asked| asked.sense).collect();
    Term { name, senses, asked, contested, case: case(given, mentions) }
}

/// How soon one wants to know a sense: first what an acronym stands for, last another name.
fn tells(sense: &Sense) -> u8 {
    match sense.kind {
        SenseKind::Acronym => 0,
        SenseKind::Alias => 2,
        _ => 1,
    }
}

/// What is said of a name, in the order of the files; of very much, what most surely defines it.
fn weightiest(given: &ByFile<Arc<[Given]>>) -> Vec<(FileId, &Given)> {
    let mut all: Vec<(FileId, &Given)> =
        given.iter().flat_map(|(&file, given)| given.iter().map(move |given| (file, given))).collect();
    if all.len() > JOINED {
        all.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
        all.truncate(JOINED);
        all.sort_by_key(|&(file, given)| (file, given.sentence));
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

/// Adds a sense, or notes that it is there already.
fn add(senses: &mut Vec<Weighed>, new: Weighed) {
    let is_alike = |old: &Weighed| old.sense.kind == new.sense.kind && old.sense.own == new.sense.own;
    let is_same = |old: &Weighed| old.key == new.key || old.content.likeness(&new.content) >= SAME;
    match senses.iter_mut().find(|old| is_alike(old) && is_same(old)) {
        Some(old) => old.sense.also.push((new.sense.file, new.sense.sentence)),
        None => senses.push(new),
    }
}

/// A sentence that sets a use apart already shows what it reports or states of it.
fn fold_into_contrasts(senses: &mut Vec<Weighed>) {
    let contrasts: Vec<_> =
        senses.iter().map(|one| &one.sense).filter(|one| one.kind == SenseKind::Contrasted).cloned().collect();
    senses.retain(|Weighed { sense: one, .. }| {
        let shown = |by: &Sense| by.file == one.file && by.span.covers(one.span);
        one.kind == SenseKind::Contrasted || !contrasts.iter().any(shown)
    });
}

/// Puts senses that mean the same under the best of them, however each is given. What the notes say stays apart from
/// what the sources do.
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

/// The least number of content words with which a sense can be part of another.
const LEAST_SHARED: usize = 3;

/// Whether two senses say the same, or one says a part of the other.
fn means_the_same(a: &Content, b: &Content) -> bool {
    let shared = a.shared(b);
    let (least, all) = (a.len().min(b.len()), a.len() + b.len() - shared);
    shared >= LEAST_SHARED && (shared == least || shared as f32 >= SAME * all as f32)
}

/// Whether the senses differ. Conservative: a source contrasts one use with another that is given in so many words; or
/// two expansions of one acronym, or, unless the word `is_plain`, what one person stipulates or is reported to mean and
/// what another defines, share next to nothing. The notes are one person's, who contradicts nobody by saying a thing twice.
fn differ(senses: &[Weighed], is_plain: bool) -> bool {
    let opposed = |a: &Weighed, b: &Weighed| {
        let is_unlike = || a.content.likeness(&b.content) < DIFFERENT;
        let (a, b) = (&a.sense, &b.sense);
        match (a.kind, b.kind) {
            (SenseKind::Contrasted, SenseKind::Contrasted) => false,
            (SenseKind::Contrasted, _) => sets_apart(a, b),
            (_, SenseKind::Contrasted) => sets_apart(b, a),
            (SenseKind::Acronym, SenseKind::Acronym) => is_another(a, b) && is_unlike(),
            _ => {
                !is_plain
                    && (is_ones_own(a) && is_explicit(b) || is_explicit(a) && is_ones_own(b))
                    && is_another(a, b)
                    && is_unlike()
            }
        }
    };
    senses.iter().enumerate().any(|(at, a)| senses[at + 1..].iter().any(|b| opposed(a, b)))
}

/// Whether somebody sets one use of the term apart from another sense there is. A manual that tells the general sense of a
/// word from its own does not: it speaks of no people.
fn sets_apart(contrast: &Sense, other: &Sense) -> bool {
    let of_people = words(&contrast.words).any(|word| PEOPLE.contains(&&*word.folded));
    is_explicit(other) && contrast.score >= PLAIN && of_people && !(contrast.own && other.own)
}

/// Words for those who use a word in one sense or another.
const PEOPLE: [&str; 16] = [
    "i", "i'm", "me", "my", "we", "our", "you", "your", "they", "their", "he", "his", "she", "her", "people", "authors",
];

/// Whether it is somebody's sense in so many words.
fn is_ones_own(sense: &Sense) -> bool {
    match sense.kind {
        SenseKind::Stipulated | SenseKind::Reported => true,
        SenseKind::Glossary => sense.score >= EXPLICIT,
        _ => false,
    }
}

fn is_explicit(sense: &Sense) -> bool {
    is_ones_own(sense) || sense.kind == SenseKind::Stated && sense.score >= EXPLICIT
}

/// Whether two senses are known to be of different people: pages that do not say who wrote them may be one person's.
fn is_another(a: &Sense, b: &Sense) -> bool {
    let are_named = matches!((&a.voice.name, &b.voice.name), (Some(a), Some(b)) if a != b);
    let is_known = are_named || a.voice.kind != b.voice.kind || a.own != b.own;
    is_known && !(a.own && b.own)
}

/// The shortest spelling in lower case, else the shortest at all: the singular, without a sentence's capital.
fn best_name(given: &ByFile<Arc<[Given]>>, mentions: &ByFile<(String, u32)>) -> String {
    let names = given
        .values()
        .flat_map(|given| given.iter())
        .map(|given| &given.name)
        .chain(mentions.values().map(|(name, _)| name));
    names.min_by_key(|name| (name.starts_with(char::is_uppercase), name.len(), *name)).cloned().unwrap_or_default()
}

/// The least that any of its definitions asks of a use.
pub(super) fn case(given: &ByFile<Arc<[Given]>>, mentions: &ByFile<(String, u32)>) -> Case {
    let defined = given.values().flat_map(|given| given.iter()).map(|given| given.case);
    defined.min().unwrap_or(if mentions.is_empty() { Case::Any } else { Case::Upper })
}
