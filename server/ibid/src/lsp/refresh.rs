//! Asks the client to request again what it shows, if it supports that.

use std::time::Duration;

use tokio::sync::watch;
use tower_lsp::{Client, jsonrpc};

use super::{
    client_capabilities::ClientCapabilities,
    owner_handle::OwnerHandle,
    text_content::{self, TextContentParams, Texts},
};

/// How long the workspace must be quiet before the client is asked.
const QUIET: Duration = Duration::from_millis(60);

/// Asks the client whenever something other than its open documents has changed. For those it sends requests anyway. Ends
/// with the owner.
pub(super) async fn refresh(
    client: Client,
    capabilities: ClientCapabilities,
    (owner, texts): (OwnerHandle, Texts),
    mut changed: watch::Receiver<u64>,
) {
    while changed.changed().await.is_ok() {
        while tokio::time::timeout(QUIET, changed.changed()).await.is_ok_and(|more| more.is_ok()) {}
        if capabilities.pulls_diagnostics && capabilities.refreshes_diagnostics {
            log_failure(client.workspace_diagnostic_refresh().await);
        }
        if capabilities.refreshes_tokens {
            log_failure(client.semantic_tokens_refresh().await);
        }
        if capabilities.refreshes_hints && capabilities.wants_hints {
            log_failure(client.inlay_hint_refresh().await);
        }
        if capabilities.refreshes_lenses && capabilities.wants_lens {
            log_failure(client.code_lens_refresh().await);
        }
        if capabilities.reads_text_content {
            for uri in texts.outdated(&owner).await {
                log_failure(client.send_request::<text_content::Refresh>(TextContentParams { uri }).await);
            }
        }
    }
}

fn log_failure(answer: jsonrpc::Result<()>) {
    if let Err(error) = answer {
        tracing::debug!("the client did not refresh: {error}");
    }
}
