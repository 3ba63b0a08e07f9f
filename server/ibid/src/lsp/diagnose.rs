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
    while changed.changed().await.is_ok() {
        while tokio::time::timeout(REST, changed.changed()).await.is_ok_and(|more| more.is_ok()) {}
        let Ok(views) = state.open_notes().await else { return };
        // What a later change overtakes is begun again with the texts of then.
        tokio::select! {
            () = push_all(&client, views, &mut pushed) => {}
            more = changed.changed() => match more {
                Ok(()) => changed.mark_changed(),
                Err(_) => return,
            }
        }
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
