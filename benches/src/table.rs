//! Writes a report as a Markdown table with one column per size.

use crate::{
    accuracy::Count,
    answers::OfKind,
    answers::Opening,
    probes::Kind,
    rivals::Rival,
    scale::{OfSize, Report},
    statistics::{Figure, quantile},
};

/// A row: its label, the goal at 1 GB, and a function that writes the cell of a size.
type Row<'a> = (String, &'static str, Box<dyn Fn(&OfSize) -> String + 'a>);

/// The whole report.
pub fn markdown(report: &Report) -> String {
    let machine = &report.machine;
    let mut out = format!(
        "{}, {} cores, {:.0} GB of memory; seed {}. Brackets hold 95 % intervals.\n\n",
        machine.processor,
        machine.cores,
        machine.memory as f64 / 1e9,
        report.seed
    );
    let columns = |cell: &dyn Fn(&OfSize) -> String| report.sizes.iter().map(cell).collect::<Vec<_>>();
    let first = |name: &str, bar: &str| vec![name.to_owned(), bar.to_owned()];
    out += &line(&[first("", "to reach"), columns(&|of| of.size.to_string())].concat());
    out += &line(&[first("---", "---"), columns(&|_| "---".to_owned())].concat());
    for (name, bar, cell) in rows(report) {
        out += &line(&[first(&name, bar), columns(&*cell)].concat());
    }
    out
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// The figures of a labelled set.
pub fn accuracy(counts: &[Count], seed: u64) -> String {
    let mut out = "| figure | value | 95 %, each alone | 95 %, by source | n |\n|---|---|---|---|---|\n".to_owned();
    let interval = |figure: &Figure| format!("{:.4}–{:.4}", figure.low, figure.high);
    for count in counts {
        let figure = count.figure();
        let by_source = count.by_source(seed).map_or_else(|| "—".to_owned(), |figure| interval(&figure));
        let cells =
            [count.name.clone(), format!("{:.4}", figure.value), interval(&figure), by_source, figure.n.to_string()];
        out += &line(&cells);
    }
    out
}

fn rows(report: &Report) -> Vec<Row<'_>> {
    let mut rows = corpus();
    for kind in Kind::ALL {
        rows.extend(answers(kind));
    }
    rows.extend(index());
    rows.extend(changes());
    let names = report.sizes.first().map_or(&[][..], |of| &of.rivals).iter();
    for (at, rival) in names.enumerate() {
        rows.extend(of_rival(at, rival));
    }
    rows
}

fn row<'a>(name: &str, bar: &'static str, cell: impl Fn(&OfSize) -> String + 'a) -> Row<'a> {
    (name.to_owned(), bar, Box::new(cell))
}

fn corpus() -> Vec<Row<'static>> {
    vec![
        row("files", "", |of| of.made.files.to_string()),
        row("of that original text", "", |of| share(of.made.original_bytes as f64 / of.made.bytes as f64)),
        row("distinct 8-grams (in the originals)", "≥ originals", |of| {
            format!("{} ({})", share(of.made.corpus.distinct_share()), share(of.made.originals.distinct_share()))
        }),
        row("most frequent 8-gram (in the originals)", "≤ originals", |of| {
            format!("{} ({})", of.made.corpus.most, of.made.originals.most)
        }),
    ]
}

fn answers(kind: Kind) -> Vec<Row<'static>> {
    let (p50, p99, right) = match kind {
        Kind::Exact => ("100 µs", "2 ms", ""),
        Kind::Altered => ("5 ms", "50 ms", ""),
        Kind::Absent => ("", "50 ms", ""),
    };
    let of_kind = move |of: &OfSize| of.answers.kinds.iter().find(|of| of.kind == kind).cloned();
    let cell = move |show: fn(&OfKind) -> String| move |of: &OfSize| of_kind(of).map_or(String::new(), |of| show(&of));
    let name = |what: &str| format!("{}: {what}", kind.name());
    vec![
        row(&name("p50"), p50, cell(|of| times(&of.time.p50))),
        row(&name("p99"), p99, cell(|of| times(&of.time.p99))),
        row(&name("p99 when asked first"), "", cell(|of| times(&of.first.p99))),
        row(&name("right"), right, cell(|of| shares(&of.right))),
    ]
}

fn index() -> Vec<Row<'static>> {
    let text = |of: &OfSize| of.made.bytes as f64;
    let opening = |of: &OfSize, part: fn(&Opening) -> f64| {
        let mut sorted: Vec<f64> = of.opening.iter().map(part).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        format!("{} · {}", time(quantile(&sorted, 0.0)), time(quantile(&sorted, 0.5)))
    };
    vec![
        row("building, text to ready", "60 MB/s", move |of| speed(text(of) / of.building.seconds)),
        row("a core: read · readable text · words · segment · merge, MB/s", "", |of| {
            let stages = &of.stages;
            rates(&[stages.reading, stages.extracting, stages.words, stages.segment, stages.merging])
        }),
        row("index on disk, of the text", "≤ 0.8", move |of| format!("{:.2}", of.building.bytes as f64 / text(of))),
        row("memory of its own while answering, of the text", "≤ 0.3", move |of| {
            format!("{:.2} ({})", of.answers.memory.own as f64 / text(of), bytes(of.answers.memory.own))
        }),
        row("the same once sources were read in full", "", move |of| {
            format!("{:.2} ({})", of.answers.learned.own as f64 / text(of), bytes(of.answers.learned.own))
        }),
        row("mapped file pages beside", "", |of| bytes(of.answers.memory.mapped)),
        row("reading in full, in the background · kept, of the text", "", move |of| {
            let building = &of.building;
            format!("{} · {:.2}", speed(text(of) / building.learning), building.learned as f64 / text(of))
        }),
        row("a core: passages and voices · senses, MB/s", "senses 20", |of| {
            rates(&[of.stages.passages, of.stages.senses])
        }),
        row("opening the index: least · median", "50 ms", move |of| opening(of, |opening| opening.index)),
        row("opening the workspace, until the first answer: least · median", "", move |of| {
            opening(of, |opening| opening.answer)
        }),
    ]
}

/// Throughput in megabytes per second.
fn rates(speeds: &[f64]) -> String {
    speeds.iter().map(|speed| format!("{:.0}", speed / 1e6)).collect::<Vec<_>>().join(" · ")
}

fn changes() -> Vec<Row<'static>> {
    vec![
        row("adding a source of 50 KB", "same at all sizes", |of| time(of.changes.adding)),
        row("changing it", "same at all sizes", |of| time(of.changes.changing)),
        row("removing it", "same at all sizes", |of| time(of.changes.removing)),
    ]
}

/// The rows of a rival, with the ratio of its median time to that of `ibid` on probes of the same kind.
fn of_rival(at: usize, rival: &Rival) -> Vec<Row<'static>> {
    let kind = rival.kind;
    let bar = match (kind, rival.building) {
        (Kind::Altered, _) => "≥ 140 (≥ 14 at 100 MB)",
        (_, Some(_)) => "≥ 1",
        _ => "",
    };
    let cell = move |show: fn(&Rival) -> String| move |of: &OfSize| of.rivals.get(at).map_or(String::new(), show);
    let mut rows = vec![
        row(&format!("{} ({}, {}): p50", rival.name, kind.name(), rival.how), "", cell(|rival| times(&rival.time.p50))),
        row(&format!("{}: p99", rival.name), "", cell(|rival| times(&rival.time.p99))),
        row(&format!("{}: found", rival.name), "", cell(|rival| shares(&rival.found))),
        row(&format!("{}: times as long as ibid", rival.name), bar, move |of| {
            let ours = of.answers.kinds.iter().find(|of| of.kind == kind);
            let ratio = |rival: &Rival| Some(rival.time.p50.value / ours?.time.p50.value);
            of.rivals.get(at).and_then(ratio).map_or(String::new(), |ratio| format!("**{}**", digits(ratio)))
        }),
    ];
    if rival.building.is_some() {
        rows.push(row(&format!("{}: building · index, of the text", rival.name), "", move |of| {
            let rival = of.rivals.get(at);
            let figures = rival.and_then(|rival| Some((rival.building?, rival.bytes?)));
            figures.map_or(String::new(), |(seconds, held)| {
                format!("{} · {:.2}", speed(of.made.bytes as f64 / seconds), held as f64 / of.made.bytes as f64)
            })
        }));
    }
    rows
}

/// Three significant digits.
fn digits(value: f64) -> String {
    let decimals = match value.abs() {
        value if value >= 100.0 => 0,
        value if value >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.decimals$}")
}

/// A time in seconds, in a suitable unit.
fn time(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{} µs", digits(s * 1e6)),
        s if s < 1.0 => format!("{} ms", digits(s * 1e3)),
        s => format!("{} s", digits(s)),
    }
}

fn times(figure: &Figure) -> String {
    format!("{} [{}–{}]", time(figure.value), time(figure.low), time(figure.high))
}

fn share(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn shares(figure: &Figure) -> String {
    format!("{} [{}–{}] of {}", share(figure.value), share(figure.low), share(figure.high), figure.n)
}

fn speed(bytes_a_second: f64) -> String {
    format!("{} MB/s", digits(bytes_a_second / 1e6))
}

fn bytes(count: u64) -> String {
    format!("{} MB", digits(count as f64 / 1e6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_unit_that_suits_them() {
        assert_eq!(time(0.000_020_34), "20.3 µs");
        assert_eq!(time(0.001_5), "1.50 ms");
        assert_eq!(time(0.703), "703 ms");
        assert_eq!(time(39.9), "39.9 s");
    }

    #[test]
    fn a_figure_shows_its_interval() {
        let figure = Figure { value: 0.99, low: 0.981, high: 0.995, n: 1_000 };
        assert_eq!(shares(&figure), "99.0 % [98.1 %–99.5 %] of 1000");
    }
}
