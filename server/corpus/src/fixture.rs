//! Small workspaces for tests: no file of theirs lies on disk.

use std::{path::Path, sync::Arc};

use crate::{Change, Config, Host, Roles, Snapshot};

/// The root of every such workspace.
pub(crate) const ROOT: &str = "/workspace";

/// The configuration of such a workspace: all by default.
pub(crate) fn config() -> Config {
    Config { root: ROOT.into(), ..Config::default() }
}

/// A file of the workspace, by its path from the root, set to `text` on disk.
pub(crate) fn set(path: &str, text: &str) -> Change {
    let path = Path::new(ROOT).join(path);
    let role = Roles::new(&config()).of(&path);
    Change::Set { path, role, bytes: text.as_bytes().into() }
}

/// A workspace of files, each a path from the root and a text.
pub(crate) fn snapshot(files: &[(&str, &str)]) -> Snapshot {
    let mut host = Host::default();
    host.apply(vec![Change::Configure(Arc::new(config()))]);
    host.apply(files.iter().map(|(path, text)| set(path, text)).collect());
    host.apply(vec![Change::Ready]);
    host.snapshot()
}
