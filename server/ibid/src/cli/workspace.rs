//! The workspace that a command works on.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use ibid_corpus::{Config, Disk, Progress, Snapshot, config};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{cache, printable::printable};

/// A workspace that has been read.
pub(super) struct Workspace {
    /// Its files.
    pub(super) snapshot: Snapshot,
}

/// A workspace could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}", path = path.display())]
pub(super) struct OpenError {
    path: PathBuf,
    error: io::Error,
}

impl Workspace {
    /// Opens the workspace at `root`, with its terms. On a terminal, shows a progress bar after one second.
    pub(super) fn open(root: &Path) -> Self {
        let mut workspace = discovered(Config::load(root));
        let bar = Bar::new();
        workspace.read_in_full(&|progress| bar.show(progress));
        bar.finish();
        Self { snapshot: workspace.snapshot() }
    }

    /// Opens the workspace at `root` without its terms, which is enough to find quotations.
    pub(super) fn open_for_quotations(root: &Path) -> Self {
        Self::of_config(Config::load(root))
    }

    /// Opens a workspace without its terms, from a configuration that is in no file.
    pub(super) fn of_config(config: Config) -> Self {
        Self { snapshot: discovered(config).snapshot() }
    }

    pub(super) fn config(&self) -> &Config {
        self.snapshot.config()
    }

    /// Prints the problems of `ibid.toml` on stderr.
    pub(super) fn warn(&self) {
        let path = self.config().root.join(config::FILE_NAME);
        let text = Disk::Real.read_to_string(&path).unwrap_or_default();
        let lines = ibid_text::LineIndex::new(&text);
        for problem in &self.config().problems {
            let line = lines.line_of(problem.span.start) + 1;
            let (path, message) = (path.to_string_lossy(), &problem.message);
            anstream::eprintln!("ibid: {}:{line}: {}", printable(&path), printable(message));
        }
    }
}

/// A workspace after discovery.
fn discovered(config: Config) -> ibid_corpus::Workspace {
    let bar = Bar::new();
    let workspace = ibid_corpus::Workspace::open(Arc::new(config), cache::access(), &|progress| bar.show(progress));
    bar.finish();
    workspace
}

/// The root of the workspace that contains a path: the folder with the `ibid.toml`, else the path itself or its folder.
pub(super) fn root_of(path: &Path) -> PathBuf {
    Config::root_of(path).unwrap_or_else(|| match path.parent() {
        Some(folder) if path.is_file() => folder.to_owned(),
        _ => path.to_owned(),
    })
}

/// The path with symbolic links and `..` resolved.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, OpenError> {
    path.canonicalize().map_err(|error| OpenError { path: path.to_owned(), error })
}

/// A progress bar on stderr that appears after one second.
struct Bar {
    bar: ProgressBar,
    since: Instant,
}

impl Bar {
    const DELAY: Duration = Duration::from_secs(1);

    fn new() -> Self {
        let style = ProgressStyle::with_template("Reading {pos} of {len} files {wide_bar}");
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self { bar: style.map_or(bar.clone(), |style| bar.with_style(style)), since: Instant::now() }
    }

    fn show(&self, progress: Progress) {
        if self.since.elapsed() > Self::DELAY && self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(progress.of as u64);
        self.bar.set_position(progress.read as u64);
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
