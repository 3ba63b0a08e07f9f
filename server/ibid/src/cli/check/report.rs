//! The result of a check, from which every output format is written.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use ibid_corpus::{File, Severity, Snapshot};
use ibid_evidence::Verdict;
use ibid_ide::{Examination, examine};
use ibid_text::{Encoding, Position, Span};
use rayon::prelude::*;

use super::{
    super::workspace::{self, Workspace},
    CheckError, changed,
};
use crate::printable::printable;

/// The findings of a check by workspace.
pub(super) struct Report {
    pub(super) workspaces: Vec<Checked>,
    /// The folder that shown paths are relative to.
    current: PathBuf,
    /// The git revision, if only notes that changed since then were checked.
    since: Option<String>,
}

/// A workspace and its notes that were checked.
pub(super) struct Checked {
    pub(super) workspace: Workspace,
    /// The notes, ordered by path.
    pub(super) notes: Vec<(Arc<File>, Examination)>,
}

impl Report {
    /// Opens the workspaces of `paths`, or of the `current` folder if there are none, and checks the notes under them. With a
    /// revision, checks only notes that changed since then.
    pub(super) fn of(paths: &[PathBuf], current: &Path, since: Option<&str>) -> Result<Self, CheckError> {
        let here = [current.to_owned()];
        let paths = if paths.is_empty() { &here } else { paths };
        let mut limits: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
        for path in paths {
            let path = workspace::absolute(path)?;
            limits.entry(workspace::root_of(&path)).or_default().push(path);
        }
        let check = |(root, limits): (PathBuf, Vec<PathBuf>)| {
            let changed = since.map(|revision| changed::since(revision, &root)).transpose()?;
            Ok::<_, CheckError>(Checked::new(Workspace::open(&root), &limits, changed.as_ref()))
        };
        let workspaces = limits.into_iter().map(check).collect::<Result<_, _>>()?;
        Ok(Self { workspaces, current: workspace::absolute(current)?, since: since.map(str::to_owned) })
    }

    /// Prints on stderr why notes were not checked or not checked completely.
    pub(super) fn warn(&self) {
        for checked in &self.workspaces {
            let Checked { workspace, notes } = checked;
            workspace.warn();
            if let Some(key) = checked.leads_nowhere() {
                anstream::eprintln!(
                    "ibid: Nothing was checked: `{key}` in ibid.toml leads to no file. Correct the path, or remove the line."
                );
                continue;
            }
            let root = self.path(&workspace.config().root);
            let root = printable(&root);
            if workspace.snapshot.sources() == 0 {
                let unchecked = if workspace.snapshot.is_checked() { "quotations are" } else { "notes are" };
                anstream::eprintln!(
                    "ibid: No sources found in {root}: {unchecked} not checked. Name your sources in ibid.toml; `ibid init` creates one."
                );
            } else if notes.is_empty() {
                let since =
                    self.since.as_ref().map_or_else(String::new, |since| format!(" that have changed since {since}"));
                anstream::eprintln!("ibid: No notes found in {root}{since}");
            }
        }
    }

    /// Every checked note, with its workspace and findings.
    pub(super) fn notes(&self) -> impl Iterator<Item = (&Snapshot, &File, &Examination)> {
        self.workspaces
            .iter()
            .flat_map(|checked| checked.notes.iter().map(|(file, found)| (&checked.workspace.snapshot, &**file, found)))
    }

    /// A path as it is shown: relative to the current folder if it lies in it, with `/`.
    pub(super) fn path(&self, absolute: &Path) -> String {
        let shown = absolute.strip_prefix(&self.current).unwrap_or(absolute);
        let shown = if shown.as_os_str().is_empty() { Path::new(".") } else { shown };
        shown.to_string_lossy().replace('\\', "/")
    }

    /// The number of quotations by verdict.
    pub(super) fn verdicts(&self) -> BTreeMap<Verdict, usize> {
        let mut counts = BTreeMap::new();
        for (_, judged) in self.notes().flat_map(|(_, _, found)| &found.quotations) {
            *counts.entry(judged.verdict).or_default() += 1;
        }
        counts
    }

    /// The number of findings by severity.
    pub(super) fn severities(&self) -> BTreeMap<Severity, usize> {
        let mut counts = BTreeMap::new();
        for finding in self.notes().flat_map(|(_, _, found)| &found.findings) {
            *counts.entry(finding.severity).or_default() += 1;
        }
        counts
    }

    /// The number of findings that are hidden because the baseline accepts them.
    pub(super) fn accepted(&self) -> usize {
        self.notes().map(|(_, _, found)| found.accepted.len()).sum()
    }

    /// Whether a workspace could not be checked at all, because its configuration names files that do not exist.
    pub(super) fn lacks_files(&self) -> bool {
        self.workspaces.iter().any(|checked| checked.leads_nowhere().is_some())
    }

    /// Whether a finding reaches the threshold: the given one, else that of its workspace, else `warning`. No finding reaches
    /// [`Severity::Off`].
    pub(super) fn fails(&self, given: Option<Severity>) -> bool {
        self.workspaces.iter().any(|checked| {
            let threshold = given.or(checked.workspace.config().fail_on).unwrap_or(Severity::Warning);
            let mut findings = checked.notes.iter().flat_map(|(_, found)| &found.findings);
            threshold > Severity::Off && findings.any(|finding| finding.severity >= threshold)
        })
    }
}

impl Checked {
    fn new(workspace: Workspace, limits: &[PathBuf], changed: Option<&BTreeSet<PathBuf>>) -> Self {
        let within = |file: &Arc<File>| {
            let path: &Path = &file.absolute;
            limits.iter().any(|limit| path.starts_with(limit)) && changed.is_none_or(|changed| changed.contains(path))
        };
        let files = workspace.snapshot.files().filter(|file| file.is_note() && within(file));
        let files: Vec<Arc<File>> = files.cloned().collect();
        let check = |file: Arc<File>| {
            let examination = examine(&workspace.snapshot, file.id);
            (file, examination)
        };
        let notes = files.into_par_iter().map(check).collect();
        Self { workspace, notes }
    }

    /// The key of the configuration that names files although there are none.
    fn leads_nowhere(&self) -> Option<&'static str> {
        let (config, snapshot) = (self.workspace.config(), &self.workspace.snapshot);
        if !config.sources.is_empty() && snapshot.sources() == 0 {
            return Some("sources");
        }
        (!config.notes.is_empty() && !snapshot.files().any(|file| file.is_note())).then_some("notes")
    }
}

/// A span of a file as lines and columns, both from 1. Columns count characters. The end is exclusive.
pub(super) struct Region {
    pub(super) start: Position,
    pub(super) end: Position,
}

impl Region {
    pub(super) fn of(file: &File, span: Span) -> Self {
        let page = file.page();
        let from_one = |offset| {
            let position = page.as_ref().map(|page| page.lines().position(page.text(), offset, Encoding::Utf32));
            position.map_or_else(Position::default, |position| Position {
                line: position.line + 1,
                column: position.column + 1,
            })
        };
        Self { start: from_one(span.start), end: from_one(span.end) }
    }
}
