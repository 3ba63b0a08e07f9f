//! Versioned JSON, described in docs/check-json.md. Offsets are half-open UTF-8 bytes of the file. Lines and columns count
//! from 1; columns count characters.

use std::sync::Arc;

use ibid_corpus::{File, Match, Severity, Snapshot, person};
use ibid_ide::{Finding, Fix, Judged, NamedVoice, Place, Problem, Related};
use ibid_text::Span;
use serde_json::{Map, Value, json};

use super::{
    report::{Region, Report},
    stats,
};

/// Increased when a key changes its meaning or is removed, not when one is added.
const VERSION: u32 = 1;

/// The report, with counts of claims by state if they are wanted.
pub(super) fn render(report: &Report, counts_claims: bool) -> String {
    let mut notes: Vec<Value> = report
        .notes()
        .map(|(snapshot, file, examination)| {
            json!({
                "path": report.path(&file.absolute),
                "quotations": each(&examination.quotations, |(span, judged)| quotation(report, snapshot, file, *span, judged)),
                "findings": each(&examination.findings, |found| finding(report, snapshot, file, found, &examination.quotations)),
                "problems": each(&examination.problems, |found| problem(file, found)),
            })
        })
        .collect();
    let counts = if counts_claims { stats::of_notes(report) } else { Vec::new() };
    for (note, counts) in notes.iter_mut().zip(&counts) {
        note["claims"] = stats::claims(counts);
    }
    let quotations = report.verdicts().into_iter().map(|(verdict, count)| (verdict_name(verdict), count.into()));
    let findings = report.severities().into_iter().map(|(severity, count)| (severity_name(severity), count.into()));
    let mut whole = json!({
        "version": VERSION,
        "notes": notes,
        "summary": {
            "notes": notes.len(),
            "quotations": quotations.collect::<Map<String, Value>>(),
            "findings": findings.collect::<Map<String, Value>>(),
            "accepted": report.accepted(),
        },
    });
    if counts_claims {
        whole["summary"]["claims"] = stats::claims(&stats::sum(&counts));
    }
    format!("{whole:#}\n")
}

fn each<T>(things: &[T], show: impl Fn(&T) -> Value) -> Vec<Value> {
    things.iter().map(show).collect()
}

fn quotation(report: &Report, snapshot: &Snapshot, file: &File, span: Span, judged: &Judged) -> Value {
    let mut shown = place(file, span);
    shown["verdicts"] = json!(judged.verdicts());
    shown["matches"] = judged.located.matches.iter().filter_map(|found| matched(report, snapshot, found)).collect();
    if let Some(NamedVoice { named, found, state }) = &judged.voice {
        let found = (!found.is_empty()).then(|| person::list(found));
        shown["voice"] = json!({ "named": named, "found": found, "state": state.name() });
    }
    if let Some(reason) = judged.unchecked_reason {
        shown["reason"] = json!(reason.reason());
    }
    shown
}

fn matched(report: &Report, snapshot: &Snapshot, found: &Match) -> Option<Value> {
    let there = Place::in_source(snapshot, found.file, found.span)?;
    let file = snapshot.file(there.file)?;
    let mut shown = place(file, there.span);
    shown["path"] = json!(report.path(&file.absolute));
    shown["verdict"] = json!(found.verdict);
    shown["similarity"] = json!(found.similarity);
    Some(shown)
}

fn finding(
    report: &Report,
    snapshot: &Snapshot,
    file: &File,
    finding: &Finding,
    quotations: &[(Span, Arc<Judged>)],
) -> Value {
    let mut shown = place(file, finding.span);
    let code = finding.code.rule().name;
    shown["code"] = json!(code);
    shown["severity"] = json!(severity_name(finding.severity));
    shown["message"] = json!(finding.message);
    shown["related"] = finding.related.iter().filter_map(|found| related(report, snapshot, found)).collect();
    shown["fixes"] = finding.fixes.iter().map(fix).collect();
    let quoted = quotations.iter().find(|(span, _)| code.starts_with("quote-") && span.covers(finding.span));
    if let Some((_, judged)) = quoted {
        shown["verdicts"] = json!(judged.verdicts());
    }
    shown
}

fn related(report: &Report, snapshot: &Snapshot, related: &Related) -> Option<Value> {
    let file = snapshot.file(related.file)?;
    let mut shown = place(file, related.span);
    shown["path"] = json!(report.path(&file.absolute));
    shown["message"] = json!(related.message);
    Some(shown)
}

fn fix(fix: &Fix) -> Value {
    let edit = |(span, text): &(Span, String)| json!({ "start": span.start, "end": span.end, "text": text });
    json!({ "title": fix.title, "preferred": fix.preferred, "edits": fix.edits.iter().map(edit).collect::<Vec<_>>() })
}

fn problem(file: &File, problem: &Problem) -> Value {
    let mut shown = place(file, problem.span);
    shown["message"] = json!(problem.message);
    shown
}

/// A span's place and text.
fn place(file: &File, span: Span) -> Value {
    let Region { start, end } = Region::of(file, span);
    let mut shown = json!({
        "start": span.start,
        "end": span.end,
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "text": file.words_at(span),
    });
    if let Some(number) = file.page_number(span.start) {
        shown["page"] = json!(number);
    }
    if let Some(title) = file.chapter(span.start) {
        shown["chapter"] = json!(title);
    }
    shown
}

fn severity_name(severity: Severity) -> String {
    format!("{severity:?}").to_lowercase()
}

fn verdict_name(verdict: ibid_evidence::Verdict) -> String {
    json!(verdict).as_str().unwrap_or_default().to_owned()
}
