//! `ibid.toml`: its keys, parser and documentation. Does not open files; [`Config::load`] does.

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
    /// The workspace root: the folder of `ibid.toml`, or the folder that was opened.
    pub root: PathBuf,
    /// Whether there is an `ibid.toml`; if not, all values are defaults.
    pub written: bool,
    /// Files, folders or globs; empty means the folders of [`crate::roles::SOURCE_FOLDERS`].
    pub sources: Vec<String>,
    /// Files, folders or globs; empty means every Markdown file that is not a source.
    pub notes: Vec<String>,
    /// `.bib` or CSL-JSON files.
    pub bibliography: Vec<String>,
    /// The language of notes and sources, as a BCP 47 tag.
    pub language: String,
    /// The configured severities, by diagnostic code.
    pub severity: BTreeMap<String, Severity>,
    /// `[[override]]`: other severities for some notes. If several apply to a note, the last one wins.
    pub overrides: Vec<Override>,
    /// `baseline`: the path of the file with accepted findings, as written.
    pub baseline: Option<String>,
    /// The contents of that file.
    pub accepted: Arc<Baseline>,
    /// `[claims] strictness`.
    pub strictness: Strictness,
    /// `[check] fail-on`; [`Severity::Off`] means never.
    pub fail_on: Option<Severity>,
    /// `[quotes] minimum-words`.
    pub minimum_words: u32,
    /// The problems found in the file.
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
    /// The configured severity of a code in the note at an absolute path. `None` if the default applies.
    pub fn severity_of(&self, code: &str, note: &Path) -> Option<Severity> {
        let here = self.overrides.iter().rev().filter(|other| other.severity.contains_key(code));
        let other = here.into_iter().find(|other| other.covers(note));
        other.map_or(&self.severity, |other| &other.severity).get(code).copied()
    }

    /// The absolute path of the baseline, if one is configured.
    pub fn baseline_path(&self) -> Option<PathBuf> {
        Some(self.root.join(self.baseline.as_ref()?))
    }
}

/// The severity of a finding.
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
    /// Every severity, lowest first.
    pub const ALL: [Self; 5] = [Self::Off, Self::Hint, Self::Information, Self::Warning, Self::Error];

    /// Its name in `ibid.toml` and in JSON.
    pub const fn name(self) -> &'static str {
        LEVELS[self as usize]
    }

    /// The severity with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }

    /// The meaning of a value of `fail-on`: the lowest severity that fails, or [`Severity::Off`] for `never`.
    pub fn fail_on_named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| FAIL_ON[*severity as usize] == name)
    }
}

/// Which sentences count as claims that need a source.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Strictness {
    /// Only the clearest claims.
    Relaxed,
    /// Claims for which most readers would want a source.
    #[default]
    Standard,
    /// Every sentence that may be a claim.
    Strict,
}

impl Strictness {
    /// The strictness with this name in `ibid.toml`.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Relaxed, Self::Standard, Self::Strict];
        all.into_iter().find(|strictness| STRICTNESS[*strictness as usize] == name)
    }
}

/// A problem in `ibid.toml`. The rest of the file still applies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigProblem {
    /// The place in the file, in bytes.
    pub span: Span,
    /// What is wrong and how to fix it.
    pub message: String,
}
