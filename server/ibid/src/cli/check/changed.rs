//! `--changed-since REV`: asks git for the files that changed since a revision.
//!
//! The repository may come from a stranger, and its configuration can name programs: a monitor of the file system, filters,
//! hooks, and helpers that fetch what is missing. Git is called so that it runs none of them.

use std::{
    collections::BTreeSet,
    ffi::{OsStr, OsString},
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
    /// Git is too old to be told what not to run.
    #[error(
        "--changed-since needs git 2.31 or later, because an older one runs programs that a repository names; this is {0}"
    )]
    OldGit(String),
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
    check_version()?;
    if git(root, &["rev-parse", "--git-dir"])?.is_err() {
        return Err(ChangedError::NoRepository(root.to_owned()));
    }
    // `--end-of-options` keeps a revision that begins with `-` from being read as an option.
    let commit =
        git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])?;
    let commit = commit.map_err(|_| ChangedError::NoRevision(revision.to_owned()))?;
    // Git would look into submodules with their own configuration.
    let plain = ["--no-ext-diff", "--no-textconv", "--ignore-submodules=all"];
    let changed = [&["diff", "--name-only", "-z", "--relative"], &plain[..], &[commit.trim(), "--"]].concat();
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
    let mut settings = vec![("core.fsmonitor".into(), "false"), ("core.hooksPath".into(), "/dev/null")];
    settings.extend(filters(root)?);
    let output = command(root, &settings).args(arguments).output().map_err(ChangedError::NoGit)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(text(&output.stderr).lines().next().unwrap_or("no message").to_owned())
    })
}

/// A git command with settings that override those of the repository. They are passed by variables: in an argument, a name with
/// `=` would end early.
fn command(root: &Path, settings: &[(OsString, &str)]) -> Command {
    let mut command = Command::new("git");
    command.arg("--no-pager").arg("-C").arg(root).env("GIT_CONFIG_COUNT", settings.len().to_string());
    for (at, (name, value)) in settings.iter().enumerate() {
        command.env(format!("GIT_CONFIG_KEY_{at}"), name).env(format!("GIT_CONFIG_VALUE_{at}"), value);
    }
    // Without a lock git does not write its index, which would run a hook. Nothing missing is fetched, by no protocol.
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
    // In a locale of UTF-8, patterns do not match names that are not.
    command.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    command
}

/// Refuses a git that ignores settings passed by variables (`GIT_CONFIG_COUNT`, git 2.31).
fn check_version() -> Result<(), ChangedError> {
    const OLDEST: [u32; 2] = [2, 31];
    let output = Command::new("git").arg("--version").output().map_err(ChangedError::NoGit)?;
    let shown = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let number =
        shown.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit())).unwrap_or_default();
    let mut parts = number.split('.').map(|part| part.parse().unwrap_or_default());
    let version = [parts.next().unwrap_or_default(), parts.next().unwrap_or_default()];
    if version < OLDEST { Err(ChangedError::OldGit(shown)) } else { Ok(()) }
}

/// The settings that turn off every filter of the repository's configuration.
fn filters(root: &Path) -> Result<Vec<(OsString, &'static str)>, ChangedError> {
    /// The exit code when no setting matches.
    const NONE: i32 = 1;
    let arguments = ["config", "--name-only", "-z", "--get-regexp", r"^filter\..*\.(clean|smudge|process|required)$"];
    let output = command(root, &[]).args(arguments).output().map_err(ChangedError::NoGit)?;
    if !output.status.success() && output.status.code() != Some(NONE) {
        let message = String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("no message").to_owned();
        return Err(ChangedError::Git(message));
    }
    let value = |name: &[u8]| if name.ends_with(b".required") { "false" } else { "" };
    let names = output.stdout.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    Ok(names.map(|name| (os_string(name), value(name))).collect())
}

/// A name as git prints it. It need not be UTF-8, and must reach git unchanged.
#[cfg(unix)]
fn os_string(name: &[u8]) -> OsString {
    <OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(name).to_owned()
}

/// A name as git prints it, which is UTF-8 on this system.
#[cfg(not(unix))]
fn os_string(name: &[u8]) -> OsString {
    OsStr::new(&*String::from_utf8_lossy(name)).to_owned()
}
