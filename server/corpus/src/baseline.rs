//! Findings that a person has accepted, so that only new ones are reported.
//!
//! A finding is recognized by its note, its code and a hash of the words it is about, not by its line: it may move within its
//! note, and is reported again once its words change.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// Raised when older files can no longer be read correctly.
const VERSION: u32 = 1;

/// The accepted findings of a workspace.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Baseline {
    /// The accepted findings of each note, by its path from the root with `/`.
    notes: BTreeMap<String, Accepted>,
}

/// How many of each finding are accepted in one note, by code and anchor.
pub type Accepted = BTreeMap<(String, Anchor), u32>;

/// Identifies a finding: a hash of the words it is about, however they are broken into lines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Anchor(u64);

impl Anchor {
    /// The anchor of a finding about `words` in `context`: the sentence or quotation that contains them.
    pub fn new(words: &str, context: &str) -> Self {
        let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self(xxh3_64(format!("{}\n{}", joined(words), joined(context)).as_bytes()))
    }
}

/// A file is not a baseline.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is not the JSON that [`Baseline::render`] writes.
    #[error("it is no baseline ({0}): `ibid check --write-baseline FILE` writes one")]
    Json(#[from] serde_json::Error),
    /// It is of an unknown version.
    #[error("it is of version {0}, which this ibid does not know: `ibid check --write-baseline FILE` writes it anew")]
    Version(u32),
}

#[derive(Deserialize)]
struct Written {
    version: u32,
    findings: Vec<WrittenFinding>,
}

#[derive(Serialize, Deserialize)]
struct WrittenFinding {
    path: String,
    code: String,
    anchor: String,
    #[serde(default = "once")]
    count: u32,
}

const fn once() -> u32 {
    1
}

impl Baseline {
    /// Whether nothing is accepted.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// How many findings are accepted.
    pub fn len(&self) -> usize {
        self.notes.values().flat_map(BTreeMap::values).map(|&count| count as usize).sum()
    }

    /// The accepted findings of the note at a path from the root.
    pub fn of_note(&self, path: &str) -> Option<&Accepted> {
        self.notes.get(path)
    }

    /// The notes with accepted findings, by path from the root.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.notes.keys().map(String::as_str)
    }

    /// Accepts one more finding.
    pub fn accept(&mut self, path: &str, code: &str, anchor: Anchor) {
        let note = self.notes.entry(path.to_owned()).or_default();
        *note.entry((code.to_owned(), anchor)).or_default() += 1;
    }

    /// Removes the accepted findings of the note at a path.
    pub fn forget(&mut self, path: &str) {
        self.notes.remove(path);
    }

    /// Reads what [`Self::render`] wrote.
    ///
    /// # Errors
    /// If it is not JSON of that shape and version.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let written: Written = serde_json::from_str(text)?;
        if written.version != VERSION {
            return Err(BaselineError::Version(written.version));
        }
        let mut baseline = Self::default();
        for WrittenFinding { path, code, anchor, count } in written.findings {
            // An anchor that is not a number matches no finding.
            let Ok(anchor) = u64::from_str_radix(&anchor, 16) else { continue };
            *baseline.notes.entry(path).or_default().entry((code, Anchor(anchor))).or_default() += count;
        }
        Ok(baseline)
    }

    /// The baseline as JSON: one finding a line, ordered by note, so that version control shows what was added and removed.
    pub fn render(&self) -> String {
        let findings = self.notes.iter().flat_map(|(path, accepted)| {
            accepted.iter().map(move |((code, Anchor(anchor)), &count)| WrittenFinding {
                path: path.clone(),
                code: code.clone(),
                anchor: format!("{anchor:016x}"),
                count,
            })
        });
        let lines: Vec<String> =
            findings.map(|finding| format!("    {}", serde_json::to_string(&finding).unwrap_or_default())).collect();
        let mut out = String::new();
        let _ = write!(out, "{{\n  \"version\": {VERSION},\n  \"findings\": [\n{}\n  ]\n}}\n", lines.join(",\n"));
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_anchor_holds_wherever_its_words_move() {
        let anchor = Anchor::new("70 percent", "More than 70 percent\nof papers did.");
        assert_eq!(anchor, Anchor::new("70 percent", "  More than 70\npercent of papers did."));
        assert_ne!(anchor, Anchor::new("70 percent", "More than 70 percent of books did."));
        assert_ne!(anchor, Anchor::new("papers", "More than 70 percent of papers did."));
    }

    #[test]
    fn what_is_not_a_baseline_is_reported() {
        let error = |text: &str| Baseline::parse(text).map_err(|error| error.to_string());
        assert!(error("[]").is_err_and(|error| error.contains("no baseline")));
        assert!(error(r#"{"version": 9, "findings": []}"#).is_err_and(|error| error.contains("version 9")));
        assert_eq!(error(&Baseline::default().render()), Ok(Baseline::default()));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(findings in prop::collection::vec((".{0,9}", "[a-z-]{1,9}", ".{0,9}"), 0..9)) {
            let mut baseline = Baseline::default();
            for (path, code, words) in &findings {
                baseline.accept(path, code, Anchor::new(words, words));
            }
            prop_assert_eq!(baseline.len(), findings.len());
            prop_assert_eq!(Baseline::parse(&baseline.render()).expect("it was written here"), baseline);
        }
    }
}
