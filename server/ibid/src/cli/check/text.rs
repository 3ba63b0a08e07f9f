//! Text for people, in the style of rustc: the lines of the note, then the lines of the source.

use std::{fmt::Write as _, ops::Range};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use ibid_corpus::{File, Severity, Snapshot};
use ibid_ide::{Finding, Problem, verdict_name};
use ibid_text::Span;

use super::report::Report;
use crate::printable::{printable, printable_lines};

/// Every finding and a summary line, styled for a terminal. The caller strips the styles if necessary.
pub(super) fn render(report: &Report) -> String {
    let renderer = Renderer::styled();
    let mut out = String::new();
    for (snapshot, file, examination) in report.notes() {
        for problem in &examination.problems {
            let group = problem_group(report, file, problem);
            let _ = writeln!(out, "{}\n", renderer.render(&[group]));
        }
        for finding in &examination.findings {
            let group = finding_group(report, snapshot, file, finding);
            let _ = writeln!(out, "{}\n", renderer.render(&[group]));
        }
    }
    out.push_str(&summary(report));
    out
}

fn finding_group<'a>(report: &Report, snapshot: &'a Snapshot, file: &'a File, finding: &'a Finding) -> Group<'a> {
    let rule = finding.code.rule();
    let mut elements: Vec<Element<'a>> =
        vec![snippet(report, file, finding.span, AnnotationKind::Primary, label(rule.name))];
    for related in &finding.related {
        if let Some(there) = snapshot.file(related.file) {
            elements.push(snippet(report, there, related.span, AnnotationKind::Context, &related.message));
        }
    }
    elements.extend(finding.fixes.iter().map(|fix| Level::HELP.message(printable(&fix.title)).into()));
    level(finding.severity).primary_title(printable_lines(&finding.message)).id(rule.name).elements(elements)
}

fn problem_group<'a>(report: &Report, file: &'a File, problem: &'a Problem) -> Group<'a> {
    let element = snippet(report, file, problem.span, AnnotationKind::Primary, "named here");
    Level::WARNING.primary_title(printable_lines(&problem.message)).element(element)
}

/// The label of the marked words in the note, by diagnostic code.
fn label(code: &str) -> &'static str {
    match code.split('-').next() {
        Some("quote") => "quoted here",
        Some("citation") => "cited here",
        Some("claim") => "claimed here",
        _ => "used here",
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint | Severity::Off => Level::NOTE.with_name("hint"),
    }
}

/// The lines of a file that `span` touches, with the span marked and labelled.
fn snippet<'a>(report: &Report, file: &'a File, span: Span, kind: AnnotationKind, label: &'a str) -> Element<'a> {
    let (first, last) = (file.line_of(span.start), file.line_of(span.end.max(span.start + 1) - 1));
    let window =
        file.page().map_or(span, |page| Span::new(page.lines().start_of(first), page.lines().start_of(last + 1)));
    let marked = within(span, window);
    let text = file.words_at(window);
    let text = text.trim_end_matches(['\n', '\r']);
    let marked = marked.start.min(text.len())..marked.end.min(text.len());
    Snippet::source(text.to_owned())
        .line_start(first as usize + 1)
        .path(printable(&report.path(&file.absolute)).into_owned())
        .annotation(kind.span(marked).label(printable(label)))
        .into()
}

/// A span as a range relative to the start of `window`.
fn within(span: Span, window: Span) -> Range<usize> {
    (span.start - window.start) as usize..(span.end - window.start) as usize
}

/// For example "4 notes, 31 quotations (27 verbatim, 1 altered, 3 unchecked), 6 findings (1 error, 5 warnings)".
fn summary(report: &Report) -> String {
    let notes = report.notes().count();
    let verdicts = report.verdicts();
    let severities = report.severities();
    let quotations: usize = verdicts.values().sum();
    let findings: usize = severities.values().sum();
    let by_verdict = verdicts.iter().map(|(&verdict, count)| format!("{count} {}", verdict_name(verdict)));
    let by_severity = severities.iter().rev().map(|(&severity, &count)| counted(count, word(severity)));
    let accepted = match report.accepted() {
        0 => String::new(),
        count => format!(", {count} more accepted by the baseline"),
    };
    format!(
        "{}, {}{}, {}{}{accepted}\n",
        counted(notes, "note"),
        counted(quotations, "quotation"),
        in_brackets(by_verdict),
        counted(findings, "finding"),
        in_brackets(by_severity),
    )
}

fn in_brackets(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

/// "1 note", "2 notes".
pub(super) fn counted(count: usize, noun: &str) -> String {
    match (count, noun) {
        (1, _) | (_, "information") => format!("{count} {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint | Severity::Off => "hint",
    }
}
