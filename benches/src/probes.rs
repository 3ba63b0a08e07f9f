//! Quotations to look for, each with its correct answer.

use std::{
    collections::HashSet,
    fs,
    io::{BufRead, BufReader, BufWriter, Write},
    ops::Range,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use rand::{RngExt, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::{
    chain::{is_plain, is_prose, is_word},
    originals,
};

/// The number of words of a probe.
pub const LENGTHS: std::ops::RangeInclusive<usize> = 8..=40;

/// The largest share of its words that an altered probe changes.
const ALTERED: f64 = 0.15;

/// The distance in bytes from a random place within which its paragraph must begin and end.
const REACH: usize = 8 << 10;

/// How a probe relates to the corpus.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The corpus contains its words.
    Exact,
    /// The corpus contains its words, except for at least one and up to 15 % of them.
    Altered,
    /// The corpus contains no eight of its words in a row.
    Absent,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Altered, Self::Absent];

    /// The name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Altered => "altered",
            Self::Absent => "absent",
        }
    }
}

/// One quotation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Probe {
    /// Its kind.
    pub kind: Kind,
    /// Its words, separated by single spaces.
    pub quote: String,
    /// The place that it was taken from. `None` for an absent probe.
    pub place: Option<Place>,
}

/// The place that a probe was taken from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Place {
    /// The path relative to the folder of texts, with `/`.
    pub path: String,
    /// The span in bytes of the file.
    pub span: Range<usize>,
    /// Whether the file has the same spaces between the words, so that a search for the string finds it.
    pub literal: bool,
}

/// Random lengths of probes, in words.
pub fn lengths(count: usize, seed: u64) -> Vec<usize> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..count).map(|_| rng.random_range(LENGTHS)).collect()
}

/// Draws `count` exact and `count` altered probes from the texts under `folder`, and adds the `absent` sentences. Every
/// byte of prose is equally likely to be quoted.
pub fn draw(folder: &Path, count: usize, absent: &[String], seed: u64) -> Result<Vec<Probe>> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let quarry = Quarry::new(folder)?;
    let mut drawn = HashSet::new();
    let mut taken = Vec::new();
    for attempt in 0.. {
        if taken.len() == 2 * count {
            break;
        }
        ensure!(attempt < 1_000 * (count + 1), "{}: too little prose to draw {count} probes from", folder.display());
        let wanted = rng.random_range(LENGTHS);
        let Some(probe) = quarry.draw(wanted, &mut rng)? else { continue };
        if drawn.insert(probe.quote.clone()) {
            taken.push(probe);
        }
    }
    let altered = taken.split_off(count);
    let words: Vec<String> =
        altered.iter().flat_map(|probe| probe.quote.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    let mut probes = taken;
    probes.extend(altered.into_iter().map(|probe| {
        let quote = alter(&probe.quote, &words, &mut rng);
        Probe { kind: Kind::Altered, quote, place: probe.place.map(|place| Place { literal: false, ..place }) }
    }));
    probes.extend(absent.iter().map(|quote| Probe { kind: Kind::Absent, quote: quote.clone(), place: None }));
    Ok(probes)
}

/// Texts to quote from.
struct Quarry<'a> {
    folder: &'a Path,
    /// Each with the cumulative number of bytes up to its end.
    files: Vec<(PathBuf, usize)>,
}

impl<'a> Quarry<'a> {
    fn new(folder: &'a Path) -> Result<Self> {
        let mut end = 0;
        let mut files = Vec::new();
        for path in originals::files(folder)? {
            end += fs::metadata(&path)?.len() as usize;
            files.push((path, end));
        }
        ensure!(end > 0, "{}: no text in it", folder.display());
        Ok(Self { folder, files })
    }

    /// `wanted` consecutive words at a random place. `None` if there is no prose without markup.
    fn draw(&self, wanted: usize, rng: &mut ChaCha8Rng) -> Result<Option<Probe>> {
        let at = rng.random_range(0..self.files[self.files.len() - 1].1);
        let number = self.files.partition_point(|&(_, end)| end <= at);
        let (path, end) = &self.files[number];
        let text = fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let Some(paragraph) = paragraph(&text, text.len().saturating_sub(end - at)) else { return Ok(None) };
        let Some(span) = stretch(&text, paragraph, wanted, rng) else { return Ok(None) };
        let there = &text[span.clone()];
        let quote = there.split_whitespace().collect::<Vec<_>>().join(" ");
        let path = path.strip_prefix(self.folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let place = Place { path, span, literal: quote == there };
        Ok(Some(Probe { kind: Kind::Exact, quote, place: Some(place) }))
    }
}

/// The paragraph around a byte. `None` unless every line begins as prose does.
fn paragraph(text: &str, at: usize) -> Option<Range<usize>> {
    let at = text.floor_char_boundary(at);
    let (first, last) = (text.floor_char_boundary(at.saturating_sub(REACH)), text.ceil_char_boundary(at + REACH));
    let start = text[first..at].rfind("\n\n").map_or(first, |gap| first + gap + 2);
    let end = text[at..last].find("\n\n").map_or(last, |gap| at + gap);
    let is_prose_line =
        |line: &str| line.starts_with(|c: char| c.is_alphanumeric() || "\"'\u{201C}\u{2018}(".contains(c));
    let paragraph = &text[start..end];
    (is_prose(paragraph) && paragraph.lines().all(is_prose_line)).then_some(start..end)
}

/// Consecutive words without markup somewhere in a paragraph.
fn stretch(text: &str, paragraph: Range<usize>, wanted: usize, rng: &mut ChaCha8Rng) -> Option<Range<usize>> {
    let written: Vec<&str> = text[paragraph.clone()].split_whitespace().collect();
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let last = written.len().checked_sub(wanted)?;
    let from = rng.random_range(0..=last);
    let mut words = 0;
    for &word in &written[from..] {
        if !is_plain(word) {
            return None;
        }
        words += usize::from(is_word(word));
        if words == wanted {
            return Some(place(written[from])..place(word) + word.len());
        }
    }
    None
}

/// Replaces, drops and adds up to 15 % of the words, at least one and never two at one place. New words come from `words`.
fn alter(quote: &str, words: &[String], rng: &mut ChaCha8Rng) -> String {
    let mut written: Vec<String> = quote.split(' ').map(str::to_owned).collect();
    let places: Vec<usize> = (1..written.len().saturating_sub(1)).filter(|&at| is_word(&written[at])).collect();
    let most = (ALTERED * written.len() as f64).max(1.0) as usize;
    let changes = rng.random_range(1..=most);
    let mut chosen: Vec<usize> = places.sample(rng, changes).copied().collect();
    chosen.sort_unstable();
    for at in chosen.into_iter().rev() {
        match rng.random_range(0..3) {
            0 => written[at] = other(&written[at], words, rng),
            1 => drop(written.remove(at)),
            _ => written.insert(at, other("", words, rng)),
        }
    }
    written.join(" ")
}

/// One of `words` that is not a form of `word`.
fn other(word: &str, words: &[String], rng: &mut ChaCha8Rng) -> String {
    let fold = |word: &str| ibid_text::words(word).map(|word| word.folded.into_owned()).collect::<Vec<_>>();
    let folded = fold(word);
    let drawn = (0..1_000).filter_map(|_| words.choose(rng)).find(|drawn| is_word(drawn) && fold(drawn) != folded);
    drawn.cloned().unwrap_or_else(|| "otherwise".to_owned())
}

/// Writes probes, one JSON object per line.
pub fn write(path: &Path, probes: &[Probe]) -> Result<()> {
    let mut out = BufWriter::new(fs::File::create(path)?);
    for probe in probes {
        serde_json::to_writer(&mut out, probe)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Reads the probes that [`write()`] wrote.
pub fn read(path: &Path) -> Result<Vec<Probe>> {
    let file = fs::File::open(path).with_context(|| format!("{}: no probes", path.display()))?;
    BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> PathBuf {
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/alignment/sources"))
    }

    fn folded(text: &str) -> Vec<String> {
        ibid_text::words(text).map(|word| word.folded.into_owned()).collect()
    }

    #[test]
    fn an_exact_probe_stands_where_it_says() {
        let probes = draw(&sources(), 50, &[], 1).unwrap();
        for probe in &probes[..50] {
            let place = probe.place.as_ref().unwrap();
            let text = fs::read_to_string(sources().join(&place.path)).unwrap();
            assert_eq!(folded(&text[place.span.clone()]), folded(&probe.quote));
            assert_eq!(text.contains(&probe.quote), place.literal);
        }
    }

    #[test]
    fn an_altered_probe_has_other_words_but_not_many() {
        let probes = draw(&sources(), 50, &[], 1).unwrap();
        for probe in &probes[50..] {
            let place = probe.place.as_ref().unwrap();
            let text = fs::read_to_string(sources().join(&place.path)).unwrap();
            let (there, here) = (folded(&text[place.span.clone()]), folded(&probe.quote));
            assert_ne!(there, here);
            let kept = here.iter().filter(|word| there.contains(word)).count();
            assert!(kept * 100 >= here.len() * 70, "{here:?} of {there:?}");
        }
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(draw(&sources(), 20, &[], 1).unwrap(), draw(&sources(), 20, &[], 1).unwrap());
        assert_ne!(draw(&sources(), 20, &[], 1).unwrap(), draw(&sources(), 20, &[], 2).unwrap());
    }

    #[test]
    fn probes_are_read_as_they_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("probes.jsonl");
        let probes = draw(&sources(), 5, &["nowhere".to_owned()], 1).unwrap();
        write(&path, &probes).unwrap();
        assert_eq!(read(&path).unwrap(), probes);
    }
}
