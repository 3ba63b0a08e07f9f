//! Sends findings to the client as diagnostics: on request (pull) if the client supports it, otherwise unasked (push). Doing
//! both would show every finding twice.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use tokio::sync::watch;
use tower_lsp::{Client, ls_types as lsp};

use super::{convert, owner_handle::OwnerHandle, view::View, work};

/// How long the texts must be quiet before findings are pushed, so that not every keystroke triggers a check.
const QUIET: Duration = Duration::from_millis(60);

/// The findings and problems of a file as diagnostics.
pub(super) fn findings(view: &View) -> Vec<lsp::Diagnostic> {
    let examination = view.memo().examine(&view.snapshot, view.file.id);
    let findings = examination.findings.iter().filter_map(|finding| convert::diagnostic(view, finding));
    findings.chain(examination.problems.iter().map(|problem| convert::problem(view, problem))).collect()
}

/// The answer to `textDocument/diagnostic`: the findings, or `unchanged` if the client already has them.
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

/// The answer for a file that is not checked.
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

/// A hash of a list of diagnostics, which serves as its result id.
pub(super) fn fingerprint(items: &[lsp::Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Pushes the findings of every open note after each change, once changes pause. Ends with the owner.
pub(super) async fn push(client: Client, owner: OwnerHandle, mut changed: watch::Receiver<u64>) {
    let mut pushed: HashMap<lsp::Uri, Vec<lsp::Diagnostic>> = HashMap::new();
    while let Some(views) = open_notes_after_pause(&owner, &mut changed).await {
        until_changed(push_all(&client, views, &mut pushed), &mut changed).await;
    }
}

/// Checks every open note after each change, once changes pause, for a client that pulls diagnostics. Requests for other
/// features then find the results in the memo. Ends with the owner.
pub(super) async fn examine_ahead(owner: OwnerHandle, mut changed: watch::Receiver<u64>) {
    while let Some(views) = open_notes_after_pause(&owner, &mut changed).await {
        until_changed(examine_all(views), &mut changed).await;
    }
}

/// Waits for a change and then for a pause. `None` once the owner is gone.
async fn open_notes_after_pause(owner: &OwnerHandle, changed: &mut watch::Receiver<u64>) -> Option<Vec<View>> {
    changed.changed().await.ok()?;
    while tokio::time::timeout(QUIET, changed.changed()).await.is_ok_and(|more| more.is_ok()) {}
    owner.open_notes().await.ok()
}

/// Runs `act` until something changes. The next round then starts over with the new texts.
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
        // An error is reported to the request that asks for the note's findings.
        let _ = work::read(view, |view| drop(view.memo().examined(&view.snapshot, view.file.id))).await;
    }
}

/// Pushes the findings of these notes, and empty lists for notes that are no longer open.
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
