//! One workspace as the owner holds it: the workspace of a root, in whose configuration the client's settings go before the
//! file.

use std::{
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    sync::Arc,
};

use ibid_corpus::{Change, Config, FileAccess};

use super::settings::Settings;

/// A workspace.
pub(super) struct Workspace {
    /// Its root.
    pub(super) root: PathBuf,
    workspace: ibid_corpus::Workspace,
    /// Whether it contains only what is open.
    is_loose: bool,
}

impl Workspace {
    /// The workspace under `root`, of no files yet. Discovery is for the caller to start.
    pub(super) fn new(root: PathBuf, settings: &Settings, access: FileAccess) -> Self {
        let config = configuration(&root, settings);
        Self { root, workspace: ibid_corpus::Workspace::new(config, access), is_loose: false }
    }

    /// The workspace of a note that is in none: a folder of which only the open files are read.
    pub(super) fn loose(folder: PathBuf, settings: &Settings, access: FileAccess) -> Self {
        let config = configuration(&folder, settings);
        let workspace = ibid_corpus::Workspace::without_files(config, access);
        Self { root: folder, workspace, is_loose: true }
    }

    /// Reads the configuration again. Discovery is for the caller to start.
    pub(super) fn reload(&mut self, settings: &Settings) {
        self.workspace.restart(configuration(&self.root, settings));
    }

    /// Applies other settings. Returns whether discovery is to be started again.
    pub(super) fn configure(&mut self, settings: &Settings) -> bool {
        if self.is_loose {
            self.workspace.set_config(configuration(&self.root, settings));
        } else {
            self.reload(settings);
        }
        !self.is_loose
    }

    /// Gives a file the text that it has in the editor, saved or not.
    pub(super) fn set_text(&mut self, path: &Path, version: i32, text: String) {
        self.workspace.apply(vec![Change::Open { path: path.to_owned(), version, text: text.into() }]);
    }

    /// Gives a file back to the disk.
    pub(super) fn close(&mut self, path: &Path) {
        self.workspace.apply(vec![Change::Close { path: path.to_owned() }]);
    }
}

fn configuration(root: &Path, settings: &Settings) -> Arc<Config> {
    Arc::new(settings.amend(Config::load(root)))
}

impl Deref for Workspace {
    type Target = ibid_corpus::Workspace;

    fn deref(&self) -> &Self::Target {
        &self.workspace
    }
}

impl DerefMut for Workspace {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.workspace
    }
}
