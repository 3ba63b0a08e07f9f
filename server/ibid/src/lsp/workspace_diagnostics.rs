//! `workspace/diagnostic`: reports the findings of every note that is not open, and again whenever they change.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use ibid_corpus::{Config, File, FileId};
use tokio::sync::watch;
use tower_lsp::{
    Client,
    jsonrpc::{Error, Result},
    ls_types as lsp,
};

use super::{diagnostics, owner_handle::OwnerHandle, uri::path_of, view::View, work};

/// How long the workspace must be quiet before its notes are checked again.
const QUIET: Duration = Duration::from_secs(1);

/// How many notes one partial result covers.
const CHUNK: usize = 256;

/// Answers `workspace/diagnostic` for all workspaces.
pub(super) struct WorkspaceDiagnostics {
    client: Client,
    owner: OwnerHandle,
    /// Counts all changes except edits of open documents.
    changed: watch::Receiver<u64>,
    /// The last results of each workspace, by root. `None` before the first answer.
    last: Mutex<Option<HashMap<PathBuf, Results>>>,
}

/// The result ids that the client has, by note.
type Known = HashMap<lsp::Uri, String>;

impl WorkspaceDiagnostics {
    /// Nothing has been checked yet.
    pub(super) fn new(client: Client, owner: OwnerHandle, changed: watch::Receiver<u64>) -> Self {
        Self { client, owner, changed, last: Mutex::default() }
    }

    /// The answer to `workspace/diagnostic`. The client sends the next request as soon as one is answered. So all but the first
    /// are answered only when findings have changed.
    pub(super) async fn report(
        &self,
        params: lsp::WorkspaceDiagnosticParams,
    ) -> Result<lsp::WorkspaceDiagnosticReportResult> {
        let known = params.previous_result_ids.into_iter().map(|known| (known.uri, known.value));
        let known: Arc<Known> = Arc::new(known.collect());
        let token = params.partial_result_params.partial_result_token;
        let mut changed = self.changed.clone();
        loop {
            changed.mark_unchanged();
            if let Some(views) = self.owner.workspaces_read().await? {
                let is_first = self.last.lock().is_ok_and(|last| last.is_none());
                let Outcome { items, sent_parts } = self.check(views, &known, token.as_ref()).await?;
                if is_first || sent_parts || !items.is_empty() {
                    return Ok(lsp::WorkspaceDiagnosticReport { items }.into());
                }
            }
            changed.changed().await.map_err(|_| Error::internal_error())?;
            while tokio::time::timeout(QUIET, changed.changed()).await.is_ok_and(|more| more.is_ok()) {}
        }
    }

    /// What the client does not know yet. Parts of it go ahead to a client that named them.
    async fn check(
        &self,
        mut views: Vec<View>,
        known: &Arc<Known>,
        token: Option<&lsp::ProgressToken>,
    ) -> Result<Outcome> {
        // If there are more notes than the client's limit, all its findings are withdrawn.
        if views.iter().map(notes_of).sum::<usize>()
            > views.first().map_or(0, |view| view.capabilities.workspace_diagnostics_limit)
        {
            views.clear();
        }
        let mut last = self.last.lock().ok().and_then(|mut last| last.take()).unwrap_or_default();
        let mut all_results = HashMap::new();
        let mut reports = gone(&views, known);
        let mut sent_parts = false;
        for view in views {
            let root = view.snapshot.config().root.clone();
            let last = last.remove(&root).unwrap_or_default();
            let in_client = known.clone();
            let update = move |view: &View| last.updated(view, &in_client);
            let Updated { mut results, stale } = work::read(view.clone(), update).await?;
            for notes in stale.chunks(CHUNK) {
                let (notes, known) = (notes.to_vec(), known.clone());
                let check = move |view: &View| (results.check(view, &notes, &known), results);
                let (found, checked) = work::read(view.clone(), check).await?;
                results = checked;
                reports.extend(found);
                if let Some(token) = token.filter(|_| !reports.is_empty()) {
                    let items = std::mem::take(&mut reports);
                    let value = lsp::WorkspaceDiagnosticReportPartialResult { items };
                    self.client
                        .send_notification::<PartialResult>(PartialResultParams { token: token.clone(), value })
                        .await;
                    sent_parts = true;
                }
            }
            all_results.insert(root, results);
        }
        if let Ok(mut last) = self.last.lock() {
            *last = Some(all_results);
        }
        Ok(Outcome { items: reports, sent_parts })
    }
}

/// What one round of checks found.
struct Outcome {
    /// The reports that have not been sent as partial results.
    items: Vec<lsp::WorkspaceDocumentDiagnosticReport>,
    /// Whether partial results were sent.
    sent_parts: bool,
}

/// The results of all notes of one workspace, and what they depend on.
#[derive(Default)]
struct Results {
    config: Config,
    /// The files that all notes depend on: sources, bibliographies, and notes that define terms.
    shared: Vec<Arc<File>>,
    /// The notes, by path.
    notes: HashMap<Arc<Path>, NoteResult>,
}

/// A note and its result.
struct NoteResult {
    file: Arc<File>,
    /// The [`diagnostics::fingerprint`] of its findings.
    result_id: String,
    /// Whether it has no findings.
    is_clean: bool,
}

/// Results after a change, and the notes that must be checked again.
struct Updated {
    /// The results that are still valid.
    results: Results,
    /// The notes to check.
    stale: Vec<Arc<File>>,
}

impl Results {
    /// Updates the results to a view. If only notes have changed, these notes and the notes that link to them are stale. So
    /// are notes whose result the client does not have, since an answer can get lost.
    fn updated(mut self, view: &View, known: &Known) -> Updated {
        let snapshot = &view.snapshot;
        let shared: Vec<Arc<File>> = snapshot.files().filter(|file| is_shared(file)).cloned().collect();
        let is_same =
            self.shared.len() == shared.len() && self.shared.iter().zip(&shared).all(|(a, b)| Arc::ptr_eq(a, b));
        if !is_same || self.config != *snapshot.config() {
            self.notes.clear();
        }
        let notes = || snapshot.files().filter(|file| file.is_note());
        let result = |file: &Arc<File>| self.notes.get(&file.absolute).filter(|it| Arc::ptr_eq(&it.file, file));
        let changed: Vec<FileId> = notes().filter(|file| result(file).is_none()).map(|file| file.id).collect();
        // If all notes have changed, there is no need to look for notes that link to them.
        let links = |&id: &FileId| snapshot.citing(id).into_iter().map(|(note, _)| note);
        let linking = changed.iter().filter(|_| !self.notes.is_empty()).flat_map(links);
        let affected: HashSet<FileId> = changed.iter().copied().chain(linking).collect();
        let is_known = |file: &Arc<File>| match (result(file), view.uri(file).and_then(|uri| known.get(&uri))) {
            (Some(result), None) => result.is_clean,
            (Some(result), Some(known)) => result.result_id == *known,
            (None, _) => false,
        };
        let stale = notes().filter(|file| affected.contains(&file.id) || !is_known(file)).cloned().collect();
        self.notes.retain(|path, _| snapshot.by_path(path).is_some_and(|file| file.is_note()));
        Updated { results: Self { config: snapshot.config().clone(), shared, notes: self.notes }, stale }
    }

    /// Checks notes and reports those whose findings differ from what the client has. Notes that the client has open are
    /// skipped: it requests their diagnostics separately.
    fn check(
        &mut self,
        view: &View,
        notes: &[Arc<File>],
        known: &Known,
    ) -> Vec<lsp::WorkspaceDocumentDiagnosticReport> {
        let mut reports = Vec::new();
        for note in notes {
            let of_note = View { file: note.clone(), ..view.clone() };
            let Some(uri) = of_note.uri(note).filter(|_| of_note.as_open().is_none()) else { continue };
            let items = diagnostics::findings(&of_note);
            let result_id = diagnostics::fingerprint(&items);
            let is_clean = items.is_empty();
            let result = NoteResult { file: note.clone(), result_id: result_id.clone(), is_clean };
            self.notes.insert(note.absolute.clone(), result);
            if known.get(&uri).map_or(!is_clean, |known| *known != result_id) {
                reports.push(full(uri, Some(result_id), items));
            }
        }
        reports
    }
}

/// The number of notes in a workspace.
fn notes_of(view: &View) -> usize {
    view.snapshot.files().filter(|file| file.is_note()).count()
}

/// Whether the findings of all notes may depend on a file.
fn is_shared(file: &File) -> bool {
    let defines = file.summary().is_some_and(|summary| summary.has_glossary);
    file.is_source() || file.bibliography.is_some() || defines
}

/// Empty reports for files that the client has findings of but that are no longer notes.
fn gone(views: &[View], known: &Known) -> Vec<lsp::WorkspaceDocumentDiagnosticReport> {
    let is_note = |uri: &lsp::Uri| {
        let path = path_of(uri);
        let held =
            |view: &View| path.as_ref().and_then(|path| view.snapshot.by_path(path)).is_some_and(|it| it.is_note());
        views.iter().any(held)
    };
    known.keys().filter(|uri| !is_note(uri)).map(|uri| full(uri.clone(), None, Vec::new())).collect()
}

fn full(
    uri: lsp::Uri,
    result_id: Option<String>,
    items: Vec<lsp::Diagnostic>,
) -> lsp::WorkspaceDocumentDiagnosticReport {
    let full_document_diagnostic_report = lsp::FullDocumentDiagnosticReport { result_id, items };
    lsp::WorkspaceFullDocumentDiagnosticReport { uri, version: None, full_document_diagnostic_report }.into()
}

/// `$/progress` with part of the answer.
enum PartialResult {}

impl lsp::notification::Notification for PartialResult {
    type Params = PartialResultParams;
    const METHOD: &'static str = "$/progress";
}

/// The parameters of [`PartialResult`].
#[derive(serde::Serialize, serde::Deserialize)]
struct PartialResultParams {
    /// The client's token for the request.
    token: lsp::ProgressToken,
    /// The part.
    value: lsp::WorkspaceDiagnosticReportPartialResult,
}
