//! Reads CSL-JSON, one item at a time.

use std::ops::Range;

use ibid_text::Span;
use serde_json::Value;

use super::{Entry, Name, Reader, doi, files, line, pages, year};

/// Reads every item of the bibliography.
pub(super) fn read(reader: &mut Reader) {
    let text = reader.text;
    let items = items(text);
    if items.is_empty() && !matches!(text.trim(), "" | "[]") {
        reader.skip(0, "not CSL-JSON: expected a list of items, `[{\"id\": …}]`".to_owned());
    }
    for range in items {
        match serde_json::from_str::<Value>(&text[range.clone()]) {
            Ok(item) => match entry(&item, Span::from(range.clone())) {
                Some(entry) => reader.entries.push(entry),
                None => reader.skip(range.start, "item skipped: it has no `id`; add one".to_owned()),
            },
            Err(error) => {
                let error = error.to_string();
                let what = error.split(" at line").next().unwrap_or_default();
                reader.skip(range.start, format!("item skipped: {what}"));
            }
        }
    }
}

/// The objects of the outermost list. They are found by their brackets alone, so that a broken item or a missing comma does
/// not affect the others. A string ends at the end of its line at the latest, as JSON requires.
fn items(text: &str) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut depth = 0_usize;
    let mut start = None;
    let mut in_string = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' => in_string = false,
            _ if escaped => {}
            b'"' => in_string = !in_string,
            b'{' if !in_string => {
                if start.is_none() {
                    start = Some((at, depth));
                }
                depth += 1;
            }
            b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => {
                depth = depth.saturating_sub(1);
                if let Some((from, _)) = start.filter(|&(_, outside)| depth <= outside) {
                    items.push(from..at + 1);
                    start = None;
                }
            }
            _ => {}
        }
        escaped = in_string && byte == b'\\' && !escaped;
    }
    items.extend(start.map(|(from, _)| from..text.len()));
    items
}

fn entry(item: &Value, span: Span) -> Option<Entry> {
    let field = |name: &str| item.get(name).and_then(text);
    let people = |name: &str| item.get(name).and_then(Value::as_array).filter(|people| !people.is_empty());
    let authors = people("author").or_else(|| people("editor"));
    // Zotero's own export has a URL as the id, and the citation key in the item's notes.
    let noted = field("note").and_then(|note| noted_value("citation key", &note));
    let id = field("id");
    let key = field("citation-key").or(noted).or_else(|| id.clone())?;
    Some(Entry {
        aliases: id.filter(|id| *id != key).into_iter().collect(),
        key,
        authors: authors.into_iter().flatten().filter_map(name).collect(),
        has_more_authors: false,
        title: field("title").map(|title| without_tags(&title)),
        year: item.get("issued").and_then(issued),
        container: ["container-title", "publisher", "archive", "genre"].iter().find_map(|name| field(name)),
        pages: field("page").and_then(|text| pages(&text)),
        files: field("file").map_or_else(Vec::new, |field| files(&field)),
        url: field("URL"),
        doi: field("DOI").or_else(|| noted_value("doi", &field("note")?)).and_then(|text| doi(&text)),
        span,
    })
}

/// The value of a field given in an item's notes because its type does not have the field: "Citation Key: weil1949".
fn noted_value(field: &str, note: &str) -> Option<String> {
    let written = note.to_ascii_lowercase();
    let at = written.find(&format!("{field}:"))? + field.len() + 1;
    note[at..].split_whitespace().next().map(str::to_owned)
}

/// A string, a number, or the first of a list of them.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => line(words),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.first().and_then(text),
        _ => None,
    }
}

fn name(person: &Value) -> Option<Name> {
    let field = |name: &str| person.get(name).and_then(text);
    if let Some(literal) = field("literal") {
        return Some(Name { family: literal, given: None });
    }
    let family = field("family")?;
    let family = match field("non-dropping-particle") {
        Some(particle) => format!("{particle} {family}"),
        None => family,
    };
    Some(Name { family, given: field("given") })
}

fn issued(date: &Value) -> Option<String> {
    let parts = date.get("date-parts").and_then(|parts| parts.get(0)).and_then(text);
    parts
        .or_else(|| date.get("raw").and_then(text))
        .or_else(|| date.get("literal").and_then(text))
        .and_then(|date| year(&date))
}

/// A CSL title without its tags, such as `<i>` and `<sup>`.
fn without_tags(title: &str) -> String {
    let mut plain = String::new();
    let mut rest = title;
    while let Some((before, tagged)) = rest.split_once('<') {
        plain.push_str(before);
        match tagged.split_once('>') {
            Some((tag, after)) if is_tag(tag) => rest = after,
            _ => {
                plain.push('<');
                rest = tagged;
            }
        }
    }
    plain + rest
}

fn is_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
    matches!(name, "i" | "b" | "sub" | "sup" | "sc" | "span")
}
