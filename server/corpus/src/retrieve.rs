//! Finds passages that are related to a claim.
//!
//! A sentence scores by the share of the claim's stems it contains, each weighted by its rarity in the corpus (inverse
//! document frequency, Spärck Jones 1972, over words). The index gives the candidates: places where the rarest words of the
//! claim, in all inflections, occur close together.

use std::sync::Arc;

use ibid_language::{Class, Language, List};
use ibid_source::Source;
use ibid_text::{Span, sentences, stem, words, words::for_each_folded};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{File, FileId, Snapshot};

/// A passage that is related to a claim.
#[derive(Clone, PartialEq, Debug)]
pub struct RelatedPassage {
    /// The source.
    pub file: FileId,
    /// The sentence in the source's readable text.
    pub span: Span,
    /// The weighted share of the claim's stems that it contains, 0..1.
    pub score: f32,
}

/// Maximum number of places of a claim's words that are looked up, rarest words first.
const PLACES: usize = 8_000;

/// Length of a stretch in bytes. Words this close to each other may be in one sentence.
const NEAR: u32 = 256;

/// Maximum number of stretches that are read for one claim.
const STRETCHES: usize = 16;

/// Maximum number of words by which stretches are found: the number of bits in a [`Words`].
const SOUGHT: usize = 64;

/// A set of words of a claim: one bit per word, rarest first.
type Words = u64;

impl Snapshot {
    /// Up to `most` sentences related to `claim` with a score of at least `least` (0..1), best first.
    pub fn related_passages(&self, claim: &str, most: usize, least: f32) -> Vec<RelatedPassage> {
        let wanted = self.wanted(claim);
        let mut weights = Weights::of(&wanted, self.language());
        let mut best = Best { most, least, found: Vec::new() };
        for stretch in self.stretches(&wanted, least * weights.total) {
            if self.is_abandoned() {
                return Vec::new();
            }
            if best.is_full() && best.lowest() >= stretch.most / weights.total {
                continue;
            }
            if let Some(file) = self.file(stretch.file) {
                let sentences = sentences_near(file, stretch.at * NEAR, &mut weights);
                best.add(self, sentences.into_iter().map(|(span, sum)| weights.scored(stretch.file, span, sum)));
            }
        }
        best.found
    }

    /// Up to `most` sentences of one source that are related to `claim`, best first.
    pub fn related_passages_in(&self, file: FileId, claim: &str, most: usize) -> Vec<RelatedPassage> {
        let wanted = self.wanted(claim);
        let weights = Weights::of(&wanted, self.language());
        let page = self.file(file).and_then(|file| file.page());
        let stems = page.as_ref().and_then(|page| page.stem_index());
        let sentences = stems.map_or_else(Vec::new, |stems| stems.best(&wanted, most));
        let mut best = Best { most, least: 0.0, found: Vec::new() };
        best.add(self, sentences.into_iter().map(|(span, sum)| weights.scored(file, span, sum)));
        best.found
    }

    /// The distinct stems of a claim's content words, rarest first.
    fn wanted(&self, claim: &str) -> Vec<Wanted> {
        let mut seen = FxHashSet::default();
        let mut wanted: Vec<Wanted> = words(claim)
            .filter_map(|word| {
                let forms = self.recent().forms.or_else(&*word.folded, || self.forms_of(&word.folded).map(Arc::new))?;
                let weight = (1.0 + self.index().words() as f32 / (1.0 + forms.places as f32)).ln();
                seen.insert(forms.stem).then_some(Wanted { forms, weight })
            })
            .collect();
        wanted.sort_by_key(|wanted| (wanted.forms.places, wanted.forms.stem));
        wanted
    }

    /// The forms in which a folded word occurs in the sources.
    fn forms_of(&self, word: &str) -> Option<Forms> {
        let stem = content_stem(word, self.language())?;
        let count = |form: &String| self.index().count_of_word(form);
        let counted = inflected(word, self.language())
            .into_iter()
            .map(|form| (count(&form), form))
            .filter(|(count, _)| *count > 0);
        let (counts, words): (Vec<usize>, Vec<String>) = counted.unzip();
        Some(Forms { stem, initial: word.bytes().next()?, words, places: counts.iter().sum() })
    }

    /// The stretches of sources where most of the wanted words occur close together, best first. Leaves out stretches that
    /// cannot contain a sentence of weight `least`. A stretch is read together with its neighbours, so these are left out
    /// too.
    fn stretches(&self, wanted: &[Wanted], least: f32) -> Vec<Stretch> {
        let (occurring, unknown) = self.occurring(wanted);
        let with_next = |(&(file, at), &here): (&(FileId, u32), &Words)| {
            let next = occurring.get(&(file, at + 1)).copied().unwrap_or_default();
            let most = weigh(here | next, wanted) + unknown;
            // A word in both stretches counts twice: it is more likely to share a sentence with the others.
            (most >= least).then(|| (weigh(here, wanted) + weigh(next, wanted), Stretch { file, at, most }))
        };
        let mut best: Vec<(f32, Stretch)> = occurring.iter().filter_map(with_next).collect();
        // Not by the files' ids, which depend on the order in which they were read.
        let path = |(_, stretch): &(f32, Stretch)| self.file(stretch.file).map(|file| &file.absolute);
        let rank = |a: &(f32, Stretch), b: &(f32, Stretch)| {
            b.0.total_cmp(&a.0).then_with(|| (path(a), a.1.at).cmp(&(path(b), b.1.at)))
        };
        // Of three adjacent stretches only one is read.
        if best.len() > 3 * STRETCHES {
            best.select_nth_unstable_by(3 * STRETCHES, rank);
            best.truncate(3 * STRETCHES);
        }
        best.sort_unstable_by(rank);
        let mut covered = FxHashSet::default();
        let is_new = |&Stretch { file, at, .. }: &Stretch| {
            let is_new = !covered.contains(&(file, at));
            if is_new {
                covered.extend([at.saturating_sub(1), at, at + 1].map(|at| (file, at)));
            }
            is_new
        };
        best.into_iter().map(|(_, stretch)| stretch).filter(is_new).take(STRETCHES).collect()
    }

    /// The wanted words that occur in each stretch, if rare enough to be looked up, and the total weight of the others.
    fn occurring(&self, wanted: &[Wanted]) -> (FxHashMap<(FileId, u32), Words>, f32) {
        let mut occurring: FxHashMap<(FileId, u32), Words> = FxHashMap::default();
        let mut looked_at = 0;
        let mut unknown: f32 = wanted.iter().map(|one| one.weight).sum();
        for (number, one) in wanted.iter().take(SOUGHT).enumerate() {
            looked_at += one.forms.places;
            if number > 0 && looked_at > PLACES {
                break;
            }
            unknown -= one.weight;
            let mut add = |file, at: u32| *occurring.entry((file, at / NEAR)).or_default() |= 1 << number;
            one.forms.words.iter().for_each(|form| self.index().each_place_of_word(form, &mut add));
        }
        (occurring, unknown)
    }
}

/// The total weight of a set of wanted words.
fn weigh(mut words: Words, wanted: &[Wanted]) -> f32 {
    let mut sum = 0.0;
    while words != 0 {
        sum += wanted[words.trailing_zeros() as usize].weight;
        words &= words - 1;
    }
    sum
}

/// A stretch of a source.
#[derive(Clone, Copy)]
struct Stretch {
    file: FileId,
    /// Its number; stretch `n` begins at byte `n` times [`NEAR`].
    at: u32,
    /// The maximum weight of a sentence in it.
    most: f32,
}

/// The best sentences found so far.
struct Best {
    /// Maximum number of sentences.
    most: usize,
    /// Minimum score.
    least: f32,
    /// Up to `most` sentences, best first.
    found: Vec<RelatedPassage>,
}

impl Best {
    /// Adds sentences; duplicates are dropped.
    fn add(&mut self, snapshot: &Snapshot, more: impl Iterator<Item = RelatedPassage>) {
        self.found.extend(more.filter(|one| one.score >= self.least));
        let path = |one: &RelatedPassage| snapshot.file(one.file).map(|file| &file.absolute);
        let by_place = |a: &RelatedPassage, b: &RelatedPassage| (path(a), a.span).cmp(&(path(b), b.span));
        self.found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| by_place(a, b)));
        self.found.dedup_by(|a, b| (a.file, a.span) == (b.file, b.span));
        self.found.truncate(self.most);
    }

    /// Whether the maximum number of sentences has been found.
    fn is_full(&self) -> bool {
        self.found.len() >= self.most
    }

    /// The lowest score among the sentences found.
    fn lowest(&self) -> f32 {
        self.found.last().map_or(self.least, |last| last.score)
    }
}

/// The words with one stem that occur in the sources.
#[derive(Debug)]
pub(crate) struct Forms {
    stem: u32,
    /// The first byte of all words of this stem.
    initial: u8,
    words: Vec<String>,
    /// The number of their occurrences.
    places: usize,
}

/// A stem of a claim.
struct Wanted {
    forms: Arc<Forms>,
    weight: f32,
}

/// The weights of a claim's stems.
struct Weights {
    by_stem: FxHashMap<u32, f32>,
    /// The sum of all weights.
    total: f32,
    /// By first byte, whether a word may have one of the stems. A stem has the first byte of its word, so most words need
    /// not be stemmed.
    initials: [bool; 256],
    stems: Stems,
}

impl Weights {
    fn of(wanted: &[Wanted], language: Language) -> Self {
        let mut initials = [false; 256];
        for wanted in wanted {
            initials[usize::from(wanted.forms.initial)] = true;
        }
        let by_stem: FxHashMap<u32, f32> = wanted.iter().map(|wanted| (wanted.forms.stem, wanted.weight)).collect();
        Self { total: by_stem.values().sum(), by_stem, initials, stems: Stems::new(language) }
    }

    /// The total weight of the claim's stems in a sentence.
    fn sum(&mut self, sentence: &str) -> f32 {
        let Self { by_stem, initials, stems, .. } = self;
        let mut found: Vec<(u32, f32)> = Vec::new();
        for_each_folded(sentence, |_, word| {
            let may_count = word.bytes().next().is_some_and(|byte| initials[usize::from(byte)]);
            let stem = if may_count { stems.of(word) } else { None };
            found.extend(stem.and_then(|stem| Some((stem, *by_stem.get(&stem)?))));
        });
        found.sort_unstable_by_key(|&(stem, _)| stem);
        found.dedup_by_key(|&mut (stem, _)| stem);
        found.into_iter().map(|(_, weight)| weight).sum()
    }

    /// The sentence at `span` with its score, given the total weight of its stems.
    fn scored(&self, file: FileId, span: Span, sum: f32) -> RelatedPassage {
        RelatedPassage { file, span, score: sum / self.total }
    }
}

/// The likely forms of a word: its regular inflections that have the same stem.
fn inflected(word: &str, language: Language) -> Vec<String> {
    let own = stem(word);
    let mut roots = vec![word, &own, own.strip_suffix('i').unwrap_or(&own)];
    roots.sort_unstable();
    roots.dedup();
    let endings = language.words(List::Inflection);
    let made = roots.iter().flat_map(|root| [""].iter().chain(endings).map(move |ending| format!("{root}{ending}")));
    let mut forms: Vec<String> = made.filter(|form| stem(form) == own).collect();
    forms.push(word.to_owned());
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// The sentences in the passages at a stretch and its neighbours, with the total weight of the claim's stems in each. Reads
/// little more of the source than these passages. `at` is a byte.
fn sentences_near(file: &File, at: u32, weights: &mut Weights) -> Vec<(Span, f32)> {
    let near = Span::new(at.saturating_sub(NEAR), at.saturating_add(3 * NEAR));
    let mut weighted = Vec::new();
    for together in file.passages_near(&[near]).chunk_by(|a, b| a.end + NEAR > b.start) {
        let whole = together.iter().copied().reduce(Span::cover).unwrap_or_default();
        let Some(excerpt) = file.excerpt(whole.start.into(), whole.end.into()) else { continue };
        for passage in together {
            let Some(words) = excerpt.words(*passage) else { continue };
            weighted.extend(sentences(words, file.language.abbreviations()).into_iter().filter_map(|sentence| {
                let sum = weights.sum(sentence.of(words));
                (sum > 0.0).then_some((sentence.shift(passage.start), sum))
            }));
        }
    }
    weighted
}

/// The sentences of a source in which each stem occurs.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct StemIndex {
    sentences: Vec<Span>,
    places: FxHashMap<u32, Vec<u32>>,
}

impl StemIndex {
    /// Reads every passage of a source. Spans are into its readable text.
    pub(crate) fn new(source: &Source, language: Language) -> Self {
        let mut spoken = Self::default();
        let mut stems = Stems::new(language);
        let text = source.text();
        for passage in &source.passages {
            for sentence in sentences(passage.span.of(text), language.abbreviations()) {
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

    /// The `most` sentences with the highest total weight of wanted stems, with that weight.
    fn best(&self, wanted: &[Wanted], most: usize) -> Vec<(Span, f32)> {
        let mut sums: FxHashMap<u32, f32> = FxHashMap::default();
        for one in wanted {
            for &sentence in self.places(one.forms.stem) {
                *sums.entry(sentence).or_default() += one.weight;
            }
        }
        let mut sums: Vec<(u32, f32)> = sums.into_iter().collect();
        sums.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        sums.truncate(most);
        sums.into_iter().map(|(sentence, sum)| (self.sentences[sentence as usize], sum)).collect()
    }
}

/// A cache of stems: a text has far fewer distinct words than words.
struct Stems {
    language: Language,
    known: FxHashMap<String, Option<u32>>,
}

impl Stems {
    fn new(language: Language) -> Self {
        Self { language, known: FxHashMap::default() }
    }

    /// The hash of the stem of a folded word; `None` for a function word.
    fn of(&mut self, word: &str) -> Option<u32> {
        if let Some(&known) = self.known.get(word) {
            return known;
        }
        let stem = content_stem(word, self.language);
        self.known.insert(word.to_owned(), stem);
        stem
    }
}

/// The hash of the stem of a folded word; `None` for a function word.
fn content_stem(word: &str, language: Language) -> Option<u32> {
    use std::hash::{Hash, Hasher};
    if language.is(word, Class::FunctionWord) {
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
        let found = snapshot.related_passages(claim, 2, 0.0);
        let shown: Vec<String> = found
            .iter()
            .filter_map(|passage| Some(passage.span.of(snapshot.file(passage.file)?.page()?.readable()).to_owned()))
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
        /// [`super::Weights`] relies on this to skip most words.
        #[test]
        fn a_stem_begins_as_its_word_does(word in "[a-z]{1,12}('s)?") {
            proptest::prop_assert_eq!(ibid_text::stem(&word).bytes().next(), word.bytes().next());
        }
    }

    #[test]
    fn a_sentence_that_shares_no_word_is_not_related() {
        check(&["Gardens need water.\n"], "Half of the progress is driven by compute.", &[]);
    }
}
