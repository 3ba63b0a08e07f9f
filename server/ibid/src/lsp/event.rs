//! What the owner receives: changes from the client and the disk, results of background threads, and requests to read.

use std::{path::PathBuf, sync::Arc};

use ibid_corpus::{Change, Config};
use tokio::sync::oneshot;
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, Uri};

use super::{client_capabilities::ClientCapabilities, owner_handle::When, settings::Settings, view::View};

/// One message to the owner.
pub(super) enum Event {
    /// The client is initialized.
    Start {
        /// What the client supports.
        capabilities: ClientCapabilities,
        /// The client's settings.
        settings: Settings,
        /// The folders that the client has open.
        folders: Vec<PathBuf>,
    },
    /// The client's settings have changed to these.
    Configure(Settings),
    /// Workspace folders were added and removed.
    Folders {
        /// The added folders.
        added: Vec<PathBuf>,
        /// The removed folders.
        removed: Vec<PathBuf>,
    },
    /// A document was opened.
    Open {
        /// Its URI.
        uri: Uri,
        /// Its version.
        version: i32,
        /// Its text.
        text: String,
    },
    /// An open document was edited.
    Edit {
        /// Its URI.
        uri: Uri,
        /// Its version after the edit.
        version: i32,
        /// The changes, in order.
        changes: Vec<TextDocumentContentChangeEvent>,
    },
    /// A document was closed.
    Close {
        /// Its URI.
        uri: Uri,
    },
    /// These files may have changed on disk.
    Touched(Vec<PathBuf>),
    /// Discovery has found all sources of a workspace.
    FoundSources {
        /// The workspace's root.
        root: PathBuf,
        /// The configuration that discovery uses.
        config: Arc<Config>,
        /// What it found.
        changes: Vec<Change>,
    },
    /// Discovery of a workspace is complete.
    Discovered {
        /// The workspace's root.
        root: PathBuf,
        /// The configuration that discovery used.
        config: Arc<Config>,
        /// What it found besides the sources.
        changes: Vec<Change>,
    },
    /// All files of a workspace have been read in full.
    ReadInFull {
        /// The workspace's root.
        root: PathBuf,
        /// The configuration in use when reading began.
        config: Arc<Config>,
        /// What reading found.
        changes: Vec<Change>,
    },
    /// The index of a workspace is corrupt on disk.
    Corrupt {
        /// The workspace's root.
        root: PathBuf,
    },
    /// Asks for a view of one file.
    View {
        /// The file.
        uri: Uri,
        /// When to reply.
        when: When,
        /// Takes the view.
        reply: Reply,
    },
    /// Asks for a view of every workspace.
    Workspaces(oneshot::Sender<Vec<View>>),
    /// Asks for a view of every workspace, or `None` while one of them is still being read.
    WorkspacesRead(oneshot::Sender<Option<Vec<View>>>),
    /// Asks for a view of every open note in the workspaces that are ready.
    OpenNotes(oneshot::Sender<Vec<View>>),
}

/// Takes a view, or `None` if there is no such file. Must not block.
pub(super) type Reply = Box<dyn FnOnce(Option<View>) + Send>;
