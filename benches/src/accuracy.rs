//! Scores a labelled set of quotations, with 95 % intervals.
//!
//! A set has one JSON object per line. In a set *with labels*, each quotation was taken from a source and changed as its
//! label says, or is in no source (`not-found`). In a set *without labels*, the quotations are from published texts that
//! quote the source.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    ops::Range,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;

use crate::statistics::{Figure, clustered_proportion, proportion};

/// The classes of lengths, in words, of quotations without labels.
const LENGTHS: [(&str, Range<usize>); 4] =
    [("1–4 words", 0..5), ("5–9 words", 5..10), ("10–24 words", 10..25), ("25 words and more", 25..usize::MAX)];

/// A quotation of the set.
#[derive(Clone, Debug, Deserialize)]
pub struct Labelled {
    id: String,
    quote: String,
    label: Option<String>,
    path: Option<String>,
    #[serde(default)]
    start: usize,
    #[serde(default)]
    end: usize,
    #[serde(default)]
    words: usize,
}

/// The answer of `ibid locate --jsonl` for a quotation.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    id: String,
    verdict: String,
    #[serde(default)]
    matches: Vec<Told>,
}

/// A match in the answer.
#[derive(Clone, Debug, Deserialize)]
struct Told {
    path: String,
    start: usize,
    end: usize,
}

/// A figure: which quotations count, and which of them are successes.
#[derive(Clone, Debug)]
pub struct Count {
    /// The name.
    pub name: String,
    /// For each quotation that counts, its source and whether it is a success.
    outcomes: Vec<(Option<String>, bool)>,
}

impl Count {
    /// The share of successes with Wilson's interval.
    pub fn figure(&self) -> Figure {
        proportion(self.outcomes.iter().filter(|(_, success)| *success).count(), self.outcomes.len())
    }

    /// The share of successes with an interval that allows for quotations of one source being alike; `None` where fewer than
    /// two sources are known.
    pub fn by_source(&self, seed: u64) -> Option<Figure> {
        let mut clusters: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut alone = Vec::new();
        for (source, success) in &self.outcomes {
            match source {
                Some(source) => {
                    let cluster = clusters.entry(source).or_default();
                    cluster.0 += usize::from(*success);
                    cluster.1 += 1;
                }
                None => alone.push((usize::from(*success), 1)),
            }
        }
        let is_known = clusters.len() > 1;
        let all: Vec<(usize, usize)> = clusters.into_values().chain(alone).collect();
        is_known.then(|| clustered_proportion(&all, seed))
    }
}

/// Reads a set.
pub fn read(path: &Path) -> Result<Vec<Labelled>> {
    let text = fs::read_to_string(path).with_context(|| format!("{}: no set", path.display()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).with_context(|| format!("{line}: no labelled quotation"))).collect()
}

/// Runs `ibid` on every quotation of a set and a folder of sources.
pub fn ask(ibid: &Path, sources: &Path, set: &[Labelled]) -> Result<Vec<Answer>> {
    let mut child = Command::new(ibid)
        .args(["locate", "--jsonl", "--sources"])
        .arg(sources)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{}: cannot be run", ibid.display()))?;
    let mut stdin = child.stdin.take().context("the pipe was asked for")?;
    let questions: Vec<String> =
        set.iter().map(|one| json!({ "id": one.id, "quote": one.quote }).to_string() + "\n").collect();
    let asking = thread::spawn(move || questions.iter().try_for_each(|line| stdin.write_all(line.as_bytes())));
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{}: {}", ibid.display(), output.status);
    asking.join().map_err(|_| anyhow::anyhow!("asking failed"))??;
    let answers: Vec<Answer> =
        String::from_utf8(output.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let is_in_order = answers.iter().map(|answer| &answer.id).eq(set.iter().map(|one| &one.id));
    ensure!(is_in_order, "the answers are not those to the questions");
    Ok(answers)
}

/// The figures of a set and its answers.
pub fn counts(set: &[Labelled], answers: &[Answer]) -> Vec<Count> {
    let pairs: Vec<(&Labelled, &Answer)> = set.iter().zip(answers).collect();
    if set.iter().all(|one| one.label.is_none()) { recall(&pairs) } else { of_labels(&pairs) }
}

/// Whether a quotation is a success. `None` if it does not count.
type Counted<'a> = &'a dyn Fn(&Labelled, &Answer) -> Option<bool>;

fn count(name: &str, pairs: &[(&Labelled, &Answer)], counted: Counted<'_>) -> Count {
    let outcome = |&(one, answer): &(&Labelled, &Answer)| Some((one.path.clone(), counted(one, answer)?));
    Count { name: name.to_owned(), outcomes: pairs.iter().filter_map(outcome).collect() }
}

fn recall(pairs: &[(&Labelled, &Answer)]) -> Vec<Count> {
    let of_length = |(name, words): &(&str, Range<usize>)| {
        count(&format!("found, {name}"), pairs, &|one, answer| words.contains(&one.words).then(|| answer.is_link()))
    };
    LENGTHS.iter().map(of_length).collect()
}

fn of_labels(pairs: &[(&Labelled, &Answer)]) -> Vec<Count> {
    let mut counts = vec![
        count("located", pairs, &|one, answer| one.is_real().then(|| one.is_placed(answer))),
        count("false links", pairs, &|one, answer| (!one.is_real()).then(|| answer.is_link())),
        count("altered, precision", pairs, &|one, answer| {
            (answer.class() == Class::Altered).then(|| one.class() == Class::Altered)
        }),
        count("altered, recall", pairs, &|one, answer| {
            (one.class() == Class::Altered).then(|| answer.class() == Class::Altered)
        }),
        count("clean ones flagged", pairs, &|one, answer| {
            let is_flagged = matches!(answer.class(), Class::Altered | Class::NotFound);
            matches!(one.class(), Class::Same | Class::Marked).then_some(is_flagged)
        }),
    ];
    let labels: BTreeSet<&str> = pairs.iter().filter_map(|(one, _)| one.label.as_deref()).collect();
    counts.extend(labels.into_iter().map(|label| {
        count(&format!("verdict on {label}"), pairs, &|one, answer| {
            (one.label.as_deref() == Some(label)).then(|| one.class() == answer.class())
        })
    }));
    counts
}

/// The classes by which verdicts and labels are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Same,
    Marked,
    Altered,
    NotFound,
    Other,
}

impl Labelled {
    fn is_real(&self) -> bool {
        self.class() != Class::NotFound
    }

    fn class(&self) -> Class {
        match self.label.as_deref() {
            Some("exact" | "typographic") => Class::Same,
            Some("elided" | "bracketed") => Class::Marked,
            Some("not-found") => Class::NotFound,
            _ => Class::Altered,
        }
    }

    /// Whether the best match overlaps the true place by at least half of their union.
    fn is_placed(&self, answer: &Answer) -> bool {
        answer.matches.first().is_some_and(|told| {
            let common = told.end.min(self.end) as f64 - told.start.max(self.start) as f64;
            let together = told.end.max(self.end) - told.start.min(self.start);
            self.path.as_ref() == Some(&told.path) && common >= 0.5 * together as f64
        })
    }
}

impl Answer {
    /// Whether the answer attributes the quotation to a source.
    fn is_link(&self) -> bool {
        !matches!(self.verdict.as_str(), "not-found" | "unchecked")
    }

    fn class(&self) -> Class {
        match self.verdict.as_str() {
            "verbatim" | "typographic" => Class::Same,
            "marked" => Class::Marked,
            "altered" => Class::Altered,
            "not-found" => Class::NotFound,
            _ => Class::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(label: &str, path: Option<&str>) -> Labelled {
        let (label, path) = (Some(label.to_owned()), path.map(str::to_owned));
        Labelled { id: String::new(), quote: String::new(), label, path, start: 100, end: 200, words: 9 }
    }

    fn answer(verdict: &str, place: Option<(&str, usize, usize)>) -> Answer {
        let told = |(path, start, end): (&str, usize, usize)| Told { path: path.to_owned(), start, end };
        Answer { id: String::new(), verdict: verdict.to_owned(), matches: place.map(told).into_iter().collect() }
    }

    fn check(pairs: &[(Labelled, Answer)], name: &str, successes: usize, of: usize) {
        let (set, answers): (Vec<_>, Vec<_>) = pairs.iter().cloned().unzip();
        let figure = counts(&set, &answers).into_iter().find(|count| count.name == name).unwrap().figure();
        assert_eq!((figure.value * figure.n as f64).round() as usize, successes, "{name}");
        assert_eq!(figure.n, of, "{name}");
    }

    #[test]
    fn figures_are_what_they_are_called() {
        let pairs = [
            (labelled("exact", Some("a.txt")), answer("verbatim", Some(("a.txt", 110, 200)))),
            (labelled("exact", Some("a.txt")), answer("altered", Some(("b.txt", 100, 200)))),
            (labelled("altered-word", Some("a.txt")), answer("altered", Some(("a.txt", 100, 420)))),
            (labelled("altered-word", Some("b.txt")), answer("not-found", None)),
            (labelled("elided", Some("b.txt")), answer("marked", Some(("b.txt", 100, 200)))),
            (labelled("not-found", None), answer("not-found", None)),
            (labelled("not-found", None), answer("altered", Some(("a.txt", 0, 9)))),
        ];
        check(&pairs, "located", 2, 5);
        check(&pairs, "false links", 1, 2);
        check(&pairs, "altered, precision", 1, 3);
        check(&pairs, "altered, recall", 1, 2);
        check(&pairs, "clean ones flagged", 1, 3);
        check(&pairs, "verdict on exact", 1, 2);
        check(&pairs, "verdict on not-found", 1, 2);
    }

    #[test]
    fn a_set_without_labels_is_told_by_length() {
        let one = Labelled { label: None, ..labelled("", None) };
        check(&[(one.clone(), answer("marked", None)), (one, answer("unchecked", None))], "found, 5–9 words", 1, 2);
    }
}
