//! SARIF 2.1.0 (OASIS), for code scanning.

use ibid_corpus::{File, Severity, Snapshot};
use ibid_ide::{Finding, Fix, RULES};
use ibid_text::Span;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::report::{Region, Report};

/// The characters of a path that a URI reference (RFC 3986) escapes: all but unreserved ones and the slash.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

pub(super) fn render(report: &Report) -> String {
    let mut results = Vec::new();
    for (snapshot, file, examination) in report.notes() {
        results.extend(examination.findings.iter().map(|finding| result(report, snapshot, file, finding)));
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "ibid",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(|rule| json!({
                    "id": rule.name,
                    "shortDescription": { "text": rule.summary },
                    "help": { "text": rule.documentation, "markdown": rule.documentation },
                    "defaultConfiguration": configuration(rule.severity),
                })).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn configuration(severity: Severity) -> Value {
    json!({ "enabled": severity != Severity::Off, "level": level(severity) })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
        Severity::Off => "none",
    }
}

fn result(report: &Report, snapshot: &Snapshot, file: &File, finding: &Finding) -> Value {
    let related = finding.related.iter().enumerate().filter_map(|(id, related)| {
        let mut place = location(report, snapshot.file(related.file)?, related.span);
        place["id"] = json!(id);
        place["message"] = json!({ "text": related.message });
        Some(place)
    });
    let mut result = json!({
        "ruleId": finding.code.rule().name,
        "ruleIndex": finding.code as usize,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [location(report, file, finding.span)],
        "relatedLocations": related.collect::<Vec<_>>(),
    });
    if !finding.fixes.is_empty() {
        result["fixes"] = finding.fixes.iter().map(|each| fix(report, file, each)).collect();
    }
    result
}

fn location(report: &Report, file: &File, span: Span) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(report, file), "region": region(file, span) } })
}

fn artifact(report: &Report, file: &File) -> Value {
    let path = report.path(&file.absolute);
    let encoded = utf8_percent_encode(&path, PATH);
    let rooted = if path.starts_with('/') { "file://" } else { "" };
    json!({ "uri": format!("{rooted}{encoded}") })
}

fn region(file: &File, span: Span) -> Value {
    let Region { start, end } = Region::of(file, span);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn fix(report: &Report, file: &File, fix: &Fix) -> Value {
    let replacements = fix
        .edits
        .iter()
        .map(|(span, text)| json!({ "deletedRegion": region(file, *span), "insertedContent": { "text": text } }));
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": artifact(report, file),
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}
