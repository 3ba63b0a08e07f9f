//! `ibid/status`: the state of each workspace, for clients that show it.

use serde::Serialize;
use tokio::sync::watch;
use tower_lsp::{Client, ls_types::notification::Notification};

use super::workspace::Workspace;

/// The state of one workspace.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, serde::Deserialize)]
pub(super) struct WorkspaceStatus {
    /// The root's path.
    root: String,
    /// Whether all files have been read.
    ready: bool,
    /// Number of sources.
    sources: usize,
    /// Number of notes.
    notes: usize,
    /// Number of files that could not be read; `ibid sources` lists the reasons.
    skipped: usize,
    /// What to do if there are no sources, so that nothing can be checked.
    hint: Option<String>,
}

impl WorkspaceStatus {
    /// The state of a workspace.
    pub(super) fn of(workspace: &Workspace) -> Self {
        let snapshot = workspace.snapshot();
        let ready = workspace.is_ready();
        let sources = snapshot.files().filter(|file| file.role.source).count();
        let hint = "No sources found. Put them in a folder named `sources`, or run `ibid init` and name their folders.";
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

/// The notification, with the state of every workspace.
enum StatusNotification {}

impl Notification for StatusNotification {
    type Params = Vec<WorkspaceStatus>;
    const METHOD: &'static str = "ibid/status";
}

/// Sends the latest status whenever it has changed.
pub(super) struct StatusSender {
    latest: watch::Sender<Vec<WorkspaceStatus>>,
}

impl StatusSender {
    /// A sender that has sent nothing yet. Must be called inside the runtime.
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

    /// Sends a status unless it equals the last one.
    pub(super) fn show(&self, status: Vec<WorkspaceStatus>) {
        self.latest.send_if_modified(|last| {
            let differs = *last != status;
            *last = status;
            differs
        });
    }
}
