//! `--stats`: counts claims and quotations by their state for each note.

use std::{collections::BTreeMap, fmt::Write as _};

use ibid_evidence::Verdict;
use ibid_ide::{ClaimStatistics, Examination, claim_statistics, verdict_name};
use rayon::prelude::*;
use serde_json::{Map, Value};

use super::{report::Report, text};
use crate::printable::printable;

/// The counts of one or several notes.
#[derive(Default)]
pub(super) struct Stats {
    claims: ClaimStatistics,
    quotations: BTreeMap<Verdict, usize>,
    findings: usize,
    accepted: usize,
}

impl Stats {
    fn new(claims: ClaimStatistics, examination: &Examination) -> Self {
        let mut quotations = BTreeMap::new();
        for (_, judged) in &examination.quotations {
            *quotations.entry(judged.verdict).or_default() += 1;
        }
        Self { claims, quotations, findings: examination.findings.len(), accepted: examination.accepted.len() }
    }

    fn add(&mut self, other: &Self) {
        self.claims += other.claims;
        for (&verdict, count) in &other.quotations {
            *self.quotations.entry(verdict).or_default() += count;
        }
        self.findings += other.findings;
        self.accepted += other.accepted;
    }

    /// For example "12 claims · 9 supported · 1 overstated; 8 quotations · 7 verbatim · 1 altered; 2 findings"
    fn line(&self) -> String {
        let quotations: usize = self.quotations.values().sum();
        let [claims, parts @ ..] = self.claims.named();
        let parts = parts.into_iter().filter(|&(_, count)| count > 0).map(|(name, count)| format!(" · {count} {name}"));
        let verdicts = self.quotations.iter().map(|(&verdict, count)| format!(" · {count} {}", verdict_name(verdict)));
        let mut line = text::counted(claims.1, "claim");
        line.extend(parts);
        let _ = write!(line, "; {}", text::counted(quotations, "quotation"));
        line.extend(verdicts);
        let _ = write!(line, "; {}", text::counted(self.findings, "finding"));
        if self.accepted > 0 {
            let _ = write!(line, " · {} more accepted by the baseline", self.accepted);
        }
        line
    }
}

/// The counts of every note, in the order of the report.
pub(super) fn of_notes(report: &Report) -> Vec<Stats> {
    let notes: Vec<_> = report.notes().collect();
    let count = |(snapshot, file, examination): (&ibid_corpus::Snapshot, &ibid_corpus::File, &Examination)| {
        Stats::new(claim_statistics(snapshot, file.id, examination), examination)
    };
    notes.into_par_iter().map(count).collect()
}

/// The sum of counts.
pub(super) fn sum(stats: &[Stats]) -> Stats {
    let mut sum = Stats::default();
    for one in stats {
        sum.add(one);
    }
    sum
}

/// One line for each note with anything to count, and one with the sum.
pub(super) fn render(report: &Report) -> String {
    let stats = of_notes(report);
    let mut out = String::new();
    for ((_, file, _), stats) in report.notes().zip(&stats) {
        let has_something = stats.claims.claims + stats.quotations.len() + stats.findings + stats.accepted > 0;
        if has_something {
            let _ = writeln!(out, "{}: {}", printable(&report.path(&file.absolute)), stats.line());
        }
    }
    let _ = writeln!(out, "{}: {}", text::counted(stats.len(), "note"), sum(&stats).line());
    out
}

/// The counts of claims as a JSON object, without zeros.
pub(super) fn claims(stats: &Stats) -> Value {
    let counts = stats.claims.named().into_iter().filter(|&(_, count)| count > 0);
    counts.map(|(name, count)| (name.to_owned(), count.into())).collect::<Map<_, _>>().into()
}
