//! A handle to the owner: sends it events through one ordered queue and asks it for views.

use std::{sync::mpsc, thread};

use tokio::sync::{oneshot, watch};
use tower_lsp::{
    Client,
    jsonrpc::{Error, Result},
    ls_types::Uri,
};

use super::{
    event::{Event, Reply},
    owner::Owner,
    view::View,
    work,
};

/// When a view is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum When {
    /// At once, whatever has been read so far.
    Now,
    /// As soon as the workspace is ready.
    Ready,
}

/// Sends events to the [`Owner`]. Sending never blocks, so events are handled in the order of the calls.
#[derive(Clone)]
pub(super) struct OwnerHandle {
    events: mpsc::Sender<Event>,
}

/// Counters that grow with every change, for the tasks that notify the client.
pub(super) struct Changes {
    /// Counts all changes.
    pub(super) any: watch::Receiver<u64>,
    /// Counts all changes except edits of open documents.
    pub(super) beyond_texts: watch::Receiver<u64>,
}

impl OwnerHandle {
    /// Starts the owner's thread, which runs as long as the process. Must be called inside the runtime.
    pub(super) fn start(client: Client) -> (Self, Changes) {
        let (events, inbox) = mpsc::channel();
        let (any, any_changes) = watch::channel(0);
        let (beyond_texts, beyond_texts_changes) = watch::channel(0);
        let handle = Self { events };
        let owner = Owner::new(client, handle.clone(), any, beyond_texts);
        let runtime = tokio::runtime::Handle::current();
        thread::spawn(move || {
            let _inside = runtime.enter();
            owner.run(&inbox);
        });
        (handle, Changes { any: any_changes, beyond_texts: beyond_texts_changes })
    }

    /// Sends an event.
    pub(super) fn send(&self, event: Event) {
        if self.events.send(event).is_err() {
            tracing::error!("the owner's thread has ended");
        }
    }

    /// Asks for a view of a file. The event is sent by this call, not when the future is awaited.
    pub(super) fn view(&self, uri: &Uri, when: When) -> impl Future<Output = Result<Option<View>>> + use<> {
        let (reply, answer) = oneshot::channel();
        // The receiver is gone if the request was cancelled.
        self.ask(uri.clone(), when, Box::new(move |view| drop(reply.send(view))));
        async { answer.await.map_err(|_| Error::internal_error()) }
    }

    /// Runs `feature` on a view of a file. The event is sent by this call; the owner starts the thread that runs `feature`.
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

    /// Asks for a view of every workspace; its file is an arbitrary one. The event is sent by this call.
    pub(super) fn workspaces(&self) -> impl Future<Output = Result<Vec<View>>> + use<> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::Workspaces(reply));
        async { answer.await.map_err(|_| Error::internal_error()) }
    }

    /// Asks for a view of every workspace. `None` while one of them is still being read.
    pub(super) async fn workspaces_read(&self) -> Result<Option<Vec<View>>> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::WorkspacesRead(reply));
        answer.await.map_err(|_| Error::internal_error())
    }

    /// Asks for a view of every open note in the workspaces that are ready.
    pub(super) async fn open_notes(&self) -> Result<Vec<View>> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::OpenNotes(reply));
        answer.await.map_err(|_| Error::internal_error())
    }
}
