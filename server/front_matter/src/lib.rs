//! The YAML block at the head of a Markdown file, read in one way for notes and sources.
//!
//! [`find`] locates the block, [`entries`] reads it, and [`Field`] is what an entry can say. Reading never fails: an
//! entry that is not valid YAML is lost or read as plain text, and costs no other entry. [`references`] reads the works that a
//! page lists itself.

mod field;
mod reference;
mod yaml;

use ibid_text::Span;

pub use field::Field;
pub use reference::{Reference, references};

/// An entry of a field that ibid knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// What the entry says.
    pub field: Field,
    /// Its values as trimmed text, in order; none is empty.
    pub values: Vec<String>,
}

/// Where a block of front matter is, in bytes of the file's text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// The block with its `---` lines, without the line break at its end.
    pub span: Span,
    /// The YAML between these lines.
    pub yaml: Span,
}

/// The block that begins at the byte `from`, if one does. It ends with a line `---` or `...`.
pub fn find(text: &str, from: u32) -> Option<Block> {
    let mut at = from;
    let mut inside = None;
    for line in text[from as usize..].split_inclusive('\n') {
        let end = at + line.len() as u32;
        let mark = line.trim_end();
        match inside {
            None if mark == "---" => inside = Some(end),
            None => return None,
            Some(start) if mark == "---" || mark == "..." => {
                let span = Span::new(from, at + mark.len() as u32);
                return Some(Block { span, yaml: Span::new(start, at) });
            }
            Some(_) => {}
        }
        at = end;
    }
    None
}

/// The entries of all known fields in the YAML between the `---` lines, in order.
pub fn entries(yaml: &str) -> impl Iterator<Item = Entry> + '_ {
    split(yaml).into_iter().filter_map(|entry| {
        let (key, _) = entry.split_once(':')?;
        // Most entries name no known field, and parsing them would take as long as reading the rest of the file.
        let field = Field::of_key(key.trim().trim_matches(['"', '\'']))?;
        Some(Entry { field, values: values(field, entry) })
    })
}

/// The name in a wiki-link (`[[name|alias]]`); any other value as it is.
pub fn without_brackets(value: &str) -> &str {
    let Some(inside) = value.trim().strip_prefix("[[") else { return value.trim() };
    let inside = inside.strip_suffix("]]").unwrap_or(inside);
    inside.split('|').next().unwrap_or_default().trim()
}

/// The top-level entries: each begins at the margin and includes the indented lines and list items below it.
pub(crate) fn split(yaml: &str) -> Vec<&str> {
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

fn values(field: Field, entry: &str) -> Vec<String> {
    let Some(scalars) = yaml::scalars(entry) else { return unquoted(entry).into_iter().collect() };
    scalars
        .into_iter()
        // A switch is a truth value; in all other fields `true` and `null` say nothing.
        .filter(|scalar| field == Field::Switch || !scalar.is_keyword())
        .map(|scalar| scalar.text.trim().to_owned())
        .filter(|value| !value.is_empty())
        .collect()
}

/// The value of an entry on one line that is no YAML for want of quotation marks: `title: Goals: a survey`.
fn unquoted(entry: &str) -> Option<String> {
    let (_, value) = entry.trim_end().split_once(':')?;
    let value = value.trim();
    let is_text = value.starts_with(char::is_alphanumeric) && !value.contains(['\n', '\r']);
    is_text.then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(yaml: &str, expected: &[(Field, &[&str])]) {
        let found: Vec<Entry> = entries(yaml).collect();
        let found: Vec<(Field, Vec<&str>)> =
            found.iter().map(|entry| (entry.field, entry.values.iter().map(String::as_str).collect())).collect();
        let expected: Vec<(Field, Vec<&str>)> =
            expected.iter().map(|(field, values)| (*field, values.to_vec())).collect();
        assert_eq!(found, expected, "{yaml}");
    }

    #[test]
    fn a_block_ends_with_its_mark() {
        let text = "\u{feff}---\ntitle: x\n...\nText";
        let block = find(text, 3).expect("a block");
        assert_eq!((block.span.of(text), block.yaml.of(text)), ("---\ntitle: x\n...", "title: x\n"));
        for text in ["---\nText that goes on\n", "Text\n---\nx: y\n---\n", ""] {
            assert_eq!(find(text, 0), None, "{text}");
        }
    }

    #[test]
    fn a_broken_entry_costs_only_itself() {
        check(
            "title: \"open\nurl: https://example.org/b\n: :\n- x\n\tbad: tab\ndate: 2024\nauthor: [Jane\n",
            &[
                (Field::Title, &[]),
                (Field::Address, &["https://example.org/b"]),
                (Field::Date, &["2024"]),
                (Field::Author, &[]),
            ],
        );
    }

    #[test]
    fn text_that_lacks_quotation_marks_is_read() {
        check("title: Goals: a survey\n", &[(Field::Title, &["Goals: a survey"])]);
        check("title: A: B: [\n", &[(Field::Title, &["A: B: ["])]);
    }

    #[test]
    fn values_of_any_shape_become_text() {
        let values = |value: &str, expected: &[&str]| check(&format!("title:{value}\n"), &[(Field::Title, expected)]);
        values(" 2016 # or so", &["2016"]);
        values(" 1.10", &["1.10"]);
        values(" true", &[]);
        values(" \"true\"", &["true"]);
        values(" ~", &[]);
        values("", &[]);
        values(" |\n  two\n  lines", &["two\nlines"]);
        values(" [[Jane Doe], {born: {name: X}, name: John}, {x: [y]}]", &["Jane Doe", "John"]);
        values(" &a [Jane, *a]", &["Jane"]);
        values(" *nobody", &[]);
        values("\n  - \"[[kwa|Kwa]]\"\n  - b", &["[[kwa|Kwa]]", "b"]);
    }

    #[test]
    fn a_switch_keeps_its_truth_value() {
        check("ibid: false\n", &[(Field::Switch, &["false"])]);
        check("ibid: off\n", &[(Field::Switch, &["off"])]);
    }

    #[test]
    fn a_wiki_link_names_a_file() {
        assert_eq!(without_brackets(" [[kwa|Kwa]] "), "kwa");
        assert_eq!(without_brackets("kwa|Kwa"), "kwa|Kwa");
        assert_eq!(without_brackets("[["), "");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(---\n)?[a-zé\"'\\[\\]{}:&*!|>#%@ \n\t-]{0,80}(\n---\n)?") {
            if let Some(block) = find(&text, 0) {
                prop_assert!(block.span.covers(block.yaml));
                entries(block.yaml.of(&text)).for_each(drop);
            }
            entries(&text).for_each(drop);
        }

        /// Whatever one entry contains, the entry after it is read.
        #[test]
        fn no_entry_costs_another(value in "[^\n\r]{0,40}") {
            let yaml = format!("title: {value}\nurl: https://example.org\n");
            let url = entries(&yaml).find(|entry| entry.field == Field::Address);
            prop_assert_eq!(url.map(|entry| entry.values), Some(vec!["https://example.org".to_owned()]));
        }
    }
}
