use std::{collections::BTreeMap, path::Path};

use super::Severity;
use crate::roles::Pattern;

/// Severities for some notes: an `[[override]]` in `ibid.toml`.
#[derive(Clone, PartialEq, Debug)]
pub struct Override {
    /// The notes it applies to.
    pub(crate) patterns: Vec<Pattern>,
    /// Severity per diagnostic code.
    pub severity: BTreeMap<String, Severity>,
}

impl Override {
    /// Severities for the notes that match any of `paths`: files, folders or globs, relative to `root`.
    pub fn new(root: &Path, paths: &[String], severity: BTreeMap<String, Severity>) -> Self {
        Self { patterns: paths.iter().map(|path| Pattern::new(root, path)).collect(), severity }
    }

    /// Whether it applies to the note at an absolute path.
    pub fn covers(&self, note: &Path) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(note))
    }
}

#[test]
fn the_last_override_that_applies_wins() {
    let config = super::Config::parse(
        Path::new("/w"),
        r#"
            [severity]
            claim-uncited = "error"
            quote-altered = "hint"
            [[override]]
            paths = ["drafts", "*.tmp.md"]
            severity = { claim-uncited = "off" }
            [[override]]
            paths = ["drafts/late/*.md"]
            [override.severity]
            claim-uncited = "hint"
        "#,
    );
    assert_eq!(config.problems, []);
    let severity = |code: &str, path: &str| config.severity_of(code, Path::new(path));
    assert_eq!(severity("claim-uncited", "/w/note.md"), Some(Severity::Error));
    assert_eq!(severity("claim-uncited", "/w/drafts/a.md"), Some(Severity::Off));
    assert_eq!(severity("claim-uncited", "/w/a.tmp.md"), Some(Severity::Off));
    assert_eq!(severity("claim-uncited", "/w/drafts/late/a.md"), Some(Severity::Hint));
    assert_eq!(severity("quote-altered", "/w/drafts/a.md"), Some(Severity::Hint));
    assert_eq!(severity("quote-not-found", "/w/drafts/a.md"), None);
}
