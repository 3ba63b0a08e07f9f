//! The way to everything that changes: one queue, in order, to the one thread that owns it ([`super::owner`]).

use std::{
    path::PathBuf,
    sync::{Arc, mpsc},
    thread,
};

use ibid_corpus::{Change, Config};
use tokio::sync::{oneshot, watch};
use tower_lsp::{
    Client,
    jsonrpc::{Error, Result},
    ls_types::{TextDocumentContentChangeEvent, Uri},
};

use super::{abilities::Abilities, owner::Owner, settings::Settings, texts, view::View, work};

/// What reaches the owner.
pub(super) enum Event {
    /// The client is initialized.
    Start {
        /// What it can do.
        abilities: Abilities,
        /// Its settings.
        settings: Settings,
        /// The folders it has open.
        folders: Vec<PathBuf>,
    },
    /// The client has these settings from now on.
    Configure(Settings),
    /// Folders were opened and closed.
    Folders {
        /// Opened.
        added: Vec<PathBuf>,
        /// Closed.
        removed: Vec<PathBuf>,
    },
    /// A document was opened.
    Open {
        /// Its address.
        uri: Uri,
        /// Its version.
        version: i32,
        /// Its text.
        text: String,
    },
    /// An open document was edited.
    Edit {
        /// Its address.
        uri: Uri,
        /// Its version from now on.
        version: i32,
        /// What was changed, in order.
        changes: Vec<TextDocumentContentChangeEvent>,
    },
    /// A document was closed.
    Close {
        /// Its address.
        uri: Uri,
    },
    /// These files may have changed on disk.
    Touched(Vec<PathBuf>),
    /// Discovery in the workspace under `root` has come by all sources.
    FoundSources {
        /// The root.
        root: PathBuf,
        /// The configuration it goes by.
        config: Arc<Config>,
        /// What it found.
        changes: Vec<Change>,
    },
    /// Discovery in the workspace under `root` has ended.
    Discovered {
        /// The root.
        root: PathBuf,
        /// The configuration it went by.
        config: Arc<Config>,
        /// What it found besides the sources.
        changes: Vec<Change>,
    },
    /// The sources of the workspace under `root` have been read in full.
    Learned {
        /// The root.
        root: PathBuf,
        /// The configuration it went by.
        config: Arc<Config>,
        /// What they say.
        changes: Vec<Change>,
    },
    /// What was kept of the index of the workspace under `root` is damaged.
    Corrupt {
        /// The root.
        root: PathBuf,
    },
    /// Somebody wants to read.
    View {
        /// The file.
        uri: Uri,
        /// When to answer.
        when: When,
        /// Takes the answer.
        reply: Reply,
    },
    /// Somebody wants to read every workspace.
    Workspaces(oneshot::Sender<Vec<View>>),
    /// The same, once all are read in full; `None` before.
    WorkspacesRead(oneshot::Sender<Option<Vec<View>>>),
    /// Somebody wants to read all open notes of the workspaces that are ready.
    OpenNotes(oneshot::Sender<Vec<View>>),
}

/// Takes a view, if there is such a file, and never waits.
pub(super) type Reply = Box<dyn FnOnce(Option<View>) + Send>;

/// When a view is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum When {
    /// As things stand.
    Now,
    /// When the workspace is ready.
    Ready,
}

/// The way to the owner. Sending never waits, so the order of the calls is the order of what happens.
#[derive(Clone)]
pub(super) struct State {
    events: mpsc::Sender<Event>,
}

/// What changes, for those who must tell the client. Each is a count of changes.
pub(super) struct Changes {
    /// Anything at all.
    pub(super) any: watch::Receiver<u64>,
    /// Anything besides the texts of open documents.
    pub(super) beyond_texts: watch::Receiver<u64>,
}

impl State {
    /// Starts the owner, which lives as long as the process. To be called inside the runtime.
    pub(super) fn start(client: Client) -> (Self, Changes) {
        let (events, inbox) = mpsc::channel();
        let (any, any_changes) = watch::channel(0);
        let (beyond_texts, beyond_texts_changes) = watch::channel(0);
        let state = Self { events };
        let owner = Owner::new(client, state.clone(), any, beyond_texts);
        let runtime = tokio::runtime::Handle::current();
        thread::spawn(move || {
            let _inside = runtime.enter();
            owner.run(&inbox);
        });
        (state, Changes { any: any_changes, beyond_texts: beyond_texts_changes })
    }

    /// Hands the owner a change.
    pub(super) fn send(&self, event: Event) {
        if self.events.send(event).is_err() {
            tracing::error!("the owner of the state is gone");
        }
    }

    /// Asks for a view. The question is put when this is called, not when the answer is awaited.
    pub(super) fn view(&self, uri: &Uri, when: When) -> impl Future<Output = Result<Option<View>>> + use<> {
        let (reply, answer) = oneshot::channel();
        // Whoever asked may have been cancelled by now.
        self.ask(uri.clone(), when, Box::new(move |view| drop(reply.send(view))));
        async { answer.await.map_err(|_| Error::internal_error()) }
    }

    /// Asks for what `feature` finds in a view. The question is put when this is called; the owner itself sets the thread to
    /// work that finds it.
    pub(super) fn read<T: Send + 'static>(
        &self,
        uri: Uri,
        when: When,
        feature: impl FnOnce(&View) -> Option<T> + Send + 'static,
    ) -> impl Future<Output = Result<Option<T>>> {
        let (begin, found) = work::prepare(|view: Option<View>, abandoned| feature(&view?.until(abandoned)));
        self.ask(uri, when, Box::new(begin));
        found
    }

    fn ask(&self, uri: Uri, when: When, reply: Reply) {
        self.send(Event::View { uri, when, reply });
    }

    /// Asks for a view of every workspace, through some file of it. The question is put when this is called.
    pub(super) fn workspaces(&self) -> impl Future<Output = Result<Vec<View>>> + use<> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::Workspaces(reply));
        async { answer.await.map_err(|_| Error::internal_error()) }
    }

    /// Asks for the same once all workspaces are read in full; `None` before.
    pub(super) async fn workspaces_read(&self) -> Result<Option<Vec<View>>> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::WorkspacesRead(reply));
        answer.await.map_err(|_| Error::internal_error())
    }

    /// Asks for a view of every open note of the workspaces that are ready.
    pub(super) async fn open_notes(&self) -> Result<Vec<View>> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::OpenNotes(reply));
        answer.await.map_err(|_| Error::internal_error())
    }
}

/// The path of a document or folder on disk, without a `/` at its end; a text that was taken out of a document stands for it.
/// `None` for what is no file.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    if let Some(document) = texts::document(uri) {
        return Some(document);
    }
    let path = (uri.scheme().as_str() == "file").then(|| uri.to_file_path())??;
    Some(path.components().collect())
}
