//! `ibid define`: shows every sense of a term.

use std::{path::PathBuf, process::ExitCode};

use ibid_corpus::{File, Sense, Snapshot};
use ibid_ide::term::{Described, TermStatus, describe, manner, plain_words, words_of};
use ibid_source::VoiceKind;
use ibid_text::Span;
use serde_json::{Value, json};

use super::{
    output::OutputFormat,
    workspace::{OpenError, Workspace, absolute, root_of},
};
use crate::printable::{printable, printable_lines};

/// `ibid define TERM`
#[derive(clap::Args)]
pub(super) struct Define {
    /// The term, in any case or inflection.
    term: String,
    /// The workspace, or any path in it.
    #[arg(long, value_name = "PATH", default_value = ".")]
    workspace: PathBuf,
    /// Output format.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

impl Define {
    /// Prints the senses of a term. The exit code is 1 if there is no such term.
    pub(super) fn run(&self) -> Result<ExitCode, OpenError> {
        let workspace = Workspace::open(&root_of(&absolute(&self.workspace)?));
        workspace.warn();
        let snapshot = &workspace.snapshot;
        let Some(term) = snapshot.terms().find(&self.term) else {
            anstream::eprintln!("ibid: No definition of `{}` found{}", self.term, suggestion(snapshot, &self.term));
            return Ok(ExitCode::FAILURE);
        };
        let described = describe(snapshot, term, None, snapshot.count_of(term));
        match self.format {
            OutputFormat::Text => anstream::print!("{}", printable_lines(&text(snapshot, &described))),
            OutputFormat::Json => anstream::println!("{:#}", described_json(snapshot, &described)),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// "; did you mean …?" if a term has a similar name.
fn suggestion(snapshot: &Snapshot, name: &str) -> String {
    const NEAR: f64 = 0.85;
    let name = name.to_lowercase();
    let likeness = |other: &str| strsim::jaro_winkler(&name, &other.to_lowercase());
    let all = snapshot.terms().all();
    let nearest = all.iter().map(|term| &term.name).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let nearest = nearest.filter(|nearest| likeness(nearest) >= NEAR);
    nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default()
}

fn text(snapshot: &Snapshot, described: &Described) -> String {
    let term = &described.term;
    let mut lines = vec![match described.status() {
        TermStatus::Undefined => format!("{}: used but never defined", term.name),
        TermStatus::Asked => format!("{}: never defined, but its definition is asked for", term.name),
        TermStatus::Contested => format!("{}: contested, its senses differ", term.name),
        TermStatus::Defined => term.name.clone(),
    }];
    let senses = described.senses.iter().flat_map(|sense| {
        let given = format!("  {}: “{}”", manner(snapshot, sense), one_line(&words_of(snapshot, sense)));
        std::iter::once(given).chain(address(snapshot, sense))
    });
    let questions = term.asked.iter().flat_map(|asked| {
        let words = snapshot
            .file(asked.file)
            .map_or_else(String::new, |file| plain_words(file, &file.words_at(asked.sentence)));
        std::iter::once(format!("  asked: “{}”", one_line(&words))).chain(address(snapshot, asked))
    });
    if described.status() == TermStatus::Asked {
        lines.extend(questions.chain(senses));
    } else {
        lines.extend(senses.chain(questions));
    }
    for place in &described.examples {
        if let Some(file) = snapshot.file(place.file) {
            lines.push(format!("  “{}”", one_line(&plain_words(file, &file.words_at(place.span)))));
            lines.push(format!("    {}", locate(file, place.span)));
        }
    }
    let (times, files) = (described.frequency.times, described.frequency.files.unwrap_or_default());
    if times > 0 {
        lines.push(format!("  used {times} times in {files} files"));
    }
    lines.join("\n") + "\n"
}

fn address(snapshot: &Snapshot, sense: &Sense) -> Option<String> {
    let place = locate(snapshot.file(sense.file)?, sense.sentence);
    Some(format!("    {place} ({:.0} % sure)", sense.score * 100.0))
}

fn locate(file: &File, span: Span) -> String {
    printable(&file.place(span.start)).into_owned()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn described_json(snapshot: &Snapshot, described: &Described) -> Value {
    let term = &described.term;
    let places = |senses: &[Sense]| senses.iter().filter_map(|sense| sense_json(snapshot, sense)).collect::<Vec<_>>();
    let telling = described.examples.iter().filter_map(|place| {
        let file = snapshot.file(place.file)?;
        Some(place_json(file, place.span))
    });
    json!({
        "version": 1,
        "term": term.name,
        "contested": term.contested,
        "senses": places(&described.senses),
        "asked": places(&term.asked),
        "telling": telling.collect::<Vec<_>>(),
        "uses": described.frequency.times,
        "files": described.frequency.files,
    })
}

fn sense_json(snapshot: &Snapshot, sense: &Sense) -> Option<Value> {
    let file = snapshot.file(sense.file)?;
    let standing = match sense.voice.kind {
        VoiceKind::Author => "author",
        VoiceKind::Quoted => "quoted",
        VoiceKind::Commenter => "commenter",
        VoiceKind::Unknown => "unknown",
    };
    let mut place = place_json(file, sense.sentence);
    place["sense"] = json!(one_line(&words_of(snapshot, sense)));
    place["kind"] = json!(sense.kind);
    place["score"] = json!(sense.score);
    place["voice"] = json!({ "standing": standing, "name": sense.voice.name, "confidence": sense.voice.confidence });
    Some(place)
}

/// A sentence and its place: offsets in bytes of the file, line from 1.
fn place_json(file: &File, span: Span) -> Value {
    json!({
        "path": file.path,
        "line": file.line_of(span.start) + 1,
        "start": span.start,
        "end": span.end,
        "sentence": one_line(&file.words_at(span)),
    })
}
