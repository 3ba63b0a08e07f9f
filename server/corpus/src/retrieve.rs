//! Passages that speak to a claim.
//!
//! Each source knows in which of its sentences each stem stands; that is all there is to keep, so a change costs what
//! the changed file costs. A claim is compared with every sentence that shares a stem with it, by the share of the
//! claim's stems that the sentence has, each weighed by how rare it is in the corpus (inverse document frequency,
//! Spärck Jones 1972, over sentences).

use ibid_source::Source;
use ibid_text::{Span, sentences, stem, words};
use rustc_hash::{FxHashMap, FxHashSet};

use std::sync::Arc;

use crate::{FileId, Page, Snapshot};

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

impl Snapshot {
    /// Up to `most` sentences that speak to `claim`, best first; `within` narrows it to one source. A passage that a
    /// source repeats speaks once.
    pub fn speaking_to(&self, claim: &str, within: Option<FileId>, most: usize) -> Vec<Speaking> {
        let asked: FxHashSet<u32> = content_stems(claim).collect();
        let sources: Vec<(FileId, Arc<Page>)> = self
            .files()
            .filter(|file| file.is_source() && within.is_none_or(|id| file.id == id))
            .filter_map(|file| Some((file.id, file.page()?)))
            .collect();
        let sources: Vec<(FileId, &Spoken)> =
            sources.iter().filter_map(|(file, page)| Some((*file, page.spoken()?))).collect();
        let sentences: usize = sources.iter().map(|(_, spoken)| spoken.sentences.len()).sum();
        let weigh = |&stem: &u32| {
            let with: usize = sources.iter().map(|(_, spoken)| spoken.places(stem).len()).sum();
            (stem, (1.0 + sentences as f32 / (1.0 + with as f32)).ln())
        };
        let mut asked: Vec<(u32, f32)> = asked.iter().map(weigh).collect();
        asked.sort_unstable_by_key(|&(stem, _)| stem);
        let whole: f32 = asked.iter().map(|(_, weight)| weight).sum();
        let mut found: Vec<Speaking> = Vec::new();
        for (file, spoken) in sources {
            if self.is_abandoned() {
                return Vec::new();
            }
            let best = spoken.best(&asked, most);
            found.extend(best.into_iter().map(|(span, sum)| Speaking { file, span, score: sum / whole }));
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.file, a.span).cmp(&(b.file, b.span))));
        found.truncate(most);
        found
    }
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
    fn best(&self, asked: &[(u32, f32)], most: usize) -> Vec<(Span, f32)> {
        let mut sums: FxHashMap<u32, f32> = FxHashMap::default();
        for &(stem, weight) in asked {
            for &sentence in self.places(stem) {
                *sums.entry(sentence).or_default() += weight;
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

/// The numbers of the stems of a text's content words.
fn content_stems(text: &str) -> impl Iterator<Item = u32> {
    words(text).filter_map(|word| number(&word.folded))
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

    #[test]
    fn what_shares_no_word_does_not_speak() {
        check(&["Gardens need water.\n"], "Half of the progress is driven by compute.", &[]);
    }
}
