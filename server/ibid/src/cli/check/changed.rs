//! `--changed-since REV`: asks git for the files that changed since a revision.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    process::Command,
};

/// The changed files could not be determined.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum ChangedError {
    /// Git cannot be run.
    #[error("--changed-since needs git, which cannot be run: {0}")]
    NoGit(io::Error),
    /// The folder is not in a repository.
    #[error("--changed-since needs a git repository, and {0} is not in one")]
    NoRepository(PathBuf),
    /// The revision does not exist.
    #[error("--changed-since: there is no git revision `{0}` here")]
    NoRevision(String),
    /// Another error of git.
    #[error("--changed-since: git failed: {0}")]
    Git(String),
}

/// The files under `root` that differ from a revision, committed or not, and the untracked files. As absolute paths.
pub(super) fn since(revision: &str, root: &Path) -> Result<BTreeSet<PathBuf>, ChangedError> {
    if git(root, &["rev-parse", "--git-dir"])?.is_err() {
        return Err(ChangedError::NoRepository(root.to_owned()));
    }
    // `--end-of-options` keeps a revision that begins with `-` from being read as an option.
    let commit =
        git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])?;
    let commit = commit.map_err(|_| ChangedError::NoRevision(revision.to_owned()))?;
    let changed = ["diff", "--name-only", "-z", "--relative", "--no-ext-diff", commit.trim(), "--"];
    let untracked = ["ls-files", "-z", "--others", "--exclude-standard"];
    let mut files = BTreeSet::new();
    for arguments in [&changed[..], &untracked] {
        let paths = git(root, arguments)?.map_err(ChangedError::Git)?;
        files.extend(paths.split('\0').filter(|path| !path.is_empty()).map(|path| root.join(path)));
    }
    Ok(files)
}

/// The output of a git command. The inner error is the first line that git prints on stderr if it fails.
fn git(root: &Path, arguments: &[&str]) -> Result<Result<String, String>, ChangedError> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output().map_err(ChangedError::NoGit)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(text(&output.stderr).lines().next().unwrap_or("no message").to_owned())
    })
}
