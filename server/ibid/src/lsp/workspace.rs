//! One workspace as the owner holds it. In its configuration the client's settings override the file.

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
    inner: ibid_corpus::Workspace,
    /// Whether it contains only the documents that are open.
    is_loose: bool,
}

impl Workspace {
    /// The workspace at `root` with its configuration and no files. The caller starts discovery.
    pub(super) fn new(root: PathBuf, settings: &Settings, access: FileAccess) -> Self {
        let config = configuration(&root, settings);
        Self { root, inner: ibid_corpus::Workspace::new(config, access), is_loose: false }
    }

    /// A workspace for a note outside all others: its folder, with only the documents that are open.
    pub(super) fn loose(folder: PathBuf, settings: &Settings, access: FileAccess) -> Self {
        let config = configuration(&folder, settings);
        let inner = ibid_corpus::Workspace::without_files(config, access);
        Self { root: folder, inner, is_loose: true }
    }

    /// Reads the configuration again. The caller starts discovery again.
    pub(super) fn reload(&mut self, settings: &Settings) {
        self.inner.restart(configuration(&self.root, settings));
    }

    /// Applies changed settings. Returns whether the caller must start discovery again.
    pub(super) fn configure(&mut self, settings: &Settings) -> bool {
        if self.is_loose {
            self.inner.set_config(configuration(&self.root, settings));
        } else {
            self.reload(settings);
        }
        !self.is_loose
    }

    /// Sets the text that a file has in the editor, saved or not.
    pub(super) fn set_text(&mut self, path: &Path, version: i32, text: String) {
        self.inner.apply(vec![Change::Open { path: path.to_owned(), version, text: text.into() }]);
    }

    /// Returns to the text on disk after a document is closed.
    pub(super) fn close(&mut self, path: &Path) {
        self.inner.apply(vec![Change::Close { path: path.to_owned() }]);
    }
}

fn configuration(root: &Path, settings: &Settings) -> Arc<Config> {
    Arc::new(settings.amend(Config::load(root)))
}

impl Deref for Workspace {
    type Target = ibid_corpus::Workspace;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}

impl DerefMut for Workspace {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.inner
    }
}
