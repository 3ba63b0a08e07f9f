//! The YAML block at the head of a note.

use ibid_front_matter::{Field, Reference, entries, find, references, without_brackets};
use ibid_text::Span;
use serde::{Deserialize, Serialize};

/// The front matter of a note.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct FrontMatter {
    /// The block with its `---` lines.
    pub span: Span,
    /// `title`, or `full-title` if there is one.
    pub title: Option<String>,
    /// The work that a literature note is about: values of `source`, `url`, `citekey`, `doi` and their synonyms, in order.
    pub works: Vec<String>,
    /// `aliases`.
    pub aliases: Vec<String>,
    /// The paths of its bibliographies (`bibliography`), as written.
    pub bibliographies: Vec<String>,
    /// The works that it lists itself (`references`).
    pub references: Vec<Reference>,
    /// Whether `ibid: off` switches the note off.
    pub off: bool,
}

/// Reads the front matter that begins at the byte `from`, if there is any.
pub(crate) fn read(text: &str, from: u32) -> Option<FrontMatter> {
    let block = find(text, from)?;
    let mut front_matter = FrontMatter { span: block.span, ..FrontMatter::default() };
    let yaml = block.yaml.of(text);
    for entry in entries(yaml) {
        front_matter.add(entry.field, &entry.values);
    }
    front_matter.references = references(yaml);
    Some(front_matter)
}

impl FrontMatter {
    fn add(&mut self, field: Field, values: &[String]) {
        let names = values.iter().map(|value| without_brackets(value)).filter(|name| !name.is_empty());
        let mut names = names.map(str::to_owned);
        match field {
            Field::Title => self.title = self.title.take().or_else(|| names.next()),
            Field::FullTitle => self.title = names.next().or_else(|| self.title.take()),
            Field::Alias => self.aliases.extend(names),
            Field::Bibliography => self.bibliographies.extend(names),
            Field::Switch => self.off = values.iter().any(|value| is_off(value)),
            _ if field.names_work() => self.works.extend(names),
            _ => {}
        }
    }
}

fn is_off(value: &str) -> bool {
    ["off", "false", "no"].iter().any(|off| value.eq_ignore_ascii_case(off))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works_and_names_are_read() {
        let text = "---\ntitle: \"On: goals\"\nsource: \"[[kwa|Kwa]]\"\nurl: https://a.org\naliases: [a, b]\nibid: off\ntags:\n  - x\nyear: 2023\n---\nText";
        let front = read(text, 0).expect("front matter");
        assert_eq!(front.title.as_deref(), Some("On: goals"));
        assert_eq!(front.works, ["kwa", "https://a.org"]);
        assert_eq!(front.aliases, ["a", "b"]);
        assert!(front.off);
        assert_eq!(&text[front.span.end as usize..], "\nText");
    }

    #[test]
    fn every_name_of_a_work_counts() {
        for entry in ["link: kwa", "source-url: kwa", "citation-key: kwa", "Source: kwa", "source:\n  - \"[[kwa]]\""] {
            let front = read(&format!("---\n{entry}\n---\n"), 0).expect("front matter");
            assert_eq!(front.works, ["kwa"], "{entry}");
        }
        let own = read("---\nid: 202301\npermalink: /kwa\n---\n", 0).expect("front matter");
        assert!(own.works.is_empty(), "the names of the note itself are no work");
    }

    #[test]
    fn a_broken_entry_costs_no_other() {
        let front = read("---\ntitle: a: b: [c\naliases: [x\nsource: kwa\n---\n", 0).expect("front matter");
        assert_eq!((front.title.as_deref(), front.aliases.len()), (Some("a: b: [c"), 0));
        assert_eq!(front.works, ["kwa"]);
    }

    #[test]
    fn bibliographies_are_one_or_several_or_the_works_themselves() {
        let front = |yaml: &str| read(&format!("---\n{yaml}\n---\n"), 0).expect("front matter");
        assert_eq!(front("bibliography: refs.bib").bibliographies, ["refs.bib"]);
        assert_eq!(
            front("bibliography:\n  - refs.bib\n  - '../more.json'").bibliographies,
            ["refs.bib", "../more.json"]
        );
        assert_eq!(front("references:\n- id: kwa\n  title: X").references[0].key, "kwa");
    }

    #[test]
    fn a_switch_may_be_a_truth_value() {
        for (value, off) in [("off", true), ("false", true), ("No", true), ("on", false), ("true", false), ("", false)]
        {
            assert_eq!(read(&format!("---\nibid: {value}\n---\n"), 0).map(|front| front.off), Some(off), "{value}");
        }
    }
}
