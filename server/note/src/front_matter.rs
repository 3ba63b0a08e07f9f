//! The YAML block at the head of a note.

use ibid_text::Span;
use serde::{Deserialize, Serialize};

/// What a note's front matter says that bears on its evidence.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct FrontMatter {
    /// The block with its `---` lines.
    pub span: Span,
    /// `title`.
    pub title: Option<String>,
    /// Values of `source`, `url`, `citekey` and `doi`: the one work a literature note is about.
    pub works: Vec<String>,
    /// `aliases`.
    pub aliases: Vec<String>,
    /// `ibid: off` switches the note off.
    pub off: bool,
}

/// The fields that matter here; all others are passed over.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Fields {
    title: Value,
    source: Value,
    url: Value,
    citekey: Value,
    doi: Value,
    aliases: Value,
    alias: Value,
    ibid: Value,
}

/// A value of whatever kind somebody wrote.
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Value {
    Truth(bool),
    Text(String),
    Many(Vec<Value>),
    Other(serde::de::IgnoredAny),
    #[default]
    Nothing,
}

impl Value {
    /// Its strings, flattened; `[[name]]` is the name.
    fn strings(&self) -> Vec<String> {
        match self {
            Self::Text(text) => {
                let bare = text.trim().trim_start_matches("[[").trim_end_matches("]]");
                let name = bare.split('|').next().unwrap_or(bare).trim();
                if name.is_empty() { Vec::new() } else { vec![name.to_owned()] }
            }
            Self::Many(values) => values.iter().flat_map(Self::strings).collect(),
            Self::Truth(_) | Self::Other(_) | Self::Nothing => Vec::new(),
        }
    }

    fn is_off(&self) -> bool {
        match self {
            Self::Truth(on) => !on,
            Self::Text(text) => matches!(text.trim().to_ascii_lowercase().as_str(), "off" | "false" | "no"),
            _ => false,
        }
    }
}

/// Reads the front matter at the byte `from`, if there is any. Broken YAML is read line by line.
pub(crate) fn read(text: &str, from: u32) -> Option<FrontMatter> {
    let (span, yaml) = find(text, from)?;
    let yaml = yaml.of(text);
    let fields = serde_saphyr::from_str::<Fields>(yaml).unwrap_or_else(|_| by_line(yaml));
    let works = [&fields.source, &fields.url, &fields.citekey, &fields.doi];
    Some(FrontMatter {
        span,
        title: fields.title.strings().into_iter().next(),
        works: works.into_iter().flat_map(Value::strings).collect(),
        aliases: [&fields.aliases, &fields.alias].into_iter().flat_map(Value::strings).collect(),
        off: fields.ibid.is_off(),
    })
}

/// The block with its `---` lines, and what stands between them.
pub(crate) fn find(text: &str, from: u32) -> Option<(Span, Span)> {
    let mut at = from;
    let mut inside = None;
    for line in text[from as usize..].split_inclusive('\n') {
        let end = at + line.len() as u32;
        let mark = line.trim_end();
        match inside {
            None if mark == "---" => inside = Some(end),
            None => return None,
            Some(start) if mark == "---" || mark == "..." => {
                return Some((Span::new(from, at + mark.len() as u32), Span::new(start, at)));
            }
            Some(_) => {}
        }
        at = end;
    }
    None
}

/// `key: value` lines of YAML that does not parse.
fn by_line(yaml: &str) -> Fields {
    let mut fields = Fields::default();
    for line in yaml.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        let field = match key {
            "title" => &mut fields.title,
            "source" => &mut fields.source,
            "url" => &mut fields.url,
            "citekey" => &mut fields.citekey,
            "doi" => &mut fields.doi,
            "ibid" => &mut fields.ibid,
            _ => continue,
        };
        *field = Value::Text(value);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_bears_on_evidence() {
        let text = "---\ntitle: \"On: goals\"\nsource: \"[[kwa|Kwa]]\"\nurl: https://a.org\naliases: [a, b]\nibid: off\ntags:\n  - x\nyear: 2023\n---\nText";
        let front = read(text, 0).expect("front matter");
        assert_eq!(front.title.as_deref(), Some("On: goals"));
        assert_eq!(front.works, ["kwa", "https://a.org"]);
        assert_eq!(front.aliases, ["a", "b"]);
        assert!(front.off);
        assert_eq!(&text[front.span.end as usize..], "\nText");
    }

    #[test]
    fn broken_yaml_is_read_by_line() {
        let front = read("---\ntitle: a: b: [c\nsource: kwa\n---\n", 0).expect("front matter");
        assert_eq!(front.works, ["kwa"]);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(read("---\nText that goes on\n", 0), None);
        assert_eq!(read("Text\n---\nx: y\n---\n", 0), None);
    }
}
