//! `ibid/status`: how each workspace stands, for a client that has a place to show it.

use serde::Serialize;
use tokio::sync::watch;
use tower_lsp::{Client, ls_types::notification::Notification};

use super::workspace::Workspace;

/// How one workspace stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, serde::Deserialize)]
pub(super) struct Status {
    /// The root's path.
    root: String,
    /// Whether every file is read.
    ready: bool,
    /// Number of sources.
    sources: usize,
    /// Number of notes.
    notes: usize,
    /// Number of files that could not be read; `ibid sources` says why.
    skipped: usize,
    /// How to start, where there is no source and so nothing can be checked.
    hint: Option<String>,
}

impl Status {
    /// Of a workspace.
    pub(super) fn of(workspace: &Workspace) -> Self {
        let snapshot = workspace.snapshot();
        let ready = workspace.is_ready();
        let sources = snapshot.files().filter(|file| file.role.source).count();
        let hint = "No sources yet: put them in a folder named `sources`, or run `ibid init`.";
        Self {
            root: workspace.root.display().to_string(),
            ready,
            sources,
            notes: snapshot.files().filter(|file| file.role.note).count(),
            skipped: snapshot.skipped().len(),
            hint: (ready && sources == 0).then(|| hint.to_owned()),
        }
    }
}

/// The notification: the status of every workspace.
enum StatusNotification {}

impl Notification for StatusNotification {
    type Params = Vec<Status>;
    const METHOD: &'static str = "ibid/status";
}

/// Sends the status when it changes, and only the latest.
pub(super) struct StatusSender {
    latest: watch::Sender<Vec<Status>>,
}

impl StatusSender {
    /// A sender that has sent nothing yet.
    pub(super) fn new(client: Client) -> Self {
        let (latest, mut changes) = watch::channel(Vec::new());
        tokio::spawn(async move {
            while changes.changed().await.is_ok() {
                let status = changes.borrow_and_update().clone();
                client.send_notification::<StatusNotification>(status).await;
            }
        });
        Self { latest }
    }

    /// Sends these unless they are what was sent last.
    pub(super) fn show(&self, status: Vec<Status>) {
        self.latest.send_if_modified(|last| {
            let differs = *last != status;
            *last = status;
            differs
        });
    }
}
