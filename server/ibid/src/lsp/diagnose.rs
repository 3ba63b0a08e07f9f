//! Findings to the client, in one of two ways: asked for (pull) where the client can ask, else sent (push). Both at once
//! would show every finding twice.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use tokio::sync::watch;
use tower_lsp::{Client, ls_types as lsp};

use super::{convert, state::State, view::View, work};

/// How long the texts must rest before findings are pushed, so that typing is not answered letter by letter.
const REST: Duration = Duration::from_millis(60);

/// The findings of a file as diagnostics, and what is wrong with how it addresses ibid.
pub(super) fn findings(view: &View) -> Vec<lsp::Diagnostic> {
    let examination = view.memo().examine(&view.snapshot, view.file.id);
    let findings = examination.findings.iter().filter_map(|finding| convert::diagnostic(view, finding));
    findings.chain(examination.problems.iter().map(|problem| convert::problem(view, problem))).collect()
}

/// The answer to `textDocument/diagnostic`: the findings, or that they are still those the client has.
pub(super) fn report(view: &View, previous: Option<&str>) -> lsp::DocumentDiagnosticReport {
    let items = findings(view);
    let result_id = fingerprint(&items);
    if previous == Some(result_id.as_str()) {
        let unchanged = lsp::UnchangedDocumentDiagnosticReport { result_id };
        return lsp::RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: unchanged,
        }
        .into();
    }
    full(Some(result_id), items)
}

/// The answer about a file that is not diagnosed.
pub(super) fn nothing() -> lsp::DocumentDiagnosticReport {
    full(None, Vec::new())
}

fn full(result_id: Option<String>, items: Vec<lsp::Diagnostic>) -> lsp::DocumentDiagnosticReport {
    lsp::RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id, items },
    }
    .into()
}

/// A short name for a list of diagnostics: equal lists have equal names.
pub(super) fn fingerprint(items: &[lsp::Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Pushes the findings of every open note whenever something has changed and come to rest. Ends with the owner.
pub(super) async fn push(client: Client, state: State, mut changed: watch::Receiver<u64>) {
    let mut pushed: HashMap<lsp::Uri, Vec<lsp::Diagnostic>> = HashMap::new();
    while let Some(views) = open_notes_at_rest(&state, &mut changed).await {
        until_changed(push_all(&client, views, &mut pushed), &mut changed).await;
    }
}

/// Examines every open note whenever something has changed and come to rest, for a client that asks for findings itself: one
/// that asks for something else first does not wait for them. Ends with the owner.
pub(super) async fn examine_ahead(state: State, mut changed: watch::Receiver<u64>) {
    while let Some(views) = open_notes_at_rest(&state, &mut changed).await {
        until_changed(examine_all(views), &mut changed).await;
    }
}

/// Waits for a change and until no other follows it at once. `None` once the owner is gone.
async fn open_notes_at_rest(state: &State, changed: &mut watch::Receiver<u64>) -> Option<Vec<View>> {
    changed.changed().await.ok()?;
    while tokio::time::timeout(REST, changed.changed()).await.is_ok_and(|more| more.is_ok()) {}
    state.open_notes().await.ok()
}

/// Does something with texts until they change: what is overtaken is to be begun again with the texts of then.
async fn until_changed(act: impl Future<Output = ()>, changed: &mut watch::Receiver<u64>) {
    tokio::select! {
        () = act => {}
        more = changed.changed() => if more.is_ok() {
            changed.mark_changed();
        }
    }
}

async fn examine_all(views: Vec<View>) {
    for view in views {
        // A note that cannot be examined says so to whoever asks for its findings.
        let _ = work::read(view, |view| drop(view.memo().examined(&view.snapshot, view.file.id))).await;
    }
}

/// Pushes the findings of these notes, and none for the notes that are open no more.
async fn push_all(client: &Client, views: Vec<View>, pushed: &mut HashMap<lsp::Uri, Vec<lsp::Diagnostic>>) {
    let open = |uri: &lsp::Uri| views.iter().any(|view| view.as_open().is_some_and(|open| open.uri == *uri));
    let closed: Vec<lsp::Uri> = pushed.keys().filter(|uri| !open(uri)).cloned().collect();
    for uri in closed {
        pushed.remove(&uri);
        client.publish_diagnostics(uri, Vec::new(), None).await;
    }
    for view in views {
        let Some(open) = view.as_open().cloned() else { continue };
        let Ok(items) = work::read(view, findings).await else { continue };
        client.publish_diagnostics(open.uri.clone(), items.clone(), Some(open.version)).await;
        pushed.insert(open.uri, items);
    }
}
