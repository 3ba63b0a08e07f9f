//! `ibid explain`: explains a diagnostic code, or why a sentence of a note is reported or not.

use std::{fmt::Write as _, path::Path};

use ibid_corpus::File;
use ibid_ide::{Code, Memo, RULES, explain, explanation_lines};
use ibid_text::Span;

use super::workspace::{OpenError, Workspace, absolute, root_of};
use crate::printable::printable;

/// `ibid explain [CODE | NOTE:LINE]`
#[derive(clap::Args)]
pub(super) struct Explain {
    /// A code, or a line of a note, as `notes/tides.md:12`. Without either, all codes are listed.
    #[arg(value_name = "CODE|NOTE:LINE")]
    subject: Option<String>,
}

/// Nothing could be explained.
#[derive(Debug, thiserror::Error)]
pub(super) enum ExplainError {
    /// There is no such code.
    #[error("unknown code `{name}`; did you mean `{nearest}`? A line of a note is written as `note.md:12`")]
    UnknownCode { name: String, nearest: &'static str },
    /// The note could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file is none of the workspace's notes.
    #[error("{0} is not a note of this workspace; `ibid sources` lists what is read")]
    NoNote(String),
    /// The line does not exist.
    #[error("{path} has {lines} lines")]
    NoLine { path: String, lines: u32 },
}

impl Explain {
    /// Prints the documentation of a code, the list of codes, or the explanation of a line.
    pub(super) fn run(&self) -> Result<(), ExplainError> {
        let Some(subject) = &self.subject else {
            for rule in RULES {
                anstream::println!("{:<21}{}", rule.name, rule.summary);
            }
            return Ok(());
        };
        if let Some(code) = Code::named(subject) {
            let rule = code.rule();
            anstream::println!("# {}\n\n{}\n\n{}", rule.name, rule.summary, rule.documentation.trim());
            return Ok(());
        }
        let (path, line) = line_of_note(subject).ok_or_else(|| unknown(subject))?;
        anstream::print!("{}", explain_line(Path::new(path), line)?);
        Ok(())
    }
}

/// The path and the line, from 1, in `path:line`.
fn line_of_note(subject: &str) -> Option<(&str, u32)> {
    let (path, line) = subject.rsplit_once(':')?;
    Some((path, line.parse().ok()?))
}

/// The explanation of every sentence and quotation that a line, counted from 1, has a part of.
fn explain_line(path: &Path, line: u32) -> Result<String, ExplainError> {
    let path = absolute(path)?;
    let workspace = Workspace::open(&root_of(&path));
    workspace.warn();
    let snapshot = &workspace.snapshot;
    let no_note = || ExplainError::NoNote(path.display().to_string());
    let note = snapshot.by_path(&path).filter(|file| file.is_note()).ok_or_else(no_note)?;
    let span = span_of(note, line)?;
    let explanations = explain(snapshot, note.id, span, &Memo::default());
    let mut out = String::new();
    for (at, explanation) in explanations.iter().enumerate() {
        let words = note.words_at(explanation.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let place = note.place(explanation.span.start);
        let gap = if at > 0 { "\n" } else { "" };
        let _ = writeln!(out, "{gap}{}: {}", printable(&place), printable(&words));
        for line in explanation_lines(snapshot, explanation) {
            let _ = writeln!(out, "  {:<15}{}", format!("{}:", line.topic.label()), printable(&line.text));
        }
    }
    if out.is_empty() {
        let _ = writeln!(out, "{}:{line}: no sentence or quotation, so nothing is checked", printable(&note.path));
    }
    Ok(out)
}

/// The bytes of a line that is counted from 1.
fn span_of(note: &File, line: u32) -> Result<Span, ExplainError> {
    let page = note.page().ok_or_else(|| ExplainError::NoNote(note.path.clone()))?;
    let lines = page.lines();
    if line == 0 || line > lines.lines() {
        return Err(ExplainError::NoLine { path: note.path.clone(), lines: lines.lines() });
    }
    let (start, end) = (lines.start_of(line - 1), lines.start_of(line));
    let words = Span::new(start, end).of(page.text()).trim_end();
    Ok(Span::new(start, start + words.len() as u32))
}

fn unknown(name: &str) -> ExplainError {
    let likeness = |code: &str| strsim::jaro_winkler(name, code);
    let nearest = RULES.iter().map(|rule| rule.name).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    ExplainError::UnknownCode { name: name.to_owned(), nearest: nearest.unwrap_or_default() }
}
