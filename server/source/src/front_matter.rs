//! The YAML block at the head of a Markdown page.

use serde::Deserialize;

use crate::{
    Metadata,
    txt::head::{doi, is_url},
};

/// Reads the lines between the `---` marks. Each top-level entry is read by itself, so that a broken one costs nothing
/// but itself.
pub(crate) fn read(yaml: &str) -> Metadata {
    let mut metadata = Metadata::default();
    for entry in entries(yaml) {
        let Some((key, _)) = entry.split_once(':') else { continue };
        // Most entries of most pages say nothing of the work; parsing them would take as long as reading the page.
        if let Some(field) = Field::of_key(key.trim().trim_matches(['"', '\''])) {
            field.take(values(entry), &mut metadata);
        }
    }
    metadata
}

/// What an entry says of the work.
#[derive(Clone, Copy)]
enum Field {
    Title,
    Author,
    Date,
    Address,
    Doi,
    Key,
    Alias,
}

impl Field {
    fn of_key(key: &str) -> Option<Self> {
        Some(match key.to_lowercase().as_str() {
            "title" => Self::Title,
            "author" | "authors" | "creator" => Self::Author,
            "date" | "published" | "year" => Self::Date,
            "url" | "source" | "link" | "canonical" | "permalink" => Self::Address,
            "doi" => Self::Doi,
            "id" | "citekey" | "citation-key" | "citation_key" | "key" => Self::Key,
            "alias" | "aliases" => Self::Alias,
            _ => return None,
        })
    }

    fn take(self, values: Vec<String>, metadata: &mut Metadata) {
        match self {
            Self::Title => metadata.title = values.into_iter().next(),
            Self::Author => metadata.authors.extend(values),
            Self::Date => metadata.date = metadata.date.take().or(values.into_iter().next()),
            Self::Address => metadata.urls.extend(values.into_iter().filter(|value| is_url(value))),
            Self::Doi => metadata.doi = values.first().map(|value| doi(value).to_owned()),
            Self::Key => {
                metadata.keys.extend(values.into_iter().map(|key| key.trim_start_matches('@').to_owned()));
            }
            Self::Alias => metadata.aliases.extend(values),
        }
    }
}

/// The top-level entries: each begins at the margin and takes the indented lines and list items below it along.
fn entries(yaml: &str) -> Vec<&str> {
    let mut entries = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let opens =
            line.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '-' | '#' | '}' | ']')) && line.contains(':');
        if opens && at > start {
            entries.push(&yaml[start..at]);
            start = at;
        }
        at += line.len();
    }
    entries.push(&yaml[start..]);
    entries
}

/// The values of one entry as plain words, in order; none if it is no YAML.
fn values(entry: &str) -> Vec<String> {
    let Ok(fields) = serde_saphyr::from_str::<std::collections::BTreeMap<String, Value>>(entry) else {
        return Vec::new();
    };
    let mut words = Vec::new();
    for value in fields.into_values() {
        value.words(&mut words);
    }
    words.retain(|word| !word.trim().is_empty());
    words
}

/// A value of whatever shape; what is no word, list or person is passed over.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Word(String),
    Integer(i64),
    Number(f64),
    List(Vec<Value>),
    Person { name: String },
    Other(serde::de::IgnoredAny),
}

impl Value {
    fn words(self, words: &mut Vec<String>) {
        match self {
            Self::Word(word) => words.push(word),
            Self::Integer(number) => words.push(number.to_string()),
            Self::Number(number) => words.push(number.to_string()),
            Self::List(list) => list.into_iter().for_each(|value| value.words(words)),
            Self::Person { name } => words.push(name),
            Self::Other(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_identifies_the_work_is_read() {
        let metadata = read(
            "title: \"Scheming AIs: a report\"\nauthors:\n  - Joe Carlsmith\n  - name: A. N. Other\ndate: 2023-11-14\n\
             source: https://example.org/a\ndoi: https://doi.org/10.1/x\ncitekey: \"@carlsmith2023\"\nid: 17\n\
             aliases: [Scheming, \"schemers\"]\ntags: {a: b}\n",
        );
        let expected = Metadata {
            title: Some("Scheming AIs: a report".into()),
            authors: vec!["Joe Carlsmith".into(), "A. N. Other".into()],
            date: Some("2023-11-14".into()),
            urls: vec!["https://example.org/a".into()],
            doi: Some("10.1/x".into()),
            keys: vec!["carlsmith2023".into(), "17".into()],
            aliases: vec!["Scheming".into(), "schemers".into()],
        };
        assert_eq!(metadata, expected);
    }

    #[test]
    fn a_broken_entry_costs_only_itself() {
        let metadata =
            read("title: A: B: [\nauthor: \"open\nurl: https://example.org/b\n: :\n- x\n\tbad: tab\ndate: 2024\n");
        assert_eq!(metadata.urls, ["https://example.org/b"]);
        assert_eq!(metadata.date.as_deref(), Some("2024"));
    }
}
