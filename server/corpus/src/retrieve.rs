//! Passages that speak to a claim.
//!
//! A claim is compared with sentences by the share of its stems that they have, each weighed by how rare it is in the corpus
//! (inverse document frequency, Spärck Jones 1972, over words). Which sentences those are, the index tells: where the rarest
//! words of the claim, in all their forms, stand close together.

use std::sync::Arc;

use ibid_language::Language;
use ibid_source::Source;
use ibid_text::{Span, sentences, stem, words, words::for_each_folded};
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
const STRETCHES: usize = 16;

/// Words of a claim that stretches are found by at most: as many as there are bits in a [`Words`].
const SOUGHT: usize = 64;

/// Which of the words of a claim stand somewhere: a bit for each, the rarest first.
type Words = u64;

impl Snapshot {
    /// Up to `most` sentences that speak to `claim` and say at least so much of it (0..1), best first. A passage that a source
    /// repeats speaks once.
    pub fn speaking_to(&self, claim: &str, most: usize, least: f32) -> Vec<Speaking> {
        let asked = self.asked(claim);
        let mut weights = Weights::of(&asked);
        let mut best = Best { most, least, found: Vec::new() };
        for stretch in self.stretches(&asked, least * weights.whole) {
            if self.is_abandoned() {
                return Vec::new();
            }
            if best.is_full() && best.bar() >= stretch.most / weights.whole {
                continue;
            }
            if let Some(file) = self.file(stretch.file) {
                let said = said_near(file, stretch.at * NEAR, &mut weights);
                best.take(said.into_iter().map(|(span, sum)| weights.speaking(stretch.file, span, sum)));
            }
        }
        best.found
    }

    /// Up to `most` sentences of one source that say something of `claim`, best first.
    pub fn speaking_in(&self, file: FileId, claim: &str, most: usize) -> Vec<Speaking> {
        let asked = self.asked(claim);
        let weights = Weights::of(&asked);
        let page = self.file(file).and_then(|file| file.page());
        let said = page.as_ref().and_then(|page| page.spoken()).map_or_else(Vec::new, |said| said.best(&asked, most));
        let mut best = Best { most, least: 0.0, found: Vec::new() };
        best.take(said.into_iter().map(|(span, sum)| weights.speaking(file, span, sum)));
        best.found
    }

    /// What a claim asks for, rarest first.
    fn asked(&self, claim: &str) -> Vec<Asked> {
        let mut seen = FxHashSet::default();
        let mut asked: Vec<Asked> = words(claim)
            .filter_map(|word| {
                let forms = self.recent().forms.or_else(&*word.folded, || self.forms_of(&word.folded).map(Arc::new))?;
                let weight = (1.0 + self.index().words() as f32 / (1.0 + forms.places as f32)).ln();
                seen.insert(forms.stem).then_some(Asked { forms, weight })
            })
            .collect();
        asked.sort_by_key(|asked| (asked.forms.places, asked.forms.stem));
        asked
    }

    /// In which forms a folded word stands in the sources.
    fn forms_of(&self, word: &str) -> Option<Forms> {
        let stem = number(word)?;
        let count = |form: &String| self.index().count_of_word(form);
        let counted = inflected(word).into_iter().map(|form| (count(&form), form)).filter(|(count, _)| *count > 0);
        let (counts, words): (Vec<usize>, Vec<String>) = counted.unzip();
        Some(Forms { stem, initial: word.bytes().next()?, words, places: counts.iter().sum() })
    }

    /// The stretches of sources where most of what is asked for stands close together, the best first; none that cannot hold
    /// a sentence which has `least` of its weight. A stretch speaks for those beside it, which are read with it.
    fn stretches(&self, asked: &[Asked], least: f32) -> Vec<Stretch> {
        let (standing, unseen) = self.standing(asked);
        let with_next = |(&(file, at), &here): (&(FileId, u32), &Words)| {
            let next = standing.get(&(file, at + 1)).copied().unwrap_or_default();
            let most = weigh(here | next, asked) + unseen;
            // What stands on both sides is likelier to stand in one sentence with the others.
            (most >= least).then(|| (weigh(here, asked) + weigh(next, asked), Stretch { file, at, most }))
        };
        let mut best: Vec<(f32, Stretch)> = standing.iter().filter_map(with_next).collect();
        let rank = |a: &(f32, Stretch), b: &(f32, Stretch)| {
            b.0.total_cmp(&a.0).then((a.1.file, a.1.at).cmp(&(b.1.file, b.1.at)))
        };
        // Of three that lie side by side one is read.
        if best.len() > 3 * STRETCHES {
            best.select_nth_unstable_by(3 * STRETCHES, rank);
            best.truncate(3 * STRETCHES);
        }
        best.sort_unstable_by(rank);
        let mut spoken_for = FxHashSet::default();
        let is_new = |&Stretch { file, at, .. }: &Stretch| {
            let is_new = !spoken_for.contains(&(file, at));
            if is_new {
                spoken_for.extend([at.saturating_sub(1), at, at + 1].map(|at| (file, at)));
            }
            is_new
        };
        best.into_iter().map(|(_, stretch)| stretch).filter(is_new).take(STRETCHES).collect()
    }

    /// What of all that is asked for stands in which stretch, as far as it is rare enough to be looked up, and what the rest
    /// weighs.
    fn standing(&self, asked: &[Asked]) -> (FxHashMap<(FileId, u32), Words>, f32) {
        let mut standing: FxHashMap<(FileId, u32), Words> = FxHashMap::default();
        let mut looked_at = 0;
        let mut unseen: f32 = asked.iter().map(|one| one.weight).sum();
        for (number, one) in asked.iter().take(SOUGHT).enumerate() {
            looked_at += one.forms.places;
            if number > 0 && looked_at > PLACES {
                break;
            }
            unseen -= one.weight;
            let mut add = |file, at: u32| *standing.entry((file, at / NEAR)).or_default() |= 1 << number;
            one.forms.words.iter().for_each(|form| self.index().each_place_of_word(form, &mut add));
        }
        (standing, unseen)
    }
}

/// What some of the words weigh that are asked for.
fn weigh(mut words: Words, asked: &[Asked]) -> f32 {
    let mut sum = 0.0;
    while words != 0 {
        sum += asked[words.trailing_zeros() as usize].weight;
        words &= words - 1;
    }
    sum
}

/// A stretch of a source.
#[derive(Clone, Copy)]
struct Stretch {
    file: FileId,
    /// Its number: each begins [`NEAR`] bytes behind the one before.
    at: u32,
    /// The weights of all that is asked for that a sentence in it can have.
    most: f32,
}

/// The best of what was found so far.
struct Best {
    most: usize,
    /// What is worth less is not taken.
    least: f32,
    /// Up to `most`, the best first.
    found: Vec<Speaking>,
}

impl Best {
    /// Takes in more; a sentence may come twice.
    fn take(&mut self, more: impl Iterator<Item = Speaking>) {
        self.found.extend(more.filter(|one| one.score >= self.least));
        self.found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.file, a.span).cmp(&(b.file, b.span))));
        self.found.dedup_by(|a, b| (a.file, a.span) == (b.file, b.span));
        self.found.truncate(self.most);
    }

    /// Whether no more are wanted than those that were found.
    fn is_full(&self) -> bool {
        self.found.len() >= self.most
    }

    /// The score of the last that was found.
    fn bar(&self) -> f32 {
        self.found.last().map_or(self.least, |last| last.score)
    }
}

/// The words of one stem, as the sources have them.
#[derive(Debug)]
pub(crate) struct Forms {
    stem: u32,
    /// The first byte of all words of this stem.
    initial: u8,
    words: Vec<String>,
    /// How often they stand there.
    places: usize,
}

/// A stem that a claim asks for.
struct Asked {
    forms: Arc<Forms>,
    weight: f32,
}

/// What each stem weighs that a claim asks for.
struct Weights {
    by_stem: FxHashMap<u32, f32>,
    /// What all weigh together.
    whole: f32,
    /// By first byte, whether a word may have such a stem: a stem begins as its words do, so that of most words none is made.
    initials: [bool; 256],
    stems: Stems,
}

impl Weights {
    fn of(asked: &[Asked]) -> Self {
        let mut initials = [false; 256];
        for asked in asked {
            initials[usize::from(asked.forms.initial)] = true;
        }
        let by_stem: FxHashMap<u32, f32> = asked.iter().map(|asked| (asked.forms.stem, asked.weight)).collect();
        Self { whole: by_stem.values().sum(), by_stem, initials, stems: Stems::default() }
    }

    /// What a sentence has of all.
    fn sum(&mut self, sentence: &str) -> f32 {
        let Self { by_stem, initials, stems, .. } = self;
        let mut had: Vec<(u32, f32)> = Vec::new();
        for_each_folded(sentence, |_, word| {
            let may_count = word.bytes().next().is_some_and(|byte| initials[usize::from(byte)]);
            let stem = if may_count { stems.of(word) } else { None };
            had.extend(stem.and_then(|stem| Some((stem, *by_stem.get(&stem)?))));
        });
        had.sort_unstable_by_key(|&(stem, _)| stem);
        had.dedup_by_key(|&mut (stem, _)| stem);
        had.into_iter().map(|(_, weight)| weight).sum()
    }

    /// A sentence that has words of so much weight.
    fn speaking(&self, file: FileId, span: Span, sum: f32) -> Speaking {
        Speaking { file, span, score: sum / self.whole }
    }
}

/// The forms in which an English word is likely to stand: those that regular inflection makes of it and that have its stem.
fn inflected(word: &str) -> Vec<String> {
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

/// The sentences of passages that lie at a stretch, and with it those beside it, with the weights of what they have of what is
/// asked for. Hardly more is read of the source than these passages.
fn said_near(file: &File, at: u32, asked: &mut Weights) -> Vec<(Span, f32)> {
    let near = Span::new(at.saturating_sub(NEAR), at.saturating_add(3 * NEAR));
    let mut said = Vec::new();
    for together in file.passages_near(&[near]).chunk_by(|a, b| a.end + NEAR > b.start) {
        let whole = together.iter().copied().reduce(Span::cover).unwrap_or_default();
        let Some(excerpt) = file.excerpt(whole.start.into(), whole.end.into()) else { continue };
        for passage in together {
            let Some(words) = excerpt.words(*passage) else { continue };
            said.extend(sentences(words, Language::ENGLISH.abbreviations()).into_iter().filter_map(|sentence| {
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
            for sentence in sentences(passage.span.of(text), Language::ENGLISH.abbreviations()) {
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
        let found = snapshot.speaking_to(claim, 2, 0.0);
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
