//! Generates text that resembles the originals: a random walk over their words.
//!
//! At each step the walk moves to the next word of the originals, or first leaps to another occurrence of the current word.
//! So every pair of neighbouring words is real and as frequent as in the originals (a Markov chain, Shannon 1948), and
//! punctuation, names and the lengths of sentences and paragraphs are realistic. It never produces a run of eight words that
//! the originals contain or that it has produced before.

use ibid_language::Language;
use ibid_source::{Format, Source};
use ibid_text::words;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    grams::{self, Seen, Window, word_hash},
    originals::Original,
};

/// The probability of a leap before each word.
const LEAP: f64 = 0.4;

/// How many leaps are tried before a random word is drawn, and how many random words before giving up.
const SAME: usize = 6;
const ANYWHERE: usize = 200;

/// How many paragraphs may end before a sentence is long enough.
const PARAGRAPHS: usize = 10_000;

/// Characters with a meaning in Markdown or code.
const MARKUP: &str = "<>[]{}|*_#`\\=~^$@";

/// Whether a space-separated token is free of markup and code.
pub fn is_plain(written: &str) -> bool {
    !written.contains(|c| MARKUP.contains(c))
}

/// Whether a space-separated token is a word and not a dash.
pub fn is_word(written: &str) -> bool {
    written.contains(char::is_alphanumeric)
}

/// A token that is not a word: the end of a paragraph, or a gap.
const PARAGRAPH: u32 = 0;
const GAP: u32 = 1;

/// The originals, indexed for walks.
pub struct Chain {
    /// The distinct words with their punctuation. Tokens are indices into this list.
    written: Vec<String>,
    /// The hashes of the folded words in each.
    hashes: Vec<Vec<u64>>,
    /// The originals as tokens.
    tokens: Vec<u32>,
    /// The occurrences of each token: token `n` is at `places[starts[n]..starts[n + 1]]` of `tokens`.
    places: Vec<u32>,
    starts: Vec<u32>,
}

/// Every possible next word would complete a known run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exhausted;

impl std::error::Error for Exhausted {}
impl std::fmt::Display for Exhausted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("these texts have too few words to make more of them without repeating eight in a row")
    }
}

impl Chain {
    /// Indexes the prose of the originals.
    pub fn of(originals: &[Original]) -> Self {
        let prose: Vec<Vec<String>> = originals.par_iter().map(prose).collect();
        let mut chain = Self {
            written: vec![String::new(); 2],
            hashes: vec![Vec::new(); 2],
            tokens: vec![PARAGRAPH],
            places: Vec::new(),
            starts: Vec::new(),
        };
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        for paragraph in prose.iter().flatten() {
            for token in paragraph.split_whitespace() {
                let number = if is_plain(token) {
                    *numbers.entry(token).or_insert_with(|| {
                        chain.written.push(token.to_owned());
                        chain.hashes.push(words(token).map(|word| word_hash(&word.folded)).collect());
                        chain.written.len() as u32 - 1
                    })
                } else {
                    GAP
                };
                chain.tokens.push(number);
            }
            chain.tokens.push(PARAGRAPH);
        }
        chain.index();
        chain
    }

    /// Sorts the places by token.
    fn index(&mut self) {
        self.starts = vec![0; self.written.len() + 1];
        for &token in &self.tokens {
            self.starts[token as usize + 1] += 1;
        }
        for at in 1..self.starts.len() {
            self.starts[at] += self.starts[at - 1];
        }
        let mut next = self.starts.clone();
        self.places = vec![0; self.tokens.len()];
        for (at, &token) in self.tokens.iter().enumerate() {
            self.places[next[token as usize] as usize] = at as u32;
            next[token as usize] += 1;
        }
    }

    /// A random occurrence of a token.
    fn somewhere(&self, token: u32, rng: &mut ChaCha8Rng) -> usize {
        let range = self.starts[token as usize]..self.starts[token as usize + 1];
        self.places[rng.random_range(range) as usize] as usize
    }
}

/// The paragraphs of prose in a text.
fn prose(original: &Original) -> Vec<String> {
    let format = Format::of_name(&original.path.to_string_lossy()).unwrap_or(Format::Text);
    let Ok(source) = ibid_source::read(format, original.text.as_bytes(), Language::ENGLISH) else { return Vec::new() };
    let text = |source: &Source, at: usize| source.passages[at].span.of(source.text()).to_owned();
    (0..source.passages.len()).map(|at| text(&source, at)).filter(|text| is_prose(text)).collect()
}

/// Whether a paragraph consists mostly of letters, unlike tables and code.
pub fn is_prose(text: &str) -> bool {
    let (mut letters, mut others) = (0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *(if c.is_alphabetic() { &mut letters } else { &mut others }) += 1;
    }
    letters > 6 * others
}

/// A walk. Its text depends only on the chain, on the seen runs and on the seed.
pub struct Walk<'a> {
    chain: &'a Chain,
    rng: ChaCha8Rng,
    at: usize,
    window: Window,
}

impl<'a> Walk<'a> {
    /// Moves to the start of a random paragraph.
    pub fn new(chain: &'a Chain, mut rng: ChaCha8Rng) -> Self {
        let at = chain.somewhere(PARAGRAPH, &mut rng);
        Self { chain, rng, at, window: Window::default() }
    }

    /// The next word with its punctuation, or `None` at the end of a paragraph. `leap` is the probability of a leap before it.
    /// The runs that it completes are added to `seen`.
    fn step(&mut self, leap: f64, seen: &mut Seen) -> Result<Option<&'a str>, Exhausted> {
        for attempt in 0..SAME + ANYWHERE {
            let from = match attempt {
                0 if !self.rng.random_bool(leap) => self.at,
                0..SAME => self.chain.somewhere(self.chain.tokens[self.at], &mut self.rng),
                _ => self.rng.random_range(0..self.chain.tokens.len()),
            };
            let at = if from + 1 < self.chain.tokens.len() { from + 1 } else { 0 };
            let token = self.chain.tokens[at];
            let is_empty = token == PARAGRAPH && self.chain.tokens[self.at] == PARAGRAPH;
            if token == GAP || is_empty {
                continue;
            }
            if let Some((window, runs)) = self.fresh(token, seen) {
                for run in runs {
                    seen.insert(run);
                }
                self.window = window;
                self.at = at;
                return Ok((token != PARAGRAPH).then(|| &*self.chain.written[token as usize]));
            }
        }
        Err(Exhausted)
    }

    /// The window and the runs that a token would complete. `None` if one of the runs was seen.
    fn fresh(&self, token: u32, seen: &Seen) -> Option<(Window, Vec<u64>)> {
        let mut window = self.window;
        let mut runs = Vec::new();
        for &word in &self.chain.hashes[token as usize] {
            if let Some(run) = window.push(word) {
                if seen.may_hold(run) || runs.contains(&run) {
                    return None;
                }
                runs.push(run);
            }
        }
        Some((window, runs))
    }

    /// A text of about `bytes` bytes. Each paragraph is one line, and empty lines separate them.
    pub fn text(&mut self, bytes: usize, seen: &mut Seen) -> Result<String, Exhausted> {
        let mut text = String::with_capacity(bytes + 64);
        self.window = Window::default();
        while text.len() < bytes {
            match self.step(LEAP, seen)? {
                Some(word) => {
                    if !text.is_empty() && !text.ends_with('\n') {
                        text.push(' ');
                    }
                    text.push_str(word);
                }
                None if text.is_empty() || text.ends_with('\n') => {}
                None => text.push_str("\n\n"),
            }
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        Ok(text)
    }

    /// Words of one paragraph of which no eight in a row were seen. It leaps before every word, so that it is not a slightly
    /// changed passage either.
    pub fn sentence(&mut self, length: usize, seen: &mut Seen) -> Result<String, Exhausted> {
        debug_assert!(length >= grams::LENGTH, "a shorter one can be anywhere");
        for _ in 0..PARAGRAPHS {
            self.window = Window::default();
            let mut sentence: Vec<&str> = Vec::with_capacity(length);
            while let Some(written) = self.step(1.0, seen)? {
                sentence.push(written);
                if sentence.iter().filter(|written| is_word(written)).count() == length {
                    return Ok(sentence.join(" "));
                }
            }
        }
        Err(Exhausted)
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    fn originals() -> Vec<Original> {
        let text = include_str!("../../README.md").to_owned();
        vec![
            Original { path: "a.md".into(), text: include_str!("../../ARCHITECTURE.md").to_owned() },
            Original { path: "b.md".into(), text },
        ]
    }

    fn walk(seed: u64, bytes: usize) -> String {
        let originals = originals();
        let chain = Chain::of(&originals);
        let mut known = Seen::with_room_for(100_000);
        for run in originals.iter().flat_map(|original| grams::runs(&original.text)) {
            known.insert(run);
        }
        Walk::new(&chain, ChaCha8Rng::seed_from_u64(seed)).text(bytes, &mut known).unwrap()
    }

    #[test]
    fn what_is_made_repeats_no_eight_words() {
        let text = walk(1, 100_000);
        let made = grams::Census::of(grams::runs(&text).collect());
        assert_eq!((made.most, made.distinct), (1, made.all));
        let with_originals: Vec<u64> =
            originals().iter().flat_map(|o| grams::runs(&o.text).collect::<Vec<_>>()).collect();
        let before = grams::Census::of(with_originals.clone());
        let all = grams::Census::of([with_originals, grams::runs(&text).collect()].concat());
        assert_eq!(all.distinct, before.distinct + made.distinct);
        assert_eq!(all.most, before.most);
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(walk(1, 5_000), walk(1, 5_000));
        assert_ne!(walk(1, 5_000), walk(2, 5_000));
    }

    #[test]
    fn neighbours_are_real_ones() {
        let prose: Vec<String> = originals().iter().flat_map(prose).map(|text| collapsed(&text)).collect();
        let prose = format!(" {} ", prose.join("  "));
        let text = walk(3, 20_000);
        let paragraph: Vec<&str> = text.lines().flat_map(|line| line.split(' ')).collect();
        let real = paragraph.windows(2).filter(|pair| prose.contains(&format!(" {} {} ", pair[0], pair[1]))).count();
        // A paragraph may end, and a small text may have no way to continue.
        assert!(real * 10 > paragraph.len() * 8, "{real} of {}", paragraph.len());
    }

    fn collapsed(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_absent_sentence_shares_no_eight_words() {
        let originals = originals();
        let chain = Chain::of(&originals);
        let mut seen = Seen::with_room_for(100_000);
        let known: Vec<u64> = originals.iter().flat_map(|o| grams::runs(&o.text).collect::<Vec<_>>()).collect();
        for &run in &known {
            seen.insert(run);
        }
        let mut walk = Walk::new(&chain, ChaCha8Rng::seed_from_u64(1));
        for length in 8..40 {
            let sentence = walk.sentence(length, &mut seen).unwrap();
            let mut runs = grams::runs(&sentence).peekable();
            assert!(runs.peek().is_some());
            assert!(runs.all(|run| !known.contains(&run)));
        }
    }

    #[test]
    fn too_few_words_are_said_to_be_too_few() {
        let chain = Chain::of(&[Original { path: "a.txt".into(), text: "no more words".to_owned() }]);
        let mut seen = Seen::with_room_for(100);
        let made = Walk::new(&chain, ChaCha8Rng::seed_from_u64(1)).text(100_000, &mut seen);
        assert_eq!(made.unwrap_err(), Exhausted);
    }
}
