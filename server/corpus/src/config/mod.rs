//! `ibid.toml`: read, checked, explained. Nothing here opens a file; [`Config::load`] does.

mod keys;
mod overrides;
mod parse;
mod render;
mod settings;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use ibid_text::Span;

use crate::Baseline;

pub use keys::{CODES, FAIL_ON, KEYS, Key, Kind, LEVELS, STRICTNESS};
pub use overrides::Override;
pub use render::{documentation, schema, template};

/// The name of the configuration file.
pub const FILE_NAME: &str = "ibid.toml";

/// The configuration of a workspace.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// The workspace root: where `ibid.toml` lies, or the folder that was opened.
    pub root: PathBuf,
    /// Whether there is an `ibid.toml`; else everything is by default.
    pub written: bool,
    /// Files, folders or globs; empty means the folders of [`crate::roles::SOURCE_FOLDERS`].
    pub sources: Vec<String>,
    /// Files, folders or globs; empty means every Markdown file that is not a source.
    pub notes: Vec<String>,
    /// `.bib` or CSL-JSON files.
    pub bibliography: Vec<String>,
    /// The language of notes and sources, a BCP 47 tag.
    pub language: String,
    /// Severity per diagnostic code, where it differs from the default.
    pub severity: BTreeMap<String, Severity>,
    /// `[[override]]`: other severities for some notes; of several that name a note, the last decides.
    pub overrides: Vec<Override>,
    /// `baseline`: the file with the findings that are accepted, as written.
    pub baseline: Option<String>,
    /// What that file holds.
    pub accepted: Arc<Baseline>,
    /// `[claims] strictness`.
    pub strictness: Strictness,
    /// `[check] fail-on`; [`Severity::Off`] means never.
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
            written: false,
            sources: Vec::new(),
            notes: Vec::new(),
            bibliography: Vec::new(),
            language: "en".to_owned(),
            severity: BTreeMap::new(),
            overrides: Vec::new(),
            baseline: None,
            accepted: Arc::default(),
            strictness: Strictness::Standard,
            fail_on: None,
            minimum_words: 4,
            problems: Vec::new(),
        }
    }
}

impl Config {
    /// How loud the findings of a code are in the note at an absolute path, where the file says so.
    pub fn severity_of(&self, code: &str, note: &Path) -> Option<Severity> {
        let here = self.overrides.iter().rev().filter(|other| other.severity.contains_key(code));
        let other = here.into_iter().find(|other| other.covers(note));
        other.map_or(&self.severity, |other| &other.severity).get(code).copied()
    }

    /// Where the baseline lies, if the file names one.
    pub fn baseline_path(&self) -> Option<PathBuf> {
        Some(self.root.join(self.baseline.as_ref()?))
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

impl Severity {
    /// Every severity, quietest first.
    pub const ALL: [Self; 5] = [Self::Off, Self::Hint, Self::Information, Self::Warning, Self::Error];

    /// The word for it in `ibid.toml` and in JSON.
    pub const fn name(self) -> &'static str {
        LEVELS[self as usize]
    }

    /// The severity called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }

    /// What a value of `fail-on` means: the least severity that fails, or [`Severity::Off`] for `never`.
    pub fn fail_on_named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| FAIL_ON[*severity as usize] == name)
    }
}

/// How readily a sentence counts as a claim that needs a source.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Strictness {
    /// The plainest claims only.
    Relaxed,
    /// What most readers would want a source for.
    #[default]
    Standard,
    /// Whatever looks like a claim.
    Strict,
}

impl Strictness {
    /// The strictness called `name` in `ibid.toml`.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Relaxed, Self::Standard, Self::Strict];
        all.into_iter().find(|strictness| STRICTNESS[*strictness as usize] == name)
    }
}

/// Something wrong in `ibid.toml`; the rest of it still holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigProblem {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What is wrong and how to mend it.
    pub message: String,
}
