//! Passages that speak to a claim.
//!
//! A claim is compared with sentences by the share of its stems that they have, each weighed by how rare it is in the corpus
//! (inverse document frequency, Spärck Jones 1972, over words). Which sentences those are, the index tells: where the rarest
//! words of the claim, in all their forms, stand close together.

use std::cmp::Reverse;

use ibid_source::Source;
use ibid_text::{Span, Word, sentences, stem, words};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{File, FileId, Snapshot};

/// A passage that speaks to a claim.
#[derive(Clone, PartialEq, Debug)]
pub struct Speaking {
    /// The source.
    pub file: FileId,
    /// The sentence in the source's readable text.
    pub span: Span,
    /// How much of the claim it says, 0..1.
    pub score: f32,
}

/// Places of a claim's words that are looked at, rarest words first.
const PLACES: usize = 8_000;

/// Words within so many bytes of each other may stand in one sentence.
const NEAR: u32 = 256;

/// Stretches of sources that are read for one claim at most.
const STRETCHES: usize = 24;

/// Stretches that are read before it is asked whether the others can hold anything better.
const STRETCHES_AT_ONCE: usize = 4;

impl Snapshot {
    /// Up to `most` sentences that speak to `claim`, best first; `within` narrows it to one source. A passage that a
    /// source repeats speaks once.
    pub fn speaking_to(&self, claim: &str, within: Option<FileId>, most: usize) -> Vec<Speaking> {
        let asked = self.asked(claim);
        let weights = Weights::of(&asked);
        let whole: f32 = weights.by_stem.values().sum();
        let mut best = Best { most, found: Vec::new() };
        let spoken = |file, said: Vec<(Span, f32)>| {
            said.into_iter().map(move |(span, sum)| Speaking { file, span, score: sum / whole })
        };
        if let Some(file) = within {
            let page = self.file(file).and_then(|file| file.page());
            if let Some(said) = page.as_ref().and_then(|page| page.spoken()) {
                best.take(spoken(file, said.best(&asked, most)));
            }
            return best.found;
        }
        for stretches in self.stretches(&asked).chunks(STRETCHES_AT_ONCE) {
            if self.is_abandoned() {
                return Vec::new();
            }
            if best.bar().is_some_and(|bar| bar >= stretches[0].most / whole) {
                break;
            }
            for (file, stretches) in by_file(stretches) {
                if let Some(held) = self.file(file) {
                    best.take(spoken(file, said_near(held, &stretches, &weights)));
                }
            }
        }
        best.found
    }

    /// What a claim asks for, rarest first.
    fn asked(&self, claim: &str) -> Vec<Asked> {
        let mut seen = FxHashSet::default();
        let mut asked: Vec<Asked> = words(claim)
            .filter_map(|word| {
                let stem = number(&word.folded).filter(|&stem| seen.insert(stem))?;
                let forms: Vec<String> = forms(&word.folded);
                let places = forms.iter().map(|form| self.index().count_of_word(form)).sum();
                let weight = (1.0 + self.index().words() as f32 / (1.0 + places as f32)).ln();
                Some(Asked { stem, forms, places, weight })
            })
            .collect();
        asked.sort_by_key(|asked| (asked.places, asked.stem));
        asked
    }

    /// The stretches of sources where most of what is asked for stands close together, the best first.
    fn stretches(&self, asked: &[Asked]) -> Vec<Stretch> {
        let mut weights: FxHashMap<(FileId, u32), (u32, f32)> = FxHashMap::default();
        let mut looked_at = 0;
        let mut unseen: f32 = asked.iter().map(|one| one.weight).sum();
        for (number, one) in asked.iter().enumerate() {
            looked_at += one.places;
            if number > 0 && looked_at > PLACES {
                break;
            }
            unseen -= one.weight;
            let mut add = |file, at: u32| {
                let (last, sum) = weights.entry((file, at / NEAR)).or_insert((u32::MAX, 0.0));
                if std::mem::replace(last, number as u32) != number as u32 {
                    *sum += one.weight;
                }
            };
            one.forms.iter().for_each(|form| self.index().each_place_of_word(form, &mut add));
        }
        let with_next = |(&(file, at), &(_, sum)): (&(FileId, u32), &(u32, f32))| {
            let next = weights.get(&(file, at + 1)).map_or(0.0, |&(_, sum)| sum);
            (sum + next, Reverse((file, at)))
        };
        let mut best: Vec<_> = weights.iter().map(with_next).collect();
        best.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        best.truncate(STRETCHES);
        let stretch = |(sum, Reverse((file, at))): (f32, Reverse<(FileId, u32)>)| Stretch {
            file,
            at: at * NEAR,
            most: sum + unseen,
        };
        best.into_iter().map(stretch).collect()
    }
}

/// A stretch of a source.
#[derive(Clone, Copy)]
struct Stretch {
    file: FileId,
    /// Its first byte.
    at: u32,
    /// The weights of all that is asked for that a sentence in it can have.
    most: f32,
}

/// The first bytes of stretches by their files.
fn by_file(stretches: &[Stretch]) -> FxHashMap<FileId, Vec<u32>> {
    let mut by_file: FxHashMap<FileId, Vec<u32>> = FxHashMap::default();
    for stretch in stretches {
        by_file.entry(stretch.file).or_default().push(stretch.at);
    }
    by_file
}

/// The best of what was found so far.
struct Best {
    most: usize,
    /// Up to `most`, the best first.
    found: Vec<Speaking>,
}

impl Best {
    /// Takes in more; a sentence may come twice.
    fn take(&mut self, more: impl Iterator<Item = Speaking>) {
        self.found.extend(more);
        self.found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.file, a.span).cmp(&(b.file, b.span))));
        self.found.dedup_by(|a, b| (a.file, a.span) == (b.file, b.span));
        self.found.truncate(self.most);
    }

    /// The score that more has to pass; `None` while all is welcome.
    fn bar(&self) -> Option<f32> {
        self.found.get(self.most.checked_sub(1)?).map(|last| last.score)
    }
}

/// A stem that a claim asks for.
struct Asked {
    stem: u32,
    /// The words that have this stem.
    forms: Vec<String>,
    /// How often they stand in the corpus.
    places: usize,
    weight: f32,
}

/// What each stem weighs that a claim asks for.
struct Weights {
    by_stem: FxHashMap<u32, f32>,
    /// The first bytes of their words. A stem begins as its word does, so that of most words no stem is made.
    initials: FxHashSet<u8>,
}

impl Weights {
    fn of(asked: &[Asked]) -> Self {
        let initials = asked.iter().flat_map(|asked| &asked.forms).filter_map(|form| form.bytes().next());
        Self { by_stem: asked.iter().map(|asked| (asked.stem, asked.weight)).collect(), initials: initials.collect() }
    }

    /// What a sentence has of all.
    fn sum(&self, sentence: &str) -> f32 {
        let may_count = |word: &Word<'_>| word.folded.bytes().next().is_some_and(|byte| self.initials.contains(&byte));
        let stems: FxHashSet<u32> = words(sentence).filter(may_count).filter_map(|word| number(&word.folded)).collect();
        stems.iter().filter_map(|stem| self.by_stem.get(stem)).sum()
    }
}

/// The forms in which an English word is likely to stand: those that regular inflection makes of it and that have its stem.
fn forms(word: &str) -> Vec<String> {
    const ENDINGS: [&str; 14] = ["", "s", "es", "ed", "d", "ing", "er", "ers", "ly", "ies", "ied", "ment", "ion", "'s"];
    let own = stem(word);
    let mut roots = vec![word, &own, own.strip_suffix('i').unwrap_or(&own)];
    roots.sort_unstable();
    roots.dedup();
    let made = roots.iter().flat_map(|root| {
        let with_e = ENDINGS.iter().map(move |ending| format!("{root}e{ending}"));
        let with_y = std::iter::once(format!("{root}y"));
        ENDINGS.iter().map(move |ending| format!("{root}{ending}")).chain(with_e).chain(with_y)
    });
    let mut forms: Vec<String> = made.filter(|form| stem(form) == own).collect();
    forms.push(word.to_owned());
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// The sentences of passages that lie at some stretches, with the weights of what they have of what is asked for. Hardly more
/// is read of the source than these passages.
fn said_near(file: &File, stretches: &[u32], asked: &Weights) -> Vec<(Span, f32)> {
    let around = |at: &u32| Span::new(at.saturating_sub(NEAR), at.saturating_add(3 * NEAR));
    let near: Vec<Span> = stretches.iter().map(around).collect();
    let mut said = Vec::new();
    for together in file.passages_near(&near).chunk_by(|a, b| a.end + NEAR > b.start) {
        let whole = together.iter().copied().reduce(Span::cover).unwrap_or_default();
        let Some(excerpt) = file.excerpt(whole.start.into(), whole.end.into()) else { continue };
        for passage in together {
            let Some(before) = passage.start.checked_sub(excerpt.start) else { continue };
            let words = excerpt.text.get(Span::from(0..passage.len() as usize).shift(before).range());
            let words = words.unwrap_or_default();
            said.extend(sentences(words).into_iter().filter_map(|sentence| {
                let sum = asked.sum(sentence.of(words));
                (sum > 0.0).then_some((sentence.shift(passage.start), sum))
            }));
        }
    }
    said
}

/// In which sentences of a source each stem stands.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Spoken {
    sentences: Vec<Span>,
    places: FxHashMap<u32, Vec<u32>>,
}

impl Spoken {
    /// Reads every passage of a source. Spans are into its readable text.
    pub(crate) fn new(source: &Source) -> Self {
        let mut spoken = Self::default();
        let mut stems = Stems::default();
        let text = source.text();
        for passage in &source.passages {
            for sentence in sentences(passage.span.of(text)) {
                let sentence = sentence.shift(passage.span.start);
                let number = spoken.sentences.len() as u32;
                spoken.sentences.push(sentence);
                for word in words(sentence.of(text)) {
                    let Some(stem) = stems.of(&word.folded) else { continue };
                    let places = spoken.places.entry(stem).or_default();
                    if places.last() != Some(&number) {
                        places.push(number);
                    }
                }
            }
        }
        spoken
    }

    fn places(&self, stem: u32) -> &[u32] {
        self.places.get(&stem).map_or(&[], Vec::as_slice)
    }

    /// The `most` sentences with the greatest sums of the weights of what is asked.
    fn best(&self, asked: &[Asked], most: usize) -> Vec<(Span, f32)> {
        let mut sums: FxHashMap<u32, f32> = FxHashMap::default();
        for one in asked {
            for &sentence in self.places(one.stem) {
                *sums.entry(sentence).or_default() += one.weight;
            }
        }
        let mut sums: Vec<(u32, f32)> = sums.into_iter().collect();
        sums.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        sums.truncate(most);
        sums.into_iter().map(|(sentence, sum)| (self.sentences[sentence as usize], sum)).collect()
    }
}

/// Stems of words already seen: a text has far fewer different words than words.
#[derive(Default)]
struct Stems(FxHashMap<String, Option<u32>>);

impl Stems {
    /// The number of the stem of a folded word; `None` for a word that carries grammar and no content.
    fn of(&mut self, word: &str) -> Option<u32> {
        if let Some(&known) = self.0.get(word) {
            return known;
        }
        let stem = number(word);
        self.0.insert(word.to_owned(), stem);
        stem
    }
}

fn number(word: &str) -> Option<u32> {
    use std::hash::{Hash, Hasher};
    if ibid_evidence::lexicon::is_function_word(word) {
        return None;
    }
    let mut hasher = rustc_hash::FxHasher::default();
    stem(word).hash(&mut hasher);
    Some((hasher.finish() >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{Change, Config, Host, Role};

    fn check(pages: &[&str], claim: &str, expected: &[&str]) {
        let mut host = Host::default();
        let root = std::path::PathBuf::from("/w");
        let mut changes = vec![Change::Configure(Arc::new(Config { root: root.clone(), ..Config::default() }))];
        for (number, page) in pages.iter().enumerate() {
            let role = Role { source: true, ..Role::default() };
            let path = root.join(format!("{number}.md"));
            changes.push(Change::Set { path, role, bytes: page.as_bytes().into() });
        }
        host.apply(changes);
        let snapshot = host.snapshot();
        let found = snapshot.speaking_to(claim, None, 2);
        let shown: Vec<String> = found
            .iter()
            .filter_map(|speaking| Some(speaking.span.of(snapshot.file(speaking.file)?.page()?.readable()).to_owned()))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_sentence_with_the_rarest_words_of_the_claim_comes_first() {
        check(
            &["Progress is good. Compute drives half of progress.\n", "Progress matters. Gardens need water.\n"],
            "Half of the progress is driven by compute.",
            &["Compute drives half of progress.", "Progress is good."],
        );
    }

    proptest::proptest! {
        /// What spares the making of most stems.
        #[test]
        fn a_stem_begins_as_its_word_does(word in "[a-z]{1,12}('s)?") {
            proptest::prop_assert_eq!(ibid_text::stem(&word).bytes().next(), word.bytes().next());
        }
    }

    #[test]
    fn what_shares_no_word_does_not_speak() {
        check(&["Gardens need water.\n"], "Half of the progress is driven by compute.", &[]);
    }
}
