//! The batch commands: they read one JSON object per line and write one per line, in the same order.

use std::{
    io::{self, BufRead, BufWriter, Write},
    path::Path,
};

use ibid_corpus::{Config, File, Located, Match, Snapshot};
use ibid_evidence::{Definition, Mismatch, annotate as annotate_text, verify as verify_claim};
use ibid_language::Language;
use ibid_source::{Format, span_in_bytes};
use ibid_text::Span;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::workspace::Workspace;

/// The option of the batch commands that read nothing but JSON Lines.
#[derive(clap::Args)]
pub(super) struct Jsonl {
    /// Read one JSON object per line from stdin and write one per line to stdout.
    #[arg(long, required = true)]
    jsonl: bool,
}

/// A batch command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum BatchError {
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A line of the input is not valid.
    #[error("line {line} of the input: {error}")]
    Input {
        /// The line number, from 1.
        line: usize,
        /// The cause.
        error: serde_json::Error,
    },
}

#[derive(serde::Deserialize)]
struct TextIn {
    id: Value,
    text: String,
}

#[derive(serde::Deserialize)]
struct PairIn {
    id: Value,
    claim: String,
    evidence: String,
}

#[derive(serde::Deserialize)]
struct QuoteIn {
    id: Value,
    quote: String,
}

/// `ibid annotate --jsonl`
pub(super) fn annotate() -> Result<(), BatchError> {
    each_line(|TextIn { id, text }| {
        let sentences: Vec<Value> = annotate_text(&text, Language::ENGLISH)
            .iter()
            .map(|sentence| {
                json!({
                    "start": sentence.span.start,
                    "end": sentence.span.end,
                    "claim": sentence.claim,
                    "hedge": sentence.hedge,
                    "certainty": sentence.certainty,
                    "hedges": sentence.hedges,
                    "definition": sentence.definition.as_ref().map(definition),
                })
            })
            .collect();
        json!({ "id": id, "sentences": sentences })
    })
}

fn definition(definition: &Definition) -> Value {
    json!({ "score": definition.score, "term": definition.term, "sense": definition.sense, "kind": definition.kind })
}

/// `ibid verify --jsonl`
pub(super) fn verify() -> Result<(), BatchError> {
    each_line(|PairIn { id, claim, evidence }| {
        let found = verify_claim(&claim, &evidence, Language::ENGLISH);
        let mismatch =
            |m: &Mismatch| json!({ "kind": m.kind, "claim": m.claim.of(&claim), "evidence": m.evidence.of(&evidence) });
        json!({
            "id": id,
            "verdict": found.verdict,
            "support": found.support,
            "strength": { "claim": found.strength.claim, "evidence": found.strength.evidence },
            "mismatches": found.mismatches.iter().map(mismatch).collect::<Vec<_>>(),
        })
    })
}

/// A workspace in which every readable file of a folder is a source.
pub(super) fn sources(folder: &Path) -> io::Result<Snapshot> {
    let root = folder.canonicalize()?;
    let config = Config { root, sources: vec![".".into()], ..Config::default() };
    Ok(Workspace::of_config(config).snapshot)
}

/// `ibid locate --jsonl --sources DIR`
pub(super) fn locate(snapshot: &Snapshot) -> Result<(), BatchError> {
    each_line(|QuoteIn { id, quote }| {
        let mut answer = located(snapshot, &quote, &snapshot.locate(&quote));
        answer["id"] = id;
        answer
    })
}

/// The result of locating a quotation, as JSON.
pub(super) fn located(snapshot: &Snapshot, quote: &str, located: &Located) -> Value {
    let places = located.matches.iter().filter_map(|found| place(snapshot, quote, found));
    let mut answer = json!({ "verdict": located.verdict, "matches": places.collect::<Vec<_>>() });
    if let Some(nearest) = located.nearest.as_ref().and_then(|found| place(snapshot, quote, found)) {
        answer["nearest"] = nearest;
    }
    answer
}

/// A match as JSON, with offsets into the file's raw bytes.
fn place(snapshot: &Snapshot, quote: &str, found: &Match) -> Option<Value> {
    let file: &File = snapshot.file(found.file)?;
    let page = file.page()?;
    let bytes = if page.is_decoded() { std::fs::read(&file.absolute).ok()? } else { Vec::new() };
    let format = Format::of_name(&file.path).unwrap_or(Format::Text);
    let in_file = |own| if page.is_decoded() { span_in_bytes(format, &bytes, own) } else { own };
    let own = page.to_own(found.span);
    let raw = in_file(own);
    let edits: Vec<Value> = found
        .edits
        .iter()
        .map(|edit| {
            let there = in_file(page.to_own(edit.source));
            json!({
                "kind": edit.kind,
                "quote": side(edit.quote, edit.quote.of(quote)),
                "source": side(there, edit.source.of(page.readable())),
            })
        })
        .collect();
    let mut shown = json!({
        "path": file.path,
        "start": raw.start,
        "end": raw.end,
        "line": page.lines().line_of(own.start) + 1,
        "similarity": (f64::from(found.similarity) * 1e4).round() / 1e4,
        "edits": edits,
    });
    if let Some(number) = file.page_number(raw.start) {
        shown["page"] = json!(number);
    }
    if let Some(title) = file.chapter(raw.start) {
        shown["chapter"] = json!(title);
    }
    Some(shown)
}

fn side(span: Span, text: &str) -> Value {
    json!({ "start": span.start, "end": span.end, "text": text })
}

/// Answers every line of stdin. Skips blank lines.
fn each_line<I: DeserializeOwned, O: Serialize>(mut answer: impl FnMut(I) -> O) -> Result<(), BatchError> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let input = serde_json::from_str(&line).map_err(|error| BatchError::Input { line: number + 1, error })?;
        serde_json::to_writer(&mut out, &answer(input)).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
