//! `--changed-since REV`: the files that git says were changed since a revision.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    process::Command,
};

/// Why git could not say what was changed.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum ChangedError {
    /// There is no git to ask.
    #[error("--changed-since needs git, which cannot be run ({0}): install it, or check without the flag")]
    NoGit(io::Error),
    /// The folder is in no repository.
    #[error("--changed-since needs a git repository, and {0} is in none: check without the flag")]
    NoRepository(PathBuf),
    /// The repository does not know the revision.
    #[error("--changed-since: git knows no revision `{0}` here")]
    NoRevision(String),
    /// Something else went wrong.
    #[error("--changed-since: git says: {0}")]
    Git(String),
}

/// The files under `root` that differ from what they were at a revision, saved or committed since, and those that git does
/// not know yet; by absolute path.
pub(super) fn since(revision: &str, root: &Path) -> Result<BTreeSet<PathBuf>, ChangedError> {
    if git(root, &["rev-parse", "--git-dir"])?.is_err() {
        return Err(ChangedError::NoRepository(root.to_owned()));
    }
    // The name of a commit is no option, whatever was written.
    let commit =
        git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])?;
    let commit = commit.map_err(|_| ChangedError::NoRevision(revision.to_owned()))?;
    let changed = ["diff", "--name-only", "-z", "--relative", "--no-ext-diff", commit.trim(), "--"];
    let unknown = ["ls-files", "-z", "--others", "--exclude-standard"];
    let mut files = BTreeSet::new();
    for arguments in [&changed[..], &unknown] {
        let paths = git(root, arguments)?.map_err(ChangedError::Git)?;
        files.extend(paths.split('\0').filter(|path| !path.is_empty()).map(|path| root.join(path)));
    }
    Ok(files)
}

/// What git prints; inside, the first line of its complaint where it fails.
fn git(root: &Path, arguments: &[&str]) -> Result<Result<String, String>, ChangedError> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output().map_err(ChangedError::NoGit)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(text(&output.stderr).lines().next().unwrap_or("nothing").to_owned())
    })
}
