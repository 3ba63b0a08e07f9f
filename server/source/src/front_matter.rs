//! The YAML block at the head of a Markdown page.

use granit_parser::{Event, Parser, ScalarStyle, StrInput};

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
            field.take(&values(entry), &mut metadata);
        }
    }
    metadata
}

/// What an entry says of the work: the names that people, and the programs that export clippings, give it.
#[derive(Clone, Copy)]
pub(crate) enum Field {
    Title,
    /// The title that goes before another: Readwise shortens the one it heads the page with.
    FullTitle,
    Author,
    Date,
    Address,
    Doi,
    Key,
    Alias,
}

impl Field {
    /// The field that a key names, in any case.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        let key = key.trim().to_lowercase().replace(['-', '_'], " ");
        Some(match key.as_str() {
            "title" => Self::Title,
            "full title" => Self::FullTitle,
            "author" | "authors" | "creator" | "creators" | "by" => Self::Author,
            "date" | "published" | "date published" | "publish date" | "year" => Self::Date,
            // Where a page of one's own appeared first is not what it is a copy of: both go on to change.
            "url" | "source" | "source url" | "link" | "canonical" | "permalink" => Self::Address,
            "doi" => Self::Doi,
            "id" | "citekey" | "cite key" | "citation key" | "key" => Self::Key,
            "alias" | "aliases" => Self::Alias,
            _ => return None,
        })
    }

    /// Takes what an entry of this name says into what is known of the work.
    pub(crate) fn take(self, values: &[String], metadata: &mut Metadata) {
        let mut values = values.iter().map(|value| value.trim());
        match self {
            Self::Title => metadata.title = metadata.title.take().or(values.next().map(str::to_owned)),
            Self::FullTitle => metadata.title = values.next().map(str::to_owned).or(metadata.title.take()),
            Self::Author => {
                for name in values.flat_map(people) {
                    if !metadata.authors.iter().any(|known| known == name) {
                        metadata.authors.push(name.to_owned());
                    }
                }
            }
            Self::Date => metadata.date = metadata.date.take().or(values.next().map(str::to_owned)),
            Self::Address => metadata.urls.extend(values.filter(|value| is_url(value)).map(str::to_owned)),
            Self::Doi => metadata.doi = values.next().map(|value| doi(value).to_owned()),
            Self::Key => metadata.keys.extend(values.map(|key| key.trim_start_matches('@').to_owned())),
            Self::Alias => metadata.aliases.extend(values.map(str::to_owned)),
        }
    }
}

/// The people in a list of authors that is written as one value: parted by semicolons, or by commas between full names
/// ("Doe, Jane" is one person). A link to a person's page is that page's name.
fn people(value: &str) -> Vec<&str> {
    let is_full_name = |name: &&str| name.split_whitespace().count() > 1;
    let parts: Vec<&str> = if value.contains(';') {
        value.split(';').collect()
    } else {
        Some(value.split(", ").collect())
            .filter(|parts: &Vec<&str>| parts.iter().all(is_full_name))
            .unwrap_or(vec![value])
    };
    let names = parts.into_iter().map(|part| part.trim().trim_start_matches("[[").trim_end_matches("]]").trim());
    names.filter(|name| !name.is_empty()).collect()
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
    Nodes(Parser::new_from_str(entry)).values().unwrap_or_default()
}

/// The nodes of a YAML document, as they come.
struct Nodes<'y>(Parser<'y, StrInput<'y>>);

impl<'y> Nodes<'y> {
    /// The values of the mapping that the document is; `None` if it is none or broken.
    fn values(&mut self) -> Option<Vec<String>> {
        let mut words = Vec::new();
        while !matches!(self.next()?, Event::MappingStart(..)) {}
        loop {
            match self.next()? {
                Event::MappingEnd => break,
                key => self.pass(key)?,
            }
            let value = self.next()?;
            self.take(value, &mut words)?;
        }
        while !matches!(self.next()?, Event::StreamEnd) {}
        words.retain(|word| !word.trim().is_empty());
        Some(words)
    }

    /// Takes the words of a value of whatever shape: a word, a list of values, or somebody with a name. What is none of these
    /// is passed over.
    fn take(&mut self, value: Event<'y>, words: &mut Vec<String>) -> Option<()> {
        match value {
            Event::Scalar(word, style, ..) if style != ScalarStyle::Plain || !says_nothing(&word) => {
                words.push(word.into_owned());
            }
            Event::SequenceStart(..) => loop {
                match self.next()? {
                    Event::SequenceEnd => break,
                    value => self.take(value, words)?,
                }
            },
            Event::MappingStart(..) => loop {
                let is_name = match self.next()? {
                    Event::MappingEnd => break,
                    Event::Scalar(key, ..) => key == "name",
                    key => self.pass(key).map(|()| false)?,
                };
                let value = self.next()?;
                if is_name { self.take(value, words)? } else { self.pass(value)? }
            },
            _ => {}
        }
        Some(())
    }

    /// Reads a value to its end.
    fn pass(&mut self, value: Event<'y>) -> Option<()> {
        self.take(value, &mut Vec::new())
    }

    /// What comes next that is no comment; `None` where the document is broken.
    fn next(&mut self) -> Option<Event<'y>> {
        loop {
            match self.0.next_event()?.ok()?.0 {
                Event::Comment(..) => {}
                event => return Some(event),
            }
        }
    }
}

/// Whether what is written without quotation marks is no word to YAML, but that there is none, or yes or no.
fn says_nothing(plain: &str) -> bool {
    plain == "~" || ["null", "true", "false"].iter().any(|word| plain.eq_ignore_ascii_case(word))
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
    fn where_a_page_appeared_first_is_no_address_of_it() {
        assert_eq!(
            read("permalink: https://own.example/a\noriginal-url: https://first.example/a\n").urls,
            ["https://own.example/a"]
        );
    }

    #[test]
    fn authors_are_told_apart() {
        let authors = |value: &str| people(value).join(" | ");
        assert_eq!(authors("Jane Doe, John Q. Public"), "Jane Doe | John Q. Public");
        assert_eq!(authors("Doe, Jane"), "Doe, Jane");
        assert_eq!(authors("Doe, Jane; Public, John"), "Doe, Jane | Public, John");
        assert_eq!(authors("[[Jane Doe]], [[John Public]]"), "Jane Doe | John Public");
        assert_eq!(authors("[[]]"), "");
    }

    #[test]
    fn a_broken_entry_costs_only_itself() {
        let metadata =
            read("title: A: B: [\nauthor: \"open\nurl: https://example.org/b\n: :\n- x\n\tbad: tab\ndate: 2024\n");
        assert_eq!(metadata.urls, ["https://example.org/b"]);
        assert_eq!(metadata.date.as_deref(), Some("2024"));
    }

    #[test]
    fn values_of_whatever_shape_come_to_words() {
        let check = |entry: &str, words: &[&str]| assert_eq!(values(entry), words, "{entry}");
        check("year: 2016 # or so\n", &["2016"]);
        check("title: 1.10\n", &["1.10"]);
        check("title: true\n", &[]);
        check("title: \"true\"\n", &["true"]);
        check("title: ~\n", &[]);
        check("title:\n", &[]);
        check("title: |\n  two\n  lines\n", &["two\nlines\n"]);
        check("authors: [[Jane Doe], {born: {name: X}, name: John}, {x: [y]}]\n", &["Jane Doe", "John"]);
        check("author: &a [Jane, *a]\n", &["Jane"]);
        check("author: *nobody\n", &[]);
        check("author: [Jane\n", &[]);
    }
}
