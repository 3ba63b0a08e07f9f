//! `ibid.toml`: read, checked, explained.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ibid_text::Span;

/// The name of the configuration file.
pub const FILE_NAME: &str = "ibid.toml";

/// The configuration of a workspace.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// The workspace root: where `ibid.toml` lies, or the folder that was opened.
    pub root: PathBuf,
    /// Files, folders or globs.
    pub sources: Vec<String>,
    /// Files, folders or globs; empty means every Markdown file that is not a source.
    pub notes: Vec<String>,
    /// `.bib` or CSL-JSON files.
    pub bibliography: Vec<String>,
    /// Severity per diagnostic code, where it differs from the default.
    pub severity: BTreeMap<String, Severity>,
    /// `[check] fail-on`.
    pub fail_on: Option<Severity>,
    /// `[quotes] minimum-words`.
    pub minimum_words: u32,
    /// What is wrong in the file.
    pub problems: Vec<ConfigProblem>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            root: PathBuf::new(),
            sources: Vec::new(),
            notes: Vec::new(),
            bibliography: Vec::new(),
            severity: BTreeMap::new(),
            fail_on: None,
            minimum_words: 4,
            problems: Vec::new(),
        }
    }
}

/// How loud a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Not reported.
    Off,
    /// A hint.
    Hint,
    /// Information.
    Information,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

/// Something wrong in `ibid.toml`; the rest of it still holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigProblem {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What is wrong and how to mend it.
    pub message: String,
}
