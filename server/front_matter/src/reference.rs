use serde::{Deserialize, Serialize};

use crate::{split, yaml};

/// A work that a page lists in its own front matter, under `references:` (pandoc's form of CSL).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Reference {
    /// The key by which the page cites it.
    pub key: String,
    /// Its DOI, or else its URL.
    pub address: Option<String>,
}

/// The works listed in the YAML between the `---` lines, in order. One without an `id` is no work.
pub fn references(yaml: &str) -> Vec<Reference> {
    let lists = split(yaml)
        .into_iter()
        .filter(|entry| entry.split_once(':').is_some_and(|(key, _)| key.trim().eq_ignore_ascii_case("references")));
    lists.flat_map(yaml::mappings).filter_map(|fields| reference(&fields)).collect()
}

fn reference(fields: &[(String, String)]) -> Option<Reference> {
    let field = |name: &str| {
        let found = fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    Some(Reference { key: field("id")?, address: field("doi").or_else(|| field("url")) })
}

#[test]
fn works_of_any_shape_are_listed() {
    let yaml = "title: x\nreferences:\n- type: book\n  id: okoro2020\n  author:\n  - family: Okoro\n    id: no\n  DOI: 10.1/x\n\
                - {id: sorrel, URL: 'https://a.org'}\n- title: none\n- word\nlang: en\n";
    let found: Vec<_> = references(yaml).into_iter().map(|it| (it.key, it.address.unwrap_or_default())).collect();
    let owned = |key: &str, address: &str| (key.to_owned(), address.to_owned());
    assert_eq!(found, [owned("okoro2020", "10.1/x"), owned("sorrel", "https://a.org")]);
    assert_eq!(references("references: [\n"), []);
}
