//! The linked data of a page (JSON-LD with the schema.org vocabulary): the work that the page is.

use serde_json::Value;

/// What linked data says about a work.
#[derive(Default, Debug)]
pub(super) struct Work {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<String>,
    pub(super) urls: Vec<String>,
}

/// The first work in a JSON-LD script; an empty one if there is none or the JSON is invalid.
pub(super) fn work(json: &str) -> Work {
    let Ok(data) = serde_json::from_str::<Value>(json) else { return Work::default() };
    let graph = data.get("@graph").and_then(Value::as_array);
    let items: Vec<&Value> = match (&data, graph) {
        (_, Some(graph)) => graph.iter().collect(),
        (Value::Array(items), None) => items.iter().collect(),
        _ => vec![&data],
    };
    items.into_iter().find(|item| is_work(item)).map_or_else(Work::default, Work::of)
}

/// Whether an item is a written work.
fn is_work(item: &Value) -> bool {
    let is_kind = |kind: &str| {
        ["Article", "Posting", "WebPage", "CreativeWork", "Report", "Book", "Chapter", "Thesis"]
            .iter()
            .any(|known| kind.ends_with(known))
    };
    match item.get("@type") {
        Some(Value::String(kind)) => is_kind(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_kind),
        _ => false,
    }
}

impl Work {
    fn of(item: &Value) -> Self {
        let word = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
        let page = item.get("mainEntityOfPage");
        let page = page.and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()));
        Self {
            title: word("headline").or_else(|| word("name")),
            authors: item.get("author").map_or_else(Vec::new, names),
            date: word("datePublished").or_else(|| word("dateCreated")),
            urls: word("url").into_iter().chain(page.map(str::to_owned)).collect(),
        }
    }
}

/// The names of one person or of several.
fn names(people: &Value) -> Vec<String> {
    match people {
        Value::String(name) => vec![name.clone()],
        Value::Array(people) => people.iter().flat_map(names).collect(),
        person => person.get("name").map_or_else(Vec::new, names),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_is_found_in_any_shape() {
        let found = work(
            r#"{"@graph": [{"@type": "Organization", "name": "X"}, {"@type": ["BlogPosting"], "headline": "On counting",
            "author": [{"@type": "Person", "name": "Ada First"}, "Ben Second"], "datePublished": "2024-05-01",
            "mainEntityOfPage": {"@id": "https://example.org/a"}}]}"#,
        );
        assert_eq!(found.title.as_deref(), Some("On counting"));
        assert_eq!(found.authors, ["Ada First", "Ben Second"]);
        assert_eq!(found.date.as_deref(), Some("2024-05-01"));
        assert_eq!(found.urls, ["https://example.org/a"]);
        assert!(work("{").title.is_none());
        assert!(work(r#"{"@type": "Organization", "name": "X"}"#).title.is_none());
    }
}
