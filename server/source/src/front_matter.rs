//! The metadata of a work from the front matter of a Markdown page.

use ibid_front_matter::{Field, entries, without_brackets};
use ibid_language::List;

use crate::{
    Metadata,
    read::LABELS,
    txt::head::{doi, is_url},
};

/// Reads the YAML between the `---` lines.
pub(crate) fn read(yaml: &str) -> Metadata {
    let mut metadata = Metadata::default();
    for entry in entries(yaml) {
        add(entry.field, &entry.values, &mut metadata);
    }
    metadata
}

/// Adds the values of a field to the metadata.
pub(crate) fn add(field: Field, values: &[String], metadata: &mut Metadata) {
    let mut values = values.iter().map(|value| value.trim());
    match field {
        Field::Title => metadata.title = metadata.title.take().or(values.next().map(str::to_owned)),
        Field::FullTitle => metadata.title = values.next().map(str::to_owned).or(metadata.title.take()),
        Field::Author => {
            for name in values.flat_map(people) {
                if !metadata.authors.iter().any(|known| known == name) {
                    metadata.authors.push(name.to_owned());
                }
            }
        }
        Field::Date => metadata.date = metadata.date.take().or(values.next().map(str::to_owned)),
        Field::Address | Field::OwnAddress => {
            metadata.urls.extend(values.filter(|value| is_url(value)).map(str::to_owned));
        }
        Field::Doi => metadata.doi = values.next().map(|value| doi(value).to_owned()),
        Field::CitationKey | Field::Id => {
            metadata.keys.extend(values.map(|key| key.trim_start_matches('@').to_owned()));
        }
        Field::Alias => metadata.aliases.extend(values.map(str::to_owned)),
        Field::Work | Field::Bibliography | Field::Switch => {}
    }
}

/// The people in a list of authors written as one value: separated by semicolons, or by commas between full names ("Doe,
/// Jane" is one person). A link to a person's page gives the name of that page.
fn people(value: &str) -> Vec<&str> {
    let is_full_name = |name: &&str| name.split_whitespace().count() > 1;
    let parts: Vec<&str> = if value.contains(';') {
        value.split(';').collect()
    } else {
        Some(value.split(", ").collect())
            .filter(|parts: &Vec<&str>| parts.iter().all(is_full_name))
            .unwrap_or(vec![value])
    };
    let names = parts.into_iter().flat_map(joined).map(without_brackets);
    names.filter(|name| !name.is_empty()).collect()
}

/// The people of "Jane Doe and John Public"; both must have more than one name, as "Smith and Sons" is one author.
fn joined(part: &str) -> Vec<&str> {
    let is_full_name = |name: &&str| name.split_whitespace().count() > 1;
    let conjunctions = LABELS.words(List::NameConjunction);
    let separated = conjunctions.iter().map(|conjunction| part.split(&*format!(" {conjunction} ")).collect::<Vec<_>>());
    let mut full = separated.filter(|names| names.len() > 1 && names.iter().all(is_full_name));
    full.next().unwrap_or_else(|| vec![part])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Extent;

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
            extent: Extent::Whole,
        };
        assert_eq!(metadata, expected);
    }

    #[test]
    fn the_first_address_of_a_page_is_not_its_own() {
        assert_eq!(
            read("permalink: https://own.example/a\noriginal-url: https://first.example/a\n").urls,
            ["https://own.example/a"]
        );
    }

    #[test]
    fn authors_are_separated() {
        let authors = |value: &str| people(value).join(" | ");
        assert_eq!(authors("Jane Doe, John Q. Public"), "Jane Doe | John Q. Public");
        assert_eq!(authors("Doe, Jane"), "Doe, Jane");
        assert_eq!(authors("Doe, Jane; Public, John"), "Doe, Jane | Public, John");
        assert_eq!(authors("[[Jane Doe]], [[John Public]]"), "Jane Doe | John Public");
        assert_eq!(authors("[[Jane Doe|Jane]]"), "Jane Doe");
        assert_eq!(authors("Jane Doe and John Public"), "Jane Doe | John Public");
        assert_eq!(authors("Smith and Sons"), "Smith and Sons");
        assert_eq!(authors("[[]]"), "");
    }
}
